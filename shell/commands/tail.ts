// tail: the last part of files, and what is added to them while it watches.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { flavorOf } from './flavor.ts';
import { type Amount, inputComplaints, inputTitles, partOptions, readAmount } from './head-or-tail.ts';
import { chunks } from './input.ts';
import { ListTail } from './list-tail.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { type Followed, followFiles } from './tail-follow.ts';

const options = {
  ...partOptions,
  follow: { short: 'f', argument: 'optional' },
  F: {},
  retry: {},
  pid: { argument: 'required' },
  'sleep-interval': { short: 's', argument: 'required' },
} as const;

export const tail: Command = {
  name: 'tail',
  help: `Usage: tail [OPTION]... [FILE]...
Print the last 10 lines of each FILE.

More than one FILE: each begins with a line that says its name.
Without a FILE, or where FILE is -, standard input is read.

  -c, --bytes=[+]NUM       print the last NUM bytes, or from byte NUM on
  -f, --follow[={name|descriptor}]  go on printing what is added
  -F                       the same as --follow=name --retry
  -n, --lines=[+]NUM       print the last NUM lines, or from line NUM on
      --pid=PID            (accepted)
  -q, --quiet, --silent    never say names
      --retry              keep trying a file that is not there
  -s, --sleep-interval=N   (accepted: changes are noticed at once)
  -v, --verbose            always say names
  -z, --zero-terminated    lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, tail, oldStyle(argv), options);
    if ('exit' in parsed) return parsed.exit;
    const amount = await readAmount(out, parsed);
    if (amount === undefined) return 1;
    const names = parsed.operands;
    const following = parsed.has('follow') || parsed.has('F');
    const byName = parsed.has('F') || parsed.value('follow') === 'name';
    const retry = parsed.has('F') || parsed.has('retry');
    const followed: Followed[] = [];
    let opened = 0;
    const title = inputTitles(out, parsed);
    await eachInput(
      out,
      names,
      async (fd, name) => {
        title(name);
        opened++;
        await printTail(out, fd, amount, parsed.has('zero-terminated') ? 0 : 10);
        if (following && process.fstat(fd).kind !== 'fifo') {
          followed.push({ name, fd: process.dup(fd), ino: process.fstat(fd).ino });
        }
      },
      inputComplaints,
    );
    await out.flush();
    if (opened === 0 && flavorOf(process) === 'busybox') await out.warn('no files');
    if (!following) return out.end();
    const present = new Set(followed.map(({ name }) => name));
    if (byName && retry)
      for (const name of names) if (!present.has(name)) followed.push({ name, fd: undefined, ino: 0 });
    if (followed.length === 0) {
      if (names.length > 0) await out.warn('no files remaining');
      return out.end();
    }
    return followFiles(out, followed, { byName, retry, title });
  },
};

/** `-5`, `+5`, `-5c`, `-3f`: the old way to say a number. */
const oldStyle = (argv: readonly string[]): string[] => {
  const match = /^([-+])(\d+)([bcl]?)(f?)$/.exec(argv[1] ?? '');
  if (!match || (match[1] === '+' && argv.length > 3)) return [...argv];
  const [, sign = '', digits = '', unit = '', follow = ''] = match;
  const number = `${sign === '+' ? '+' : ''}${digits}${unit === 'b' ? 'b' : ''}`;
  return [
    argv[0] ?? 'tail',
    ...(follow === '' ? [] : ['-f']),
    unit === '' || unit === 'l' ? '-n' : '-c',
    number,
    ...argv.slice(2),
  ];
};

const printTail = async (out: Output, fd: number, amount: Amount, terminator: number): Promise<void> => {
  const { unit, count, sign } = amount;
  if (sign === '+') return printFrom(out, fd, unit, Math.max(0, count - 1), terminator);
  seekNearEnd(out, fd, amount);
  const held = new ListTail(unit, count, terminator);
  for await (const chunk of chunks(out.process, fd)) held.push(chunk);
  for (const part of held.finish()) out.bytes(part);
  await out.caughtUp();
  await out.flush();
};

/** The last bytes of a regular file need no reading of what comes before. */
const seekNearEnd = (out: Output, fd: number, { unit, count }: Amount): void => {
  const stat = out.process.fstat(fd);
  if (unit !== 'bytes' || stat.kind !== 'file') return;
  const at = out.process.lseek(fd, 0, 'cur');
  if (stat.size - count > at) out.process.lseek(fd, stat.size - count, 'set');
};

const printFrom = async (
  out: Output,
  fd: number,
  unit: 'lines' | 'bytes',
  skip: number,
  terminator: number,
): Promise<void> => {
  let left = skip;
  for await (const chunk of chunks(out.process, fd)) {
    let start = 0;
    while (left > 0 && start < chunk.length) {
      const end =
        unit === 'bytes' ? Math.min(chunk.length, start + left) : chunk.indexOf(terminator, start) + 1;
      left -= unit === 'bytes' ? end - start : end > 0 ? 1 : 0;
      start = end > 0 ? end : chunk.length;
    }
    out.bytes(chunk.subarray(start));
  }
  await out.flush();
};
