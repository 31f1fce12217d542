// BuildKit's cache: which steps were done, and the layers that are kept for them, whether an image has them or not.
// Deviation: BuildKit keeps records in bolt databases; here metadata_v2.db is JSON.

import type { Process } from '../fs/process.ts';
import type { Random } from '../fs/random.ts';
import { readText, writeAtomically } from './files.ts';
import { pick } from './ids.ts';
import { DATA_ROOT } from './paths.ts';
import { WhileUnchanged } from './while-unchanged.ts';

export type CacheKind = 'regular' | 'source.local' | 'exec.cachemount';

export interface CacheRecord {
  /** 25 letters and digits; a layer made by BuildKit has such a name on the disk too. */
  readonly id: string;
  readonly kind: CacheKind;
  /** Everything that the step's result depends on. */
  readonly key: string;
  /** Chain ID of the layer it ends with; empty where there is none. */
  readonly chain: string;
  readonly parent: string;
  readonly description: string;
  /** Bytes of its own. */
  readonly size: number;
  /** RFC 3339. */
  readonly created: string;
  readonly lastUsed: string;
  readonly usage: number;
  /** Of a source.local: what was sent, name by name. */
  readonly files?: Readonly<Record<string, string>>;
}

const FILE = `${DATA_ROOT}/buildkit/metadata_v2.db`;
const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** 25 base36 digits, the first of them no zero. */
export const newCacheId = (random: Random): string =>
  Array.from({ length: 25 }, (_, at) => LETTERS[at === 0 ? 10 + pick(random, 26) : pick(random, 36)]).join(
    '',
  );

type Records = Readonly<Record<string, readonly CacheRecord[]>>;

export class BuildCache {
  readonly #process: Process;
  readonly #driver: string;
  readonly #seen: WhileUnchanged;

  /** The records whose layers one storage driver holds. */
  constructor(process: Process, driver: string) {
    this.#process = process;
    this.#driver = driver;
    this.#seen = new WhileUnchanged(process.kernel);
  }

  all(): readonly CacheRecord[] {
    return this.#records()[this.#driver] ?? [];
  }

  find(key: string): CacheRecord | undefined {
    return this.all().find((record) => record.key === key);
  }

  has(id: string): boolean {
    return this.all().some((record) => record.id === id);
  }

  /** Puts a record in, or in the place of the one with its id. */
  put(record: CacheRecord): void {
    const others = this.all().filter(({ id }) => id !== record.id);
    this.#write([...others, record]);
  }

  /** Notes that a record was of use at `time` (RFC 3339). */
  touch({ id }: CacheRecord, time: string): void {
    const record = this.all().find((one) => one.id === id);
    if (record !== undefined) this.put({ ...record, lastUsed: time, usage: record.usage + 1 });
  }

  remove(ids: ReadonlySet<string>): void {
    this.#write(this.all().filter(({ id }) => !ids.has(id)));
  }

  #records(): Records {
    return this.#seen.get('records', () => JSON.parse(readText(this.#process, FILE) ?? '{}') as Records);
  }

  #write(records: readonly CacheRecord[]): void {
    writeAtomically(
      this.#process,
      FILE,
      `${JSON.stringify({ ...this.#records(), [this.#driver]: records })}\n`,
      0o644,
    );
  }
}
