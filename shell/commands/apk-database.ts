// The database of apk in the tree that the process sees: /lib/apk/db/installed.

import type { Process } from '../fs/process.ts';
import { readText, replaceText } from './dpkg-database.ts';

const INSTALLED = '/lib/apk/db/installed';

export interface ApkInstalled {
  readonly version: string;
  /** Its paragraph: one letter, a colon and a value a line. */
  readonly text: string;
}

export const readInstalled = (process: Process): Map<string, ApkInstalled> =>
  new Map(
    (readText(process, INSTALLED) ?? '')
      .split('\n\n')
      .filter((text) => text.trim() !== '')
      .map((text) => [
        /^P:(.*)$/m.exec(text)?.[1] ?? '',
        { version: /^V:(.*)$/m.exec(text)?.[1] ?? '', text: text.trim() },
      ]),
  );

export const writeInstalled = (
  process: Process,
  installed: ReadonlyMap<string, ApkInstalled>,
): Promise<void> =>
  replaceText(process, INSTALLED, [...installed.values()].map(({ text }) => `${text}\n\n`).join(''));

/** The absolute paths of a package's files. */
export const apkFiles = (one: ApkInstalled | undefined): string[] => {
  let directory = '';
  const files: string[] = [];
  for (const line of one?.text.split('\n') ?? []) {
    if (line.startsWith('F:')) directory = line.slice(2);
    if (line.startsWith('R:')) files.push(`/${directory === '' ? '' : `${directory}/`}${line.slice(2)}`);
  }
  return files;
};
