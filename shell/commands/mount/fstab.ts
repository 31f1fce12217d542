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

/** The lines of a table, /etc/fstab unless another is named; none where there is no such file. */
export const readTable = (process: Process, path = '/etc/fstab'): TableEntry[] => {
  const text = attempt(() => readText(process, path)).value ?? '';
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/).map(unescaped);
    const [source = '', target = '', type = 'auto', options = 'defaults', frequency = '0', pass = '0'] =
      fields;
    return source === '' || source.startsWith('#') || target === ''
      ? []
      : [{ source, target, type, options, frequency, pass }];
  });
};

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
