// The inputs of a dump as one run of bytes, in blocks of one size: od, hexdump.

import { closeInput, openInput } from './input.ts';
import type { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';

export interface DumpRange {
  readonly skip: number;
  readonly limit: number;
}

export interface DumpState {
  /** How many inputs could be opened. */
  opened: number;
  /** Bytes that were to be skipped and are not there. */
  unskipped: number;
}

/** Whole blocks, and a shorter last one. A file that cannot be read is complained about, and passed over. */
export async function* dumpBlocks(
  out: Output,
  names: readonly string[],
  size: number,
  { skip, limit }: DumpRange,
  state: DumpState,
): AsyncGenerator<Uint8Array> {
  const { process } = out;
  let block = new Uint8Array(size);
  let filled = 0;
  let left = limit;
  state.unskipped = skip;
  for (const name of names.length > 0 ? names : ['-']) {
    if (left === 0) break;
    let fd: number | undefined;
    try {
      fd = openInput(process, name);
      state.opened++;
      while (left > 0) {
        const wanted = Math.min(65_536, left + state.unskipped);
        const chunk = await process.read(fd, wanted);
        if (chunk.length === 0) break;
        const passed = Math.min(state.unskipped, chunk.length);
        state.unskipped -= passed;
        for (let at = passed; at < chunk.length && left > 0; ) {
          const piece = chunk.subarray(at, at + Math.min(size - filled, left));
          block.set(piece, filled);
          filled += piece.length;
          at += piece.length;
          left -= piece.length;
          if (filled < size) continue;
          yield block;
          block = new Uint8Array(size);
          filled = 0;
        }
        await process.breathe();
      }
    } catch (error) {
      await out.complain(quoteIfNeeded(process, name), error);
    }
    if (fd !== undefined) closeInput(process, fd);
  }
  if (filled > 0) yield block.subarray(0, filled);
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
