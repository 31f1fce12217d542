// Names in columns (-C), rows (-x) or with commas (-m), as wide as the line allows.

import type { ShownName } from './ls-name.ts';
import type { LsRules } from './ls-rules.ts';

const GAP = 2;
const LEAST = 3; // a column of one letter and its gap

/** The listing, each line with its newline. */
export const inColumns = (names: readonly ShownName[], rules: LsRules): string => {
  if (names.length === 0) return '';
  if (rules.layout === 'commas') return withCommas(names, rules);
  if (rules.width === 0) return names.map(({ text }) => text).join('  ') + rules.end;
  const across = rules.layout === 'across';
  const widths = columnWidths(names, rules.width, across);
  const columns = widths.length;
  const rows = Math.ceil(names.length / columns);
  let text = '';
  for (let row = 0; row < rows; row++) {
    let at = 0;
    for (let column = 0; column < columns; column++) {
      const index = across ? row * columns + column : column * rows + row;
      const name = names[index];
      if (!name) break;
      text += name.text;
      const isLast = across
        ? column === columns - 1 || index === names.length - 1
        : index + rows >= names.length;
      if (isLast) break;
      const next = at + (widths[column] as number);
      text += indent(at + name.width, next, rules.tab);
      at = next;
    }
    text += rules.end;
  }
  return text;
};

/** The widths of as many columns as fit into the line, gaps included. */
const columnWidths = (names: readonly ShownName[], line: number, across: boolean): number[] => {
  const most = Math.max(1, Math.min(names.length, Math.ceil(line / LEAST)));
  for (let columns = most; columns > 1; columns--) {
    const rows = Math.ceil(names.length / columns);
    const widths = new Array<number>(columns).fill(LEAST);
    names.forEach((name, index) => {
      const column = across ? index % columns : Math.floor(index / rows);
      const gap = column === columns - 1 ? 0 : GAP;
      widths[column] = Math.max(widths[column] as number, name.width + gap);
    });
    const total = widths.reduce((all, width) => all + width, 0);
    if (total < line) return widths;
  }
  return [0];
};

/** From one column to another with tabs where they reach further than a space. */
const indent = (from: number, to: number, tab: number): string => {
  let text = '';
  let at = from;
  while (at < to) {
    if (tab !== 0 && Math.floor(to / tab) > Math.floor((at + 1) / tab)) {
      text += '\t';
      at += tab - (at % tab);
    } else {
      text += ' ';
      at++;
    }
  }
  return text;
};

const withCommas = (names: readonly ShownName[], rules: LsRules): string => {
  let text = '';
  let at = 0;
  names.forEach((name, index) => {
    if (index > 0) {
      const fits = rules.width === 0 || at + name.width + GAP < rules.width;
      text += fits ? ', ' : ',\n';
      at = fits ? at + GAP : 0;
    }
    text += name.text;
    at += name.width;
  });
  return text + rules.end;
};
