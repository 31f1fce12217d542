// Puts the files of a tar into a directory of a tree: ADD of an archive, docker import. Names never lead out of it.

import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { makeDirectories, removeTree } from '../files.ts';
import { cleanPath, joinPath, parentPath } from '../go-path.ts';
import type { ArchiveSource } from './archive-source.ts';
import { fillFrom } from './fill-from.ts';
import { type TarHeader, TYPE, type TypeFlag } from './header.ts';
import { type ArchiveEntry, ArchiveError, readArchive } from './read-archive.ts';

/** `inside` has the tree for its root. Throws ArchiveError, FsError. */
export const extractArchive = (inside: Process, source: ArchiveSource, directory: string): void => {
  const times: { path: string; mtime: bigint }[] = [];
  makeDirectories(inside, cleanPath(directory), 0o755);
  for (const entry of readArchive(source)) {
    const path = placeOf(entry.header.name, directory);
    if (path === cleanPath(directory)) continue;
    place(inside, entry, path, directory);
    if (entry.header.type === TYPE.directory) times.push({ path, mtime: secondsOf(entry.header) });
  }
  for (const { path, mtime } of times.reverse()) inside.utimens(path, { mtime });
};

const secondsOf = ({ mtime }: TarHeader): bigint => BigInt(mtime) * 1_000_000_000n;

const placeOf = (name: string, directory: string): string => {
  const clean = cleanPath(name.replace(/^\/+/, ''));
  if (clean === '..' || clean.startsWith('../')) {
    throw new ArchiveError(
      `invalid tar header: ${JSON.stringify(name)} is outside of ${JSON.stringify(directory)}`,
    );
  }
  return joinPath(directory, clean);
};

const place = (inside: Process, { header, data }: ArchiveEntry, path: string, directory: string): void => {
  makeDirectories(inside, parentPath(path), 0o755);
  const known = inside.tryLstat(path);
  const stays = known?.kind === 'directory' && header.type === TYPE.directory;
  if (known !== undefined && !stays) removeTree(inside, path);
  if (!stays) makers[header.type](inside, path, header, data, directory);
  if (header.type === TYPE.hardLink) return;
  inside.lchown(path, header.uid, header.gid);
  if (header.type !== TYPE.symlink) inside.chmod(path, header.mode & 0o7777);
  inside.utimens(path, { mtime: secondsOf(header) }, { follow: false });
};

type Maker = (
  inside: Process,
  path: string,
  header: TarHeader,
  data: ArchiveSource,
  directory: string,
) => void;

const special =
  (type: number): Maker =>
  (inside, path, { devmajor = 0, devminor = 0 }) =>
    inside.mknod(path, type | 0o600, makedev(devmajor, devminor));

const makers: Readonly<Record<TypeFlag, Maker>> = {
  [TYPE.file]: (inside, path, _header, data) => {
    const fd = inside.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
    fillFrom(inside, fd, data);
    inside.close(fd);
  },
  [TYPE.hardLink]: (inside, path, header, _data, directory) =>
    inside.link(placeOf(header.linkname ?? '', directory), path),
  [TYPE.symlink]: (inside, path, header) => inside.symlink(header.linkname ?? '', path),
  [TYPE.directory]: (inside, path) => inside.mkdir(path, 0o700),
  [TYPE.char]: special(S_IFCHR),
  [TYPE.block]: special(S_IFBLK),
  [TYPE.fifo]: special(S_IFIFO),
};
