// The containers under /var/lib/docker/containers: their two documents, found by ID, ID prefix or name.

import type { Process } from '../fs/process.ts';
import type { HostConfig } from './config.ts';
import { ContainerIndex } from './container-index.ts';
import { type ContainerRecord, documentOf, homeOf } from './container-record.ts';
import { refuse } from './engine-error.ts';
import { readText, removeTree, writeAtomically } from './files.ts';
import { goJson } from './go-json.ts';

export class ContainerStore {
  readonly #process: Process;
  readonly #index: ContainerIndex;

  /** The containers of one storage driver. */
  constructor(process: Process, driver: string) {
    this.#process = process;
    this.#index = new ContainerIndex(process, driver);
  }

  close(): void {
    this.#index.close();
  }

  /** IDs of all containers, sorted. */
  ids(): readonly string[] {
    return this.#index.ids();
  }

  /** A copy, free to be changed and written back. */
  get(id: string): ContainerRecord | undefined {
    const record = this.peek(id);
    return record === undefined ? undefined : structuredClone(record);
  }

  /** The record for reading only. */
  peek(id: string): Readonly<ContainerRecord> | undefined {
    return this.#index.records().get(id);
  }

  /** Makes the directory that a container's documents lie in. */
  makeHome(id: string): void {
    const home = homeOf(id);
    this.#index.changeHome(id, () => this.#process.mkdir(home, 0o710));
    this.#process.mkdir(`${home}/checkpoints`, 0o700);
    this.#process.mkdir(`${home}/mounts`, 0o710);
  }

  removeHome(id: string): void {
    this.#index.changeHome(id, () => removeTree(this.#process, homeOf(id)));
  }

  put(record: ContainerRecord): void {
    writeAtomically(this.#process, documentOf(record.ID), goJson(record));
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
    return this.#index.names();
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
