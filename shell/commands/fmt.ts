// fmt: fill paragraphs.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { breakLines, type FmtWord } from './fmt-paragraph.ts';
import { readAll } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';

const options = {
  'crown-margin': { short: 'c' },
  prefix: { short: 'p', argument: 'required' },
  'split-only': { short: 's' },
  'tagged-paragraph': { short: 't' },
  'uniform-spacing': { short: 'u' },
  width: { short: 'w', argument: 'required' },
  goal: { short: 'g', argument: 'required' },
} as const;

type Given = Options<keyof typeof options>;

const MOST = 2500;

export const fmt: Command = {
  name: 'fmt',
  help: `Usage: fmt [-WIDTH] [OPTION]... [FILE]...
Fill the paragraphs of each FILE: short lines are joined, long ones broken.

Without a FILE, or where FILE is -, standard input is read.

  -c, --crown-margin      the first two lines keep their indentation
  -p, --prefix=STRING     only lines that begin with STRING, which the new lines get again
  -s, --split-only        break long lines, but join none
  -t, --tagged-paragraph  the first line is indented differently from the second
  -u, --uniform-spacing   one space between words, two after sentences
  -w, --width=WIDTH       lines have 75 columns, or WIDTH, at the most
  -g, --goal=WIDTH        lines should have WIDTH columns: 93 % of the width
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.map((word, at) => (at === 1 ? word.replace(/^-(\d+)$/, '-w$1') : word));
    const parsed = await parseOptions(out, fmt, words, options);
    if ('exit' in parsed) return parsed.exit;
    const style = readStyle(parsed, (text) => quoteLocale(process, text));
    if (typeof style === 'string') {
      await out.warn(style);
      return 1;
    }
    await eachInput(
      out,
      parsed.operands,
      async (fd) => {
        // GNU's message for a directory has no reason in it.
        if (process.fstat(fd).kind === 'directory') return out.warn('read error');
        const text = byteCodec.decode(await readAll(process, fd));
        out.bytes(byteCodec.encode(new Formatter(style, text).run()));
        await out.flush();
      },
      {
        opening: (_shown) =>
          `cannot open ${quoteAlways(process, parsed.operands.find((name) => process.tryStat(name) === undefined) ?? '')} for reading`,
      },
    );
    return out.end();
  },
};

interface FmtStyle {
  readonly mode: 'crown-margin' | 'split-only' | 'tagged-paragraph' | 'fill';
  readonly uniform: boolean;
  readonly width: number;
  readonly goal: number;
  readonly prefix: string;
}

const readStyle = (parsed: Given, quote: (text: string) => string): FmtStyle | string => {
  const sizes: { width?: number; goal?: number } = {};
  for (const name of ['width', 'goal'] as const) {
    const text = parsed.value(name);
    if (text === undefined) continue;
    const most = name === 'goal' ? (sizes.width ?? 75) : MOST;
    if (!/^\d+$/.test(text)) return `invalid width: ${quote(text)}`;
    if (Number(text) > most) return `invalid width: ${quote(text)}: Numerical result out of range`;
    sizes[name] = Number(text);
  }
  const width = sizes.width ?? (sizes.goal === undefined ? 75 : sizes.goal + 10);
  return {
    mode:
      (['crown-margin', 'split-only', 'tagged-paragraph'] as const).findLast((name) => parsed.has(name)) ??
      'fill',
    uniform: parsed.has('uniform-spacing'),
    width,
    goal: sizes.goal ?? Math.trunc((width * 187) / 200),
    prefix: byteCodec.argument(parsed.value('prefix') ?? '').replace(/^ +/, ''),
  };
};

/** A line: what is before its text, in columns, and its text; undefined text: not to be touched. */
interface SourceLine {
  readonly indent: number;
  readonly prefixIndent: number;
  readonly text: string;
  readonly raw: string;
  readonly plain: boolean;
}

class Formatter {
  readonly #style: FmtStyle;
  readonly #lines: readonly SourceLine[];
  #tabs = false;
  #otherIndent = 0;

  constructor(style: FmtStyle, text: string) {
    this.#style = style;
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    this.#lines = lines.map((line) => this.#read(line));
  }

  run(): string {
    let text = '';
    for (let at = 0; at < this.#lines.length; ) {
      const first = this.#lines[at] as SourceLine;
      if (first.plain) {
        text += `${first.raw}\n`;
        at++;
        continue;
      }
      const end = this.#endOf(at);
      // GNU has read as far as the next line's indentation when it writes a paragraph.
      const seen = this.#lines.slice(at, end).map(({ raw }) => raw);
      const ahead = /^[ \t]*/.exec(this.#lines[end]?.raw ?? '')?.[0] ?? '';
      if ([...seen, ahead].some((line) => line.includes('\t'))) this.#tabs = true;
      text += this.#paragraph(this.#lines.slice(at, end));
      at = end;
    }
    return text;
  }

  #read(raw: string): SourceLine {
    const { prefix } = this.#style;
    const [lead, after] = this.#skipBlanks(raw, 0, 0);
    const rest = raw.slice(after);
    if (!rest.startsWith(prefix)) return { indent: lead, prefixIndent: 0, text: '', raw, plain: true };
    const [indent, start] = this.#skipBlanks(
      raw,
      after + prefix.trimEnd().length,
      lead + prefix.trimEnd().length,
    );
    const text = raw.slice(start);
    const prefixIndent = prefix === '' ? 0 : lead;
    return { indent, prefixIndent, text, raw: text === '' ? raw.trimEnd() : raw, plain: text === '' };
  }

  /** The column and the place after blanks. */
  #skipBlanks(text: string, from: number, column: number): [number, number] {
    let at = from;
    let to = column;
    for (; text[at] === ' ' || text[at] === '\t'; at++) {
      to = text[at] === '\t' ? (Math.floor(to / 8) + 1) * 8 : to + 1;
    }
    return [to, at];
  }

  /** Index of the line after the paragraph that begins at `start`. */
  #endOf(start: number): number {
    const { mode } = this.#style;
    const first = this.#lines[start] as SourceLine;
    const continues = (line: SourceLine | undefined): line is SourceLine =>
      line !== undefined && !line.plain && line.prefixIndent === first.prefixIndent;
    let end = start + 1;
    const second = this.#lines[end];
    if (mode === 'split-only' || !continues(second)) return end;
    if (mode === 'tagged-paragraph' && second.indent === first.indent) return end;
    const indent = mode === 'fill' ? first.indent : second.indent;
    for (let line = this.#lines[end]; continues(line) && line.indent === indent; line = this.#lines[end])
      end++;
    return end;
  }

  #paragraph(lines: readonly SourceLine[]): string {
    const { width, goal, uniform, prefix } = this.#style;
    const first = lines[0] as SourceLine;
    const otherIndent = this.#indentAfter(first, lines[1]);
    const words = lines.flatMap((line) => wordsOf(line, uniform));
    // The end of a paragraph is the end of a sentence.
    const last = words.pop();
    if (last !== undefined) words.push({ ...last, period: true, final: true });
    const broken = breakLines(words, { width, goal, firstIndent: first.indent, otherIndent });
    return broken
      .map((line, at) => {
        const lead = prefix === '' ? '' : ' '.repeat(first.prefixIndent) + prefix.trimEnd();
        let text = this.#blanks(lead, lead.length, at === 0 ? first.indent : otherIndent);
        let column = at === 0 ? first.indent : otherIndent;
        for (const [place, word] of line.entries()) {
          text += word.text;
          column += word.text.length;
          if (place + 1 === line.length) break;
          text = this.#blanks(text, column, column + word.space);
          column += word.space;
        }
        return `${text}\n`;
      })
      .join('');
  }

  #indentAfter(first: SourceLine, second: SourceLine | undefined): number {
    if (this.#style.mode !== 'tagged-paragraph') return second?.indent ?? first.indent;
    // A single line: the indentation of the last paragraph that had one, as long as the two differ.
    if (second !== undefined) this.#otherIndent = second.indent;
    else if (this.#otherIndent === first.indent) this.#otherIndent = first.indent === 0 ? 3 : 0;
    return this.#otherIndent;
  }

  /** `text`, which ends at column `from`, with blanks up to column `to`; with tabs where the input has some. */
  #blanks(text: string, from: number, to: number): string {
    let column = from;
    let blanks = '';
    const stop = Math.floor(to / 8) * 8;
    if (this.#tabs && column + 1 < stop) {
      for (; column < stop; column = (Math.floor(column / 8) + 1) * 8) blanks += '\t';
    }
    return text + blanks + ' '.repeat(Math.max(to - column, 0));
  }
}

const wordsOf = (line: SourceLine, uniform: boolean): FmtWord[] => {
  const words: FmtWord[] = [];
  let column = line.indent;
  for (const match of line.text.matchAll(/([^ \t]+)([ \t]*)/g)) {
    const [whole, text = '', blanks = ''] = match;
    const last = match.index + whole.length === line.text.length;
    column += text.length;
    const before = column;
    for (const blank of blanks) column = blank === '\t' ? (Math.floor(column / 8) + 1) * 8 : column + 1;
    const period = /[.?!]["'\])]*$/.test(text);
    const final = period && (last || column - before > 1);
    words.push({
      text,
      space: last || uniform ? (final ? 2 : 1) : column - before,
      paren: /^[('`"[{]/.test(text),
      period,
      punct: /[!-/:-@[-`{-~]$/.test(text),
      final,
    });
  }
  return words;
};
