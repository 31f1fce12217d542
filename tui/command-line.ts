// The command line as data: argv in, one invocation out. Nothing is read, opened or printed here.

/** What goes with every way to use cowsh. */
export interface Common {
  readonly trace?: string;
  /** As it was written; nobody has asked yet whether there is such a driver. */
  readonly storageDriver?: string;
  /** Archives of images on the real disk. */
  readonly load?: readonly string[];
  readonly save?: readonly SaveOrder[];
}

/** An image that is to be written to a file of the real disk when all is done. */
export interface SaveOrder {
  readonly image: string;
  readonly file: string;
}

export type Invocation =
  | ({ readonly kind: 'app' } & Common)
  | ({
      readonly kind: 'script';
      readonly script: string;
      readonly name?: string;
      readonly args: string[];
    } & Common)
  | ({ readonly kind: 'file'; readonly file: string; readonly args: string[] } & Common)
  | ({ readonly kind: 'play'; readonly file: string; readonly auto: boolean } & Common)
  | ({ readonly kind: 'test'; readonly files: string[] } & Common)
  | ({ readonly kind: 'record'; readonly file: string; readonly out: string; readonly size: Size } & Common)
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage'; readonly problem: string };

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const defaultSize: Size = { columns: 120, rows: 34 };

/** Options stand alone, have a value, or have one each time they are given. */
type Takes = 'nothing' | 'value' | 'values';

/** Which options a verb takes. The common ones go with every verb, before or after it. */
const verbs = {
  play: { '--auto': 'nothing', '--save': 'values' },
  test: {},
  record: { '--output': 'value', '--size': 'value' },
} satisfies Record<string, Record<string, Takes>>;
type Verb = keyof typeof verbs;

const shortNames: Record<string, string> = { '-o': '--output', '-h': '--help', '-V': '--version' };

const commonOptions = { '--trace': 'value', '--storage-driver': 'value', '--load': 'values' } as const;

export function parseCommandLine(argv: readonly string[]): Invocation {
  const { options, rest, problem } = readOptions(argv, {
    ...commonOptions,
    '--save': 'values',
    '--help': 'nothing',
    '--version': 'nothing',
    '-c': 'nothing',
  });
  if (problem !== undefined) return { kind: 'usage', problem };
  if (options.has('--help')) return { kind: 'help' };
  if (options.has('--version')) return { kind: 'version' };
  const common = commonOf(options);
  if ('problem' in common) return { kind: 'usage', ...common };
  if (options.has('-c')) return inlineScript(rest, common);
  const [first, ...others] = rest;
  if (first === undefined) return { kind: 'app', ...common };
  if (isVerb(first)) return verbInvocation(first, others, common);
  return { kind: 'file', file: first, args: others, ...common };
}

const isVerb = (word: string): word is Verb => Object.hasOwn(verbs, word);

function commonOf(options: Options): Common | { problem: string } {
  const trace = last(options, '--trace');
  const storageDriver = last(options, '--storage-driver');
  const load = options.get('--load');
  const save = options.get('--save')?.map(saveOrder);
  const nameless = save?.find(({ image, file }) => image === '' || file === '');
  if (nameless !== undefined) return { problem: 'option --save needs IMAGE=FILE' };
  return {
    ...(trace === undefined ? {} : { trace }),
    ...(storageDriver === undefined ? {} : { storageDriver }),
    ...(load === undefined ? {} : { load }),
    ...(save === undefined ? {} : { save }),
  };
}

/** No image has '=' in its name. */
function saveOrder(text: string): SaveOrder {
  const [image = '', ...file] = text.split('=');
  return { image, file: file.join('=') };
}

/** As in `sh -c`: the words after the script are $0, $1, $2, … */
function inlineScript([script, name, ...args]: string[], common: Common): Invocation {
  if (script === undefined) return { kind: 'usage', problem: 'option -c needs a script' };
  return { kind: 'script', script, ...(name === undefined ? {} : { name }), args, ...common };
}

function verbInvocation(verb: Verb, argv: string[], before: Common): Invocation {
  const known: Known = { ...verbs[verb], ...commonOptions, '--help': 'nothing' };
  const { options, rest: files, problem } = readOptions(argv, known, { anywhere: true });
  if (problem !== undefined) return { kind: 'usage', problem };
  if (options.has('--help')) return { kind: 'help' };
  const [file, extra] = files;
  if (file === undefined) return { kind: 'usage', problem: `${verb} needs a FILE.md` };
  const after = commonOf(options);
  if ('problem' in after) return { kind: 'usage', ...after };
  const common = both(before, after);
  if (common.save !== undefined && !('--save' in verbs[verb]))
    return { kind: 'usage', problem: `option --save does not go with ${verb}` };
  if (verb === 'test') return { kind: 'test', files, ...common };
  if (extra !== undefined)
    return { kind: 'usage', problem: `${verb} takes one file, and '${extra}' is a second one` };
  if (verb === 'play') return { kind: 'play', file, auto: options.has('--auto'), ...common };
  return recordInvocation(file, options, common);
}

/** What was said before a verb and after it. */
function both(before: Common, after: Common): Common {
  const load = [...(before.load ?? []), ...(after.load ?? [])];
  const save = [...(before.save ?? []), ...(after.save ?? [])];
  return {
    ...before,
    ...after,
    ...(load.length === 0 ? {} : { load }),
    ...(save.length === 0 ? {} : { save }),
  };
}

function recordInvocation(file: string, options: Options, common: Common): Invocation {
  const out = last(options, '--output');
  if (out === undefined) return { kind: 'usage', problem: 'record needs -o FILE.cast' };
  const size = readSize(last(options, '--size'));
  if (size === undefined)
    return {
      kind: 'usage',
      problem: `'${last(options, '--size')}' is no size: it is COLUMNSxROWS, as in 120x34`,
    };
  return { kind: 'record', file, out, size, ...common };
}

function readSize(text: string | undefined): Size | undefined {
  if (text === undefined) return defaultSize;
  const [, columns, rows] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  if (columns === undefined || rows === undefined || Number(columns) < 1 || Number(rows) < 1)
    return undefined;
  return { columns: Number(columns), rows: Number(rows) };
}

type Known = Record<string, Takes>;

/** Option → its values in order, '' for one that takes none. */
type Options = ReadonlyMap<string, readonly string[]>;

const last = (options: Options, name: string): string | undefined => options.get(name)?.at(-1);

interface Read {
  options: Options;
  rest: string[];
  problem?: string;
}

/** Reads `--name`, `--name value`, `--name=value`; stops at the first other word unless options may stand anywhere. */
function readOptions(argv: readonly string[], known: Known, { anywhere = false } = {}): Read {
  const options = new Map<string, string[]>();
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === '--') return { options, rest: [...rest, ...argv.slice(at + 1)] };
    if (!word.startsWith('-') || word === '-') {
      if (!anywhere) return { options, rest: argv.slice(at) };
      rest.push(word);
      continue;
    }
    const [, written = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    const name = shortNames[written] ?? written;
    if (!Object.hasOwn(known, name)) return { options, rest, problem: `unknown option '${written}'` };
    const takes = known[name] !== 'nothing';
    if (!takes && value !== undefined) return { options, rest, problem: `option ${name} takes no value` };
    const given = takes ? (value ?? argv[++at]) : '';
    if (given === undefined) return { options, rest, problem: `option ${written} needs a value` };
    options.set(name, [...(options.get(name) ?? []), given]);
    if (name === '-c') return { options, rest: argv.slice(at + 1) };
  }
  return { options, rest };
}
