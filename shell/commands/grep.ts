// grep: print the lines that match a pattern.

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { fnmatch } from './fnmatch.ts';
import { GrepFile, type GrepStyle } from './grep-file.ts';
import { compilePatterns, type GrepSyntax } from './grep-patterns.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { RegexError } from './posix-regex.ts';
import { isTerminal } from './terminal.ts';
import { toText } from './text.ts';
import { codecOf } from './text-codec.ts';
import { tryHelp, usageError } from './usage-error.ts';

const options = {
  'extended-regexp': { short: 'E' },
  'fixed-strings': { short: 'F' },
  'basic-regexp': { short: 'G' },
  'perl-regexp': { short: 'P' },
  regexp: { short: 'e', argument: 'required' },
  file: { short: 'f', argument: 'required' },
  'ignore-case': { short: 'iy' },
  'no-ignore-case': {},
  'word-regexp': { short: 'w' },
  'line-regexp': { short: 'x' },
  'null-data': { short: 'z' },
  'no-messages': { short: 's' },
  'invert-match': { short: 'v' },
  'max-count': { short: 'm', argument: 'required' },
  'byte-offset': { short: 'b' },
  'line-number': { short: 'n' },
  'line-buffered': {},
  'with-filename': { short: 'H' },
  'no-filename': { short: 'h' },
  label: { argument: 'required' },
  'only-matching': { short: 'o' },
  quiet: { short: 'q', alias: ['silent'] },
  text: { short: 'a' },
  recursive: { short: 'r' },
  'dereference-recursive': { short: 'R' },
  include: { argument: 'required' },
  exclude: { argument: 'required' },
  'exclude-dir': { argument: 'required' },
  'files-without-match': { short: 'L' },
  'files-with-matches': { short: 'l' },
  count: { short: 'c' },
  null: { short: 'Z' },
  'after-context': { short: 'A', argument: 'required' },
  'before-context': { short: 'B', argument: 'required' },
  context: { short: 'C', argument: 'required' },
  color: { argument: 'optional', alias: ['colour'] },
} as const;

type GrepOptions = Options<keyof typeof options>;

export const grep: Command = {
  name: 'grep',
  usageStatus: 2,
  usageLine: 'Usage: grep [OPTION]... PATTERNS [FILE]...',
  help: `Usage: grep [OPTION]... PATTERNS [FILE]...
Print the lines of each FILE that match a pattern.

PATTERNS are one or more patterns, each on a line of its own.
Without a FILE standard input is read, or with -r the working directory.

Patterns:
  -E, --extended-regexp     extended regular expressions
  -F, --fixed-strings       plain strings
  -G, --basic-regexp        basic regular expressions (default)
  -e, --regexp=PATTERNS     use PATTERNS; may be given several times
  -f, --file=FILE           take patterns from FILE
  -i, --ignore-case         upper and lower case are the same
  -w, --word-regexp         only whole words match
  -x, --line-regexp         only whole lines match

Output:
  -m, --max-count=NUM       stop after NUM selected lines
  -b, --byte-offset         begin with the offset in the file
  -n, --line-number         begin with the line's number
  -H, --with-filename       begin with the file's name
  -h, --no-filename         never begin with it
      --label=LABEL         the name of standard input
  -o, --only-matching       show the matching part of a line, not the line
  -q, --quiet, --silent     print nothing
  -s, --no-messages         no messages about files that cannot be read
  -v, --invert-match        select the lines that do not match
  -a, --text                take every file for text
  -r, --recursive           search directories too
  -R, --dereference-recursive  the same, following symbolic links
      --include=GLOB        with -r, only files whose names match
      --exclude=GLOB        not those
      --exclude-dir=GLOB    not these directories
  -L, --files-without-match  print the names of files without a selected line
  -l, --files-with-matches  print the names of files with one
  -c, --count               print how many lines are selected in each file
  -Z, --null                end names with a zero byte
  -z, --null-data           lines end with a zero byte

Context:
  -B, --before-context=NUM  print NUM lines before
  -A, --after-context=NUM   print NUM lines after
  -C, --context=NUM, -NUM   print NUM lines before and after
      --color[=WHEN]        mark what matched: always, never or auto
      --help        display this help and exit
  -V, --version     output version information and exit

The exit status is 0 when a line was selected, 1 when none was, 2 after an error.
`,
  run: (process, argv) => runGrep(process, argv),
};

/** grep under an old name: the name stands for the option. */
const olderName = (name: 'egrep' | 'fgrep', option: '-E' | '-F'): Command => ({
  ...grep,
  name,
  run: async (process, argv) => {
    if (flavorOf(process) === 'gnu')
      await new Output(process).errorText(`${name}: warning: ${name} is obsolescent; using grep ${option}\n`);
    process.argv = ['grep', option, ...argv.slice(1)];
    return runGrep(process, process.argv);
  },
});

export const egrep = olderName('egrep', '-E');
export const fgrep = olderName('fgrep', '-F');

const runGrep = async (process: Process, argv: readonly string[]): Promise<number> => {
  const out = new Output(process);
  out.failureStatus = 2;
  const parsed = await parseOptions(out, grep, contextNumbers(argv), options);
  if ('exit' in parsed) return parsed.exit === 0 ? 0 : 2;
  const operands = [...parsed.operands];
  const given = await givenPatterns(out, parsed);
  if (given === undefined) return 2;
  if (!parsed.has('regexp') && !parsed.has('file')) {
    const first = operands.shift();
    if (first === undefined) {
      if (flavorOf(out.process) === 'busybox') return usageError(out, grep, '');
      await out.errorText('Usage: grep [OPTION]... PATTERNS [FILE]...\n');
      await tryHelp(out);
      return 2;
    }
    given.push(first);
  }
  const style = await readStyle(out, parsed, operands, given);
  return style === undefined ? 2 : searchAll(out, style, parsed, operands);
};

/** `-NUM` is `-C NUM`; digits gather over several letters and words, as in `-1 -2`, only within one word here. */
const contextNumbers = (argv: readonly string[]): string[] => {
  const end = argv.indexOf('--');
  return argv.map((word, at) => (end >= 0 && at > end ? word : word.replace(/^-(\d+)$/, '--context=$1')));
};

const givenPatterns = async (out: Output, parsed: GrepOptions): Promise<string[] | undefined> => {
  const patterns: string[] = [];
  for (const option of parsed.list) {
    if (option.name === 'regexp') patterns.push(...(option.value ?? '').split('\n'));
    if (option.name !== 'file') continue;
    const name = option.value ?? '';
    try {
      const fd = openInput(out.process, name);
      const text = toText(await readAll(out.process, fd));
      closeInput(out.process, fd);
      if (text !== '') patterns.push(...text.replace(/\n$/, '').split('\n'));
    } catch (error) {
      await out.complain(name, error);
      return undefined;
    }
  }
  return patterns;
};

const number = async (
  out: Output,
  parsed: GrepOptions,
  name: 'max-count' | 'after-context' | 'before-context' | 'context',
  what: string,
) => {
  const value = parsed.value(name);
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  await out.warn(name === 'max-count' ? what : `${value}: ${what}`);
  return null;
};

const readStyle = async (
  out: Output,
  parsed: GrepOptions,
  operands: readonly string[],
  patterns: readonly string[],
): Promise<GrepStyle | undefined> => {
  const bad = 'invalid context length argument';
  const max = await number(out, parsed, 'max-count', 'invalid max count');
  const both = await number(out, parsed, 'context', bad);
  const after = await number(out, parsed, 'after-context', bad);
  const before = await number(out, parsed, 'before-context', bad);
  if (max === null || both === null || after === null || before === null) return undefined;
  const codec = codecOf(out.process);
  const syntax = (parsed.last('extended-regexp', 'fixed-strings', 'basic-regexp', 'perl-regexp') ??
    'basic-regexp') as GrepSyntax;
  const ignoreCase = parsed.last('ignore-case', 'no-ignore-case') === 'ignore-case';
  try {
    const list = patterns.flatMap((pattern) => pattern.split('\n')).map((pattern) => codec.argument(pattern));
    const rules = {
      syntax,
      ignoreCase,
      words: parsed.has('word-regexp'),
      lines: parsed.has('line-regexp'),
      utf8: codec.utf8,
    };
    const recursive = parsed.has('recursive') || parsed.has('dereference-recursive');
    const names = parsed.last('with-filename', 'no-filename');
    const [only = '.'] = operands;
    const manyFiles = operands.length > 1 || (recursive && out.process.tryStat(only)?.kind === 'directory');
    return {
      matcher: compilePatterns(list, rules),
      codec,
      invert: parsed.has('invert-match'),
      nothing:
        (max === 0 || (parsed.has('invert-match') && list.includes(''))) &&
        !parsed.has('files-without-match'),
      max,
      after: after ?? both ?? 0,
      before: before ?? both ?? 0,
      context: after !== undefined || before !== undefined || both !== undefined,
      offsets: parsed.has('byte-offset'),
      numbers: parsed.has('line-number'),
      names: names === undefined ? manyFiles : names === 'with-filename',
      only: parsed.has('only-matching'),
      text: parsed.has('text') || parsed.has('null-data'),
      terminator: parsed.has('null-data') ? 0 : 10,
      list: parsed.has('quiet')
        ? 'quiet'
        : (parsed.last('files-with-matches', 'files-without-match') as GrepStyle['list']),
      count: parsed.has('count'),
      afterName: parsed.has('null') ? '\0' : undefined,
      color: wantsColor(out, parsed),
    };
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    const text = parsed.values('regexp')[0] ?? parsed.operands[0] ?? '';
    await out.warn(flavorOf(out.process) === 'gnu' ? error.message : `bad regex '${text}'`);
    return undefined;
  }
};

const wantsColor = (out: Output, parsed: GrepOptions): boolean => {
  if (flavorOf(out.process) === 'busybox') return false;
  const when = parsed.has('color') ? (parsed.value('color') ?? 'auto') : 'never';
  return (
    when === 'always' ||
    (when !== 'never' && isTerminal(out.process, 1) && out.process.env.get('TERM') !== 'dumb')
  );
};

/** Every file of every operand; the exit status says whether anything was selected. */
const searchAll = async (
  out: Output,
  style: GrepStyle,
  parsed: GrepOptions,
  operands: readonly string[],
): Promise<number> => {
  const { process } = out;
  for (const warning of style.matcher.warnings) await out.errorText(`${out.name}: warning: ${warning}\n`);
  if (style.nothing) return 1;
  const recursive = parsed.has('recursive') || parsed.has('dereference-recursive');
  const silent = parsed.has('no-messages');
  const search = new Search(out, style, parsed, silent);
  for (const operand of operands.length > 0 ? operands : [recursive ? '.' : '-']) {
    const directory = operand !== '-' && process.tryStat(operand)?.kind === 'directory';
    if (recursive && directory) await search.tree(operand, operands.length === 0);
    // An applet finds nothing in a directory, and says nothing.
    else if (directory && flavorOf(process) === 'busybox') continue;
    else if (directory && !recursive) {
      search.failed = true;
      if (!silent) await out.errorText(`${out.name}: ${operand}: Is a directory\n`);
    } else
      await search.file(operand, operand === '-' ? (parsed.value('label') ?? '(standard input)') : operand);
    if (search.done) break;
  }
  await out.flush();
  if (search.selected && style.list === 'quiet') return 0;
  if (search.failed) return 2;
  return search.selected ? 0 : 1;
};

class Search {
  selected = false;
  failed = false;
  readonly #out: Output;
  readonly #style: GrepStyle;
  readonly #parsed: GrepOptions;
  readonly #silent: boolean;
  #printed = false;

  constructor(out: Output, style: GrepStyle, parsed: GrepOptions, silent: boolean) {
    this.#out = out;
    this.#style = style;
    this.#parsed = parsed;
    this.#silent = silent;
  }

  /** With -q the first selected line ends everything. */
  get done(): boolean {
    return this.selected && this.#style.list === 'quiet';
  }

  async file(path: string, shown: string): Promise<void> {
    const { process } = this.#out;
    try {
      const fd = openInput(process, path);
      const file = new GrepFile(this.#out, this.#style, shown, this.#printed);
      try {
        if (await file.search(fd)) this.selected = true;
        this.#printed = file.printed;
      } finally {
        closeInput(process, fd);
      }
    } catch (error) {
      this.failed = true;
      if (!this.#silent) await this.#out.complain(shown, error);
    }
  }

  /** Below a directory; names begin with `./` only when no operand was given. */
  async tree(path: string, implicit: boolean): Promise<void> {
    const { process } = this.#out;
    const follow = this.#parsed.has('dereference-recursive');
    try {
      for (const { name } of process.readdir(path)) {
        const child = implicit && path === '.' ? name : joinPath(path, name);
        const stat = follow ? process.tryStat(child) : process.tryLstat(child);
        if (stat?.kind === 'directory' && !this.#excluded('exclude-dir', name)) await this.tree(child, false);
        else if (stat?.kind === 'file' && this.#included(name)) await this.file(child, child);
        if (this.done) return;
      }
    } catch (error) {
      this.failed = true;
      if (!this.#silent) await this.#out.complain(path, error);
    }
  }

  #excluded(option: 'exclude' | 'exclude-dir', name: string): boolean {
    return this.#parsed.values(option).some((glob) => fnmatch(glob, name));
  }

  #included(name: string): boolean {
    const globs = this.#parsed.values('include');
    return (
      !this.#excluded('exclude', name) && (globs.length === 0 || globs.some((glob) => fnmatch(glob, name)))
    );
  }
}
