// A headless run: a fresh machine on a virtual clock, and bash as root on its host.

import { virtualClock } from '../fs/clock.ts';
import { shellStatus } from '../fs/signal.ts';
import { createMachine } from '../machine/machine.ts';
import { openSink, openSource } from './host-stream.ts';
import type { ScriptRun } from './script-run.ts';

const environment = {
  HOME: '/root',
  LOGNAME: 'root',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  SHELL: '/bin/bash',
  USER: 'root',
} as const;

/** Resolves with the script's exit status; 128 + n after signal n. What still runs then ends with the machine. */
export async function runScript(run: ScriptRun): Promise<number> {
  const { kernel, init } = createMachine({ clock: virtualClock() });
  if (run.trace !== undefined) kernel.trace.subscribe(run.trace);
  const shell = init.spawn('/bin/bash', commandLine(run), {
    cwd: environment.HOME,
    env: new Map(Object.entries(environment)),
    files: { 0: openSource(run.stdin), 1: openSink(run.stdout), 2: openSink(run.stderr) },
  });
  return shellStatus(await shell.exited);
}

function commandLine({ script, name, args = [] }: ScriptRun): string[] {
  if (script === undefined) return ['bash', '-s', '--', ...args];
  return name === undefined && args.length === 0
    ? ['bash', '-c', script]
    : ['bash', '-c', script, name ?? 'bash', ...args];
}
