// Waiting for a foreground job: the terminal is its own while it runs; Ctrl-Z stops it.

import type { Child } from '../fs/child.ts';
import { isFsError } from '../fs/errno.ts';
import type { ExitStatus } from '../fs/signal.ts';
import { jobLine } from './job-line.ts';
import type { Shell } from './shell.ts';
import { describeSignal } from './signal-text.ts';

/** Waits until all processes have ended, or have been stopped; gives the last one's status. */
export async function waitForeground(
  shell: Shell,
  children: readonly Child[],
  text: () => string,
): Promise<ExitStatus> {
  const last = children.at(-1) as Child;
  const terminal = shell.interactive ? shell.terminal() : undefined;
  if (terminal !== undefined) terminal.foreground = (children[0] as Child).process.group;
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const { process } of children) process.stopListener = () => resolve('stopped');
  });
  const woken = new Promise<'woken'>((resolve) => {
    shell.traps.wake = () => resolve('woken');
  });
  const all = Promise.all(children.map((child) => child.exited));
  const ending = await Promise.race([all, stopped, woken]);
  if (ending === 'woken') return { code: 0 };
  if (terminal !== undefined) terminal.foreground = shell.process.group;
  if (ending === 'stopped') return suspended(shell, children, text());
  await tellSignal(shell, last, ending.at(-1) as ExitStatus, text);
  return ending.at(-1) as ExitStatus;
}

async function suspended(shell: Shell, children: readonly Child[], text: string): Promise<ExitStatus> {
  const job =
    shell.jobs.list().find((known) => known.children[0] === children[0]) ?? shell.jobs.add(children, text);
  job.state = 'stopped';
  job.told = true;
  await shell.write(2, `\n${jobLine(job, shell.jobs.mark(job), shell.dialect)}\n`);
  return { code: 0, signal: 'SIGTSTP' };
}

// bash tells of programs that a signal ended, save for the two that are everyday.
async function tellSignal(
  shell: Shell,
  child: Child,
  { signal }: ExitStatus,
  text: () => string,
): Promise<void> {
  if (signal === undefined) return;
  if (shell.interactive && signal === 'SIGINT') {
    await shell.write(2, '\n');
    if (shell.loopDepth > 0) shell.interrupted = true;
    return;
  }
  const description = describeSignal(signal);
  if (description === undefined) return;
  if (shell.interactive || shell.dialect !== 'bash' || signal === 'SIGTERM')
    await shell.write(2, `${description}\n`);
  else
    await shell.write(
      2,
      `${shell.prefix()}${String(shell.pidOf(child.process)).padStart(5)} ${description.length < 24 ? description.padEnd(24) : description}${text()}\n`,
    );
}

/** Settles with the value, or is cut short when a signal with a handler comes. */
export async function interruptible<T>(promise: Promise<T>, shell: Shell): Promise<T | undefined> {
  let done = false;
  // A foreground wait for somebody else's doing: headless time may move on to whatever the background sleeps for.
  const { clock } = shell.process.kernel;
  const timeMayPass = clock.after(Number.POSITIVE_INFINITY, () => {}, shell.process.foreground);
  const waiting = shell.process.block<T>((finish) => {
    void promise.then((value) => {
      if (!done) finish(value);
    });
    return () => {
      done = true;
      timeMayPass();
    };
  });
  try {
    return await waiting;
  } catch (error) {
    if (isFsError(error, 'EINTR')) return undefined;
    throw error;
  }
}
