// The containers under /var/lib/docker/containers: their two documents, found by ID, ID prefix or name.

import type { Process } from '../fs/process.ts';
import type { HostConfig } from './config.ts';
import { type ContainerRecord, homeOf, nameOf } from './container-record.ts';
import { refuse } from './engine-error.ts';
import { listNames, readText, writeAtomically } from './files.ts';
import { goJson } from './go-json.ts';
import { CONTAINERS_HOME } from './paths.ts';
import { WhileUnchanged } from './while-unchanged.ts';

interface Known {
  readonly ino: number;
  readonly mtime: bigint;
  readonly size: number;
  /** undefined: of another driver. */
  readonly record: ContainerRecord | undefined;
}

export class ContainerStore {
  readonly #process: Process;
  /** Documents parsed before. They are written as new files: as long as one is the same file, it holds. */
  readonly #known = new Map<string, Known>();
  readonly #seen: WhileUnchanged;
  readonly #driver: string;

  /** The containers of one storage driver. */
  constructor(process: Process, driver: string) {
    this.#process = process;
    this.#driver = driver;
    this.#seen = new WhileUnchanged(process.kernel);
  }

  /** IDs of all containers, sorted. */
  ids(): readonly string[] {
    return this.#seen.get('ids', () =>
      listNames(this.#process, CONTAINERS_HOME).filter((name) => this.peek(name) !== undefined),
    );
  }

  /** A copy, free to be changed and written back. */
  get(id: string): ContainerRecord | undefined {
    const record = this.peek(id);
    return record === undefined ? undefined : structuredClone(record);
  }

  /** The record for reading only. */
  peek(id: string): Readonly<ContainerRecord> | undefined {
    return this.#seen.get(id, () => this.#read(id));
  }

  #read(id: string): Readonly<ContainerRecord> | undefined {
    const path = `${homeOf(id)}/config.v2.json`;
    const stat = this.#process.tryStat(path);
    if (stat === undefined) return undefined;
    const { ino, mtime, size } = stat;
    const known = this.#known.get(id);
    if (known?.ino === ino && known.mtime === mtime && known.size === size) return known.record;
    const text = readText(this.#process, path);
    const read = text === undefined ? undefined : (JSON.parse(text) as ContainerRecord);
    // Docker loads no container that another driver made (daemon.restore).
    const record = read?.Driver === this.#driver ? read : undefined;
    this.#known.set(id, { ino, mtime, size, record });
    return record;
  }

  put(record: ContainerRecord): void {
    writeAtomically(this.#process, `${homeOf(record.ID)}/config.v2.json`, goJson(record));
  }

  hostConfig(id: string): HostConfig {
    return JSON.parse(readText(this.#process, `${homeOf(id)}/hostconfig.json`) ?? '{}') as HostConfig;
  }

  putHostConfig(id: string, config: HostConfig): void {
    writeAtomically(this.#process, `${homeOf(id)}/hostconfig.json`, goJson(config), 0o600);
  }

  /** Full ID, then name, then a prefix of an ID that fits one container alone. Throws ambiguous-prefix. */
  find(reference: string): string | undefined {
    if (/^[0-9a-f]{64}$/.test(reference) && this.peek(reference) !== undefined) return reference;
    const named = this.names().get(reference.replace(/^\//, ''));
    if (named !== undefined) return named;
    const fitting = reference === '' ? [] : this.ids().filter((id) => id.startsWith(reference));
    return fitting.length > 1 ? refuse('ambiguous-prefix', reference) : fitting[0];
  }

  /** IDs by name, the names without a slash. */
  names(): ReadonlyMap<string, string> {
    return this.#seen.get(
      'names',
      () => new Map(this.ids().map((id) => [nameOf(this.peek(id) as ContainerRecord), id])),
    );
  }

  resolve(reference: string): string {
    return this.find(reference) ?? refuse('no-such-container', reference);
  }

  /** The record of a container, a copy. Throws no-such-container. */
  record(reference: string): ContainerRecord {
    return this.get(this.resolve(reference)) ?? refuse('no-such-container', reference);
  }

  /** Changes the record on the disk. */
  update(id: string, change: (record: ContainerRecord) => void): ContainerRecord {
    const record = this.record(id);
    change(record);
    this.put(record);
    return record;
  }
}
