// The containerd image store's snapshotter `overlayfs`, Docker's default from version 29 on: numbered snapshots, each with
// its own files in `fs`; which is which stands in a database (containerd: plugins/snapshots/overlay).

import { fail } from '../../fs/errno.ts';
import { makeDirectories, makeDirectory, readText, removeTree, writeAtomically } from '../files.ts';
import { CONTAINERD_HOME, DATA_ROOT } from '../paths.ts';
import { LayerDriver } from './layer-driver.ts';
import { mountUnion } from './mount-union.ts';
import { diskUsageOf } from './usage.ts';

const PLUGIN = 'io.containerd.snapshotter.v1';
const HOME = `${CONTAINERD_HOME}/${PLUGIN}.overlayfs`;
const SNAPSHOTS = `${HOME}/snapshots`;
const DATABASE = `${HOME}/metadata.db`;
/** Where Docker mounts containers. */
const MOUNTS = `${DATA_ROOT}/rootfs/overlayfs`;

interface Snapshot {
  readonly id: number;
  readonly parent?: string;
}

interface Database {
  readonly last: number;
  readonly snapshots: Readonly<Record<string, Snapshot>>;
}

export class Overlayfs extends LayerDriver {
  readonly name = 'overlayfs';
  override readonly imageStore = 'containerd';
  #known: { text: string; database: Database } = { text: '', database: { last: 0, snapshots: {} } };

  status(): readonly (readonly [string, string])[] {
    return [['driver-type', PLUGIN]];
  }

  layOut(): void {
    makeDirectories(this.process, HOME, 0o700);
    makeDirectory(this.process, SNAPSHOTS, 0o700);
    makeDirectories(this.process, MOUNTS, 0o710);
  }

  prepare(key: string, parent: string | undefined): void {
    const { last, snapshots } = this.#database();
    const id = last + 1;
    const home = `${SNAPSHOTS}/${id}`;
    this.process.mkdir(home, 0o700);
    makeDirectory(this.process, `${home}/fs`, 0o755);
    makeDirectory(this.process, `${home}/work`, 0o711);
    const snapshot = parent === undefined ? { id } : { id, parent };
    this.#write({ last: id, snapshots: { ...snapshots, [key]: snapshot } });
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  mount(key: string): string {
    const lowers = this.#below(key).map(filesOf);
    if (lowers.length === 0) return this.has(key) ? this.path(key) : fail('ENOENT', key);
    const target = this.mountPoint(key);
    if (this.isMounted(key)) return target;
    makeDirectory(this.process, target, 0o700);
    const home = `${SNAPSHOTS}/${this.#get(key).id}`;
    mountUnion(this.process, SNAPSHOTS, {
      target,
      lowers,
      writable: { upper: `${home}/fs`, work: `${home}/work` },
    });
    return target;
  }

  unmount(key: string): void {
    if (!this.isMounted(key)) return;
    this.process.umount(this.mountPoint(key), { lazy: true });
    this.process.rmdir(this.mountPoint(key));
  }

  remove(key: string): void {
    const snapshot = this.#find(key);
    if (snapshot === undefined) return;
    this.unmount(key);
    removeTree(this.process, `${SNAPSHOTS}/${snapshot.id}`);
    const { last, snapshots } = this.#database();
    const { [key]: _gone, ...left } = snapshots;
    this.#write({ last, snapshots: left });
  }

  /** Blocks on the disk, directories too. */
  override usage(key: string): number {
    return diskUsageOf(this.process, this.path(key));
  }

  path(key: string): string {
    return filesOf(this.#get(key));
  }

  metadata(): null {
    return null;
  }

  protected mountPoint(key: string): string {
    return `${MOUNTS}/${key}`;
  }

  #get(key: string): Snapshot {
    return this.#find(key) ?? fail('ENOENT', key);
  }

  #find(key: string): Snapshot | undefined {
    return this.#database().snapshots[key];
  }

  /** The snapshots below, top first. */
  #below(key: string): Snapshot[] {
    const parent = this.#get(key).parent;
    return parent === undefined ? [] : [this.#get(parent), ...this.#below(parent)];
  }

  #database(): Database {
    const text = readText(this.process, DATABASE) ?? '';
    if (text !== this.#known.text)
      this.#known = {
        text,
        database: text === '' ? { last: 0, snapshots: {} } : (JSON.parse(text) as Database),
      };
    return this.#known.database;
  }

  #write(database: Database): void {
    writeAtomically(this.process, DATABASE, JSON.stringify(database));
  }
}

const filesOf = ({ id }: Snapshot): string => `${SNAPSHOTS}/${id}/fs`;
