// How diff prints hunks: the normal form, the unified form, the context form.

import type { Hunk } from './diff-lines.ts';

export interface DiffSide {
  /** Lines without their newlines. */
  readonly lines: readonly string[];
  /** The last line lacks its newline. */
  readonly open: boolean;
  /** What the header of the unified form says. */
  readonly label: string;
}

const NO_NEWLINE = '\\ No newline at end of file\n';

const line = (sign: string, side: DiffSide, at: number): string => {
  const last = at === side.lines.length - 1 && side.open;
  return `${sign}${side.lines[at]}\n${last ? NO_NEWLINE : ''}`;
};

const lines = (sign: string, side: DiffSide, from: number, to: number): string => {
  let text = '';
  for (let at = from; at < to; at++) text += line(sign, side, at);
  return text;
};

const range = (from: number, to: number): string => (to - from <= 1 ? String(to) : `${from + 1},${to}`);

/** `3c3`, `<`, `---`, `>`. */
export const normalForm = (a: DiffSide, b: DiffSide, hunks: readonly Hunk[]): string =>
  hunks
    .map(({ from1, to1, from2, to2 }) => {
      const letter = from1 === to1 ? 'a' : from2 === to2 ? 'd' : 'c';
      const middle = letter === 'c' ? '---\n' : '';
      return `${range(from1, to1)}${letter}${range(from2, to2)}\n${lines('< ', a, from1, to1)}${middle}${lines('> ', b, from2, to2)}`;
    })
    .join('');

/** Hunks whose contexts touch become one group. */
const grouped = (hunks: readonly Hunk[], context: number): Hunk[][] => {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group !== undefined && before !== undefined && hunk.from1 - before.to1 <= context * 2)
      group.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
};

interface Bounds {
  readonly from1: number;
  readonly to1: number;
  readonly from2: number;
  readonly to2: number;
}

const boundsOf = (group: readonly Hunk[], context: number, a: DiffSide, b: DiffSide): Bounds => {
  const [first, last] = [group[0] as Hunk, group.at(-1) as Hunk];
  return {
    from1: Math.max(0, first.from1 - context),
    from2: Math.max(0, first.from2 - context),
    to1: Math.min(a.lines.length, last.to1 + context),
    to2: Math.min(b.lines.length, last.to2 + context),
  };
};

const unifiedRange = (from: number, to: number): string => {
  const count = to - from;
  if (count === 1) return String(to);
  return `${count === 0 ? from : from + 1},${count}`;
};

/** Hunks with as many lines of context; `within` says what function a line lies in. */
type Form = (
  a: DiffSide,
  b: DiffSide,
  hunks: readonly Hunk[],
  context: number,
  within?: (from: number) => string,
) => string;

/** `diff -u`. */
export const unifiedForm: Form = (a, b, hunks, context, within) => {
  let text = `--- ${a.label}\n+++ ${b.label}\n`;
  for (const group of grouped(hunks, context)) {
    const { from1, to1, from2, to2 } = boundsOf(group, context, a, b);
    text += `@@ -${unifiedRange(from1, to1)} +${unifiedRange(from2, to2)} @@${within?.(from1) ?? ''}\n`;
    let at = from1;
    for (const hunk of group) {
      text +=
        lines(' ', a, at, hunk.from1) +
        lines('-', a, hunk.from1, hunk.to1) +
        lines('+', b, hunk.from2, hunk.to2);
      at = hunk.to1;
    }
    text += lines(' ', a, at, to1);
  }
  return text;
};

/** One side of the context form; nothing but the range when the side has no change. */
const contextSide = (
  side: DiffSide,
  from: number,
  to: number,
  changes: readonly { from: number; to: number; sign: string }[],
): string => {
  if (changes.every((change) => change.from === change.to)) return '';
  let text = '';
  let at = from;
  for (const change of changes) {
    text += lines('  ', side, at, change.from) + lines(`${change.sign} `, side, change.from, change.to);
    at = change.to;
  }
  return text + lines('  ', side, at, to);
};

const contextRange = (from: number, to: number): string =>
  to - from <= 1 ? String(to) : `${from + 1},${to}`;

/** `diff -c`. */
export const contextForm: Form = (a, b, hunks, context, within) => {
  let text = `*** ${a.label}\n--- ${b.label}\n`;
  for (const group of grouped(hunks, context)) {
    const { from1, to1, from2, to2 } = boundsOf(group, context, a, b);
    const sign = (hunk: Hunk, alone: string): string =>
      hunk.from1 < hunk.to1 && hunk.from2 < hunk.to2 ? '!' : alone;
    text += `***************${within?.(from1) ?? ''}\n*** ${contextRange(from1, to1)} ****\n`;
    text += contextSide(
      a,
      from1,
      to1,
      group.map((hunk) => ({ from: hunk.from1, to: hunk.to1, sign: sign(hunk, '-') })),
    );
    text += `--- ${contextRange(from2, to2)} ----\n`;
    text += contextSide(
      b,
      from2,
      to2,
      group.map((hunk) => ({ from: hunk.from2, to: hunk.to2, sign: sign(hunk, '+') })),
    );
  }
  return text;
};
