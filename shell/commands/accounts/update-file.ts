// One change of /etc/passwd or its kin as busybox makes it: the old file stays as a hard link, the new one is renamed over.

import { O } from '../../fs/open-flags.ts';
import { readText } from '../accounts.ts';
import { attempt } from '../attempt.ts';
import type { Output } from '../output.ts';
import { toBytes } from '../text.ts';

export type Lines = string[];

/** Rewrites the lines of a file. A shadow file that is not there is no error. Answers whether it went well. */
export const updateFile = async (
  out: Output,
  path: string,
  rewrite: (lines: Lines) => Lines,
): Promise<boolean> => {
  const { process } = out;
  const opened = attempt(() => process.open(path, O.RDWR));
  if (opened.error) {
    if (path.includes('shadow')) return true;
    await out.complain(path, opened.error);
    return false;
  }
  const old = opened.value;
  const fd = process.open(`${path}+`, O.WRONLY | O.CREAT | O.EXCL, 0o600);
  const { mode, uid, gid } = process.fstat(old);
  process.fchmod(fd, mode & 0o777);
  process.fchown(fd, uid, gid);
  attempt(() => process.unlink(`${path}-`));
  const backup = attempt(() => process.link(path, `${path}-`));
  if (backup.error) await out.complain(`warning: can't create backup copy '${path}-'`, backup.error);
  const lines = readText(process, path).replace(/\n$/, '').split('\n');
  await process.write(
    fd,
    toBytes(
      rewrite(lines)
        .map((line) => `${line}\n`)
        .join(''),
    ),
  );
  process.fsync(fd);
  process.close(fd);
  process.rename(`${path}+`, path);
  process.close(old);
  return true;
};

/** `name:…` lines with a member more. */
export const withMember =
  (group: string, user: string) =>
  (lines: Lines): Lines =>
    lines.map((line) =>
      line.startsWith(`${group}:`) ? `${line}${line.endsWith(':') ? '' : ','}${user}` : line,
    );

/** The same with a member less. */
export const withoutMember =
  (group: string, user: string) =>
  (lines: Lines): Lines =>
    lines.map((line) => {
      if (!line.startsWith(`${group}:`)) return line;
      const cut = line.lastIndexOf(':') + 1;
      const members = line.slice(cut).split(',');
      return line.slice(0, cut) + members.filter((member) => member !== user).join(',');
    });

export const without =
  (name: string) =>
  (lines: Lines): Lines =>
    lines.filter((line) => !line.startsWith(`${name}:`));
