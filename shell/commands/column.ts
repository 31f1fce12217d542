// column (util-linux): lists in columns, and tables.

import type { Command } from './command.ts';
import { displayWidth } from './display-width.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { toText } from './text.ts';

const options = {
  table: { short: 't' },
  'table-columns': { short: 'N', argument: 'required' },
  'table-noheadings': { short: 'd' },
  'table-hide': { short: 'H', argument: 'required' },
  'table-right': { short: 'R', argument: 'required' },
  'keep-empty-lines': { short: 'L' },
  'output-width': { short: 'c', argument: 'required' },
  'output-separator': { short: 'o', argument: 'required' },
  separator: { short: 's', argument: 'required' },
  fillrows: { short: 'x' },
} as const;

type Given = Options<keyof typeof options>;

const TAB = 8;

export const column: Command = {
  name: 'column',
  help: `
Usage:
 column [options] [<file>...]

Put lists into columns.

Options:
 -t, --table                      make a table
 -N, --table-columns <names>      names of the columns, with commas between them
 -d, --table-noheadings           do not show the names
 -H, --table-hide <columns>       leave out these columns
 -R, --table-right <columns>      align these columns to the right
 -L, --keep-empty-lines           keep empty lines

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
    const width =
      parsed.value('output-width') ?? process.env.get('COLUMNS') ?? String(process.tty(1)?.columns ?? 80);
    if (parsed.has('output-width') && (!/^\d+$/.test(width) || Number(width) === 0)) {
      await out.warn(`invalid columns argument${/^\d+$/.test(width) ? '' : `: '${width}'`}`);
      return 1;
    }
    const lines: string[] = [];
    for (const name of parsed.operands.length > 0 ? parsed.operands : ['-']) {
      try {
        const fd = openInput(process, name);
        lines.push(...linesOf(toText(await readAll(process, fd)), parsed.has('keep-empty-lines')));
        closeInput(process, fd);
      } catch (error) {
        await out.complain(name, error);
      }
    }
    if (lines.length === 0) return out.end();
    // One file that could be read makes up for all that could not.
    out.status = 0;
    if (parsed.has('table')) table(out, lines, parsed);
    else fill(out, lines, Number(width) || 80, parsed.has('fillrows'));
    return out.end();
  },
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

const table = (out: Output, lines: readonly string[], parsed: Given): void => {
  const separator = parsed.value('separator');
  const names = parsed.value('table-columns')?.split(',');
  const rows = lines.map((line) => cellsOf(line, separator));
  if (names !== undefined && !parsed.has('table-noheadings')) rows.unshift(names);
  const count = Math.max(...rows.map((row) => row.length));
  const chosen = (option: 'table-hide' | 'table-right'): Set<number> =>
    new Set(
      (parsed.value(option) ?? '')
        .split(',')
        .map((text) => (/^\d+$/.test(text) ? Number(text) - 1 : (names?.indexOf(text) ?? -1))),
    );
  const hidden = chosen('table-hide');
  const right = chosen('table-right');
  const columns = Array.from({ length: count }, (_value, at) => at).filter((at) => !hidden.has(at));
  const widths = columns.map((at) => Math.max(...rows.map((row) => displayWidth(row[at] ?? ''))));
  const between = parsed.value('output-separator') ?? '  ';
  for (const row of rows) {
    if (row.length === 0) {
      out.line('');
      continue;
    }
    const cells = columns.map((at, place) => {
      const cell = row[at] ?? '';
      const pad = ' '.repeat((widths[place] ?? 0) - displayWidth(cell));
      if (right.has(at)) return pad + cell;
      return place + 1 < columns.length ? cell + pad : cell;
    });
    out.line(cells.join(between));
  }
};

/** Runs of blanks part the cells; characters of a separator do so one by one. */
const cellsOf = (line: string, separator: string | undefined): string[] => {
  if (separator === undefined) return line.split(/[ \t]+/).filter((cell) => cell !== '');
  const cells = [''];
  for (const character of line) {
    if (separator.includes(character)) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells;
};
