// Reading one line from a descriptor for `read`: byte by byte where the rest must stay for others.
import { decodeName } from '../fs/name.ts';
import type { Process } from '../fs/process.ts';

export interface LineOptions {
  delimiter: string;
  /** Stop after so many characters. */
  limit?: number | undefined;
  /** A backslash belongs to the character after it: together they count as one. */
  escapes?: boolean;
}

export interface Line {
  text: string;
  /** End of file came before the delimiter. */
  ended: boolean;
}

/** Takes bytes up to the delimiter, no further: a seekable file is read in blocks and wound back. */
export async function readLine(
  process: Process,
  fd: number,
  { delimiter, limit = Number.POSITIVE_INFINITY, escapes = false }: LineOptions,
): Promise<Line> {
  const stop = delimiter === '' ? 0 : delimiter.charCodeAt(0);
  const seekable = process.fstat(fd).kind === 'file';
  const bytes: number[] = [];
  for (;;) {
    const got = process.read(fd, seekable ? 256 : 1);
    const chunk = got instanceof Promise ? await got : got;
    if (chunk.length === 0) return { text: decodeName(Uint8Array.from(bytes)), ended: true };
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      const done = byte === stop;
      if (!done) bytes.push(byte);
      const full = limit !== Number.POSITIVE_INFINITY && characters(bytes, escapes) >= limit;
      if (!done && !full) continue;
      if (seekable && i + 1 < chunk.length) process.lseek(fd, i + 1 - chunk.length, 'cur');
      return { text: decodeName(Uint8Array.from(bytes)), ended: false };
    }
  }
}

// Whole UTF-8 characters so far; an unfinished one does not count.
function characters(bytes: readonly number[], escapes: boolean): number {
  const whole = decodeName(Uint8Array.from(bytes));
  const text = escapes ? whole.replace(/\\\n/g, '').replace(/\\(.|$)/gsu, '$1') : whole;
  return /[\udc80-\udcff]/.test(text.slice(-1)) ? 0 : [...text].length;
}
