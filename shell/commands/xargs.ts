// xargs: build command lines out of standard input, and run them.

import { isFsError, strerror } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Command } from './command.ts';
import { closeInput, openInput, readAll, readAnswer } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { runProgram } from './run-program.ts';
import { toText } from './text.ts';
import { tryHelp } from './usage-error.ts';

const options = {
  null: { short: '0' },
  'arg-file': { short: 'a', argument: 'required' },
  delimiter: { short: 'd', argument: 'required' },
  E: { argument: 'required' },
  eof: { short: 'e', argument: 'optional' },
  I: { argument: 'required' },
  replace: { short: 'i', argument: 'optional' },
  L: { argument: 'required' },
  'max-lines': { short: 'l', argument: 'optional' },
  'max-args': { short: 'n', argument: 'required' },
  interactive: { short: 'p' },
  'max-procs': { short: 'P', argument: 'required' },
  'no-run-if-empty': { short: 'r' },
  'max-chars': { short: 's', argument: 'required' },
  verbose: { short: 't' },
  exit: { short: 'x' },
} as const;

type Given = Options<keyof typeof options>;

/** The most bytes of arguments in one command line (xargs --show-limits: 128 KiB). */
const MOST_BYTES = 131_072;

export const xargs: Command = {
  name: 'xargs',
  help: `Usage: xargs [OPTION]... COMMAND [INITIAL-ARGS]...
Run COMMAND (echo by default) with INITIAL-ARGS and more arguments read from input.

  -0, --null                   items are ended by a zero byte; nothing is special
  -a, --arg-file=FILE          read from FILE, not from standard input
  -d, --delimiter=CHARACTER    items are parted by CHARACTER; nothing is special
  -E END                       stop at an item END
  -I R, -i, --replace[=R]      replace R ({} by default) by each line
  -L, -l, --max-lines=N        use N lines that are not empty for a command
  -n, --max-args=N             use N arguments for a command at the most
  -p, --interactive            ask before each command
  -P, --max-procs=N            run N commands at a time
  -r, --no-run-if-empty        run nothing when there are no arguments
  -s, --max-chars=N            use N characters for a command at the most
  -t, --verbose                show commands before running them
  -x, --exit                   stop when -s is too small
      --help        display this help and exit
      --version     output version information and exit

The exit status is 123 when a command failed, 124 when one said 255, 126 when it
could not run and 127 when there is no such command.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, xargs, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const numbers = await readNumbers(out, parsed);
    if (numbers === undefined) return 1;
    let text: string;
    const file = parsed.value('arg-file');
    try {
      const fd = openInput(process, file ?? '-');
      text = toText(await readAll(process, fd));
      closeInput(process, fd);
    } catch (error) {
      await out.complain(`Cannot open input file '${file}'`, error);
      return 1;
    }
    const { items, open } = readItems(parsed, text);
    if (open !== undefined) await complain(out, open);
    if (open !== undefined && items.length === 0) return 1;
    const command = parsed.operands.length > 0 ? parsed.operands : ['echo'];
    const lines = commandLines(parsed, numbers, command, items);
    const status = await new Runner(out, parsed, numbers.procs).runAll(lines);
    return open === undefined ? status : 1;
  },
};

interface Numbers {
  readonly args: number | undefined;
  readonly lines: number | undefined;
  readonly bytes: number;
  readonly procs: number;
}

const readNumbers = async (out: Output, parsed: Given): Promise<Numbers | undefined> => {
  const read = async (
    name: 'max-args' | 'L' | 'max-lines' | 'max-chars' | 'max-procs',
    letter: string,
    least: number,
  ) => {
    if (!parsed.has(name)) return undefined;
    const value = parsed.value(name) ?? '1';
    if (/^\d+$/.test(value) && Number(value) >= least) return Number(value);
    const wrong = /^-?\d+$/.test(value)
      ? `value ${value} for -${letter} option should be >= ${least}`
      : `invalid number "${value}" for -${letter} option`;
    await out.warn(wrong);
    await tryHelp(out);
    return null;
  };
  const args = await read('max-args', 'n', 1);
  const lines = (await read('L', 'L', 1)) ?? (await read('max-lines', 'l', 1));
  const bytes = await read('max-chars', 's', 1);
  const procs = await read('max-procs', 'P', 0);
  if (args === null || lines === null || bytes === null || procs === null) return undefined;
  return { args, lines, bytes: bytes ?? MOST_BYTES, procs: procs === 0 ? 1000 : (procs ?? 1) };
};

interface Item {
  readonly text: string;
  /** The number of the line it ends on; a blank at a line's end joins the next line (-L). */
  readonly line: number;
}

interface Items {
  readonly items: Item[];
  /** A quote without its partner: the items before it count. */
  readonly open?: 'single' | 'double';
}

const readItems = (parsed: Given, text: string): Items => {
  const separator = parsed.last('null', 'delimiter');
  if (separator !== undefined) {
    const end = separator === 'null' ? '\0' : unescape(parsed.value('delimiter') ?? '');
    const parts = text.split(end);
    if (parts.at(-1) === '') parts.pop();
    return { items: parts.map((part, line) => ({ text: part, line })) };
  }
  if (parsed.has('I') || parsed.has('replace')) {
    const items: Item[] = [];
    for (const [line, whole] of text.split('\n').entries()) {
      const trimmed = whole.replace(/^[ \t]+/, '');
      if (trimmed === '') continue;
      const { items: words, open } = splitQuoted(trimmed, true);
      if (open !== undefined) return { items, open };
      items.push({ text: words[0]?.text ?? '', line });
    }
    return { items };
  }
  const { items, open } = splitQuoted(text, false);
  const stop = parsed.value('E') ?? parsed.value('eof');
  const end = stop === undefined || stop === '' ? -1 : items.findIndex((item) => item.text === stop);
  if (end >= 0) return { items: items.slice(0, end) };
  return open === undefined ? { items } : { items, open };
};

const complain = (out: Output, quote: string): Promise<void> =>
  out.warn(`unmatched ${quote} quote; by default quotes are special to xargs unless you use the -0 option`);

const unescape = (text: string): string => {
  const letters: Readonly<Record<string, string>> = {
    '\\n': '\n',
    '\\t': '\t',
    '\\0': '\0',
    '\\\\': '\\',
    '\\r': '\r',
  };
  return letters[text] ?? text[0] ?? '\n';
};

/** Words with quotes and backslashes. With `whole` blanks part nothing. */
const splitQuoted = (text: string, whole: boolean): Items => {
  const items: Item[] = [];
  let word: string | undefined;
  let line = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === "'" || character === '"') {
      const end = text.indexOf(character, at + 1);
      const newline = text.indexOf('\n', at + 1);
      if (end < 0 || (newline >= 0 && newline < end))
        return { items, open: character === "'" ? 'single' : 'double' };
      word = (word ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (character === '\\') word = (word ?? '') + (text[++at] ?? '');
    else if (!whole && /\s/.test(character)) {
      if (word !== undefined) items.push({ text: word, line });
      word = undefined;
      if (character === '\n' && !/[ \t]/.test(text[at - 1] ?? '')) line++;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) items.push({ text: word, line });
  return { items };
};

/** The command lines to run; undefined stands for one that would be too long. */
const commandLines = (
  parsed: Given,
  numbers: Numbers,
  command: readonly string[],
  items: readonly Item[],
): string[][] => {
  const mode = parsed.last('I', 'replace', 'L', 'max-lines', 'max-args');
  if (mode === 'I' || mode === 'replace') {
    const mark = parsed.value(mode) ?? '{}';
    return items.map(({ text }) => command.map((word) => word.replaceAll(mark, text)));
  }
  const length = (words: readonly string[]): number =>
    words.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);
  const lines: string[][] = [];
  let current: string[] = [];
  let first = 0;
  let bytes = length(command);
  for (const { text, line } of items) {
    const size = Buffer.byteLength(text) + 1;
    const full =
      (mode === 'max-args' && current.length >= (numbers.args ?? Number.POSITIVE_INFINITY)) ||
      ((mode === 'L' || mode === 'max-lines') && line - first >= (numbers.lines ?? 1)) ||
      bytes + size > numbers.bytes;
    if (full && current.length > 0) {
      lines.push([...command, ...current]);
      current = [];
      bytes = length(command);
    }
    if (current.length === 0) first = line;
    current.push(text);
    bytes += size;
  }
  if (current.length > 0 || (lines.length === 0 && !parsed.has('no-run-if-empty')))
    lines.push([...command, ...current]);
  return lines;
};

class Runner {
  #status = 0;
  #stopped = false;
  readonly #out: Output;
  readonly #parsed: Given;
  readonly #procs: number;

  constructor(out: Output, parsed: Given, procs: number) {
    this.#out = out;
    this.#parsed = parsed;
    this.#procs = procs;
  }

  async runAll(lines: readonly (readonly string[])[]): Promise<number> {
    const queue = [...lines];
    const work = async (): Promise<void> => {
      for (let line = queue.shift(); line !== undefined && !this.#stopped; line = queue.shift())
        await this.#run(line);
    };
    await Promise.all(Array.from({ length: Math.min(this.#procs, Math.max(1, lines.length)) }, work));
    return this.#status;
  }

  async #run(argv: readonly string[]): Promise<void> {
    const { process } = this.#out;
    const asks = this.#parsed.has('interactive');
    if (this.#parsed.has('verbose') || asks) {
      await this.#out.errorText(`${argv.join(' ')}${asks ? '?...' : '\n'}`);
      if (asks && !/^[yY]/.test((await readAnswer(process)) ?? '')) return;
    }
    const nothing = process.open('/dev/null', O.RDONLY);
    try {
      const status = await runProgram(process, argv, { fds: { 0: nothing, 1: 1, 2: 2 } });
      if (status === 255) {
        await this.#out.warn(`${argv[0]}: exited with status 255; aborting`);
        this.#status = 124;
        this.#stopped = true;
      } else if (status > 0) this.#status = 123;
    } catch (error) {
      if (!isFsError(error)) throw error;
      await this.#out.warn(`${argv[0]}: ${strerror(error.code)}`);
      this.#status = error.code === 'ENOENT' ? 127 : 126;
      this.#stopped = true;
    } finally {
      process.close(nothing);
    }
  }
}
