// What a pane draws: lines of spans, each span a text and the role it plays. Roles become colours in theme.ts.
import { visible } from './escape.ts';
import type { Role, Theme } from './theme.ts';
import { cut, width } from './width.ts';

export interface Span {
  readonly text: string;
  readonly role: Role;
}

export type Line = readonly Span[];

export function span(text: string, role: Role = 'plain'): Span {
  return { text, role };
}

export function line(text: string, role: Role = 'plain'): Line {
  return [span(text, role)];
}

/** The line's text as a person reads it, without roles. */
export function textOf(line: Line): string {
  return line.map((part) => visible(part.text)).join('');
}

export function widthOf(line: Line): number {
  return width(textOf(line));
}

/** `left` and `right` with the gap between them, exactly `columns` wide; `left` gives way first. */
export function justify(left: Line, right: Line, columns: number): Line {
  const kept = cutLine(right, columns);
  const room = columns - widthOf(kept);
  const start = cutLine(left, Math.max(0, room - (kept.length > 0 ? 1 : 0)));
  return [...start, span(' '.repeat(Math.max(0, room - widthOf(start)))), ...kept];
}

export function cutLine(line: Line, columns: number, mark = '…'): Line {
  const kept: Span[] = [];
  let left = columns;
  for (const part of line) {
    const text = visible(part.text);
    const wide = width(text);
    if (wide > left) {
      if (left > 0) kept.push({ text: cut(text, left, mark), role: part.role });
      else markLast(kept, mark);
      return kept;
    }
    kept.push(part);
    left -= wide;
  }
  return kept;
}

// The line ended exactly at a span's edge while more would follow: its last column shows that.
function markLast(kept: Span[], mark: string): void {
  const last = kept.pop();
  if (last === undefined) return;
  const text = visible(last.text);
  kept.push({ text: cut(`${text} `, width(text), mark), role: last.role });
}

const PLAIN: Readonly<Record<string, string>> = {
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '·': '-',
  '…': '~',
  '×': 'x',
};

function inAscii({ text, role }: Span): Span {
  return { text: visible(text).replace(/[^ -~]/gu, (character) => PLAIN[character] ?? '?'), role };
}

/** The line as terminal text, cut and padded to exactly `columns`, safe whatever the spans hold. `base`: SGR under all. */
export function paint(line: Line, columns: number, theme: Theme, base = ''): string {
  const kept = cutLine(theme.ascii ? line.map(inAscii) : line, columns, theme.glyphs.more);
  let out = '';
  let used = 0;
  for (const part of kept) {
    const text = visible(part.text);
    if (text === '') continue;
    used += width(text);
    const codes = [theme.codes[part.role], base].filter((code) => code !== '').join(';');
    out += codes === '' ? text : `\x1b[${codes}m${text}\x1b[0m`;
  }
  const rest = ' '.repeat(Math.max(0, columns - used));
  return base === '' || rest === '' ? out + rest : `${out}\x1b[${base}m${rest}\x1b[0m`;
}
