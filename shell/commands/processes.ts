// The processes that a process may see: those of its pid namespace, by the numbers they have there.

import type { Process } from '../fs/process.ts';
import { commandName, parentOf } from '../fs/process-facts.ts';

export interface SeenProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly process: Process;
}

export const seenProcesses = (self: Process): SeenProcess[] => {
  const all = [...self.kernel.processes.values()];
  if (self.container === undefined)
    return all.map((process) => ({ pid: process.pid, ppid: parentOf(process), process }));
  const inside = all.filter((process) => process.pids === self.pids && process.nspid > 0);
  const numbers = new Map(inside.map((process) => [process.pid, process.nspid]));
  return inside.map((process) => ({
    pid: process.nspid,
    ppid: numbers.get(parentOf(process)) ?? 0,
    process,
  }));
};

/** R, S or T, as ps and top tell it: who asks runs. */
export const stateOf = ({ process }: SeenProcess, asker = process.kernel.current): string =>
  process.stopped ? 'T' : process === asker ? 'R' : 'S';

/** The program's name, as /proc/PID/comm has it. */
export const programName = ({ process }: SeenProcess): string => commandName(process);
