// A page of the manual that is no program's help, and how every page is laid out.

import { displayWidth } from './display-width.ts';

export interface ManualPage {
  readonly name: string;
  readonly section: string;
  readonly about: string;
  readonly synopsis: string;
  /** Heading → text. A blank line parts paragraphs; one with a line that begins with two blanks stays
   * as it is, those two aside. */
  readonly parts: Readonly<Record<string, string>>;
}

const BOOKS: Readonly<Record<string, string>> = {
  1: 'User Commands',
  2: 'System Calls',
  5: 'File Formats',
  7: 'Miscellaneous',
  8: 'System Administration',
};
const INDENT = ' '.repeat(7);

/** The text of a page, at most 80 columns wide. */
export const layPage = (page: ManualPage, columns: number): string => {
  const width = Math.min(columns, 80);
  return `${[
    titleOf(page, width),
    `NAME\n${fill(`${page.name} - ${page.about}`, width)}`,
    `SYNOPSIS\n${filled(page.synopsis, width)}`,
    ...Object.entries(page.parts).map(([heading, text]) => `${heading}\n${filled(text, width)}`),
  ].join('\n\n')}\n`;
};

const titleOf = ({ name, section }: ManualPage, width: number): string => {
  const title = `${name.toUpperCase()}(${section})`;
  const middle = BOOKS[section] ?? '';
  const left = Math.max(1, Math.floor((width - middle.length) / 2) - title.length);
  const right = Math.max(1, width - 2 * title.length - middle.length - left);
  return `${title}${' '.repeat(left)}${middle}${' '.repeat(right)}${title}`;
};

const filled = (text: string, width: number): string =>
  text
    .split('\n\n')
    .map((paragraph) => (/^ {2}/m.test(paragraph) ? asItIs(paragraph, width) : fill(paragraph, width)))
    .join('\n\n');

const asItIs = (paragraph: string, width: number): string =>
  rejoined(paragraph.split('\n').map((line) => `${INDENT}${line.replace(/^ {2}/, '')}`.trimEnd()))
    .flatMap((line) => hung(line, width))
    .join('\n');

/** Where the last of a line's columns begins; 0 when it has but one. */
const lastColumn = (line: string): number => /^\s*\S.*? {2,}(?=\S)/.exec(line)?.[0].length ?? 0;

/** A table's lines, each with what stands below its last column. */
const rejoined = (lines: readonly string[]): string[] => {
  const rows: string[] = [];
  for (const line of lines) {
    const above = rows.at(-1) ?? '';
    const column = lastColumn(above);
    if (column > 0 && line.search(/\S/) === column) rows[rows.length - 1] = `${above} ${line.trimStart()}`;
    else rows.push(line);
  }
  return rows;
};

/** A line that is too long goes on below its last column. */
const hung = (line: string, width: number): string[] => {
  if (displayWidth(line) <= width) return [line];
  const column = lastColumn(line);
  const hang = column > 0 && column < width - 20 ? column : Math.max(0, line.search(/\S/));
  const cut = line.lastIndexOf(' ', width);
  if (cut <= hang) return [line];
  return [line.slice(0, cut).trimEnd(), ...hung(`${' '.repeat(hang)}${line.slice(cut + 1)}`, width)];
};

const fill = (paragraph: string, width: number): string => {
  const lines: string[] = [];
  let line = INDENT.slice(1);
  for (const word of paragraph.split(/\s+/)) {
    if (line.length > INDENT.length && displayWidth(line) + 1 + displayWidth(word) > width - 2) {
      lines.push(line);
      line = INDENT.slice(1);
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
};
