// flock: run a program while a lock is held (util-linux).

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import { shellStatus } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { usageError } from './usage-error.ts';

const options = {
  shared: { short: 's' },
  exclusive: { short: 'xe' },
  unlock: { short: 'u' },
  nonblock: { short: 'n', alias: ['nb', 'nonblocking'] },
  timeout: { short: 'w', argument: 'required', alias: ['wait'] },
  'conflict-exit-code': { short: 'E', argument: 'required' },
  close: { short: 'o' },
  command: { short: 'c', argument: 'required' },
  'no-fork': { short: 'F' },
  verbose: {},
} as const;

type Parsed = Options<keyof typeof options>;

const CANNOT_OPEN = 66;
const CANNOT_EXECUTE = 69;

export const flock: Command = {
  name: 'flock',
  usageStatus: 64,
  help: `
Usage:
 flock [options] <file>|<directory> <command> [<argument>...]
 flock [options] <file>|<directory> -c <command>
 flock [options] <file descriptor number>

Run a command while a lock on the file is held, or take one by a descriptor.

Options:
 -s, --shared             several may have it at once
 -x, --exclusive          only one may have it (default)
 -u, --unlock             give the lock back
 -n, --nonblock           fail rather than wait
 -w, --timeout <secs>     wait so long at the most
 -E, --conflict-exit-code <number>  the exit status when somebody else has it
 -o, --close              the command does not get the descriptor
 -c, --command <command>  run it by the shell
     --help               display this help
     --version            display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, flock, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const [file, ...given] = parsed.operands;
    if (file === undefined) return usageError(out, flock, 'not enough arguments');
    const command = commandOf(process.env.get('SHELL'), given);
    if (command.length === 0) return byDescriptor(out, parsed, file);
    const opened = attempt(() => openLock(out, file));
    if (opened.error) {
      await out.complain(`cannot open lock file ${file}`, opened.error);
      return CANNOT_OPEN;
    }
    const refused = await take(out, parsed, opened.value);
    if (refused !== undefined) return refused;
    if (parsed.has('close')) process.setCloseOnExec(opened.value, true);
    return runLocked(out, command);
  },
};

const commandOf = (shell: string | undefined, words: readonly string[]): readonly string[] =>
  words[0] === '-c' || words[0] === '--command' ? [shell || '/bin/sh', '-c', words[1] ?? ''] : words;

const openLock = ({ process }: Output, file: string): number =>
  process.tryStat(file)?.kind === 'directory'
    ? process.open(file, O.RDONLY)
    : process.open(file, O.RDONLY | O.CREAT, 0o666);

const byDescriptor = async (out: Output, parsed: Parsed, word: string): Promise<number> => {
  if (!/^\d+$/.test(word)) {
    await out.warn(`bad file descriptor: '${word}'`);
    return 64;
  }
  return (await take(out, parsed, Number(word))) ?? 0;
};

/** Takes the lock; gives the exit status when that failed. */
const take = async (out: Output, parsed: Parsed, fd: number): Promise<number | undefined> => {
  const { process } = out;
  const kind = parsed.last('shared', 'exclusive', 'unlock') ?? 'exclusive';
  const limit = parsed.value('timeout');
  let late = false;
  const cancel =
    limit === undefined
      ? () => {}
      : process.kernel.clock.after(
          Number(limit) * 1000,
          () => {
            late = true;
            process.raise('SIGALRM');
          },
          process.foreground,
        );
  if (limit !== undefined) process.onSignal('SIGALRM', () => {});
  try {
    await process.flock(fd, kind, !parsed.has('nonblock'));
    return undefined;
  } catch (error) {
    if (late || isFsError(error, 'EAGAIN')) return Number(parsed.value('conflict-exit-code') ?? 1);
    await out.complain(String(fd), error);
    return CANNOT_OPEN - 1;
  } finally {
    cancel();
  }
};

const runLocked = async (out: Output, argv: readonly string[]): Promise<number> => {
  const { process } = out;
  const name = argv[0] as string;
  const path = findProgram(process, name, process.env.get('PATH') ?? DEFAULT_PATH) ?? name;
  const started = attempt(() => process.spawn(path, argv));
  if (!started.error) return shellStatus(await started.value.exited);
  await out.complain(`failed to execute ${name}`, started.error);
  return CANNOT_EXECUTE;
};
