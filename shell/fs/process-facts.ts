// What /proc and the programs that list processes tell of one: its name, its state, its parent.

import { major, minor } from './mode.ts';
import type { OpenFile } from './open-file.ts';
import type { Process } from './process.ts';

/** A process's number as its observer has it, by its real one; 0 for one that the observer cannot see. */
export type View = (pid: number) => number;

const COMM_LENGTH = 15;

/** What /proc/PID/comm tells: the name of the file that was executed. */
export const commandName = ({ comm, argv }: Process): string =>
  comm === '' ? ((argv[0] ?? '').replace(/^-/, '').split('/').at(-1) ?? '').slice(0, COMM_LENGTH) : comm;

/** R for the one that asks, T for one that is stopped; the others sleep. */
export const stateLetter = (process: Process): 'R' | 'S' | 'T' =>
  process.stopped ? 'T' : process === process.kernel.current ? 'R' : 'S';

/** Its parent's real number; orphans are children of the first process of their pid namespace. */
export const parentOf = (process: Process): number => {
  const { processes } = process.kernel;
  if (process.ppid === 0 || processes.has(process.ppid)) return process.ppid;
  if (process.isInit) return 1;
  for (const other of processes.values())
    if (other.pids === process.pids && other.nspid === 1) return other.pid;
  return 1;
};

const hex = (number: number): string => number.toString(16).padStart(2, '0');

/** A lock as /proc/locks has it; `number` is that of the process. */
export const lockText = (file: OpenFile, number: number): string => {
  const { dev, ino } = file.stat();
  const kind = file.lock === 'shared' ? 'READ ' : 'WRITE';
  return `FLOCK  ADVISORY  ${kind} ${number} ${hex(major(dev))}:${hex(minor(dev))}:${ino} 0 EOF\n`;
};

/** /proc/PID/fdinfo/FD. */
export const descriptorText = (file: OpenFile, number: number): string => {
  const { position, flags, spot } = file;
  const lines = [
    `pos:\t${position}`,
    `flags:\t0${((flags & ~OPENING) | LARGE_FILE).toString(8)}`,
    `mnt_id:\t${spot?.mount.id ?? PIPE_MOUNT}`,
    `ino:\t${spot?.node ?? 0}`,
  ];
  const lock = file.lock === undefined ? '' : `lock:\t1: ${lockText(file, number)}`;
  return `${lines.join('\n')}\n${lock}`;
};

const LARGE_FILE = 0o100000;
/** O_CREAT, O_EXCL, O_NOCTTY and O_TRUNC are forgotten once the file is open. */
const OPENING = 0o1700;
/** The kernel's own mount of pipefs. */
const PIPE_MOUNT = 14;
