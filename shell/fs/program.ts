// Programs: what runs when a file is executed. A file names its program in an ELF header that cowsh writes.

import { Content } from './content.ts';
import type { Process } from './process.ts';

/** Runs with the process's descriptors, environment and arguments; gives the exit status. */
export type Program = (process: Process, argv: readonly string[]) => number | Promise<number>;

/** Finds the code of a program by its name; undefined for one that cowsh does not simulate. */
export type Loader = (name: string) => Program | Promise<Program> | undefined;

const HEADER = 64;
const MARK = 'cowsh program ';

/** An ELF64 header for x86-64 (elf(5)) with the program's name behind it. */
const elfHead = (name: string): Uint8Array => {
  const head = new Uint8Array(HEADER + MARK.length + name.length + 1);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]);
  head.set([3, 0, 62, 0, 1, 0, 0, 0], 16);
  head.set([HEADER, 0, 56, 0], 52);
  head.set(Buffer.from(MARK + name), HEADER);
  return head;
};

/** The content of an executable of `size` bytes that runs the program `name`; it takes a block of memory at most. */
export const elfImage = (name: string, size: number, seed = 1): Content =>
  Content.noise(size, seed, () => elfHead(name));

/** What a file's first bytes say about how to execute it (execve(2)). */
export type Executable =
  | { readonly kind: 'program'; readonly name: string }
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument: string | undefined }
  | { readonly kind: 'unknown' };

const latin1 = new TextDecoder('latin1');

export const readExecutable = (head: Uint8Array): Executable => {
  const text = latin1.decode(head);
  if (text.startsWith('\x7fELF') && text.startsWith(MARK, HEADER)) {
    const start = HEADER + MARK.length;
    const end = text.indexOf('\0', start);
    return { kind: 'program', name: text.slice(start, end < 0 ? undefined : end) };
  }
  if (!text.startsWith('#!')) return { kind: 'unknown' };
  const line = new TextDecoder().decode(head).slice(2).split('\n', 1)[0]?.trim() ?? '';
  const [interpreter = '', ...rest] = line.split(/[ \t]+/);
  if (interpreter === '') return { kind: 'unknown' };
  return { kind: 'script', interpreter, argument: rest.length > 0 ? rest.join(' ') : undefined };
};
