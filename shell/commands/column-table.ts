// column -t and -J: rows of cells, which columns are shown and in what order, and the tree they may be.

import type { Process } from '../fs/process.ts';
import { displayWidth } from './display-width.ts';
import { isUtf8 } from './quoting.ts';
import { byteCodec } from './text-codec.ts';

export interface ColumnRules {
  readonly names: readonly string[] | undefined;
  readonly heading: boolean;
  /** Lists of names or numbers from 1; `0` stands for all. */
  readonly hidden: readonly string[];
  readonly right: readonly string[];
  readonly order: readonly string[];
  readonly tree: { readonly column: string; readonly id: string; readonly parent: string } | undefined;
}

export interface Row {
  readonly cells: readonly string[];
  readonly children: Row[];
}

export interface Table {
  readonly names: readonly string[] | undefined;
  /** The columns that are shown, in their order. */
  readonly columns: readonly number[];
  readonly right: ReadonlySet<number>;
  /** All rows, or those without a parent. */
  readonly rows: readonly Row[];
  /** The column that shows the tree. */
  readonly tree: number | undefined;
}

/** The table, or the name of a column that there is none of. */
export const makeTable = (
  lines: readonly (readonly string[])[],
  rules: ColumnRules,
): Table | { readonly unknown: string } => {
  const { names } = rules;
  const count = Math.max(names?.length ?? 0, ...lines.map((cells) => cells.length));
  const all = Array.from({ length: count }, (_value, at) => at);
  const asked = [rules.hidden, rules.right, rules.order].flat();
  const tree = rules.tree;
  const unknown = [...asked, ...(tree ? [tree.column, tree.id, tree.parent] : [])].find(
    (word) => word !== '-' && indexOf(word, names) === undefined,
  );
  if (unknown !== undefined || rules.right.includes('-') || rules.order.includes('-'))
    return { unknown: unknown ?? '-' };
  const chosen = (words: readonly string[]): Set<number> =>
    new Set(words.flatMap((word) => (word === '0' ? all : [indexOf(word, names) ?? -1])));
  const hidden = chosen(rules.hidden.filter((word) => word !== '-'));
  if (rules.hidden.includes('-')) for (const at of all) if (names?.[at] === undefined) hidden.add(at);
  const first = rules.order.map((word) => indexOf(word, names) ?? -1).filter((at) => at >= 0 && at < count);
  const columns = [...new Set([...first, ...all])].filter((at) => !hidden.has(at));
  const rows = lines.map((cells): Row => ({ cells, children: [] }));
  const place = tree === undefined ? undefined : indexOf(tree.column, names);
  return {
    names: rules.heading ? names : undefined,
    columns,
    right: chosen(rules.right),
    rows:
      tree === undefined
        ? rows
        : rooted(rows, indexOf(tree.id, names) ?? -1, indexOf(tree.parent, names) ?? -1),
    tree: place !== undefined && place < count ? place : undefined,
  };
};

/** A column by its name or its number from 1; -1 stands for all of them, undefined for none. */
const indexOf = (word: string, names: readonly string[] | undefined): number | undefined => {
  const named = names?.indexOf(word) ?? -1;
  if (named !== -1) return named;
  return /^\d+$/.test(word) ? Number(word) - 1 : undefined;
};

/** Puts each row below the one whose id it names; answers those without a parent. */
const rooted = (rows: readonly Row[], id: number, parent: number): Row[] => {
  const roots: Row[] = [];
  for (const row of rows) {
    const wanted = row.cells[parent];
    const above = wanted ? rows.find((other) => other !== row && other.cells[id] === wanted) : undefined;
    if (above === undefined || isBelow(above, row)) roots.push(row);
    else above.children.push(row);
  }
  return roots;
};

const isBelow = (row: Row, top: Row): boolean =>
  top === row || top.children.some((child) => isBelow(row, child));

interface Line {
  readonly cells: readonly string[];
  /** The lines of the tree before the cell. */
  readonly branch: string;
}

/** The lines of the table. */
export const tableText = (process: Process, table: Table, between: string): string => {
  const branches = isUtf8(process) ? { way: '├─', last: '└─', on: '│ ', none: '  ' } : ASCII_BRANCHES;
  const lines: Line[] = table.names === undefined ? [] : [{ cells: table.names, branch: '' }];
  const add = (rows: readonly Row[], before: string, root: boolean): void => {
    for (const [at, row] of rows.entries()) {
      const last = at === rows.length - 1;
      lines.push({ cells: row.cells, branch: root ? '' : before + (last ? branches.last : branches.way) });
      add(row.children, root ? '' : before + (last ? branches.none : branches.on), false);
    }
  };
  add(table.rows, '', true);
  const shown = lines.map(({ cells, branch }) =>
    table.columns.map((at) => (at === table.tree ? branch : '') + safe(process, cells[at] ?? '')),
  );
  const widths = table.columns.map((_at, place) =>
    Math.max(...shown.map((cells) => displayWidth(cells[place] ?? ''))),
  );
  return shown.map((cells) => `${padded(cells, widths, table).join(between)}\n`).join('');
};

const ASCII_BRANCHES = { way: '|-', last: '`-', on: '| ', none: '  ' };

const padded = (cells: readonly string[], widths: readonly number[], { columns, right }: Table): string[] =>
  cells.map((cell, place) => {
    const pad = ' '.repeat((widths[place] ?? 0) - displayWidth(cell));
    const last = place + 1 === columns.length;
    if (right.has(columns[place] as number)) return last && cell === '' ? '' : pad + cell;
    return last ? cell : cell + pad;
  });

/** Without UTF-8 what is beyond ASCII is shown byte by byte. */
const safe = (process: Process, text: string): string =>
  isUtf8(process) || /^[\x00-\x7f]*$/.test(text)
    ? text
    : byteCodec.argument(text).replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);

/** The table as JSON, three columns of indentation for each level. */
export const tableJson = (table: Table, name: string, names: readonly string[]): string => {
  const rows = (list: readonly Row[], indent: string): string => {
    const inner = `${indent}   `;
    const fields = (row: Row): string[] => [
      ...table.columns.map((at) => {
        const cell = row.cells[at] ?? '';
        return `${JSON.stringify((names[at] ?? '').toLowerCase())}: ${cell === '' ? 'null' : jsonText(cell)}`;
      }),
      ...(row.children.length > 0 ? [`"children": [\n${rows(row.children, `${inner}   `)}${inner}]`] : []),
    ];
    const texts = list.map(
      (row) =>
        `{\n${fields(row)
          .map((field) => `${inner}${field}`)
          .join(',\n')}\n${indent}}`,
    );
    return `${indent}${texts.join(',')}\n`;
  };
  return `{\n   ${jsonText(name)}: [\n${rows(table.rows, '      ')}   ]\n}\n`;
};

const jsonText = (text: string): string => JSON.stringify(text).replaceAll('\x7f', '\\u007f');
