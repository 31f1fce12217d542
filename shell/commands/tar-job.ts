// What a run of tar is to do.

import { inMemory, partOf } from '../engine/tar/archive-source.ts';
import { type ArchiveEntry, ArchiveError, readArchive, unzipped } from '../engine/tar/read-archive.ts';
import { fnmatch } from './fnmatch.ts';
import { closeInput, openInput, readAll } from './input.ts';
import type { Output } from './output.ts';
import type { ModeChanges } from './symbolic-mode.ts';
import type { Rename } from './tar-rename.ts';
import type { TarOperand } from './tar-words.ts';

/** What is the same for all files that are added. */
export interface Added {
  readonly owner?: { readonly id?: number; readonly name: string };
  readonly group?: { readonly id?: number; readonly name: string };
  readonly mode?: ModeChanges;
  /** Seconds since 1970. */
  readonly mtime?: number;
}

export interface TarJob {
  readonly action: 'create' | 'extract' | 'list' | 'append' | 'update' | 'compare';
  readonly rename: Rename;
  readonly added: Added;
  readonly zstd: boolean;
  readonly recursion: boolean;
  readonly removeFiles: boolean;
  readonly sorted: boolean;
  /** Names of members that are asked for are patterns. */
  readonly wildcards: boolean;
  readonly showTransformed: boolean;
  /** What becomes of files that are there already. */
  readonly old: 'replace' | 'skip' | 'newer';
  readonly archive: string;
  readonly operands: readonly TarOperand[];
  /** How often -v was given. */
  readonly verbose: number;
  readonly gzip: boolean;
  readonly keepOld: boolean;
  readonly permissions: boolean;
  readonly owner: boolean;
  readonly numeric: boolean;
  readonly strip: number;
  readonly exclude: readonly string[];
  readonly toStdout: boolean;
  readonly touch: boolean;
  readonly follow: boolean;
  readonly absolute: boolean;
  /** Patterns of the extended attributes that are kept. */
  readonly xattrs: readonly string[];
}

export const isExcluded = (job: TarJob, name: string): boolean => {
  const parts = name.replace(/\/+$/, '').split('/');
  // A pattern that matches a directory leaves out all that is in it.
  return job.exclude.some((pattern) =>
    parts.some((_from, from) =>
      parts.some((_to, to) => fnmatch(pattern, parts.slice(from, to + 1).join('/'))),
    ),
  );
};

/** A pattern matches a member, or a directory that it lies in. */
const matchesPattern = (pattern: string, name: string): boolean =>
  name.split('/').some((_part, to, parts) => fnmatch(pattern, parts.slice(0, to + 1).join('/')));

/** The bytes of the archive; undefined after a complaint. */
export const readBytes = async (out: Output, job: TarJob): Promise<Uint8Array | undefined> => {
  const { process } = out;
  let fd: number;
  try {
    fd = openInput(process, job.archive);
  } catch (error) {
    await out.complain(`${job.archive}: Cannot open`, error);
    return undefined;
  }
  try {
    return await readAll(process, fd);
  } catch (error) {
    await out.complain(`${job.archive}: Cannot read`, error);
    return undefined;
  } finally {
    closeInput(process, fd);
  }
};

/** Each entry of the archive that was asked for; complains about names that are not there. False: nothing to go on with. */
export const eachEntry = async (
  out: Output,
  job: TarJob,
  use: (entry: ArchiveEntry) => Promise<void> | void,
): Promise<boolean> => {
  const bytes = await readBytes(out, job);
  if (bytes === undefined) return false;
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (job.gzip && !zipped) {
    const problem = bytes.length === 0 ? 'unexpected end of file' : 'not in gzip format';
    await out.errorText(`\ngzip: stdin: ${problem}\n`);
    await out.warn('Child returned status 1');
    return false;
  }
  if (zipped && !job.gzip && job.archive === '-') {
    await out.warn('Archive is compressed. Use -z option');
    return false;
  }
  const wanted = job.operands
    .filter(({ kind }) => kind === 'name')
    .map(({ text }) => text.replace(/\/+$/, ''));
  const found = new Set<string>();
  let count = 0;
  try {
    const archive = unzipped(inMemory(bytes));
    // A last block that is cut short counts as the end.
    for (const entry of readArchive(partOf(archive, 0, archive.size - (archive.size % 512)))) {
      count++;
      const name = entry.header.name.replace(/\/+$/, '');
      const matches = (text: string): boolean =>
        name === text || name.startsWith(`${text}/`) || (job.wildcards && matchesPattern(text, name));
      const match = wanted.find(matches);
      if (match !== undefined) found.add(match);
      if ((wanted.length > 0 && match === undefined) || isExcluded(job, name)) continue;
      await use(entry);
      await out.process.breathe();
    }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    if (error.message === 'unexpected EOF') {
      await out.warn('Unexpected EOF in archive');
      return false;
    }
    await out.warn(count === 0 ? 'This does not look like a tar archive' : 'Skipping to next header');
  }
  if (count === 0 && out.status === 0 && bytes.length < 512)
    await out.warn('This does not look like a tar archive');
  const missing = wanted.filter((name) => !found.has(name));
  if (!job.wildcards && missing.some((name) => /[*?[]/.test(name))) {
    await out.errorText(`${out.name}: Pattern matching characters used in file names\n`);
    await out.errorText(
      `${out.name}: Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning\n`,
    );
  }
  for (const name of missing) await out.warn(`${name}: Not found in archive`);
  return true;
};
