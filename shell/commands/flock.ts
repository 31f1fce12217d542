// flock: run a program while a lock is held (util-linux).

import { FsError, fail, isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import { shellStatus } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH, execProgram, findProgram } from './find-program.ts';
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
  'no-fork': { short: 'F' },
  verbose: {},
} as const;

type Parsed = Options<keyof typeof options>;

const USAGE = 64;
const CANNOT_OPEN = 66;
const SYSTEM = 71;
const CANNOT_EXECUTE = 69;

export const flock: Command = {
  name: 'flock',
  usageStatus: USAGE,
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
 -F, --no-fork            become the command
 -o, --close              the command does not get the descriptor
     --verbose            tell how long the lock took
 -c, --command <command>  run it by the shell: behind the file
     --help               display this help
     --version            display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, flock, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const [file, ...given] = parsed.operands;
    if (file === undefined) return usageError(out, flock, 'not enough arguments');
    const problem = problemOf(parsed, given);
    if (problem !== undefined) {
      await out.warn(problem);
      return USAGE;
    }
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
    if (parsed.has('verbose')) out.line(`flock: executing ${command[0]}`);
    return runLocked(out, command, parsed.has('no-fork'));
  },
};

/** What is wrong with the values of options, or with the words behind -c. */
const problemOf = (parsed: Parsed, given: readonly string[]): string | undefined => {
  const [code, limit] = [parsed.value('conflict-exit-code'), parsed.value('timeout')];
  if (code !== undefined && !/^[-+]?\d+$/.test(code)) return `invalid exit code: '${code}'`;
  if (code !== undefined && (Number(code) < 0 || Number(code) > 255))
    return 'exit code out of range (expected 0 to 255)';
  if (limit !== undefined && !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(limit))
    return `invalid timeout value: '${limit}'`;
  if (parsed.has('no-fork') && parsed.has('close'))
    return 'the --no-fork and --close options are incompatible';
  if (isShellCommand(given) && given.length !== 2) return `${given[0]} requires exactly one command argument`;
  return undefined;
};

const isShellCommand = ([first]: readonly string[]): boolean => first === '-c' || first === '--command';

const commandOf = (shell: string | undefined, words: readonly string[]): readonly string[] =>
  isShellCommand(words) ? [shell || '/bin/sh', '-c', words[1] ?? ''] : words;

const openLock = ({ process }: Output, file: string): number =>
  process.tryStat(file)?.kind === 'directory'
    ? process.open(file, O.RDONLY)
    : process.open(file, O.RDONLY | O.CREAT, 0o666);

const byDescriptor = async (out: Output, parsed: Parsed, word: string): Promise<number> => {
  if (!/^\d+$/.test(word)) {
    await out.warn(`bad file descriptor: '${word}'`);
    return USAGE;
  }
  return (await take(out, parsed, Number(word))) ?? 0;
};

/** Takes the lock; gives the exit status when that failed. */
const take = async (out: Output, parsed: Parsed, fd: number): Promise<number | undefined> => {
  const { process } = out;
  const kind = parsed.last('shared', 'exclusive', 'unlock') ?? 'exclusive';
  const limit = parsed.value('timeout');
  const taken = Number(parsed.value('conflict-exit-code') ?? 1);
  if (limit !== undefined && Number(limit) < 0) {
    await out.complain('cannot set up timer', new FsError('EINVAL'));
    return SYSTEM;
  }
  const started = process.kernel.clock.now();
  const waits = !parsed.has('nonblock') && Number(limit ?? 1) > 0;
  let late = false;
  const cancel =
    limit === undefined || !waits
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
    await process.flock(fd, kind, waits);
    if (parsed.has('verbose'))
      out.line(`flock: getting lock took ${seconds(process.kernel.clock.now() - started)} seconds`);
    return undefined;
  } catch (error) {
    if (late || isFsError(error, 'EAGAIN')) {
      if (parsed.has('verbose'))
        await out.warn(
          late || (!waits && limit !== undefined)
            ? 'timeout while waiting to get lock'
            : 'failed to get lock',
        );
      return taken;
    }
    await out.complain(String(fd), error);
    return CANNOT_OPEN - 1;
  } finally {
    cancel();
  }
};

/** With six digits behind the point. */
const seconds = (nanoseconds: bigint): string => (Number(nanoseconds / 1000n) / 1e6).toFixed(6);

const runLocked = async (out: Output, argv: readonly string[], instead: boolean): Promise<number> => {
  const { process } = out;
  const name = argv[0] as string;
  await out.flush();
  if (instead) {
    const status = await execProgram(process, argv);
    if (typeof status === 'number') return status;
    await out.complain(`failed to execute ${name}`, status);
    return CANNOT_EXECUTE;
  }
  const path = findProgram(process, name, process.env.get('PATH') ?? DEFAULT_PATH);
  const started = attempt(() => process.spawn(path ?? (name.includes('/') ? name : fail('ENOENT')), argv));
  if (!started.error) return shellStatus(await started.value.exited);
  await out.complain(`failed to execute ${name}`, started.error);
  return CANNOT_EXECUTE;
};
