// A headless run: a fresh machine on a virtual clock, the shell as root on its host, the caller's streams.

import { virtualClock } from '../fs/clock.ts';
import { shellStatus } from '../fs/signal.ts';
import { dockerHost } from '../machine/late-docker-host.ts';
import { createMachine } from '../machine/machine.ts';
import { HostInput, HostOutput } from './host-stream.ts';
import type { ScriptRun } from './script-run.ts';

/** What root's environment holds on the host. */
export const rootEnvironment: ReadonlyMap<string, string> = new Map([
  ['HOME', '/root'],
  ['LANG', 'C.UTF-8'],
  ['LOGNAME', 'root'],
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['PWD', '/root'],
  ['SHELL', '/bin/bash'],
  ['USER', 'root'],
]);

/** Runs a script to its end; gives its exit status, 128 + n after signal n. Throws ImageFileError. */
export const runScript = async (run: ScriptRun): Promise<number> => {
  const machine = createMachine({
    clock: virtualClock(),
    ...(run.storageDriver === undefined ? {} : { storageDriver: run.storageDriver }),
    ...(run.load === undefined ? {} : { load: run.load }),
  });
  const { kernel, init } = machine;
  if (run.trace !== undefined) kernel.trace.subscribe(run.trace);
  const name = run.name ?? 'bash';
  const { script, args = [] } = run;
  const argv = script === undefined ? ['bash', '-s', ...args] : ['bash', '-c', script, name, ...args];
  const child = init.spawn('/bin/bash', argv, {
    env: rootEnvironment,
    cwd: '/root',
    files: {
      0: new HostInput(run.stdin),
      1: new HostOutput(2, run.stdout),
      2: new HostOutput(3, run.stderr),
    },
    newGroup: true,
  });
  const status = shellStatus(await child.exited);
  for (const { image, write } of run.save ?? []) write(dockerHost().saveImageFile(machine.engine, image));
  return status;
};
