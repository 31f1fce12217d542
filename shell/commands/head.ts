// head: the first part of files.

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { type Amount, inputComplaints, inputTitles, partOptions, readAmount } from './head-or-tail.ts';
import { chunks } from './input.ts';
import { ListTail } from './list-tail.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

export const head: Command = {
  name: 'head',
  help: `Usage: head [OPTION]... [FILE]...
Print the first 10 lines of each FILE.

More than one FILE: each begins with a line that says its name.
Without a FILE, or where FILE is -, standard input is read.

  -c, --bytes=[-]NUM       print the first NUM bytes, or all but the last NUM
  -n, --lines=[-]NUM       print the first NUM lines, or all but the last NUM
  -q, --quiet, --silent    never say names
  -v, --verbose            always say names
  -z, --zero-terminated    lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit

NUM may have a unit: b 512, kB 1000, K 1024, MB 1000*1000, M 1024*1024, and so on.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, head, oldStyle(argv), partOptions);
    if ('exit' in parsed) return parsed.exit;
    const amount = await readAmount(out, parsed);
    if (amount === undefined) return 1;
    const terminator = parsed.has('zero-terminated') ? 0 : 10;
    const title = inputTitles(out, parsed);
    const print = async (fd: number, name: string): Promise<void> => {
      title(name);
      await printHead(out, fd, amount, terminator);
    };
    await eachInput(out, parsed.operands, print, inputComplaints);
    return out.end();
  },
};

/** `-5`, `-5c`, `-20n`: the old way to say a number. */
const oldStyle = (argv: readonly string[]): string[] => {
  const match = /^-(\d+)([clnqvz]*)$/.exec(argv[1] ?? '');
  if (!match) return [...argv];
  const [, digits = '', letters = ''] = match;
  const flags = letters.replace(/[cln]/g, '');
  const unit = letters.includes('c') ? '-c' : '-n';
  return [argv[0] ?? 'head', ...(flags === '' ? [] : [`-${flags}`]), unit, digits, ...argv.slice(2)];
};

const printHead = async (out: Output, fd: number, amount: Amount, terminator: number): Promise<void> => {
  const { unit, count, sign } = amount;
  if (sign === '-') return printAllButLast(out, fd, amount, terminator);
  let left = count;
  if (left === 0) return;
  for await (const chunk of chunks(out.process, fd, 8192)) {
    const take = unit === 'bytes' ? Math.min(left, chunk.length) : endOfLines(chunk, left, terminator);
    left -= unit === 'bytes' ? take : countOf(chunk.subarray(0, take), terminator);
    out.bytes(chunk.subarray(0, take));
    if (left > 0) continue;
    giveBack(out.process, fd, chunk.length - take);
    break;
  }
  await out.flush();
};

/** What was read too much is there for the next reader, where the input can seek: (head -n1; cat) < file. */
const giveBack = (process: Process, fd: number, bytes: number): void => {
  if (bytes > 0 && process.fstat(fd).kind === 'file') process.lseek(fd, -bytes, 'cur');
};

const printAllButLast = async (
  out: Output,
  fd: number,
  amount: Amount,
  terminator: number,
): Promise<void> => {
  if (amount.count === 0) {
    for await (const chunk of chunks(out.process, fd)) out.bytes(chunk);
    return out.flush();
  }
  const held = new ListTail(amount.unit, amount.count, terminator);
  for await (const chunk of chunks(out.process, fd)) {
    const ready = held.push(chunk);
    for (const part of ready) out.bytes(part);
    await out.caughtUp();
  }
  await out.flush();
};

/** The number of bytes that the first `lines` lines of a chunk take; all of it when it has fewer. */
const endOfLines = (chunk: Uint8Array, lines: number, terminator: number): number => {
  let end = 0;
  for (let left = lines; left > 0; left--) {
    const at = chunk.indexOf(terminator, end);
    if (at < 0) return chunk.length;
    end = at + 1;
  }
  return end;
};

const countOf = (bytes: Uint8Array, wanted: number): number => {
  let count = 0;
  for (const byte of bytes) if (byte === wanted) count++;
  return count;
};
