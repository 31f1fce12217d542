// What busybox's top shows: its own three lines of figures, and its own columns.

import type { Process } from '../../fs/process.ts';
import { type Accounts, readText } from '../accounts.ts';
import { attempt } from '../attempt.ts';
import { libcOf } from '../flavor.ts';
import { type SeenProcess, stateOf } from '../processes.ts';

/** Alpine's applet tells on which processor a process ran; Debian's does not. */
const hasProcessor = (process: Process): boolean => libcOf(process) === 'musl';

export const appletTitle = (process: Process): string =>
  `  PID  PPID USER     STAT   VSZ %VSZ${hasProcessor(process) ? ' CPU' : ''} %CPU COMMAND`;

export const appletHead = (process: Process, seen: readonly SeenProcess[]): string[] => {
  const memory = attempt(() => readText(process, '/proc/meminfo')).value ?? '';
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? 0);
  const [total, free, available] = [kibibytes('MemTotal'), kibibytes('MemFree'), kibibytes('MemAvailable')];
  const running = seen.filter((one) => stateOf(one) === 'R').length;
  const last = Math.max(0, ...seen.map(({ pid }) => pid));
  return [
    `Mem: ${total - free}K used, ${free}K free, 0K shrd, 0K buff, ${Math.max(0, available - free)}K cached`,
    'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq',
    `Load average: 0.00 0.00 0.00 ${running}/${seen.length} ${last}`,
  ];
};

export const appletRow = (process: Process, one: SeenProcess, accounts: Accounts): string => {
  const { pid, ppid } = one;
  const user = accounts.userName(one.process.cred.uid).slice(0, 8).padEnd(8);
  const command = one.process.argv.join(' ').replace(/\p{Cc}/gu, '?');
  const processor = hasProcessor(process) ? '   0' : '';
  return `${String(pid).padStart(5)} ${String(ppid).padStart(5)} ${user} ${stateOf(one).padEnd(4)}     0   0%${processor}   0% ${command}`;
};
