// What diff prints for programs: ed's commands, RCS's, both files in one with #ifdef, and forms of one's own.

import type { DiffSide } from './diff-format.ts';
import type { Hunk } from './diff-lines.ts';

const textOf = (side: DiffSide, from: number, to: number): string[] => side.lines.slice(from, to);

const letterOf = ({ from1, to1, from2, to2 }: Hunk): string =>
  from1 === to1 ? 'a' : from2 === to2 ? 'd' : 'c';

const range = (from: number, to: number, between: string): string =>
  to - from <= 1 ? String(to) : `${from + 1}${between}${to}`;

/** Lines for ed: one that is a point alone is typed as two, and made one afterwards. */
const typed = (lines: readonly string[]): string => {
  let text = '';
  let open = true;
  for (const line of lines) {
    if (!open) text += 'a\n';
    open = line !== '.';
    text += open ? `${line}\n` : '..\n.\ns/.//\n';
  }
  return open ? `${text}.\n` : text;
};

/** `diff -e`: from the end to the start, so that line numbers hold. */
export const edForm = (_a: DiffSide, b: DiffSide, hunks: readonly Hunk[]): string =>
  hunks
    .toReversed()
    .map((hunk) => {
      const letter = letterOf(hunk);
      const lines = letter === 'd' ? '' : typed(textOf(b, hunk.from2, hunk.to2));
      return `${range(hunk.from1, hunk.to1, ',')}${letter}\n${lines}`;
    })
    .join('');

/** `diff -f`: the same in the order of the file, which no ed can read. */
export const forwardForm = (_a: DiffSide, b: DiffSide, hunks: readonly Hunk[]): string =>
  hunks
    .map((hunk) => {
      const letter = letterOf(hunk);
      const lines = letter === 'd' ? '' : [...textOf(b, hunk.from2, hunk.to2), '.', ''].join('\n');
      return `${letter}${range(hunk.from1, hunk.to1, ' ')}\n${lines}`;
    })
    .join('');

/** `diff -n`. */
export const rcsForm = (_a: DiffSide, b: DiffSide, hunks: readonly Hunk[]): string =>
  hunks
    .map(({ from1, to1, from2, to2 }) => {
      const removed = to1 > from1 ? `d${from1 + 1} ${to1 - from1}\n` : '';
      const added = textOf(b, from2, to2).join('\n');
      const end = b.open && to2 === b.lines.length ? '' : '\n';
      return to2 > from2 ? `${removed}a${to1} ${to2 - from2}\n${added}${end}` : removed;
    })
    .join('');

type Kind = 'old' | 'new' | 'unchanged' | 'changed';

export interface GroupFormats {
  readonly groups: Partial<Record<Kind, string>>;
  readonly lines: Partial<Record<Kind, string>>;
}

/** `diff -D NAME`. */
export const ifdefFormats = (name: string): GroupFormats => ({
  groups: {
    old: `#ifndef ${name}\n%<#endif /* ! ${name} */\n`,
    new: `#ifdef ${name}\n%>#endif /* ${name} */\n`,
    changed: `#ifndef ${name}\n%<#else /* ${name} */\n%>#endif /* ${name} */\n`,
  },
  lines: {},
});

const GROUPS: Readonly<Record<Kind, string>> = { old: '%<', new: '%>', unchanged: '%=', changed: '%<%>' };

/** Both files in one, each group of lines in its form. */
export const groupForm = (
  a: DiffSide,
  b: DiffSide,
  hunks: readonly Hunk[],
  formats: GroupFormats,
): string => {
  const shown = (kind: Kind, side: DiffSide, from: number, to: number): string =>
    textOf(side, from, to)
      .map((line, at) => {
        const open = side.open && from + at === side.lines.length - 1;
        return lineText(formats.lines[kind] ?? '%l\n', line, open ? '' : '\n', from + at + 1);
      })
      .join('');
  const group = (kind: Kind, { from1, to1, from2, to2 }: Hunk): string =>
    (formats.groups[kind] ?? GROUPS[kind]).replace(
      /%([<>=%])|%c'([^\\]|\\[0-7]+)'/g,
      (_all, sign, character) => {
        if (character !== undefined) return characterOf(character);
        if (sign === '<') return shown('old', a, from1, to1);
        if (sign === '>') return shown('new', b, from2, to2);
        return sign === '=' ? shown('unchanged', a, from1, to1) : '%';
      },
    );
  let text = '';
  let [at1, at2] = [0, 0];
  const common = (to1: number, to2: number): void => {
    if (to1 > at1) text += group('unchanged', { from1: at1, to1, from2: at2, to2 });
  };
  for (const hunk of hunks) {
    common(hunk.from1, hunk.from2);
    const kind = letterOf(hunk);
    text += group(kind === 'a' ? 'new' : kind === 'd' ? 'old' : 'changed', hunk);
    [at1, at2] = [hunk.to1, hunk.to2];
  }
  common(a.lines.length, b.lines.length);
  return text;
};

const lineText = (format: string, line: string, end: string, number: number): string =>
  format.replace(/%([lL%])|%(-?)(\d*)dn|%c'([^\\]|\\[0-7]+)'/g, (_all, letter, left, width, character) => {
    if (character !== undefined) return characterOf(character);
    if (letter === 'l') return line;
    if (letter === 'L') return line + end;
    if (letter === '%') return '%';
    return left === '-' ? String(number).padEnd(Number(width)) : String(number).padStart(Number(width));
  });

const characterOf = (text: string): string =>
  text.startsWith('\\') && text.length > 1 ? String.fromCharCode(Number.parseInt(text.slice(1), 8)) : text;
