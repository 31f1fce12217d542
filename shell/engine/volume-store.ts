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
const allowed = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

type Words = Record<string, string> | null;

/** What it was made with. */
interface VolumeNotes {
  readonly labels: Words;
  readonly options: Words;
}

const NONE: VolumeNotes = { labels: null, options: null };

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
    const notes = this.#notes()[name] ?? NONE;
    return {
      CreatedAt: rfc3339Seconds(stat.ctime),
      Driver: 'local',
      Labels: notes.labels,
      Mountpoint: dataPath(name),
      Name: name,
      Options: notes.options,
      Scope: 'local',
    };
  }

  /** An existing one is given back as it is. */
  create(name = newId(this.#process.kernel.random), notes = NONE): VolumeInspect {
    if (!allowed.test(name)) refuse('bad-volume-name', name);
    if (!this.has(name)) {
      this.#process.mkdir(`${VOLUMES_HOME}/${name}`, 0o701);
      this.#process.mkdir(dataPath(name), 0o755);
      this.#write({ ...this.#notes(), [name]: notes });
    }
    return this.inspect(name);
  }

  remove(name: string): void {
    if (!this.has(name)) refuse('no-such-volume', name);
    removeTree(this.#process, `${VOLUMES_HOME}/${name}`);
    const { [name]: _gone, ...notes } = this.#notes();
    this.#write(notes);
  }

  size(name: string): number {
    return usageOf(this.#process, dataPath(name));
  }

  #notes(): Record<string, VolumeNotes> {
    return JSON.parse(readText(this.#process, METADATA) || '{}') as Record<string, VolumeNotes>;
  }

  #write(notes: Record<string, VolumeNotes>): void {
    writeAtomically(this.#process, METADATA, goJson(notes));
  }
}

export const dataPath = (volume: string): string => `${VOLUMES_HOME}/${volume}/_data`;
