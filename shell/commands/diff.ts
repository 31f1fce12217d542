// diff: compare files line by line, and directories file by file.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { contextForm, type DiffSide, normalForm, unifiedForm } from './diff-format.ts';
import { diffLines } from './diff-lines.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename, joinPath } from './path-name.ts';
import { isUtf8, quoteIfNeeded, quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { formatTime } from './time-format.ts';
import { fullTime } from './time-text.ts';
import { missingOperand, usageError } from './usage-error.ts';

const options = {
  text: { short: 'a' },
  'ignore-space-change': { short: 'b' },
  'ignore-blank-lines': { short: 'B' },
  c: {},
  context: { short: 'C', argument: 'optional' },
  normal: {},
  'ignore-case': { short: 'i' },
  'new-file': { short: 'N' },
  brief: { short: 'q' },
  recursive: { short: 'r' },
  'report-identical-files': { short: 's' },
  u: {},
  unified: { short: 'U', argument: 'optional' },
  'ignore-all-space': { short: 'w' },
  'ignore-trailing-space': { short: 'Z' },
  label: { short: 'L', argument: 'required' },
  'no-dereference': {},
  color: { argument: 'optional' },
} as const;

type Given = Options<keyof typeof options>;

/** diff's exit statuses. */
const SAME = 0;
const DIFFERENT = 1;
const TROUBLE = 2;

export const diff: Command = {
  name: 'diff',
  usageStatus: TROUBLE,
  signsHint: true,
  help: `Usage: diff [OPTION]... FILES
Compare FILES line by line.

      --normal                  the normal form (default)
  -q, --brief                   only say whether they differ
  -s, --report-identical-files  say when they are the same
  -c, -C NUM, --context[=NUM]   the context form, with NUM lines (3) around
  -u, -U NUM, --unified[=NUM]   the unified form, with NUM lines (3) around
      --label LABEL             LABEL instead of file name and time
  -r, --recursive               compare directories all the way down
  -N, --new-file                a missing file counts as an empty one
  -i, --ignore-case             upper and lower case are the same
  -Z, --ignore-trailing-space   white space at the end does not count
  -b, --ignore-space-change     amounts of white space do not count
  -w, --ignore-all-space        white space does not count
  -B, --ignore-blank-lines      blank lines do not count
  -a, --text                    take every file for text
      --help        display this help and exit
      --version     output version information and exit

FILES are FILE1 FILE2, or DIR1 DIR2, or DIR FILE, or FILE DIR; - is standard input.
The exit status is 0 when they are the same, 1 when they differ, 2 after trouble.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    out.failureStatus = TROUBLE;
    const parsed = await parseOptions(out, diff, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [first, second, extra] = parsed.operands;
    if (first === undefined || second === undefined)
      return missingOperand(out, diff, first === undefined ? [out.name] : [first]);
    if (extra !== undefined) return usageError(out, diff, `extra operand ${quoteLocale(process, extra)}`);
    const status = await new Comparison(out, parsed, argv).compare(first, second, 'top');
    await out.flush();
    return status;
  },
};

/** What is compared: the operands, a file against one of the same name in a directory, or files of two directories. */
type Place = 'top' | 'file' | 'inside';

class Comparison {
  readonly #out: Output;
  readonly #parsed: Given;
  readonly #options: string;

  constructor(out: Output, parsed: Given, argv: readonly string[]) {
    this.#out = out;
    this.#parsed = parsed;
    // What `diff -r` shows before each pair: its own options.
    this.#options = argv
      .slice(1, argv.length - parsed.operands.length)
      .map((word) => ` ${quoteIfNeeded(out.process, word)}`)
      .join('');
  }

  async compare(name1: string, name2: string, place: Place): Promise<number> {
    const { process } = this.#out;
    const stats = [this.#stat(name1), this.#stat(name2)] as const;
    let missing = false;
    for (const [at, name] of [name1, name2].entries()) {
      if (stats[at] !== undefined || (this.#parsed.has('new-file') && stats[1 - at] !== undefined)) continue;
      missing = true;
      await this.#out.warn(`${quoteIfNeeded(process, name)}: No such file or directory`);
    }
    if (missing) return TROUBLE;
    const [kind1, kind2] = [stats[0]?.kind, stats[1]?.kind];
    if (kind1 === 'directory' && kind2 === 'directory') return this.#directories(name1, name2);
    if (place === 'top' && kind1 === 'directory')
      return this.compare(joinPath(name1, basename(name2)), name2, 'file');
    if (place === 'top' && kind2 === 'directory')
      return this.compare(name1, joinPath(name2, basename(name1)), 'file');
    if (kind1 === 'directory' || kind2 === 'directory') {
      this.#out.line(
        `File ${name1} is a ${kindName(stats[0])} while file ${name2} is a ${kindName(stats[1])}`,
      );
      return DIFFERENT;
    }
    return this.#files(name1, name2, stats, place);
  }

  #stat(name: string): Stat | undefined {
    return name === '-' ? this.#out.process.fstat(0) : this.#out.process.tryStat(name);
  }

  async #directories(name1: string, name2: string): Promise<number> {
    const { process } = this.#out;
    const lists = [name1, name2].map((name) => new Set(process.readdir(name).map((entry) => entry.name)));
    const [names1, names2] = lists as [Set<string>, Set<string>];
    let status = SAME;
    for (const name of [...new Set([...names1, ...names2])].sort()) {
      const only = !names1.has(name) ? name2 : !names2.has(name) ? name1 : undefined;
      const paths = [joinPath(name1, name), joinPath(name2, name)] as const;
      if (only !== undefined && !this.#parsed.has('new-file')) {
        this.#out.line(`Only in ${only}: ${name}`);
        status = Math.max(status, DIFFERENT);
        continue;
      }
      const both = paths.every((path) => process.tryStat(path)?.kind === 'directory');
      if (both && !this.#parsed.has('recursive'))
        this.#out.line(`Common subdirectories: ${paths[0]} and ${paths[1]}`);
      else status = Math.max(status, await this.compare(paths[0], paths[1], 'inside'));
    }
    return status;
  }

  async #files(
    name1: string,
    name2: string,
    stats: readonly (Stat | undefined)[],
    place: Place,
  ): Promise<number> {
    const { process } = this.#out;
    const bytes: Uint8Array[] = [];
    for (const [at, name] of [name1, name2].entries()) {
      const { value: fd, error } = attempt(() => (stats[at] === undefined ? -1 : openInput(process, name)));
      if (error !== undefined) {
        await this.#out.complain(quoteIfNeeded(process, name), error);
        return TROUBLE;
      }
      bytes.push(fd < 0 ? new Uint8Array(0) : await readAll(process, fd));
      if (fd >= 0) closeInput(process, fd);
    }
    const [a, b] = bytes as [Uint8Array, Uint8Array];
    if (Buffer.compare(a, b) === 0) return this.#same(name1, name2);
    if (!this.#parsed.has('text') && (a.includes(0) || b.includes(0))) {
      this.#out.line(
        this.#parsed.has('brief')
          ? `Files ${name1} and ${name2} differ`
          : `Binary files ${name1} and ${name2} differ`,
      );
      return DIFFERENT;
    }
    return this.#texts(
      [this.#side(name1, a, stats[0], 0), this.#side(name2, b, stats[1], 1)],
      [name1, name2],
      place,
    );
  }

  #same(name1: string, name2: string): number {
    if (this.#parsed.has('report-identical-files'))
      this.#out.line(`Files ${name1} and ${name2} are identical`);
    return SAME;
  }

  #side(name: string, bytes: Uint8Array, stat: Stat | undefined, at: number): DiffSide {
    const text = byteCodec.decode(bytes);
    const open = text !== '' && !text.endsWith('\n');
    const lines = text === '' ? [] : (open ? text : text.slice(0, -1)).split('\n');
    const time =
      stat === undefined ? 0n : stat.kind === 'file' ? stat.mtime : this.#out.process.kernel.clock.now();
    return { lines, open, label: this.#parsed.values('label')[at] ?? `${name}\t${this.#time(time)}` };
  }

  /** The context form says times as ctime(3) does, in the C locale. */
  #time(time: bigint): string {
    const form = this.#parsed.last('u', 'unified', 'c', 'context', 'normal');
    const old = (form === 'c' || form === 'context') && !isUtf8(this.#out.process);
    return old ? formatTime('%a %b %e %H:%M:%S %Y', time) : fullTime(time);
  }

  #texts(
    [a, b]: readonly [DiffSide, DiffSide],
    [name1, name2]: readonly [string, string],
    place: Place,
  ): number {
    const key = this.#key();
    const marked = (side: DiffSide): string[] =>
      side.lines.map((line, at) => key(line) + (at === side.lines.length - 1 && side.open ? '\0' : ''));
    let hunks = diffLines(marked(a), marked(b));
    if (this.#parsed.has('ignore-blank-lines')) {
      const blank = (side: DiffSide, from: number, to: number): boolean =>
        side.lines.slice(from, to).every((line) => line === '');
      hunks = hunks.filter((hunk) => !(blank(a, hunk.from1, hunk.to1) && blank(b, hunk.from2, hunk.to2)));
    }
    if (hunks.length === 0) return this.#same(name1, name2);
    if (this.#parsed.has('brief')) {
      this.#out.line(`Files ${name1} and ${name2} differ`);
      return DIFFERENT;
    }
    if (place === 'inside') this.#out.line(`diff${this.#options} ${name1} ${name2}`);
    const form = this.#parsed.last('u', 'unified', 'c', 'context', 'normal');
    const context = Number(this.#parsed.value('unified') ?? this.#parsed.value('context') ?? 3);
    const text =
      form === 'u' || form === 'unified'
        ? unifiedForm(a, b, hunks, context)
        : form === 'c' || form === 'context'
          ? contextForm(a, b, hunks, context)
          : normalForm(a, b, hunks);
    this.#out.bytes(byteCodec.encode(text));
    return DIFFERENT;
  }

  /** What of a line is compared. */
  #key(): (line: string) => string {
    const steps: ((line: string) => string)[] = [];
    if (this.#parsed.has('ignore-case')) steps.push((line) => line.toLowerCase());
    if (this.#parsed.has('ignore-all-space')) steps.push((line) => line.replace(/[ \t\v\f\r]+/g, ''));
    else if (this.#parsed.has('ignore-space-change')) {
      steps.push((line) => line.replace(/[ \t\v\f\r]+$/, '').replace(/[ \t\v\f\r]+/g, ' '));
    } else if (this.#parsed.has('ignore-trailing-space'))
      steps.push((line) => line.replace(/[ \t\v\f\r]+$/, ''));
    return (line) => steps.reduce((text, step) => step(text), line);
  }
}

const kindName = (stat: Stat | undefined): string =>
  stat?.kind === 'directory' ? 'directory' : stat?.size === 0 ? 'regular empty file' : 'regular file';
