// column (util-linux): lists in columns, and tables.

import { O } from '../fs/open-flags.ts';
import { makeTable, tableJson, tableText } from './column-table.ts';
import type { Command } from './command.ts';
import { displayWidth } from './display-width.ts';
import { closeInput, readAll } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { toText } from './text.ts';

const options = {
  table: { short: 't' },
  'table-columns': { short: 'N', argument: 'required' },
  'table-columns-limit': { short: 'l', argument: 'required' },
  'table-hide': { short: 'H', argument: 'required' },
  'table-name': { short: 'n', argument: 'required' },
  'table-noextreme': { short: 'E', argument: 'required' },
  'table-noheadings': { short: 'd' },
  'table-order': { short: 'O', argument: 'required' },
  'table-right': { short: 'R', argument: 'required' },
  'table-truncate': { short: 'T', argument: 'required' },
  'table-wrap': { short: 'W', argument: 'required' },
  'table-empty-lines': { short: '' },
  'table-header-repeat': { short: 'e' },
  'keep-empty-lines': { short: 'L' },
  json: { short: 'J' },
  tree: { short: 'r', argument: 'required' },
  'tree-id': { short: 'i', argument: 'required' },
  'tree-parent': { short: 'p', argument: 'required' },
  'output-width': { short: 'c', argument: 'required' },
  'output-separator': { short: 'o', argument: 'required' },
  separator: { short: 's', argument: 'required' },
  fillrows: { short: 'x' },
} as const;

type Given = Options<keyof typeof options>;

/** Options that make no sense without a table. */
const OF_TABLES = [
  'table-columns',
  'table-hide',
  'table-name',
  'table-noextreme',
  'table-order',
  'table-right',
  'table-truncate',
  'table-wrap',
] as const;

const TAB = 8;

export const column: Command = {
  name: 'column',
  help: `
Usage:
 column [options] [<file>...]

Put lists into columns.

Options:
 -t, --table                      make a table
 -n, --table-name <name>          what the table is called in JSON
 -O, --table-order <columns>      these columns first
 -N, --table-columns <names>      names of the columns, with commas between them
 -l, --table-columns-limit <num>  so many columns at most: the last one has all that is left
 -E, --table-noextreme <columns>  accepted
 -d, --table-noheadings           do not show the names
 -e, --table-header-repeat        accepted
 -H, --table-hide <columns>       leave out these columns, or with - those without a name
 -R, --table-right <columns>      align these columns to the right
 -T, --table-truncate <columns>   accepted
 -W, --table-wrap <columns>       accepted
 -L, --keep-empty-lines           keep empty lines
 -J, --json                       show the table as JSON

 -r, --tree <column>              show a tree in this column
 -i, --tree-id <column>           the column that names a line
 -p, --tree-parent <column>       the column that names the line above

 -c, --output-width <width>       the width of the output in columns
 -o, --output-separator <string>  what stands between columns of a table (two spaces)
 -s, --separator <string>         characters that part the columns of the input
 -x, --fillrows                   fill rows before columns

 -h, --help                       display this help
 -V, --version                    display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.map((word) => (word === '-h' ? '--help' : word === '-V' ? '--version' : word));
    const parsed = await parseOptions(out, column, words, options);
    if ('exit' in parsed) return parsed.exit;
    const problem = problemOf(parsed);
    if (problem !== undefined) {
      await out.warn(problem);
      return 1;
    }
    const width =
      parsed.value('output-width') ?? process.env.get('COLUMNS') ?? String(process.tty(1)?.columns ?? 80);
    const lines: string[] = [];
    for (const name of parsed.operands.length > 0 ? parsed.operands : [undefined]) {
      try {
        const fd = name === undefined ? 0 : process.open(name, O.RDONLY);
        const keepEmpty = parsed.has('keep-empty-lines') || parsed.has('table-empty-lines');
        lines.push(...linesOf(toText(await readAll(process, fd)), keepEmpty));
        closeInput(process, fd);
      } catch (error) {
        await out.complain(name ?? 'stdin', error);
      }
    }
    if (lines.length === 0) return out.end();
    if (parsed.has('table') || parsed.has('json') || parsed.has('tree')) {
      // A table that could be made makes up for files that could not be read.
      out.status = 0;
      await showTable(out, lines, parsed);
    } else {
      const columns = parsed.has('output-width') ? Number(width) : Number(width) || 80;
      fill(out, lines, columns, parsed.has('fillrows'));
    }
    return out.end();
  },
};

/** What is wrong with the options together. */
const problemOf = (parsed: Given): string | undefined => {
  for (const [name, what] of [
    ['output-width', 'columns'],
    ['table-columns-limit', 'columns limit'],
  ] as const) {
    const value = parsed.value(name);
    if (value === undefined) continue;
    const range = /^-\d+$/.test(value) ? ': Numerical result out of range' : '';
    if (!/^\d+$/.test(value)) return `invalid ${what} argument: '${value}'${range}`;
    if (Number(value) === 0 && name === 'table-columns-limit')
      return 'columns limit must be greater than zero';
  }
  for (const other of ['json', 'table'] as const)
    if (parsed.has(other) && parsed.has('fillrows'))
      return `mutually exclusive arguments: --${other} --fillrows`;
  const isTable = parsed.has('table') || parsed.has('json') || parsed.has('tree');
  if (parsed.has('tree') && !(parsed.has('tree-id') && parsed.has('tree-parent')))
    return 'options --tree-id and --tree-parent are required for tree formatting';
  if (!isTable && OF_TABLES.some((name) => parsed.has(name)))
    return 'option --table required for all --table-*';
  return parsed.has('json') && !parsed.has('table-columns')
    ? 'option --table-columns required for --json'
    : undefined;
};

const listOf = (value: string | undefined): string[] | undefined =>
  value?.split(',').filter((word) => word !== '');

const showTable = async (out: Output, lines: readonly string[], parsed: Given): Promise<void> => {
  const limit = Number(parsed.value('table-columns-limit') ?? Number.POSITIVE_INFINITY);
  const rows = lines.map((line) => cellsOf(line, parsed.value('separator'), limit));
  const names = listOf(parsed.value('table-columns'));
  const json = parsed.has('json');
  const nameless = rows.findIndex((cells) => cells.length > (names?.length ?? 0));
  if (json && nameless !== -1) {
    const column = (names?.length ?? 0) + 1;
    return out.warn(`line ${nameless + 2}: for JSON the name of the column ${column} is required`);
  }
  const [column, id, parent] = [parsed.value('tree'), parsed.value('tree-id'), parsed.value('tree-parent')];
  const table = makeTable(rows, {
    names,
    heading: !parsed.has('table-noheadings'),
    hidden: listOf(parsed.value('table-hide')) ?? [],
    right: listOf(parsed.value('table-right')) ?? [],
    order: listOf(parsed.value('table-order')) ?? [],
    tree: column && id && parent ? { column, id, parent } : undefined,
  });
  if ('unknown' in table) return out.warn(`undefined column name '${table.unknown}'`);
  const between = parsed.value('output-separator') ?? '  ';
  if (json) out.text(tableJson(table, parsed.value('table-name') ?? 'table', names ?? []));
  else out.text(tableText(out.process, table, between));
};

const linesOf = (text: string, keepEmpty: boolean): string[] => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return keepEmpty
    ? lines
    : lines.filter((line) => /[^ \t]/.test(line)).map((line) => line.replace(/^[ \t]+/, (blank) => blank));
};

/** Entries in as many columns as fit, with tabs between them. */
const fill = (out: Output, entries: readonly string[], width: number, byRows: boolean): void => {
  const longest = Math.max(...entries.map(displayWidth));
  if (longest >= width) {
    for (const entry of entries) out.line(entry);
    return;
  }
  const cell = (longest + TAB) & -TAB;
  const columns = Math.max(Math.floor(width / cell), 1);
  const rows = Math.ceil(entries.length / columns);
  for (let row = 0; row < rows; row++) {
    const places = Array.from({ length: columns }, (_value, at) =>
      byRows ? row * columns + at : row + at * rows,
    );
    const shown = places.filter((place) => place < entries.length).map((place) => entries[place] as string);
    out.line(
      shown
        .map((entry, at) =>
          at + 1 < shown.length ? entry + '\t'.repeat(Math.ceil((cell - displayWidth(entry)) / TAB)) : entry,
        )
        .join(''),
    );
  }
};

/** Runs of blanks part the cells; characters of a separator do so one by one. The last of `limit` cells has the rest. */
const cellsOf = (line: string, separator: string | undefined, limit: number): string[] => {
  const part = separator === undefined ? /[ \t]+/y : undefined;
  const cells: string[] = [];
  let cell = '';
  const text = part === undefined ? line : line.replace(/^[ \t]+/, '');
  for (let at = 0; at < text.length; ) {
    if (part !== undefined) part.lastIndex = at;
    const parted =
      part === undefined
        ? separator?.includes(text[at] as string)
          ? 1
          : 0
        : (part.exec(text)?.[0].length ?? 0);
    if (parted > 0 && cells.length + 1 < limit) {
      cells.push(cell);
      cell = '';
      at += parted;
    } else cell += text[at++];
  }
  return part !== undefined && cell === '' ? cells : [...cells, cell];
};
