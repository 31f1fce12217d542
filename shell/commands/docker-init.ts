// docker-init (tini): process 1 of a container that runs with --init. Its child is the program: signals go on to that,
// and when it ends so does the container. What ends elsewhere in the container leaves nothing behind here anyway.

import type { Child } from '../fs/child.ts';
import type { FsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { type Signal, shellStatus, signals } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { execProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { toBytes } from './text.ts';

const VERSION = 'tini version 0.19.0';
const options = {
  group: { short: 'g' },
  subreaper: { short: 's' },
  verbose: { short: 'v' },
  warn: { short: 'w' },
  version: {},
} as const;

/** Those that a program gets for its own mistakes, or from its terminal, and the one that tells of children. */
const own: ReadonlySet<string> = new Set(
  'SIGFPE SIGILL SIGSEGV SIGBUS SIGABRT SIGTRAP SIGSYS SIGTTIN SIGTTOU SIGCHLD SIGKILL SIGSTOP'.split(' '),
);

export const dockerInit: Command = {
  name: 'docker-init',
  help: `
Usage: docker-init [OPTIONS] PROGRAM -- [ARGS]

Runs a program, passes signals on to it, and ends as it does.

Options:
  -g         Pass signals on to the program's whole process group
  -s, -v, -w (accepted)
  --version  Print the version and quit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, dockerInit, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const idle = parsed.operands.length === 0;
    if (parsed.has('version') || idle) {
      out.line(parsed.has('version') ? VERSION : `${VERSION}\n${dockerInit.help.trim()}`);
      await out.flush();
      return parsed.has('version') ? 0 : 1;
    }
    const started = await start(process, parsed.operands);
    if (started.error) return fatal(process, 'fork', started.error, 1);
    const child = started.value;
    passSignals(process, child, parsed.has('group'));
    return shellStatus(await child.exited);
  },
};

/** On a machine that was set back the child of then may be there already, once all processes are. */
const start = async (process: Process, words: readonly string[]) => {
  await null;
  const { kernel } = process;
  const [known] = [...kernel.processes.values()].filter(({ ppid }) => ppid === process.pid);
  const again = known && kernel.child(known.pid);
  const started = again
    ? { value: again }
    : attempt(() => process.fork((child) => become(child, words), { newGroup: true }));
  const tty = process.tty(0);
  if (started.value && tty?.foreground === process.group) tty.foreground = started.value.process.group;
  return started;
};

const become = async (process: Process, words: readonly string[]): Promise<number> => {
  const status = await execProgram(process, words);
  if (typeof status === 'number') return status;
  return fatal(process, `exec ${words[0]}`, status, status.code === 'ENOENT' ? 127 : 126);
};

const fatal = async (
  process: Process,
  what: string,
  { message }: FsError,
  status: number,
): Promise<number> => {
  await process.write(2, toBytes(`[FATAL tini (${process.nspid})] ${what} failed: ${message}\n`));
  return status;
};

const passSignals = (process: Process, { process: child }: Child, wholeGroup: boolean): void => {
  const names = (Object.keys(signals) as Signal[]).filter((name) => !own.has(name));
  for (const name of names)
    process.onSignal(name, () => {
      const { kernel } = process;
      const targets = wholeGroup
        ? [...kernel.processes.values()].filter(({ group }) => group === child.group)
        : [child];
      for (const target of targets) target.raise(name);
    });
};
