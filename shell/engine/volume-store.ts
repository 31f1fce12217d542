// Local volumes under /var/lib/docker/volumes. Who uses one is asked of the containers.

import type { Process } from '../fs/process.ts';
import type { VolumeInspect } from './contract.ts';
import { refuse } from './engine-error.ts';
import { listNames, readText, removeTree, writeAtomically } from './files.ts';
import { goJson } from './go-json.ts';
import { newId } from './ids.ts';
import { VOLUMES_HOME } from './paths.ts';
import { usageOf } from './storage/usage.ts';
import { rfc3339Seconds } from './time.ts';

/** Docker keeps labels here too, in a database of its own format; cowsh writes JSON. */
const METADATA = `${VOLUMES_HOME}/metadata.db`;
const allowed = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

type Labels = Record<string, string> | null;

export class VolumeStore {
  readonly #process: Process;

  constructor(process: Process) {
    this.#process = process;
  }

  names(): string[] {
    return listNames(this.#process, VOLUMES_HOME).filter((name) => this.has(name));
  }

  has(name: string): boolean {
    return this.#process.tryLstat(dataPath(name))?.kind === 'directory';
  }

  inspect(name: string): VolumeInspect {
    const stat = this.has(name) ? this.#process.lstat(dataPath(name)) : refuse('no-such-volume', name);
    return {
      CreatedAt: rfc3339Seconds(stat.ctime),
      Driver: 'local',
      Labels: this.#labels()[name] ?? null,
      Mountpoint: dataPath(name),
      Name: name,
      Options: null,
      Scope: 'local',
    };
  }

  /** An existing one is given back as it is. */
  create(name = newId(this.#process.kernel.random), labels: Labels = null): VolumeInspect {
    if (name.length === 1) refuse('short-volume-name', name);
    if (!allowed.test(name)) refuse('bad-volume-name', name);
    if (!this.has(name)) {
      this.#process.mkdir(`${VOLUMES_HOME}/${name}`, 0o701);
      this.#process.mkdir(dataPath(name), 0o755);
      this.#writeLabels({ ...this.#labels(), [name]: labels });
    }
    return this.inspect(name);
  }

  remove(name: string): void {
    if (!this.has(name)) refuse('no-such-volume', name);
    removeTree(this.#process, `${VOLUMES_HOME}/${name}`);
    const { [name]: _gone, ...labels } = this.#labels();
    this.#writeLabels(labels);
  }

  size(name: string): number {
    return usageOf(this.#process, dataPath(name));
  }

  #labels(): Record<string, Labels> {
    return JSON.parse(readText(this.#process, METADATA) || '{}') as Record<string, Labels>;
  }

  #writeLabels(labels: Record<string, Labels>): void {
    writeAtomically(this.#process, METADATA, goJson(labels));
  }
}

export const dataPath = (volume: string): string => `${VOLUMES_HOME}/${volume}/_data`;
