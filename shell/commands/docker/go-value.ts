// Values as a Go template sees them. A plain object is a struct (fields in order), a Map is a Go map,
// a Methods is one of the formatter's contexts, whose columns are methods.

export type GoValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly GoValue[]
  | ReadonlyMap<string, GoValue>
  | Methods
  | GoStruct;
/** Fields at a struct's end that JSON leaves out, and that are printed all the same. */
export const unwritten = Symbol('unwritten');
export interface GoStruct {
  readonly [field: string]: GoValue;
  readonly [unwritten]?: readonly GoValue[];
}
export type GoMethod = (...args: readonly GoValue[]) => GoValue;

/** A named set of columns; those that take arguments are left out of `json`. */
export class Methods {
  readonly typeName: string;
  readonly columns: ReadonlyMap<string, GoMethod>;
  /** What JSON is made of, where it is not the columns. */
  readonly json: GoStruct | undefined;
  constructor(typeName: string, columns: Readonly<Record<string, GoMethod>>, json?: GoStruct) {
    this.typeName = typeName;
    this.json = json;
    this.columns = new Map(Object.entries(columns));
  }
}

export const isMap = (value: GoValue): value is ReadonlyMap<string, GoValue> => value instanceof Map;
export const isList = (value: GoValue): value is readonly GoValue[] => Array.isArray(value);
export const isStruct = (value: GoValue): value is GoStruct =>
  typeof value === 'object' &&
  value !== null &&
  !isList(value) &&
  !isMap(value) &&
  !(value instanceof Methods);

// Fields of the API's structs that are Go maps or slices: needed to print `map[]` and `[]` where JSON says null.
const mapFields = new Set(
  'Labels Volumes ExposedPorts Ports PortBindings Networks Data Options Tmpfs Sysctls StorageOpt Annotations DriverOpts'.split(
    ' ',
  ),
);
const listFields = new Set(
  (
    'Env Cmd Entrypoint OnBuild Shell Args ExecIDs Binds VolumesFrom CapAdd CapDrop Dns DnsOptions DnsSearch ExtraHosts ' +
    'GroupAdd Links SecurityOpt Devices DeviceCgroupRules DeviceRequests Ulimits MaskedPaths ReadonlyPaths Mounts Layers ' +
    'RepoTags RepoDigests BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps BlkioDeviceReadIOps ' +
    'BlkioDeviceWriteIOps SecondaryIPAddresses SecondaryIPv6Addresses Aliases'
  ).split(' '),
);

/** A nil slice or a nil map: JSON null, but printed empty. */
export class NilList extends Array<GoValue> {}
export class NilMap extends Map<string, GoValue> {}

/** Gives a JSON document of the API the types Go has for it. */
export const fromApi = (value: unknown, field = ''): GoValue => {
  if (value === null || value === undefined) {
    if (mapFields.has(field)) return new NilMap();
    return listFields.has(field) ? new NilList() : null;
  }
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object') return value as GoValue;
  if (Array.isArray(value)) return value.map((item) => fromApi(item));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const typed = entries.map(([key, item]): [string, GoValue] => [key, fromApi(item, key)]);
  return mapFields.has(field) || value instanceof Map ? new Map(typed) : Object.fromEntries(typed);
};

export const sortedEntries = (map: ReadonlyMap<string, GoValue>): [string, GoValue][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** What fmt's %v prints. */
export const goPrint = (value: GoValue): string => {
  if (value === null) return '<nil>';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(goPrint).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedEntries(value)
      .map(([key, item]) => `${key}:${goPrint(item)}`)
      .join(' ')}]`;
  if (value instanceof Methods) return `&{${value.typeName}}`;
  return `{${[...Object.values(value), ...(value[unwritten] ?? [])].map(goPrint).join(' ')}}`;
};

export const isTrue = (value: GoValue): boolean => {
  if (value === null || value === false || value === 0 || value === '') return false;
  if (isList(value)) return value.length > 0;
  return isMap(value) ? value.size > 0 : true;
};

// encoding/json escapes these for HTML's sake.
const htmlEscapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

const jsonString = (text: string, html: boolean): string => {
  const quoted = JSON.stringify(text);
  return html ? quoted.replace(/[<>&\u2028\u2029]/g, (letter) => htmlEscapes[letter] ?? letter) : quoted;
};

interface JsonStyle {
  /** Four spaces and line ends, as `inspect` prints. */
  readonly indent?: boolean;
  /** Escape <, > and &, as Go does unless told not to. */
  readonly html?: boolean;
}

/** What encoding/json makes of a value. */
export const goJson = (value: GoValue, style: JsonStyle = {}, margin = ''): string => {
  const html = style.html ?? true;
  if (value === null || value instanceof NilList || value instanceof NilMap) return 'null';
  if (typeof value === 'string') return jsonString(value, html);
  if (typeof value !== 'object') return String(value);
  const inner = style.indent ? `${margin}    ` : '';
  const block = (open: string, items: readonly string[], close: string): string => {
    if (items.length === 0) return open + close;
    if (!style.indent) return open + items.join(',') + close;
    return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${margin}${close}`;
  };
  if (isList(value))
    return block(
      '[',
      value.map((item) => goJson(item, style, inner)),
      ']',
    );
  const member = ([key, item]: [string, GoValue]): string =>
    `${jsonString(key, html)}:${style.indent ? ' ' : ''}${goJson(item, style, inner)}`;
  return block('{', membersOf(value).map(member), '}');
};

const membersOf = (value: ReadonlyMap<string, GoValue> | Methods | GoStruct): [string, GoValue][] => {
  if (isMap(value)) return sortedEntries(value);
  if (!(value instanceof Methods)) return Object.entries(value);
  if (value.json) return Object.entries(value.json);
  const plain = [...value.columns].filter(([, method]) => method.length === 0);
  return sortedEntries(new Map(plain.map(([name, method]) => [name, method()])));
};
