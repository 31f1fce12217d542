// The files that split makes, one after the other, and their names.

import { openEmpty } from './open-empty.ts';
import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

export interface PieceNames {
  readonly prefix: string;
  readonly letters: string;
  readonly after: string;
  readonly length: number;
  /** Suffixes grow when they are used up. */
  readonly grow: boolean;
  readonly from: number;
}

export class Pieces {
  readonly out: Output;
  /** The file that is being written. */
  failing: string | undefined;
  readonly #names: PieceNames;
  readonly #verbose: boolean;
  #count = 0;
  #fd: number | undefined;

  constructor(out: Output, names: PieceNames, verbose: boolean) {
    this.out = out;
    this.#names = names;
    this.#verbose = verbose;
  }

  /** Begins the next piece. False when there are no names left. */
  async begin(): Promise<boolean> {
    this.end();
    const suffix = suffixOf(this.#names.from + this.#count++, this.#names);
    if (suffix === undefined) {
      await this.out.warn('output file suffixes exhausted');
      return false;
    }
    const name = `${this.#names.prefix}${suffix}${this.#names.after}`;
    if (this.#verbose) this.out.line(`creating file ${quoteAlways(this.out.process, name)}`);
    this.failing = name;
    this.#fd = openEmpty(this.out.process, name);
    return true;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#fd !== undefined && bytes.length > 0) await this.out.process.write(this.#fd, bytes);
  }

  end(): void {
    if (this.#fd !== undefined) this.out.process.close(this.#fd);
    this.#fd = undefined;
    this.failing = undefined;
  }
}

/** aa … yz, zaaa … zyzz, zzaaaa: the names stay in order as they grow. */
const suffixOf = (index: number, { letters, length, grow }: PieceNames): string | undefined => {
  const base = letters.length;
  let rest = index;
  let width = length;
  let lead = '';
  while (grow && rest >= base ** width - base ** (width - 1)) {
    rest -= base ** width - base ** (width - 1);
    lead += letters.at(-1);
    width++;
  }
  if (rest >= base ** width) return undefined;
  let suffix = '';
  for (let digit = 0; digit < width; digit++) {
    suffix = letters[rest % base] + suffix;
    rest = Math.floor(rest / base);
  }
  return lead + suffix;
};
