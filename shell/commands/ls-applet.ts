// The layouts of busybox's ls: columns of fixed width in the long one, all equally wide in the short one.

import { major, minor } from '../fs/mode.ts';
import { inodeText } from '../fs/wide-inode.ts';
import { blocksOf, humanSize } from './human-size.ts';
import type { LsEntry } from './ls-entry.ts';
import { arrow, type LongContext } from './ls-long.ts';
import type { ShownName } from './ls-name.ts';
import type { LsRules } from './ls-rules.ts';
import { listedTime, timeOf } from './ls-time.ts';
import { modeString } from './mode-string.ts';

const GAP = 2;

export const appletLong = (
  entries: readonly LsEntry[],
  names: readonly ShownName[],
  context: LongContext,
): string =>
  entries
    .map((entry, at) => `${longLine(entry, context)} ${names[at]?.text ?? ''}${arrow(entry, context)}\n`)
    .join('');

const longLine = (entry: LsEntry, { rules, accounts, now }: LongContext): string => {
  const { stat } = entry;
  const id = (number: number, name: string | undefined): string =>
    (rules.numeric ? String(number) : (name ?? String(number)).slice(0, 8)).padEnd(8);
  const columns = [
    modeString(stat.mode),
    String(stat.nlink).padStart(4),
    ...(rules.owner ? [id(stat.uid, accounts.userOf(stat.uid)?.name)] : []),
    ...(rules.group ? [id(stat.gid, accounts.groupOf(stat.gid)?.name)] : []),
    sizeOf(entry, rules),
    timeText(entry, rules, now),
  ];
  return numbersOf(entry, rules) + columns.join(' ');
};

const sizeOf = ({ stat }: LsEntry, rules: LsRules): string => {
  if (stat.kind === 'char' || stat.kind === 'block')
    return `${String(major(stat.rdev)).padStart(4)}, ${String(minor(stat.rdev)).padStart(3)}`;
  return rules.human === 'no' ? String(stat.size).padStart(9) : humanText(stat.size).padStart(7);
};

/** One digit behind the point, up to a thousand and something. */
const humanText = (size: number): string => {
  if (size < 1024) return String(size);
  const units = 'KMGTPE';
  let value = size / 1024;
  let unit = 0;
  while (value >= 1024) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)}${units[unit] ?? ''}`;
};

const timeText = ({ stat }: LsEntry, rules: LsRules, now: bigint): string => {
  const text = listedTime(timeOf(stat, rules.time), now, rules.timeStyle);
  return rules.timeStyle === 'full-iso' ? text.replace(/\.\d+/, '') : text;
};

/** Inode number and blocks, before all else. */
const numbersOf = ({ stat }: LsEntry, rules: LsRules): string =>
  (rules.inode ? `${inodeText(stat.ino).padStart(7)} ` : '') +
  (rules.blocks ? `${blocksText(stat.blocks * 512, rules).padStart(6)} ` : '');

const blocksText = (bytes: number, rules: LsRules): string =>
  rules.human === 'no' ? String(blocksOf(bytes, 1024)) : humanSize(bytes, false);

/** Names one below the other, or in equal columns: down, or across with -x. */
export const appletColumns = (
  entries: readonly LsEntry[],
  names: readonly ShownName[],
  rules: LsRules,
): string => {
  const cells = names.map((name, at) => {
    const numbers = numbersOf(entries[at] as LsEntry, rules);
    return { text: numbers + name.text, width: numbers.length + name.width };
  });
  if (rules.layout === 'lines') return cells.map(({ text }) => `${text}\n`).join('');
  const width = cells.reduce((most, cell) => Math.max(most, cell.width), 0) + GAP;
  const columns = Math.max(1, Math.floor(rules.width / width));
  const rows = Math.ceil(cells.length / columns);
  let text = '';
  for (let row = 0; row < rows; row++) {
    let at = 0;
    for (let column = 0; column < columns; column++) {
      const cell = cells[rules.layout === 'across' ? row * columns + column : column * rows + row];
      if (cell === undefined) break;
      text += ' '.repeat(column * width - at) + cell.text;
      at = column * width + cell.width;
    }
    text += '\n';
  }
  return text;
};
