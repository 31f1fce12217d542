// fstab(5): what is to be mounted where.

import type { Process } from '../../fs/process.ts';
import { readText } from '../accounts.ts';
import { attempt } from '../attempt.ts';
import { realPath } from '../real-path.ts';

export interface TableEntry {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  readonly frequency: string;
  readonly pass: string;
}

const unescaped = (field: string): string =>
  field.replace(/\\([0-7]{3})/g, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

interface Line {
  /** From 1. */
  readonly number: number;
  readonly entry: TableEntry | undefined;
}

const linesOf = (process: Process, path: string): Line[] => {
  const text = attempt(() => readText(process, path)).value ?? '';
  return text.split('\n').flatMap((line, at) => {
    const fields = line.trim().split(/\s+/).map(unescaped);
    const [source = '', target, type, options = 'defaults', frequency = '0', pass = '0'] = fields;
    if (source === '' || source.startsWith('#')) return [];
    const whole = target !== undefined && type !== undefined;
    const entry = whole ? { source, target, type, options, frequency, pass } : undefined;
    return [{ number: at + 1, entry }];
  });
};

const FSTAB = '/etc/fstab';

/** The lines of a table, /etc/fstab unless another is named; none where there is no such file. */
export const readTable = (process: Process, path = FSTAB): TableEntry[] =>
  linesOf(process, path).flatMap(({ entry }) => entry ?? []);

/** The numbers of the lines that lack a target or a type. */
export const brokenLines = (process: Process, path = FSTAB): number[] =>
  linesOf(process, path).flatMap(({ number, entry }) => (entry === undefined ? [number] : []));

/** The entry that a directory or a source on the command line means. */
export const entryFor = (
  process: Process,
  { source, target }: { readonly source?: string | undefined; readonly target?: string | undefined },
): TableEntry | undefined => {
  const table = readTable(process);
  const same = (entry: string, given: string): boolean =>
    entry === given || entry === (realPath(process, given) ?? given);
  const fits = (entry: TableEntry): boolean =>
    (target === undefined || same(entry.target, target)) &&
    (source === undefined || same(entry.source, source));
  return table.find(fits);
};
