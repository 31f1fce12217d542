// The aufs driver: a snapshot is a directory in `diff`, `layers` names those below it, and a union is mounted in `mnt`
// (Docker: daemon/graphdriver/aufs, until 23.0).

import { fail } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { BranchFiles } from '../../overlay/index.ts';
import { onFilesystem } from '../chroot.ts';
import { listNames, makeDirectory, readText, removeTree, writeFile } from '../files.ts';
import { DATA_ROOT } from '../paths.ts';
import { backingFilesystem } from './backing-filesystem.ts';
import { LayerDriver } from './layer-driver.ts';

const HOME = `${DATA_ROOT}/aufs`;

export class Aufs extends LayerDriver {
  readonly name = 'aufs';
  #reader: Process | undefined;

  status(): readonly (readonly [string, string])[] {
    return [
      ['Root Dir', HOME],
      ['Backing Filesystem', backingFilesystem(this.process, HOME)],
      ['Dirs', String(listNames(this.process, `${HOME}/diff`).length)],
      ['Dirperm1 Supported', 'true'],
    ];
  }

  layOut(): void {
    makeDirectory(this.process, HOME, 0o710);
    for (const name of ['diff', 'layers', 'mnt']) makeDirectory(this.process, `${HOME}/${name}`, 0o710);
  }

  prepare(key: string, parent: string | undefined): void {
    this.process.mkdir(`${HOME}/mnt/${key}`, 0o755);
    this.process.mkdir(this.path(key), 0o755);
    const below = parent === undefined ? [] : [parent, ...this.#parents(parent)];
    writeFile(this.process, `${HOME}/layers/${key}`, below.map((one) => `${one}\n`).join(''));
  }

  has(key: string): boolean {
    return this.process.tryLstat(`${HOME}/layers/${key}`) !== undefined;
  }

  mount(key: string): string {
    const below = this.#parents(key);
    if (below.length === 0) return this.has(key) ? this.path(key) : fail('ENOENT', this.path(key));
    const target = this.mountPoint(key);
    if (this.isMounted(key)) return target;
    const branches = [`${this.path(key)}=rw`, ...below.map((one) => `${this.path(one)}=ro+wh`)];
    const options = `br:${branches.join(':')},dio,xino=/dev/shm/aufs.xino,dirperm1`;
    this.process.mount({ source: 'none', target, type: 'aufs', options });
    return target;
  }

  unmount(key: string): void {
    if (this.isMounted(key)) this.process.umount(this.mountPoint(key), { lazy: true });
  }

  remove(key: string): void {
    this.unmount(key);
    for (const name of ['mnt', 'diff', 'layers']) removeTree(this.process, `${HOME}/${name}/${key}`);
  }

  path(key: string): string {
    return `${HOME}/diff/${key}`;
  }

  metadata(): null {
    return null;
  }

  /** Sees the host's disk as the union does: `.wh.` names are whiteouts and opaque marks. */
  protected override get reader(): Process {
    this.#reader ??= onFilesystem(this.process, new BranchFiles(this.process.kernel.disk));
    return this.#reader;
  }

  protected mountPoint(key: string): string {
    return `${HOME}/mnt/${key}`;
  }

  /** The snapshots below, top first. */
  #parents(key: string): string[] {
    return (readText(this.process, `${HOME}/layers/${key}`) ?? '').split('\n').filter((line) => line !== '');
  }
}
