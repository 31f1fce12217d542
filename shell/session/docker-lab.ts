// A machine on which tests type docker commands, one after the other, and read what they print.

import { virtualClock } from '../fs/clock.ts';
import { type Identity, ROOT } from '../fs/credentials.ts';
import { shellStatus } from '../fs/signal.ts';
import { checkLending, watchLending } from '../fs/test-lending.ts';
import { createMachine, type Machine, type MachineOptions } from '../machine/machine.ts';
import { HostInput, HostOutput } from './host-stream.ts';
import { rootEnvironment } from './run-script.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in the order they were written. */
  readonly output: string;
  readonly status: number;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

export class DockerLab {
  readonly machine: Machine;

  constructor(options: Pick<MachineOptions, 'storageDriver'> = {}) {
    watchLending();
    this.machine = createMachine({ clock: virtualClock(), ...options });
  }

  /** Runs a line in bash on the host, as root unless told. */
  async run(command: string, cwd = '/root', cred: Identity = ROOT): Promise<Outcome> {
    const parts = { stdout: '', stderr: '', output: '' };
    const decoder = new TextDecoder();
    const sink = (stream: 'stdout' | 'stderr', ino: number) =>
      new HostOutput(ino, (bytes) => {
        const text = decoder.decode(bytes);
        parts[stream] += text;
        parts.output += text;
      });
    const shell = this.machine.init.spawn('/bin/bash', ['bash', '-c', command], {
      cwd,
      cred,
      env: rootEnvironment,
      files: { 0: new HostInput(nothing()), 1: sink('stdout', 2), 2: sink('stderr', 3) },
    });
    const status = shellStatus(await shell.exited);
    checkLending(command);
    return { ...parts, status };
  }

  /** Runs lines that have to succeed. */
  async prepare(script: string): Promise<void> {
    const { status, output } = await this.run(script);
    if (status !== 0) throw new Error(`status ${status}: ${output}`);
  }
}
