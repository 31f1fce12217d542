// The long layout: mode, links, owner, group, size, time, name.

import { major, minor } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import { inodeText } from '../fs/wide-inode.ts';
import type { Accounts } from './accounts.ts';
import { blocksOf, humanSize } from './human-size.ts';
import type { Painter } from './ls-colors.ts';
import type { Dired } from './ls-dired.ts';
import type { LsEntry } from './ls-entry.ts';
import { hyperlink, indicatorOf, quoteName, type ShownName } from './ls-name.ts';
import type { LsRules } from './ls-rules.ts';
import { listedTime, timeOf } from './ls-time.ts';
import { modeString } from './mode-string.ts';

/** What every line of a listing needs. */
export interface LongContext {
  readonly process: Process;
  readonly rules: LsRules;
  readonly accounts: Accounts;
  readonly colors: Painter | undefined;
  readonly now: bigint;
  /** Where the names stand, with -D. */
  readonly dired?: Dired;
}

export const blockText = (entry: LsEntry, rules: LsRules): string =>
  blocksText(entry.stat.blocks * 512, rules);

/** Disk usage as -s, -l's total and their unit have it. */
export const blocksText = (bytes: number, rules: LsRules): string =>
  rules.human === 'no'
    ? `${blocksOf(bytes, rules.blockSize)}${rules.blockSuffix}`
    : humanSize(bytes, rules.human === 'si');

/** The lines of a listing; columns are as wide as their widest member, those beside it included. */
export const inLongLayout = (
  entries: readonly LsEntry[],
  names: readonly ShownName[],
  context: LongContext,
  beside: readonly LsEntry[],
): string => {
  const { rules } = context;
  const measured = [...entries, ...beside];
  const rows = measured.map((entry) => columnsOf(entry, context));
  const widths = rows.reduce<number[]>(
    (most, row) => row.map(({ text }, at) => Math.max(most[at] ?? 0, text.length)),
    [],
  );
  const sizes = sizeWidths(measured, context);
  let text = '';
  entries.forEach((entry, at) => {
    const row = (rows[at] as Column[]).map((column, index) => {
      if (column.left === 'size') return sizeText(entry, sizes, context);
      const width = widths[index] ?? 0;
      return column.left ? column.text.padEnd(width) : column.text.padStart(width);
    });
    text += `${rules.dired ? '  ' : ''}${row.join(' ')} `;
    // The name without what stands around it: the blank that aligns it, the sign of its type.
    const quoted = quoteName(context.process, entry.name, rules);
    const start = text.length + Math.max(0, (names[at]?.text ?? '').indexOf(quoted));
    context.dired?.mark(start, start + quoted.length);
    text += `${names[at]?.text ?? ''}${arrow(entry, context)}${rules.end}`;
  });
  return text;
};

interface Column {
  readonly text: string;
  readonly left: boolean | 'size';
}

const columnsOf = (entry: LsEntry, context: LongContext): Column[] => {
  const { rules, accounts, now } = context;
  const { stat } = entry;
  const id = (number: number, name: string | undefined): Column =>
    rules.numeric || name === undefined ? { text: String(number), left: false } : { text: name, left: true };
  return [
    ...(rules.inode ? [{ text: inodeText(stat.ino), left: false }] : []),
    ...(rules.blocks ? [{ text: blockText(entry, rules), left: false }] : []),
    { text: modeString(stat.mode), left: true },
    { text: String(stat.nlink), left: false },
    ...(rules.owner ? [id(stat.uid, accounts.userOf(stat.uid)?.name)] : []),
    ...(rules.group ? [id(stat.gid, accounts.groupOf(stat.gid)?.name)] : []),
    ...(rules.author ? [id(stat.uid, accounts.userOf(stat.uid)?.name)] : []),
    ...(rules.context ? [{ text: entry.context ?? '?', left: true }] : []),
    { text: '', left: 'size' },
    { text: listedTime(timeOf(stat, rules.time), now, rules.timeStyle), left: true },
  ];
};

const isDevice = ({ stat }: LsEntry): boolean => stat.kind === 'char' || stat.kind === 'block';

const plainSize = ({ stat }: LsEntry, rules: LsRules): string =>
  rules.human === 'no'
    ? `${blocksOf(stat.size, rules.sizeUnit)}${rules.sizeSuffix}`
    : humanSize(stat.size, rules.human === 'si');

interface SizeWidths {
  readonly all: number;
  readonly major: number;
  readonly minor: number;
}

/** Devices show two numbers where files show their size. */
const sizeWidths = (entries: readonly LsEntry[], { rules }: LongContext): SizeWidths => {
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);
  const devices = entries.filter(isDevice);
  const majors = most(devices.map(({ stat }) => String(major(stat.rdev)).length));
  const minors = most(devices.map(({ stat }) => String(minor(stat.rdev)).length));
  const sizes = most(
    entries.filter((entry) => !isDevice(entry)).map((entry) => plainSize(entry, rules).length),
  );
  const both = devices.length > 0 ? majors + 2 + minors : 0;
  return { all: Math.max(both, sizes), major: majors, minor: minors };
};

const sizeText = (entry: LsEntry, widths: SizeWidths, { rules }: LongContext): string => {
  if (!isDevice(entry)) return plainSize(entry, rules).padStart(widths.all);
  const { rdev } = entry.stat;
  const blanks = Math.max(0, widths.all - (widths.major + 2 + widths.minor));
  return `${String(major(rdev)).padStart(widths.major + blanks)}, ${String(minor(rdev)).padStart(widths.minor)}`;
};

/** ` -> target` */
export const arrow = (entry: LsEntry, { process, rules, colors }: LongContext): string => {
  if (entry.target === undefined) return '';
  const plain = quoteName(process, entry.target, rules);
  const quoted = rules.hyperlink ? hyperlink(process, plain, entry) : plain;
  const stat = entry.targetStat;
  const painted =
    colors && stat ? colors.paint(quoted, { name: entry.target, stat, targetStat: stat }, true) : quoted;
  return ` -> ${painted}${indicatorOf(stat, rules, true)}`;
};
