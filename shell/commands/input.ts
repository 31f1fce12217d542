// Reading standard input and files: in chunks or in lines, always bytes.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { joinBytes } from './text.ts';

const CHUNK_BYTES = 131_072; // what coreutils reads at once
const NEWLINE = 10;

/** Opens an operand for reading; `-` is standard input. Throws FsError. */
export const openInput = (process: Process, name: string): number =>
  name === '-' ? 0 : process.open(name, O.RDONLY);

export const closeInput = (process: Process, fd: number): void => {
  if (fd !== 0) process.close(fd);
};

export async function* chunks(process: Process, fd: number, size = CHUNK_BYTES): AsyncGenerator<Uint8Array> {
  for (;;) {
    const read = process.read(fd, size);
    const chunk = read instanceof Uint8Array ? read : await read;
    if (chunk.length === 0) return;
    yield chunk;
    const pause = process.breathe();
    if (pause) await pause;
  }
}

/** Whole lines, as many as have arrived, in one piece; only the last line of all may lack its terminator. */
export async function* lineBlocks(
  process: Process,
  fd: number,
  terminator = NEWLINE,
): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array[] = [];
  for await (const chunk of chunks(process, fd)) {
    const end = chunk.lastIndexOf(terminator) + 1;
    if (end > 0) {
      const whole = chunk.subarray(0, end);
      yield rest.length > 0 ? joinBytes([...rest, whole]) : whole;
      rest = [];
    }
    if (end < chunk.length) rest.push(chunk.subarray(end));
  }
  if (rest.length > 0) yield joinBytes(rest);
}

/** Lines in the batches they arrive in; each has its terminator, except a last one that lacks it. */
export async function* lineBatches(
  process: Process,
  fd: number,
  terminator = NEWLINE,
): AsyncGenerator<Uint8Array[]> {
  for await (const block of lineBlocks(process, fd, terminator)) {
    const lines: Uint8Array[] = [];
    for (let start = 0; start < block.length; ) {
      const end = block.indexOf(terminator, start) + 1 || block.length;
      lines.push(block.subarray(start, end));
      start = end;
    }
    yield lines;
  }
}

/** Lines one by one; each has its terminator, except a last one that lacks it. */
export async function* lines(process: Process, fd: number, terminator = NEWLINE): AsyncGenerator<Uint8Array> {
  for await (const batch of lineBatches(process, fd, terminator)) yield* batch;
}

export const readAll = async (process: Process, fd: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks(process, fd)) parts.push(chunk);
  return parts.length === 0 ? new Uint8Array(0) : joinBytes(parts);
};

/** One line typed at the keyboard or read from a pipe, without its newline; undefined at the end of input. */
export const readAnswer = async (process: Process, fd = 0): Promise<string | undefined> => {
  let text = '';
  for (;;) {
    const byte = await process.read(fd, 1);
    if (byte.length === 0) return text === '' ? undefined : text;
    if (byte[0] === NEWLINE) return text;
    text += String.fromCharCode(byte[0] as number);
  }
};
