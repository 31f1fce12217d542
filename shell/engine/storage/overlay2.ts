// The overlay2 driver: a snapshot is a directory with its own files in `diff`; a union mount stacks them.

import { fail } from '../../fs/errno.ts';
import { refuse } from '../engine-error.ts';
import { makeDirectory, readText, removeTree, writeFile } from '../files.ts';
import { newLinkId } from '../ids.ts';
import { OVERLAY_HOME } from '../paths.ts';
import { backingFilesystem } from './backing-filesystem.ts';
import { LayerDriver } from './layer-driver.ts';
import { mountUnion } from './mount-union.ts';

/** Docker: daemon/graphdriver/overlay2. */
const MAX_DEPTH = 128;

export class Overlay2 extends LayerDriver {
  readonly name = 'overlay2';

  status(): readonly (readonly [string, string])[] {
    return [
      ['Backing Filesystem', backingFilesystem(this.process, OVERLAY_HOME)],
      ['Supports d_type', 'true'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ];
  }

  layOut(): void {
    makeDirectory(this.process, OVERLAY_HOME, 0o710);
    makeDirectory(this.process, `${OVERLAY_HOME}/l`, 0o700);
  }

  prepare(key: string, parent: string | undefined): void {
    const process = this.process;
    const lower = parent === undefined ? undefined : this.#lowerOf(parent);
    const home = directory(key);
    process.mkdir(home, 0o710);
    process.mkdir(`${home}/diff`, 0o755);
    const link = newLinkId(process.kernel.random);
    process.symlink(`../${key}/diff`, `${OVERLAY_HOME}/l/${link}`);
    writeFile(process, `${home}/link`, link);
    if (parent === undefined || lower === undefined) return;
    process.mkdir(`${home}/work`, 0o700);
    this.commit(parent);
    writeFile(process, `${home}/lower`, lower);
  }

  /** The mark is made when something stands on the snapshot, as Docker does it. */
  override commit(key: string): void {
    const mark = `${directory(key)}/committed`;
    if (this.process.tryLstat(mark) === undefined) writeFile(this.process, mark, '', 0o600);
  }

  has(key: string): boolean {
    return this.process.tryLstat(directory(key)) !== undefined;
  }

  mount(key: string): string {
    const process = this.process;
    const home = directory(key);
    const lower = readText(process, `${home}/lower`);
    if (lower === undefined) return this.has(key) ? `${home}/diff` : fail('ENOENT', home);
    const merged = `${home}/merged`;
    if (this.isMounted(key)) return merged;
    if (process.tryLstat(merged) === undefined) process.mkdir(merged, 0o700);
    const lowers = lower.split(':').map((link) => `${OVERLAY_HOME}/${link}`);
    const committed = process.tryLstat(`${home}/committed`) !== undefined;
    mountUnion(process, OVERLAY_HOME, {
      target: merged,
      lowers: committed ? [`${home}/diff`, ...lowers] : lowers,
      writable: committed ? undefined : { upper: `${home}/diff`, work: `${home}/work` },
    });
    return merged;
  }

  unmount(key: string): void {
    if (!this.isMounted(key)) return;
    this.process.umount(this.mountPoint(key), { lazy: true });
    this.process.rmdir(this.mountPoint(key));
  }

  remove(key: string): void {
    const home = directory(key);
    const link = readText(this.process, `${home}/link`);
    if (link !== undefined) removeTree(this.process, `${OVERLAY_HOME}/l/${link}`);
    removeTree(this.process, home);
  }

  override link(key: string): string | undefined {
    const link = readText(this.process, `${directory(key)}/link`);
    return link === undefined ? undefined : `${OVERLAY_HOME}/l/${link}`;
  }

  metadata(key: string): Record<string, string> {
    const home = directory(key);
    const lowers = this.lowers(key);
    return {
      ...(lowers.length > 0 ? { LowerDir: lowers.join(':') } : {}),
      MergedDir: `${home}/merged`,
      UpperDir: `${home}/diff`,
      WorkDir: `${home}/work`,
    };
  }

  path(key: string): string {
    return `${directory(key)}/diff`;
  }

  protected mountPoint(key: string): string {
    return `${directory(key)}/merged`;
  }

  /** The `diff` directories below, top first. */
  lowers(key: string): string[] {
    const lower = readText(this.process, `${directory(key)}/lower`);
    if (lower === undefined || lower === '') return [];
    return lower.split(':').map((link) => {
      const target = this.process.readlink(`${OVERLAY_HOME}/${link}`);
      return target.replace(/^\.\./, OVERLAY_HOME);
    });
  }

  /** The `lower` file of a child: the parent's short link before the parent's own. */
  #lowerOf(parent: string): string {
    const home = directory(parent);
    const link = readText(this.process, `${home}/link`) ?? fail('ENOENT', `${home}/link`);
    const below = readText(this.process, `${home}/lower`);
    const lowers = [`l/${link}`, ...(below === undefined ? [] : below.split(':'))];
    return lowers.length > MAX_DEPTH ? refuse('max-depth') : lowers.join(':');
  }
}

const directory = (key: string): string => `${OVERLAY_HOME}/${key}`;
