// join: join lines of two sorted files on a common field.

import type { Command } from './command.ts';
import { openInput } from './input.ts';
import { type JoinStyle, joinOptions, readJoinStyle } from './join-style.ts';
import { LineReader } from './line-reader.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { extraOperand, missingOperand } from './usage-error.ts';

export const join: Command = {
  name: 'join',
  help: `Usage: join [OPTION]... FILE1 FILE2
Join each pair of lines of two sorted files that have the same join field.

One of the files may be -, standard input. The join field is the first one, and fields are
parted by blanks.

  -a FILENUM          print the lines of file FILENUM (1 or 2) that have no partner too
  -e STRING           what stands for missing fields
  -i, --ignore-case   capitals are the same as small letters
  -j FIELD            the join field of both files
  -o FORMAT           the fields of an output line: FILENUM.FIELD or 0 (the join field), with
                        commas or blanks between them; or auto
  -t CHAR             fields are parted by CHAR
  -v FILENUM          as -a FILENUM, without the joined lines
  -1 FIELD            the join field of file 1
  -2 FIELD            the join field of file 2
      --check-order   fail as soon as a file is found not to be sorted
      --nocheck-order  do not look whether the files are sorted
      --header        the first lines are headings, and printed as such
  -z, --zero-terminated  lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, join, argv, joinOptions);
    if ('exit' in parsed) return parsed.exit;
    const { fields, operands } = fieldOperands(argv, parsed.operands);
    const style = readJoinStyle(process, parsed, fields);
    if (typeof style === 'string') {
      await out.warn(style);
      return 1;
    }
    if (operands.length < 2) return missingOperand(out, join, operands);
    if (operands[2] !== undefined) return extraOperand(out, join, operands[2]);
    if (operands[0] === '-' && operands[1] === '-') {
      await out.warn('both files cannot be standard input');
      return 1;
    }
    const sides: Side[] = [];
    for (const [at, name] of operands.entries()) {
      try {
        sides.push(
          new Side(new LineReader(process, openInput(process, name), style.end), name, style, at as 0 | 1),
        );
      } catch (error) {
        await out.complain(quoteIfNeeded(process, name), error);
        return 1;
      }
    }
    try {
      return await new Joiner(out, style, sides as [Side, Side]).run();
    } catch (error) {
      await out.complain('read error', error);
      return 1;
    }
  },
};

/** Operands right behind `-o LIST` are fields too, as many as there are too many. */
const fieldOperands = (argv: readonly string[], operands: readonly string[]) => {
  const at = argv.findLastIndex((word, index) => /^-o/.test(word) && index > 0);
  const start = argv[at] === '-o' ? at + 2 : at + 1;
  const end = argv.findIndex((word, index) => index >= start && word.startsWith('-'));
  const near = at === -1 ? [] : argv.slice(start, end === -1 ? undefined : end);
  const from = operands.indexOf(near[0] ?? '');
  const count = Math.max(0, Math.min(near.length, operands.length - 2));
  if (count === 0 || from === -1) return { fields: [], operands };
  return {
    fields: near.slice(0, count),
    operands: [...operands.slice(0, from), ...operands.slice(from + count)],
  };
};

interface Line {
  readonly text: string;
  readonly fields: readonly string[];
  readonly key: string;
}

/** One of the two files: its lines, and those that share the current key. */
class Side {
  readonly name: string;
  readonly at: 0 | 1;
  number = 0;
  warned = false;
  group: Line[] = [];
  readonly #reader: LineReader;
  readonly #style: JoinStyle;
  #before: Line | undefined;

  constructor(reader: LineReader, name: string, style: JoinStyle, at: 0 | 1) {
    this.#reader = reader;
    this.name = name;
    this.#style = style;
    this.at = at;
  }

  /** The next line, and the one before it when the two are in the wrong order. */
  async read(): Promise<{ line: Line | undefined; disorder: boolean }> {
    const text = await this.#reader.next();
    if (text === undefined) return { line: undefined, disorder: false };
    this.number++;
    const { separator, ignoreCase, keys } = this.#style;
    const fields =
      separator === undefined
        ? // Blanks at the end have an empty field behind them.
          text.replace(/^[ \t\n]+/, '') === ''
          ? []
          : text.replace(/^[ \t\n]+/, '').split(/[ \t\n]+/)
        : separator === ''
          ? [text]
          : text.split(separator);
    const key = fields[keys[this.at]] ?? '';
    const line = { text, fields, key: ignoreCase ? key.toUpperCase() : key };
    const disorder = this.#before !== undefined && this.#before.key > line.key;
    this.#before = line;
    return { line, disorder };
  }

  forget(): void {
    this.#before = undefined;
  }
}

class Joiner {
  readonly #out: Output;
  readonly #style: JoinStyle;
  readonly #sides: readonly [Side, Side];
  #unpaired = false;
  #auto: readonly [number, number] | undefined;

  constructor(out: Output, style: JoinStyle, sides: readonly [Side, Side]) {
    this.#out = out;
    this.#style = style;
    this.#sides = sides;
  }

  async run(): Promise<number> {
    const [one, two] = this.#sides;
    const style = this.#style;
    let a = await this.#next(one);
    let b = await this.#next(two);
    if (style.auto) this.#auto = [a?.fields.length ?? 0, b?.fields.length ?? 0];
    if (style.header && (a !== undefined || b !== undefined)) {
      this.#print(a, b);
      for (const side of this.#sides) side.forget();
      if (a !== undefined) a = await this.#next(one);
      if (b !== undefined) b = await this.#next(two);
    }
    while (a !== undefined && b !== undefined && !this.#failed()) {
      if (a.key !== b.key) {
        const less = a.key < b.key;
        if (style.unpairable[less ? 0 : 1]) this.#print(less ? a : undefined, less ? undefined : b);
        // The order is looked at while the next line is read, and only once something was unpairable.
        if (less) a = await this.#next(one);
        else b = await this.#next(two);
        this.#unpaired = true;
        continue;
      }
      const { key } = a;
      const [groupA, groupB]: [Line[], Line[]] = [[], []];
      for (; a !== undefined && a.key === key; a = await this.#next(one)) groupA.push(a);
      for (; b !== undefined && b.key === key; b = await this.#next(two)) groupB.push(b);
      if (style.pairs && !this.#failed()) for (const x of groupA) for (const y of groupB) this.#print(x, y);
      await this.#out.caughtUp();
    }
    await this.#rest(one, a, b !== undefined);
    await this.#rest(two, b, a !== undefined);
    if (!this.#failed() && this.#sides.some(({ warned }) => warned))
      await this.#out.warn('input is not in sorted order');
    return this.#out.end();
  }

  /** What one file has left when the other has ended. */
  async #rest(side: Side, first: Line | undefined, otherLeft: boolean): Promise<void> {
    const wanted = this.#style.unpairable[side.at] as boolean;
    const looks = this.#style.order !== 'nocheck-order' && !this.#sides.every(({ warned }) => warned);
    if (first === undefined || !(wanted || looks)) return;
    const show = (line: Line): void =>
      this.#print(side.at === 0 ? line : undefined, side.at === 0 ? undefined : line);
    if (wanted) show(first);
    if (otherLeft) this.#unpaired = true;
    for (
      let line = await this.#next(side);
      line !== undefined && !this.#failed();
      line = await this.#next(side)
    ) {
      if (wanted) show(line);
      else if (side.warned) return;
    }
  }

  #failed(): boolean {
    return this.#style.order === 'check-order' && this.#sides.some(({ warned }) => warned);
  }

  async #next(side: Side): Promise<Line | undefined> {
    const { order } = this.#style;
    const { line, disorder } = await side.read();
    const looks = order === 'check-order' || (order === undefined && this.#unpaired);
    if (line !== undefined && disorder && looks && !side.warned) {
      side.warned = true;
      await this.#out.warn(
        `${byteCodec.name(side.name)}:${side.number}: is not sorted: ${byteCodec.name(line.text)}`,
      );
      if (order !== 'check-order') this.#out.status = 0;
    }
    return line;
  }

  /** A line of both, or of one alone. */
  #print(a: Line | undefined, b: Line | undefined): void {
    const { format, empty, between, keys, end } = this.#style;
    const [keyA, keyB] = keys;
    const field = (line: Line | undefined, at: number): string => line?.fields[at] || empty;
    const common = a === undefined ? field(b, keyB) : field(a, keyA);
    const parts =
      format === undefined
        ? [common, ...this.#others(a, keyA, 0), ...this.#others(b, keyB, 1)]
        : format.map(([file, at]) => (file === 0 ? common : field(file === 1 ? a : b, at)));
    this.#out.bytes(byteCodec.encode(`${parts.join(between)}${end}`));
  }

  #others(line: Line | undefined, key: number, side: 0 | 1): string[] {
    const count = this.#auto === undefined ? (line?.fields.length ?? 0) : this.#auto[side];
    const fields = Array.from({ length: count }, (_value, at) => line?.fields[at] || this.#style.empty);
    return fields.filter((_field, at) => at !== key);
  }
}
