// Backups of what is replaced (cp, mv, ln, install -b): their names, and the rename that makes one.

import { isFsError } from '../fs/errno.ts';
import { RENAME } from '../fs/filesystem.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { choose } from './choice.ts';
import type { Exit, Options } from './options.ts';
import type { Output } from './output.ts';
import { basename, dirname } from './path-name.ts';
import { quoteAlways } from './quoting.ts';

export const backupOptions = {
  b: {},
  backup: { argument: 'optional' },
  suffix: { short: 'S', argument: 'required' },
} as const;

export const backupHelp = `      --backup[=CONTROL]       keep what is replaced, under another name
  -b                           the same, without an argument
  -S, --suffix=SUFFIX          what ends the names of simple backups
CONTROL, or VERSION_CONTROL in the environment: none, off; numbered, t;
existing, nil (numbered where there are such, else simple); simple, never.
`;

type BackupOptions = Pick<Options<keyof typeof backupOptions>, 'has' | 'value' | 'values'>;

const CONTROL = {
  none: ['none', 'off'],
  simple: ['simple', 'never'],
  existing: ['existing', 'nil'],
  numbered: ['numbered', 't'],
} as const;

export interface BackupRule {
  readonly control: Exclude<keyof typeof CONTROL, 'none'>;
  readonly suffix: string;
}

/** What the options ask for; undefined: no backups. */
export const backupRule = async (
  out: Output,
  parsed: BackupOptions,
): Promise<BackupRule | undefined | Exit> => {
  const { env } = out.process;
  if (!(['b', 'backup', 'suffix'] as const).some((name) => parsed.has(name))) return undefined;
  const given = parsed.values('backup').findLast((value) => value !== '');
  const word = given ?? env.get('VERSION_CONTROL') ?? '';
  const context = given === undefined ? '$VERSION_CONTROL' : 'backup type';
  const control = word === '' ? 'existing' : await choose(out, context, word, CONTROL);
  if (control === undefined) return { exit: 1 };
  if (control === 'none') return undefined;
  const suffix = parsed.value('suffix') ?? env.get('SIMPLE_BACKUP_SUFFIX') ?? '';
  return { control, suffix: suffix === '' || suffix.includes('/') ? '~' : suffix };
};

/** What a line that tells of a replacement adds. */
export const backupNote = (process: Process, name: string | undefined): string =>
  name === undefined ? '' : ` (backup: ${quoteAlways(process, name)})`;

/** The name that `path` is to be kept under; a directory that cannot be read holds no numbered backups. */
export const backupName = (process: Process, path: string, { control, suffix }: BackupRule): string => {
  if (control === 'simple') return `${path}${suffix}`;
  const own = `${basename(path)}.~`;
  const listed = attempt(() => process.readdir(dirname(path)));
  const names = listed.error ? [] : listed.value.map(({ name }) => name);
  const numbers = names.flatMap((name) => {
    const number = name.startsWith(own) ? /^([1-9]\d*)~$/.exec(name.slice(own.length)) : null;
    return number ? [BigInt(number[1] as string)] : [];
  });
  if (numbers.length === 0 && control === 'existing') return `${path}${suffix}`;
  const highest = numbers.reduce((most, number) => (number > most ? number : most), 0n);
  return `${path}.~${highest + 1n}~`;
};

/** Renames `path` to its backup's name; undefined when it was gone already. Throws FsError. */
export const makeBackup = (process: Process, path: string, rule: BackupRule): string | undefined => {
  for (;;) {
    const name = backupName(process, path, rule);
    const numbered = name !== `${path}${rule.suffix}`;
    try {
      process.rename(path, name, numbered ? RENAME.NOREPLACE : 0);
      return name;
    } catch (error) {
      if (!isFsError(error) || (error.code !== 'EEXIST' && error.code !== 'ENOENT')) throw error;
      if (error.code === 'ENOENT') return undefined;
    }
  }
};
