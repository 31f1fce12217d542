// What the disk says about containers, read once: their records and names. The kernel tells which of the documents
// has changed since, so that a lookup costs the same among ten containers and among ten thousand.
// Nothing in here is a truth of its own: after a restore, or when the directory is another one, all is read again.

import { isFsError } from '../fs/errno.ts';
import type { Spot } from '../fs/mount.ts';
import type { Process } from '../fs/process.ts';
import { walk } from '../fs/walk.ts';
import { type ContainerRecord, documentOf, homeOf, nameOf } from './container-record.ts';
import { readText } from './files.ts';
import { CONTAINERS_HOME } from './paths.ts';

type Known = Readonly<ContainerRecord>;

interface Watch {
  /** Inode of the container's directory. */
  readonly ino: number;
  forget(): void;
}

export class ContainerIndex {
  readonly #process: Process;
  readonly #driver: string;
  readonly #records = new Map<string, Known>();
  #ids: readonly string[] | undefined;
  #names = new Map<string, string>();
  /** For every entry of the directory, be it a container or not. */
  readonly #watches = new Map<string, Watch>();
  /** Entries to be read again. */
  readonly #stale = new Set<string>();
  /** Entries that lie behind symbolic links, where changes are not told of: read again after any change. */
  readonly #loose = new Set<string>();
  #isListStale = true;
  #home: Spot | undefined;
  #forgetHome = (): void => {};
  #generation = -1;
  #restores = -1;

  /** Docker loads no container that another driver made (daemon.restore). */
  constructor(process: Process, driver: string) {
    this.#process = process;
    this.#driver = driver;
  }

  /** By ID. */
  records(): ReadonlyMap<string, Known> {
    this.#refresh();
    return this.#records;
  }

  /** Sorted. */
  ids(): readonly string[] {
    this.#refresh();
    this.#ids ??= [...this.#records.keys()].sort();
    return this.#ids;
  }

  /** IDs by name, the names without a slash. */
  names(): ReadonlyMap<string, string> {
    this.#refresh();
    // Fewer names than containers: two have the same, which only a hand on the disk brings about.
    if (this.#names.size !== this.#records.size)
      this.#names = new Map(this.ids().map((id) => [nameOf(this.#records.get(id) as Known), id]));
    return this.#names;
  }

  /** Makes or removes the directory of one container: the others need not be looked at for that. */
  changeHome(id: string, change: () => void): void {
    this.#refresh();
    change();
    this.#isListStale = false;
    this.#stale.add(id);
  }

  /** Nobody asks any more: the kernel need not tell. */
  close(): void {
    this.#startAnew(undefined);
    this.#generation = -1;
  }

  #refresh(): void {
    const { generation, restores } = this.#process.kernel;
    if (generation === this.#generation) return;
    const home = this.#spot(CONTAINERS_HOME);
    if (restores !== this.#restores || !isSame(home, this.#home)) this.#startAnew(home);
    this.#restores = restores;
    if (this.#isListStale) this.#list();
    for (const id of [...this.#loose, ...this.#stale]) this.#readAgain(id);
    this.#generation = generation;
  }

  #startAnew(home: Spot | undefined): void {
    this.#forgetHome();
    for (const { forget } of this.#watches.values()) forget();
    for (const forgotten of [this.#watches, this.#records, this.#names, this.#loose, this.#stale])
      forgotten.clear();
    this.#ids = undefined;
    this.#home = home;
    this.#isListStale = true;
    const changed = (): void => {
      this.#isListStale = true;
    };
    this.#forgetHome = home === undefined ? () => {} : this.#process.kernel.onChange(home, changed);
  }

  #list(): void {
    const entries = this.#home === undefined ? [] : this.#process.readdir(CONTAINERS_HOME);
    const inodes = new Map(entries.map(({ name, ino }) => [name, ino]));
    for (const [name, ino] of inodes) if (this.#watches.get(name)?.ino !== ino) this.#stale.add(name);
    for (const name of this.#watches.keys()) if (!inodes.has(name)) this.#stale.add(name);
    this.#isListStale = false;
  }

  #readAgain(id: string): void {
    this.#watches.get(id)?.forget();
    this.#watches.delete(id);
    this.#loose.delete(id);
    this.#put(id, this.#read(id));
    const watch = this.#watch(id);
    if (watch !== undefined) this.#watches.set(id, watch);
    this.#stale.delete(id);
  }

  #read(id: string): Known | undefined {
    const text = readText(this.#process, documentOf(id));
    const record = text === undefined ? undefined : (JSON.parse(text) as ContainerRecord);
    return record?.Driver === this.#driver ? record : undefined;
  }

  #put(id: string, record: Known | undefined): void {
    const before = this.#records.get(id);
    if ((before === undefined) !== (record === undefined)) this.#ids = undefined;
    if (before !== undefined && this.#names.get(nameOf(before)) === id) this.#names.delete(nameOf(before));
    if (record === undefined) this.#records.delete(id);
    else this.#records.set(id, record);
    if (record !== undefined) this.#names.set(nameOf(record), id);
  }

  #watch(id: string): Watch | undefined {
    const home = this.#process.tryLstat(homeOf(id));
    if (home === undefined) return undefined;
    const document = this.#process.tryLstat(documentOf(id))?.kind ?? 'file';
    if (home.kind !== 'directory' || document !== 'file') this.#loose.add(id);
    const tell = (): void => {
      this.#stale.add(id);
    };
    const spots = [this.#spot(homeOf(id)), this.#spot(documentOf(id))].filter((spot) => spot !== undefined);
    const forgets = spots.map((spot) => this.#process.kernel.onChange(spot, tell));
    return {
      ino: home.ino,
      forget: () => {
        for (const forget of forgets) forget();
      },
    };
  }

  #spot(path: string): Spot | undefined {
    try {
      return walk(this.#process, path);
    } catch (error) {
      if (isFsError(error)) return undefined;
      throw error;
    }
  }
}

const isSame = (one: Spot | undefined, other: Spot | undefined): boolean =>
  one?.mount.fs === other?.mount.fs && one?.node === other?.node;
