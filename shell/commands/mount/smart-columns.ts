// Tables as util-linux prints them (libsmartcols): columns, trees, and the forms that programs read.

import type { Output } from '../output.ts';
import { isUtf8 } from '../quoting.ts';

/** A cell: its lines, a number or a truth for JSON, or nothing. */
export type Cell = string | number | boolean | readonly (string | null)[] | undefined;

export interface Row {
  readonly cells: readonly Cell[];
  readonly children: readonly Row[];
}

export interface Layout {
  /** Names of the columns; one of them is drawn as a tree. */
  readonly names: readonly string[];
  readonly right: ReadonlySet<string>;
  readonly tree: string;
  readonly form: 'columns' | 'tree' | 'raw' | 'pairs' | 'json';
  readonly headings: boolean;
  readonly ascii?: boolean;
  /** -y: names that a shell can use as variables. */
  readonly shell?: boolean;
  /** What the JSON is about: "filesystems". */
  readonly about: string;
}

/**
 * The columns that `-o` asks for: `A,B` instead of the usual ones, `+A,B` besides them. Names are in capitals where there
 * are such columns, and else as they were written.
 */
export const askedColumns = (
  asked: string | undefined,
  usual: readonly string[],
  known: Readonly<Record<string, unknown>>,
): readonly string[] => {
  if (asked === undefined) return usual;
  const names = asked
    .replace(/^\+/, '')
    .split(',')
    .map((name) => (known[name.toUpperCase()] ? name.toUpperCase() : name));
  return asked.startsWith('+') ? [...usual, ...names] : names;
};

export const printTable = (out: Output, rows: readonly Row[], layout: Layout): void => {
  const { form } = layout;
  if (form === 'json') out.text(json(rows, layout));
  else if (form === 'pairs') for (const row of flat(rows)) out.line(pairs(row, layout));
  else if (form === 'raw') raw(out, flat(rows), layout);
  else columns(out, rows, layout);
};

/** Every row with its children behind it. */
const flat = (rows: readonly Row[]): Row[] => rows.flatMap((row) => [row, ...flat(row.children)]);

const words = (cell: Cell): string => {
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  if (Array.isArray(cell)) return cell.map((line) => line ?? '').join('\n');
  return String(cell ?? '');
};

const shellName = (name: string): string => name.replace('%', '_PCT').replace(/[^A-Za-z0-9_]/g, '_');

const pairs = ({ cells }: Row, { names, shell }: Layout): string =>
  names
    .map((name, at) => {
      const text = words(cells[at]).replace(/["\\$`\n]/g, (letter) => `\\x${hex(letter)}`);
      return `${shell ? shellName(name) : name}="${text}"`;
    })
    .join(' ');

const hex = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(2, '0');

const raw = (out: Output, rows: readonly Row[], { names, headings, shell }: Layout): void => {
  if (headings) out.line(names.map((name) => (shell ? shellName(name) : name)).join(' '));
  for (const { cells } of rows)
    out.line(cells.map((cell) => words(cell).replace(/[\s\\]/g, (letter) => `\\x${hex(letter)}`)).join(' '));
};

const BRANCHES = {
  utf8: { middle: '├─', last: '└─', down: '│ ' },
  ascii: { middle: '|-', last: '`-', down: '| ' },
} as const;

interface Line {
  readonly prefix: string;
  readonly inner: string;
  readonly cells: readonly Cell[];
}

/** Rows in the order of printing, with the lines of the tree before them. */
const draw = (
  rows: readonly Row[],
  branches: (typeof BRANCHES)[keyof typeof BRANCHES],
  above = '',
  top = true,
): Line[] =>
  rows.flatMap(({ cells, children }, at) => {
    const last = at === rows.length - 1;
    const prefix = top ? '' : above + (last ? branches.last : branches.middle);
    const inner = top ? '' : above + (last ? '  ' : branches.down);
    return [
      { prefix, inner: inner + (children.length > 0 ? branches.down : ''), cells },
      ...draw(children, branches, inner, false),
    ];
  });

const columns = (out: Output, rows: readonly Row[], layout: Layout): void => {
  const { names, right, tree, form, headings } = layout;
  const branches = layout.ascii || !isUtf8(out.process) ? BRANCHES.ascii : BRANCHES.utf8;
  const lines: Line[] =
    form === 'tree'
      ? draw(rows, branches)
      : flat(rows).map(({ cells }) => ({ prefix: '', inner: '', cells }));
  const table = lines.flatMap(({ prefix, inner, cells }) => {
    const split = cells.map((cell) => words(cell).split('\n'));
    const height = Math.max(1, ...split.map(({ length }) => length));
    return Array.from({ length: height }, (_line, down) =>
      split.map(
        (texts, at) => (names[at] === tree ? (down === 0 ? prefix : inner) : '') + (texts[down] ?? ''),
      ),
    );
  });
  const all = headings ? [[...names], ...table] : table;
  const widths = names.map((name, at) =>
    Math.max(name.length, ...table.map((cells) => [...(cells[at] ?? '')].length)),
  );
  for (const cells of all) {
    const padded = cells.map((cell, at) => {
      const gap = ' '.repeat(Math.max(0, (widths[at] ?? 0) - [...cell].length));
      if (right.has(names[at] ?? '')) return gap + cell;
      return at === cells.length - 1 && cell !== '' ? cell : cell + (at === cells.length - 1 ? '' : gap);
    });
    out.line(padded.join(' '));
  }
};

const json = (rows: readonly Row[], layout: Layout): string =>
  `{\n   "${layout.about}": [\n${rows.length === 0 ? '' : '      '}${objects(rows, layout, 6)}\n   ]\n}\n`;

const objects = (rows: readonly Row[], layout: Layout, indent: number): string =>
  rows.map((row) => object(row, layout, indent)).join(',');

const object = ({ cells, children }: Row, layout: Layout, indent: number): string => {
  const inner = ' '.repeat(indent + 3);
  const members = layout.names.map(
    (name, at) => `${JSON.stringify(name.toLowerCase())}: ${value(cells[at], inner)}`,
  );
  if (children.length > 0 && layout.tree !== '')
    members.push(`"children": [\n${inner}   ${objects(children, layout, indent + 6)}\n${inner}]`);
  return `{\n${inner}${members.join(`,\n${inner}`)}\n${' '.repeat(indent)}}`;
};

const value = (cell: Cell, indent: string): string => {
  if (cell === undefined || cell === '') return 'null';
  if (Array.isArray(cell))
    return `[\n${indent}    ${cell.map((line) => JSON.stringify(line)).join(`,\n${indent}    `)}\n${indent}]`;
  return JSON.stringify(cell);
};
