// diff: compare files line by line, and directories file by file.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import type { DiffSide } from './diff-format.ts';
import { contextWords, type DiffGiven, diffOptions, formOf } from './diff-options.ts';
import { printed } from './diff-print.ts';
import { DiffRules } from './diff-rules.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename, joinPath } from './path-name.ts';
import { isUtf8, quoteIfNeeded } from './quoting.ts';
import { isTerminal } from './terminal.ts';
import { byteCodec } from './text-codec.ts';
import { formatTime } from './time-format.ts';
import { fullTime } from './time-text.ts';
import { usageError } from './usage-error.ts';

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
  -e, --ed                      commands for ed
  -f, --forward-ed              the same in the order of the file
  -n, --rcs                     the form of RCS
  -y, --side-by-side            two columns
  -W, --width=NUM               columns of NUM (130) characters together
      --left-column             what is the same on the left only
      --suppress-common-lines   leave out what is the same
  -p, --show-c-function         tell the C function of each hunk
  -F, --show-function-line=RE   tell the last line that matches RE
      --color[=WHEN]            colours: always, never, auto
  -t, --expand-tabs             blanks for tabs
  -T, --initial-tab             a tab after the mark
      --tabsize=NUM             a tab stop every NUM (8) columns
      --suppress-blank-empty    no blank before empty lines
  -r, --recursive               compare directories all the way down
  -N, --new-file                a missing file counts as an empty one
      --unidirectional-new-file  a missing first file counts as an empty one
  -x, --exclude=PATTERN         leave out files that match PATTERN
  -X, --exclude-from=FILE       leave out what the patterns in FILE match
  -S, --starting-file=FILE      begin with FILE in directories
      --from-file=FILE          compare FILE with all operands
      --to-file=FILE            compare all operands with FILE
  -i, --ignore-case             upper and lower case are the same
  -Z, --ignore-trailing-space   white space at the end does not count
  -b, --ignore-space-change     amounts of white space do not count
  -w, --ignore-all-space        white space does not count
  -E, --ignore-tab-expansion    tabs are as good as blanks
  -B, --ignore-blank-lines      blank lines do not count
  -I, --ignore-matching-lines=RE  lines that match RE do not count
      --strip-trailing-cr       lines end without carriage return
  -D, --ifdef=NAME              both files in one, with #ifdef NAME
      --old-group-format=F --new-group-format=F --changed-group-format=F
      --unchanged-group-format=F  forms of one's own for groups of lines
      --line-format=F --old-line-format=F --new-line-format=F
      --unchanged-line-format=F  the same for lines
  -d, --minimal                 (accepted) look for the least changes
  -a, --text                    take every file for text
      --help        display this help and exit
      --version     output version information and exit

FILES are FILE1 FILE2, or DIR1 DIR2, or DIR FILE, or FILE DIR; - is standard input.
The exit status is 0 when they are the same, 1 when they differ, 2 after trouble.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    out.failureStatus = TROUBLE;
    const parsed = await parseOptions(out, diff, contextWords(argv), diffOptions);
    if ('exit' in parsed) return parsed.exit;
    const pairs = pairsOf(out, parsed);
    if (typeof pairs === 'string') return usageError(out, diff, pairs);
    const rules = new DiffRules(parsed, await excluded(out, parsed));
    const comparison = new Comparison(out, parsed, rules, argv);
    let status = SAME;
    for (const [first, second] of pairs)
      status = Math.max(status, await comparison.compare(first, second, 'top'));
    await out.flush();
    return status;
  },
};

/** The pairs of names to compare; a text is what is wrong with the operands. */
const pairsOf = (out: Output, parsed: DiffGiven): (readonly [string, string])[] | string => {
  const { operands } = parsed;
  const [from, to] = [parsed.value('from-file'), parsed.value('to-file')];
  if (from !== undefined) return operands.map((name) => [from, name]);
  if (to !== undefined) return operands.map((name) => [name, to]);
  const [first, second, extra] = operands;
  if (first === undefined || second === undefined) return `missing operand after '${first ?? out.name}'`;
  return extra === undefined ? [[first, second]] : `extra operand '${extra}'`;
};

/** The patterns of names that directories are compared without. */
const excluded = async (out: Output, parsed: DiffGiven): Promise<string[]> => {
  const { process } = out;
  const patterns = parsed.values('exclude');
  for (const name of parsed.values('exclude-from')) {
    const { value: fd, error } = attempt(() => openInput(process, name));
    if (error !== undefined) await out.complain(name, error);
    else patterns.push(...byteCodec.decode(await readAll(process, fd)).split('\n'));
  }
  return patterns.filter((pattern) => pattern !== '');
};

/** What is compared: the operands, a file against one of the same name in a directory, or files of two directories. */
type Place = 'top' | 'file' | 'inside';

class Comparison {
  readonly #out: Output;
  readonly #parsed: DiffGiven;
  readonly #options: string;
  readonly #rules: DiffRules;

  constructor(out: Output, parsed: DiffGiven, rules: DiffRules, argv: readonly string[]) {
    this.#out = out;
    this.#parsed = parsed;
    this.#rules = rules;
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
      const empty = this.#parsed.has('new-file') || (at === 0 && this.#parsed.has('unidirectional-new-file'));
      if (stats[at] !== undefined || (empty && stats[1 - at] !== undefined)) continue;
      missing = true;
      await this.#out.warn(`${quoteIfNeeded(process, name)}: No such file or directory`);
    }
    if (missing) return TROUBLE;
    const [kind1, kind2] = [stats[0]?.kind, stats[1]?.kind];
    const both = [kind1, kind2].every((kind) => kind === 'directory' || kind === undefined);
    if (both) return this.#directories(name1, name2, place);
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

  async #directories(name1: string, name2: string, place: Place): Promise<number> {
    const { process } = this.#out;
    const start = place === 'top' ? (this.#parsed.value('starting-file') ?? '') : '';
    const lists = [name1, name2].map(
      (name) =>
        new Set(
          (attempt(() => process.readdir(name)).value ?? [])
            .map((entry) => entry.name)
            .filter((entry) => entry >= start && !this.#rules.excludes(entry)),
        ),
    );
    const [names1, names2] = lists as [Set<string>, Set<string>];
    let status = SAME;
    for (const name of [...new Set([...names1, ...names2])].sort()) {
      const only = !names1.has(name) ? name2 : !names2.has(name) ? name1 : undefined;
      const paths = [joinPath(name1, name), joinPath(name2, name)] as const;
      const fills =
        this.#parsed.has('new-file') || (only === name2 && this.#parsed.has('unidirectional-new-file'));
      if (only !== undefined && !fills) {
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
    const given = byteCodec.decode(bytes);
    const text = this.#parsed.has('strip-trailing-cr') ? given.replaceAll('\r\n', '\n') : given;
    const open = text !== '' && !text.endsWith('\n');
    const lines = text === '' ? [] : (open ? text : text.slice(0, -1)).split('\n');
    const time =
      stat === undefined ? 0n : stat.kind === 'file' ? stat.mtime : this.#out.process.kernel.clock.now();
    return { lines, open, label: this.#parsed.values('label')[at] ?? `${name}\t${this.#time(time)}` };
  }

  /** The context form says times as ctime(3) does, in the C locale. */
  #time(time: bigint): string {
    const old = formOf(this.#parsed) === 'context' && !isUtf8(this.#out.process);
    return old ? formatTime('%a %b %e %H:%M:%S %Y', time) : fullTime(time);
  }

  #texts(
    [a, b]: readonly [DiffSide, DiffSide],
    [name1, name2]: readonly [string, string],
    place: Place,
  ): number {
    const hunks = this.#rules.hunks(a, b);
    if (hunks.length === 0) return this.#same(name1, name2);
    if (this.#parsed.has('brief')) {
      this.#out.line(`Files ${name1} and ${name2} differ`);
      return DIFFERENT;
    }
    if (place === 'inside') this.#out.line(`diff${this.#options} ${name1} ${name2}`);
    const text = printed(a, b, hunks, this.#parsed, isTerminal(this.#out.process, 1));
    this.#out.bytes(byteCodec.encode(text));
    return DIFFERENT;
  }
}

const kindName = (stat: Stat | undefined): string =>
  stat?.kind === 'directory' ? 'directory' : stat?.size === 0 ? 'regular empty file' : 'regular file';
