// cowsh's side of the sequences of credential-scripts.ts.

import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { elfImage } from '../../fs/program.ts';
import { opened, textOf } from './cowsh-told.ts';
import { HELD, type Step } from './credential-scripts.ts';
import type { Result } from './script.ts';

const steps: Readonly<Record<string, (process: Process, ...args: never[]) => void>> = {
  setuid: (process, uid: number) => process.setuid(uid),
  keepuid: (process, uid: number) => process.setuid(uid, true),
  setgid: (process, gid: number) => process.setgid(gid),
  setgroups: (process, groups: string) =>
    process.setgroups(groups === '' ? [] : groups.split(',').map(Number)),
  bounding: (process, dropped: number) => process.dropBounding(dropped),
  raise: (process, raised: number) => process.raiseAmbient(raised),
  clear: (process) => process.clearAmbient(),
  capset: (process, effective: number, permitted: number, inheritable: number) =>
    process.capset({ effective, permitted, inheritable }),
  // The program itself does nothing: what it has is asked before it begins.
  exec: (process, program: string) => void process.exec(`/base/program${program}`, ['program']),
};

const TOLD = ['Uid', 'Gid', 'Groups', 'CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];

/** The ids and sets after each step, and after the program at the end has started. */
export const credentialSteps = ({ kernel }: Process, text: string): Result => {
  const process = kernel.createInit(['steps'], { uid: 0, gid: 0, groups: [] });
  process.dropBounding(2 ** 24);
  process.capset({ effective: HELD, permitted: HELD, inheritable: 0 });
  const told: string[] = [];
  for (const [name, ...args] of JSON.parse(text) as Step[]) {
    try {
      steps[name]?.(process, ...(args as never[]));
    } catch (error) {
      if (!isFsError(error)) throw error;
      told.push(error.code);
    }
    const lines = textOf(process, `/proc/${process.pid}/status`).split('\n');
    told.push(...lines.filter((line) => TOLD.includes(line.split(':')[0] ?? '')));
  }
  kernel.forget(process);
  return told;
};

export const makePrograms = (process: Process, ...values: string[]): void => {
  for (const value of ['', ...values]) {
    opened(process, `program${value}`, O.WRONLY | O.CREAT, 0o755, (fd) =>
      process.write(fd, elfImage('cat', 4096).read(0, 4096)),
    );
    if (value !== '') process.setxattr(`program${value}`, 'security.capability', Buffer.from(value, 'hex'));
  }
};
