// For benchmarks: a machine with an image of many files.

import { virtualClock } from '../../shell/fs/clock.ts';
import { createMachine, type Machine } from '../../shell/machine/machine.ts';

export interface Bench {
  readonly machine: Machine;
  /** Runs a script as root on the host; gives the CPU seconds it took. Throws when it fails. */
  run(script: string): Promise<number>;
}

/** The image is `many`, on ubuntu:20.04; its files lie 500 to a directory. */
export const machineWithImage = async (files: number): Promise<Bench> => {
  const machine = createMachine({ clock: virtualClock() });
  const { init } = machine;
  const nowhere = init.open('/dev/null', 2);
  const run = async (script: string): Promise<number> => {
    const start = process.cpuUsage();
    const { code } = await init.spawn('/bin/bash', ['bash', '-c', script], {
      cwd: '/root',
      fds: { 0: nowhere, 1: nowhere, 2: nowhere },
      env: new Map([['PATH', '/usr/bin:/bin']]),
    }).exited;
    const { user, system } = process.cpuUsage(start);
    if (code !== 0) throw new Error(`status ${code}: ${script}`);
    return (user + system) / 1e6;
  };
  init.mkdir('/ctx');
  init.mkdir('/ctx/many');
  for (let at = 0; at < files; at++) {
    if (at % 500 === 0) init.mkdir(`/ctx/many/${at / 500}`);
    init.close(init.open(`/ctx/many/${Math.floor(at / 500)}/f${at}`, 0o101, 0o644));
  }
  const dockerfile = init.open('/ctx/Dockerfile', 0o101);
  init.pwrite(dockerfile, Buffer.from('FROM ubuntu:20.04\nCOPY many /many\n'), 0);
  init.close(dockerfile);
  await run('docker build -q -t many /ctx');
  return { machine, run };
};
