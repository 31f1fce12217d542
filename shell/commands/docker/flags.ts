// Command-line flags in pflag's manner: --name=x, --name x, -it, -n5, -- and pflag's own error texts.

interface FlagBase {
  readonly short?: string;
  readonly help: string;
  /** The word for the value in the help; the kind's name when left out. */
  readonly value?: string;
  /** What help shows in parentheses. */
  readonly shownDefault?: string;
  /** Refuses a value with a reason. */
  readonly check?: (value: string) => string | undefined;
  /** Accepted, but not listed by help. */
  readonly hidden?: boolean;
  /** What to use in its place: said whenever it is used. */
  readonly deprecated?: string;
}
interface BoolFlag extends FlagBase {
  readonly kind: 'bool';
  readonly initial?: boolean;
}
export interface TextFlag extends FlagBase {
  readonly kind: 'string';
  readonly initial?: string;
}
interface IntFlag extends FlagBase {
  readonly kind: 'int';
  readonly initial?: number;
}
export interface ListFlag extends FlagBase {
  readonly kind: 'list';
}
export type Flag = BoolFlag | TextFlag | IntFlag | ListFlag;
export type FlagTable = Readonly<Record<string, Flag>>;

interface KindValue {
  bool: boolean;
  string: string | undefined;
  int: number | undefined;
  list: readonly string[];
}
export type FlagValues<T extends FlagTable> = { readonly [Name in keyof T]: KindValue[T[Name]['kind']] };
type AnyValue = boolean | string | number | readonly string[] | undefined;

export type ParsedFlags<T extends FlagTable> =
  | {
      readonly values: FlagValues<T>;
      readonly args: readonly string[];
      readonly wantsHelp: boolean;
      readonly warnings: readonly string[];
    }
  | { readonly error: string };

interface Reading {
  readonly table: FlagTable;
  readonly values: Map<string, AnyValue>;
  readonly rest: string[];
  wantsHelp: boolean;
  readonly warnings: string[];
}

/** Reads flags and operands. Without `interspersed`, the first operand ends the flags: run, exec. */
export const parseFlags = <T extends FlagTable>(
  table: T,
  argv: readonly string[],
  { interspersed = true } = {},
): ParsedFlags<T> => {
  const reading: Reading = {
    table,
    values: initialValues(table),
    rest: [...argv],
    wantsHelp: false,
    warnings: [],
  };
  const args: string[] = [];
  while (reading.rest.length > 0) {
    const word = reading.rest.shift() as string;
    if (word === '--') break;
    if (!word.startsWith('-') || word === '-') {
      args.push(word);
      if (!interspersed) break;
      continue;
    }
    const error = word.startsWith('--') ? readLong(reading, word) : readShorts(reading, word);
    if (error !== undefined) return { error };
    if (reading.wantsHelp) break;
  }
  args.push(...reading.rest);
  const values = Object.fromEntries(reading.values) as FlagValues<T>;
  return { values, args, wantsHelp: reading.wantsHelp, warnings: reading.warnings };
};

const initialValues = (table: FlagTable): Map<string, AnyValue> =>
  new Map(
    Object.entries(table).map(([name, flag]): [string, AnyValue] => {
      if (flag.kind === 'bool') return [name, flag.initial ?? false];
      return [name, flag.kind === 'list' ? [] : flag.initial];
    }),
  );

const readLong = (reading: Reading, word: string): string | undefined => {
  const equals = word.indexOf('=');
  const name = word.slice(2, equals === -1 ? undefined : equals);
  if (name === 'help' && !(name in reading.table)) {
    reading.wantsHelp = true;
    return undefined;
  }
  if (name === '' || name.startsWith('-')) return `bad flag syntax: ${word}`;
  const flag = Object.hasOwn(reading.table, name) ? reading.table[name] : undefined;
  if (!flag) return `unknown flag: --${name}`;
  if (equals !== -1) return setValue(reading, name, flag, word.slice(equals + 1));
  if (flag.kind === 'bool') return setValue(reading, name, flag, 'true');
  const value = reading.rest.shift();
  return value === undefined ? `flag needs an argument: --${name}` : setValue(reading, name, flag, value);
};

const readShorts = (reading: Reading, word: string): string | undefined => {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] as string;
    const found = Object.entries(reading.table).find(([, flag]) => flag.short === letter);
    if (!found && letter === 'h') {
      reading.wantsHelp = true;
      return undefined;
    }
    if (!found) return `unknown shorthand flag: '${letter}' in -${word.slice(at)}`;
    const [name, flag] = found;
    const tail = word.slice(at + 1);
    if (tail.startsWith('=')) return setValue(reading, name, flag, tail.slice(1));
    if (flag.kind === 'bool') {
      setValue(reading, name, flag, 'true');
      continue;
    }
    const value = tail === '' ? reading.rest.shift() : tail;
    if (value === undefined) return `flag needs an argument: '${letter}' in -${word.slice(at)}`;
    return setValue(reading, name, flag, value);
  }
  return undefined;
};

const truths: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  T: true,
  true: true,
  TRUE: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  false: false,
  FALSE: false,
  False: false,
};

const setValue = (reading: Reading, name: string, flag: Flag, text: string): string | undefined => {
  const refuse = (reason: string): string =>
    `invalid argument ${JSON.stringify(text)} for "${flag.short ? `-${flag.short}, ` : ''}--${name}" flag: ${reason}`;
  if (flag.deprecated !== undefined)
    reading.warnings.push(`Flag --${name} has been deprecated, ${flag.deprecated}`);
  const reason = flag.check?.(text);
  if (reason !== undefined) return refuse(reason);
  if (flag.kind === 'bool') {
    const truth = truths[text];
    if (truth === undefined)
      return refuse(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
    reading.values.set(name, truth);
  } else if (flag.kind === 'int') {
    if (!/^[+-]?\d+$/.test(text)) {
      return refuse(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
    }
    reading.values.set(name, Number(text));
  } else if (flag.kind === 'list') {
    reading.values.set(name, [...(reading.values.get(name) as string[]), text]);
  } else {
    reading.values.set(name, text);
  }
  return undefined;
};
