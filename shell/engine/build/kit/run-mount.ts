// RUN --mount=type=…,target=…: comma-separated fields, in the front end's words where they are wrong.

import { failBuild } from '../build-error.ts';
import type { MountSpec } from './vertex.ts';

/** A mount before its `from` is looked up. */
export interface MountText extends Omit<MountSpec, 'input'> {
  readonly from: string | undefined;
}

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;
type MountType = (typeof types)[number];

const switches = new Set(['readonly', 'ro', 'readwrite', 'rw', 'required']);
const keys = new Set([
  ...switches,
  'type',
  'from',
  'source',
  'src',
  'target',
  'dst',
  'destination',
  'id',
  'sharing',
  'size',
  'mode',
  'uid',
  'gid',
]);

const isType = (text: string): text is MountType => (types as readonly string[]).includes(text);

/** Throws BuildError. */
export const readMount = (text: string): MountText => {
  const fields = new Map<string, string>();
  for (const field of text.split(',')) {
    const equals = field.indexOf('=');
    const key = (equals === -1 ? field : field.slice(0, equals)).toLowerCase();
    if (equals === -1 && !switches.has(key)) failBuild(`invalid field '${field}' must be a key=value pair`);
    if (!keys.has(key)) failBuild(`unexpected key '${key}' in '${field}'`);
    fields.set(key, equals === -1 ? 'true' : field.slice(equals + 1));
  }
  const type = fields.get('type') ?? 'bind';
  if (!isType(type)) return failBuild(`unsupported mount type "${type}"`);
  return { type, ...common(fields, type) };
};

const common = (fields: ReadonlyMap<string, string>, type: MountType): Omit<MountText, 'type'> => {
  const first = (...names: readonly string[]): string | undefined =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined);
  const isSet = (...names: readonly string[]): boolean => names.some((name) => fields.get(name) === 'true');
  const id = fields.get('id');
  const target = first('target', 'dst', 'destination');
  const source = first('source', 'src') ?? '';
  return {
    target: target ?? '',
    source,
    from: fields.get('from'),
    readOnly: type === 'bind' ? !isSet('rw', 'readwrite') : isSet('ro', 'readonly'),
    id: id ?? (type === 'secret' ? source.slice(source.lastIndexOf('/') + 1) : ''),
    size: fields.get('size'),
    mode: modeOf(fields.get('mode')),
    uid: Number(fields.get('uid') ?? 0),
    gid: Number(fields.get('gid') ?? 0),
    required: isSet('required'),
  };
};

const modeOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : failBuild(`invalid value ${text} for mode`);
};
