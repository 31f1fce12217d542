// The calls of a script that need nothing but a process.

import { makedev, S_IFMT } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { credentialSteps, makePrograms } from './cowsh-credentials.ts';
import {
  compareNames,
  dumpDirectory,
  explicit,
  indexEntry,
  kernelRdev,
  listed,
  MAGIC,
  mountInfoOf,
  opened,
  statusOf,
  text,
  textOf,
} from './cowsh-told.ts';
import type { Result } from './script.ts';

export type Call = (process: Process, ...args: never[]) => Result;

export const statelessCalls: Record<string, Call> = {
  access: (process, path: string, want: number) => process.access(path, want),
  readdir: (process, path: string) => listed(process.readdir(path)),
  names: (process, path: string) => process.readdir(path).map((entry) => entry.name),
  open: (process, path: string, flags: number, mode: number) =>
    process.close(process.open(path, flags, mode)),
  read: (process, path: string, offset: number, length: number) =>
    opened(process, path, O.RDONLY | O.NONBLOCK, 0, (fd) => text(process.pread(fd, length, offset))),
  write: (process, path: string, flags: number, mode: number, offset: number, data: string) =>
    opened(process, path, flags, mode, (fd) =>
      offset < 0 ? process.write(fd, Buffer.from(data)) : process.pwrite(fd, Buffer.from(data), offset),
    ),
  fallocate: (process, path: string, offset: number, length: number) =>
    opened(process, path, O.RDWR, 0, (fd) => process.fallocate(fd, 'allocate', offset, length)),
  truncate: (process, path: string, size: number) => process.truncate(path, size),
  mkdir: (process, path: string, mode: number) => process.mkdir(path, mode),
  rmdir: (process, path: string) => process.rmdir(path),
  unlink: (process, path: string) => process.unlink(path),
  rename: (process, from: string, to: string, flags: number) => process.rename(from, to, flags),
  link: (process, from: string, to: string) => process.link(from, to),
  symlink: (process, target: string, path: string) => process.symlink(target, path),
  readlink: (process, path: string) => process.readlink(path),
  chmod: (process, path: string, mode: number) => process.chmod(path, mode),
  chown: (process, path: string, uid: number, gid: number) => process.lchown(path, uid, gid),
  utimens: (process, path: string, atime: number, mtime: number) =>
    process.utimens(
      path,
      { atime: BigInt(atime) * 10n ** 9n, mtime: BigInt(mtime) * 10n ** 9n },
      { follow: false },
    ),
  setxattr: (process, path: string, name: string, value: string) =>
    process.setxattr(path, name, Buffer.from(value), { follow: false }),
  setxattrhex: (process, path: string, name: string, value: string) =>
    process.setxattr(path, name, Buffer.from(value, 'hex'), { follow: false }),
  getxattr: (process, path: string, name: string) => text(process.getxattr(path, name, { follow: false })),
  listxattr: (process, path: string) => process.listxattr(path, { follow: false }).sort(),
  removexattr: (process, path: string, name: string) => process.removexattr(path, name, { follow: false }),
  mknod: (process, path: string, mode: number, major: number, minor: number) =>
    process.mknod(path, mode, makedev(major, minor)),
  getflags: (process, path: string) =>
    opened(process, path, O.RDONLY | O.NONBLOCK, 0, (fd) => process.getFlags(fd)),
  setflags: (process, path: string, clear: number, add: number) =>
    opened(process, path, O.RDONLY | O.NONBLOCK, 0, (fd) =>
      process.setFlags(fd, (process.getFlags(fd) & ~clear) | add),
    ),
  pause: () => undefined,
  touch: (process, path: string) => process.utimens(path, { atime: 'now', mtime: 'now' }),
  mountfs: (process, target: string, type: string, options: string) =>
    process.mount({ source: type, target, type, options }),
  options: (process, target: string) => {
    const there = `${process.getcwd()}/${target}`;
    const shown = process.mounts().findLast((mount) => mount.target === there);
    return shown?.options.replaceAll(`${process.getcwd()}/`, '') ?? null;
  },
  logged: (process, text: string) => process.kernel.log.some((line) => line.includes(text)),
  dirents: (process, path: string) =>
    process
      .readdir(path)
      .map(({ name, ino }) => [name, ino === process.lstat(`${path}/${name}`).ino])
      .sort((a, b) => compareNames(a[0] as string, b[0] as string)),
  remount: (process, target: string, flags: number) =>
    process.mount({ source: '', target, remount: true, readOnly: (flags & 1) !== 0 }),
  mountinfo: mountInfoOf,
  bind: (process, source: string, target: string) => process.mount({ source, target, bind: true }),
  status: statusOf,
  filesystem: (process, type: string) =>
    textOf(process, '/proc/filesystems')
      .split(/(?<=\n)/)
      .filter((line) => line.trimEnd().split('\t')[1] === type),
  text: (process, path: string) => textOf(process, path),
  mountdisk: () => undefined,
  index: (process, path: string) =>
    process
      .readdir(path)
      .filter(({ name }) => !name.startsWith('#'))
      .map(({ name }) => indexEntry(process, `${path}/${name}`))
      .sort((a, b) => compareNames(JSON.stringify(a), JSON.stringify(b))),
  copyxattr: (process, from: string, to: string, name: string, other = name) =>
    process.setxattr(to, other, process.getxattr(from, name, { follow: false }), { follow: false }),
  copy: (process, from: string, to: string) =>
    opened(process, from, O.RDONLY, 0, (source) =>
      opened(process, to, O.WRONLY | O.CREAT, 0o644, (target) =>
        process.copyFileRange(source, target, 1 << 20),
      ),
    ),
  chdir: (process, path: string) => process.chdir(path),
  kind: (process, path: string) => process.lstat(path).kind,
  mode: (process, path: string) => process.lstat(path).mode & ~S_IFMT,
  rdev: (process, path: string) => kernelRdev(process.lstat(path).rdev),
  owner: (process, path: string) => {
    const { mode, uid, gid } = process.lstat(path);
    return [mode & ~S_IFMT, uid, gid];
  },
  program: (process, path: string) => {
    process.close(process.open(path, O.WRONLY | O.CREAT, 0o755));
  },
  count: (process, path: string) => process.readdir(path).length,
  blocks: (process, path: string) => process.lstat(path).blocks,
  links: (process, path: string) => process.lstat(path).nlink,
  mtime: (process, path: string) => explicit(process.lstat(path).mtime),
  atime: (process, path: string) => explicit(process.lstat(path).atime),
  statfs: (process, path: string) => {
    const { type, bsize, blocks, bfree, bavail } = process.statfs(path);
    return [MAGIC[type] ?? type, bsize, blocks, bfree, bavail];
  },
  credentials: credentialSteps,
  equip: makePrograms,
  umount: (process, target: string) => process.umount(target),
  dump: (process, top: string) => {
    const seen: Result[][] = [];
    dumpDirectory(process, top, '', seen, new Map());
    return seen;
  },
};
