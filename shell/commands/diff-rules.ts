// What diff compares of lines, which changes count, and which names it leaves out.

import type { DiffSide } from './diff-format.ts';
import { diffLines, type Hunk } from './diff-lines.ts';
import type { DiffGiven } from './diff-options.ts';
import { fnmatch } from './fnmatch.ts';
import { compileRegex } from './posix-regex.ts';

const BLANKS = /[ \t\v\f\r]+/g;
const BLANK_END = /[ \t\v\f\r]+$/;

export class DiffRules {
  readonly #parsed: DiffGiven;
  readonly #excluded: readonly string[];

  constructor(parsed: DiffGiven, excluded: readonly string[]) {
    this.#parsed = parsed;
    this.#excluded = excluded;
  }

  excludes(name: string): boolean {
    return this.#excluded.some((pattern) => fnmatch(pattern, name));
  }

  /** The changes that count. */
  hunks(a: DiffSide, b: DiffSide): Hunk[] {
    const key = this.#key();
    const marked = (side: DiffSide): string[] =>
      side.lines.map((line, at) => key(line) + (at === side.lines.length - 1 && side.open ? '\0' : ''));
    const hunks = diffLines(marked(a), marked(b));
    const ignores = this.#ignores();
    if (ignores === undefined) return hunks;
    const all = (side: DiffSide, from: number, to: number): boolean =>
      side.lines.slice(from, to).every(ignores);
    return hunks.filter(({ from1, to1, from2, to2 }) => !(all(a, from1, to1) && all(b, from2, to2)));
  }

  /** Whether a line that is changed does not count. */
  #ignores(): ((line: string) => boolean) | undefined {
    const blank = this.#parsed.has('ignore-blank-lines');
    const patterns = this.#parsed
      .values('ignore-matching-lines')
      .map((pattern) => compileRegex(pattern, { extended: false }));
    if (!blank && patterns.length === 0) return undefined;
    return (line) => (blank && line === '') || patterns.some((pattern) => pattern.test(line));
  }

  /** What of a line is compared. */
  #key(): (line: string) => string {
    const parsed = this.#parsed;
    const steps: ((line: string) => string)[] = [];
    if (parsed.has('ignore-case')) steps.push((line) => line.toLowerCase());
    if (parsed.has('ignore-all-space')) steps.push((line) => line.replace(BLANKS, ''));
    else if (parsed.has('ignore-space-change'))
      steps.push((line) => line.replace(BLANK_END, '').replace(BLANKS, ' '));
    else {
      if (parsed.has('ignore-tab-expansion')) steps.push((line) => expanded(line, this.tabSize));
      if (parsed.has('ignore-trailing-space')) steps.push((line) => line.replace(BLANK_END, ''));
    }
    return (line) => steps.reduce((text, step) => step(text), line);
  }

  get tabSize(): number {
    return Number(this.#parsed.value('tabsize') ?? 8);
  }
}

/** Tabs as the blanks that they stand for. */
export const expanded = (line: string, tab: number): string => {
  let text = '';
  for (const character of line)
    text += character === '\t' ? ' '.repeat(tab - (text.length % tab)) : character;
  return text;
};
