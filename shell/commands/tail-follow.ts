// tail -f: waits for changes of the files it has open, and prints what was added. It never polls.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Output } from './output.ts';
import { dirname } from './path-name.ts';

/** One file that is followed: its descriptor, unless it is not there (yet). */
export interface Followed {
  readonly name: string;
  fd: number | undefined;
  ino: number;
}

interface FollowRules {
  /** The name counts, not the file: after a rename or removal the new file of that name is followed. */
  readonly byName: boolean;
  readonly retry: boolean;
  /** Says which file the next lines come from. */
  readonly title: (name: string) => void;
}

/** Runs until it is killed, or until nothing is left to follow. */
export const followFiles = async (
  out: Output,
  files: readonly Followed[],
  rules: FollowRules,
): Promise<number> => {
  const changes = new Changes(out.process);
  const directories = rules.byName ? openDirectories(out, files) : [];
  let shown = files.at(-1);
  for (;;) {
    // The watch begins before the look: a change in between ends the wait at once.
    const change = changes.next([
      ...directories,
      ...files.flatMap(({ fd }) => (fd === undefined ? [] : [fd])),
    ]);
    let progress = false;
    for (const file of files) {
      if (rules.byName && (await checkName(out, file))) progress = true;
      const more = file.fd === undefined ? undefined : await readMore(out, file, file.fd);
      if (more === undefined) continue;
      if (file !== shown) rules.title(file.name);
      shown = file;
      progress = true;
      out.bytes(more);
      await out.flush();
    }
    if (files.every((file) => file.fd === undefined) && !rules.retry) {
      await out.warn('no files remaining');
      return 1;
    }
    if (!progress) await change;
  }
};

/** The next change of several files; a wait that is not over yet is kept for the next time. */
class Changes {
  readonly #process: Process;
  readonly #waiting = new Map<number, Promise<void>>();

  constructor(process: Process) {
    this.#process = process;
  }

  next(fds: readonly number[]): Promise<void> {
    const next = Promise.race(fds.map((fd) => this.#wait(fd)));
    // Nobody may be waiting for it when the process is killed.
    next.catch(() => {});
    return next;
  }

  #wait(fd: number): Promise<void> {
    const known = this.#waiting.get(fd);
    if (known !== undefined) return known;
    const wait = this.#process.watch(fd).finally(() => this.#waiting.delete(fd));
    wait.catch(() => {});
    this.#waiting.set(fd, wait);
    return wait;
  }
}

const openDirectories = (out: Output, files: readonly Followed[]): number[] =>
  [...new Set(files.map(({ name }) => dirname(name)))].flatMap((directory) => {
    const { value } = attempt(() => out.process.open(directory, O.RDONLY | O.DIRECTORY));
    return value === undefined ? [] : [value];
  });

/** What was added since the last time; a file that has become shorter is read from its start. */
const readMore = async (out: Output, file: Followed, fd: number): Promise<Uint8Array | undefined> => {
  const { process } = out;
  const { size, kind } = process.fstat(fd);
  if (kind !== 'file') return undefined;
  const at = process.lseek(fd, 0, 'cur');
  if (size === at) return undefined;
  if (size < at) {
    await out.errorText(`${out.name}: ${file.name}: file truncated\n`);
    process.lseek(fd, 0, 'set');
  }
  const chunk = await process.read(fd, 1 << 16);
  return chunk.length === 0 ? undefined : chunk;
};

/** Notices that the name means another file now, or none; true when it did. */
const checkName = async (out: Output, file: Followed): Promise<boolean> => {
  const { process } = out;
  const stat = process.tryStat(file.name);
  const open = file.fd !== undefined;
  if (open ? stat?.ino === file.ino : stat === undefined) return false;
  if (file.fd !== undefined) process.close(file.fd);
  file.fd = undefined;
  if (stat === undefined) {
    await out.errorText(`${out.name}: '${file.name}' has become inaccessible: No such file or directory\n`);
    return true;
  }
  const { value } = attempt(() => process.open(file.name, O.RDONLY));
  if (value === undefined) return open;
  file.fd = value;
  file.ino = stat.ino;
  const what = open ? 'has been replaced' : 'has appeared';
  await out.errorText(`${out.name}: '${file.name}' ${what};  following new file\n`);
  return true;
};
