// The command line as data: argv in, one invocation out. Nothing is read, opened or printed here.

export type Invocation =
  | { readonly kind: 'app'; readonly trace?: string }
  | {
      readonly kind: 'script';
      readonly script: string;
      readonly name?: string;
      readonly args: string[];
      readonly trace?: string;
    }
  | { readonly kind: 'file'; readonly file: string; readonly args: string[]; readonly trace?: string }
  | { readonly kind: 'play'; readonly file: string; readonly auto: boolean; readonly trace?: string }
  | { readonly kind: 'test'; readonly files: string[]; readonly trace?: string }
  | {
      readonly kind: 'record';
      readonly file: string;
      readonly out: string;
      readonly size: Size;
      readonly trace?: string;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage'; readonly problem: string };

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const defaultSize: Size = { columns: 120, rows: 34 };

/** Which options a verb takes; true: with a value. --trace goes with every verb, before or after it. */
const verbs = {
  play: { '--auto': false },
  test: {},
  record: { '--output': true, '--size': true },
} satisfies Record<string, Record<string, boolean>>;
type Verb = keyof typeof verbs;

const shortNames: Record<string, string> = { '-o': '--output', '-h': '--help', '-V': '--version' };

export function parseCommandLine(argv: readonly string[]): Invocation {
  const { options, rest, problem } = readOptions(argv, {
    '--trace': true,
    '--help': false,
    '--version': false,
    '-c': false,
  });
  if (problem !== undefined) return { kind: 'usage', problem };
  if (options.has('--help')) return { kind: 'help' };
  if (options.has('--version')) return { kind: 'version' };
  const trace = options.get('--trace');
  const common = trace === undefined ? {} : { trace };
  if (options.has('-c')) return inlineScript(rest, common);
  const [first, ...others] = rest;
  if (first === undefined) return { kind: 'app', ...common };
  if (isVerb(first)) return verbInvocation(first, others, common);
  return { kind: 'file', file: first, args: others, ...common };
}

const isVerb = (word: string): word is Verb => Object.hasOwn(verbs, word);

/** As in `sh -c`: the words after the script are $0, $1, $2, … */
function inlineScript([script, name, ...args]: string[], common: { trace?: string }): Invocation {
  if (script === undefined) return { kind: 'usage', problem: 'option -c needs a script' };
  return { kind: 'script', script, ...(name === undefined ? {} : { name }), args, ...common };
}

function verbInvocation(verb: Verb, argv: string[], common: { trace?: string }): Invocation {
  const known = { ...verbs[verb], '--trace': true, '--help': false };
  const { options, rest: files, problem } = readOptions(argv, known, { anywhere: true });
  if (problem !== undefined) return { kind: 'usage', problem };
  if (options.has('--help')) return { kind: 'help' };
  const [file, extra] = files;
  if (file === undefined) return { kind: 'usage', problem: `${verb} needs a FILE.md` };
  const trace = options.get('--trace') ?? common.trace;
  const traced = trace === undefined ? {} : { trace };
  if (verb === 'test') return { kind: 'test', files, ...traced };
  if (extra !== undefined)
    return { kind: 'usage', problem: `${verb} takes one file, and '${extra}' is a second one` };
  if (verb === 'play') return { kind: 'play', file, auto: options.has('--auto'), ...traced };
  return recordInvocation(file, options, traced);
}

function recordInvocation(
  file: string,
  options: ReadonlyMap<string, string>,
  traced: { trace?: string },
): Invocation {
  const out = options.get('--output');
  if (out === undefined) return { kind: 'usage', problem: 'record needs -o FILE.cast' };
  const size = readSize(options.get('--size'));
  if (size === undefined)
    return {
      kind: 'usage',
      problem: `'${options.get('--size')}' is no size: it is COLUMNSxROWS, as in 120x34`,
    };
  return { kind: 'record', file, out, size, ...traced };
}

function readSize(text: string | undefined): Size | undefined {
  if (text === undefined) return defaultSize;
  const [, columns, rows] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  if (columns === undefined || rows === undefined || Number(columns) < 1 || Number(rows) < 1)
    return undefined;
  return { columns: Number(columns), rows: Number(rows) };
}

interface Read {
  /** Option → its value, '' when it takes none. */
  options: Map<string, string>;
  rest: string[];
  problem?: string;
}

/** Reads `--name`, `--name value`, `--name=value`; stops at the first other word unless options may stand anywhere. */
function readOptions(
  argv: readonly string[],
  known: Record<string, boolean>,
  { anywhere = false } = {},
): Read {
  const options = new Map<string, string>();
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
    if (!known[name] && value !== undefined)
      return { options, rest, problem: `option ${name} takes no value` };
    const given = known[name] ? (value ?? argv[++at]) : '';
    if (given === undefined) return { options, rest, problem: `option ${written} needs a value` };
    options.set(name, given);
    if (name === '-c') return { options, rest: argv.slice(at + 1) };
  }
  return { options, rest };
}
