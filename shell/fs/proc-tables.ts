// The tables in /proc itself: memory, processors' time, disks and locks. Memory is a constant and processors idle:
// nothing here computes.

import type { Kernel } from './kernel.ts';
import { major, minor } from './mode.ts';
import type { OpenFile } from './open-file.ts';
import { lockText, type View } from './process-facts.ts';

type Text = (kernel: Kernel, seen: View) => string;

/** Kibibytes; what is available is what is free and what caches give back. */
const MEMORY: Readonly<Record<string, number>> = {
  MemTotal: 4_028_416,
  MemFree: 2_914_304,
  MemAvailable: 3_502_080,
  Buffers: 61_440,
  Cached: 450_560,
  SwapCached: 0,
  Active: 312_000,
  Inactive: 389_120,
  Shmem: 0,
  SReclaimable: 75_776,
  SUnreclaim: 40_960,
  Slab: 116_736,
  SwapTotal: 0,
  SwapFree: 0,
  Dirty: 0,
  Writeback: 0,
  CommitLimit: 2_014_208,
  Committed_AS: 526_336,
};

const meminfo: Text = () =>
  Object.entries(MEMORY)
    .map(([name, kibibytes]) => `${`${name}:`.padEnd(16)}${String(kibibytes).padStart(8)} kB\n`)
    .join('');

const PAGE_KIBIBYTES = 4;

const vmstat: Text = () => {
  const pages = (name: string): number => (MEMORY[name] ?? 0) / PAGE_KIBIBYTES;
  const rows: [string, number][] = [
    ['nr_free_pages', pages('MemFree')],
    ['nr_file_pages', pages('Cached') + pages('Buffers')],
    ['nr_dirty', 0],
    ['nr_writeback', 0],
    ['nr_shmem', 0],
    ['pgpgin', 0],
    ['pgpgout', 0],
    ['pswpin', 0],
    ['pswpout', 0],
  ];
  return rows.map(([name, value]) => `${name} ${value}\n`).join('');
};

const PROCESSORS = 2;
const TICK = 10_000_000n;

const stat: Text = (kernel) => {
  const idle = (kernel.clock.now() - kernel.bootedAt) / TICK;
  const row = (name: string, ticks: bigint): string => `${name} 0 0 0 ${ticks} 0 0 0 0 0 0\n`;
  const each = Array.from({ length: PROCESSORS }, (_, at) => row(`cpu${at}`, idle)).join('');
  const [started] = kernel.numbers;
  return [
    row('cpu ', idle * BigInt(PROCESSORS)) + each,
    `intr 0\nctxt 0\nbtime ${kernel.bootedAt / 1_000_000_000n}\n`,
    `processes ${started - 1}\nprocs_running 1\nprocs_blocked 0\nsoftirq 0 0 0 0 0 0 0 0 0 0 0\n`,
  ].join('');
};

const partitions: Text = ({ disk }) => {
  const { bsize, blocks } = disk.statfs();
  const row = [major(disk.dev), minor(disk.dev)]
    .map((part, at) => String(part).padStart(at === 0 ? 4 : 8))
    .join(' ');
  return `major minor  #blocks  name\n\n${row} ${String((blocks * bsize) / 1024).padStart(10)} vda\n`;
};

export interface HeldLock {
  /** The real number of the process that has it; of several that share it, the oldest. */
  readonly pid: number;
  readonly file: OpenFile;
}

/** The locks of flock(2) that are held. */
export const heldLocks = ({ processes }: Kernel): HeldLock[] => {
  const found = new Map<OpenFile, HeldLock>();
  for (const { pid, fds } of processes.values())
    for (const file of fds.values())
      if (file.lock !== undefined && !found.has(file)) found.set(file, { pid, file });
  return [...found.values()];
};

const locks: Text = (kernel, seen) =>
  heldLocks(kernel)
    .filter(({ pid }) => seen(pid) > 0)
    .map(({ pid, file }, at) => `${at + 1}: ${lockText(file, seen(pid))}`)
    .join('');

export const tables: Readonly<Record<string, Text>> = {
  cmdline: () => 'BOOT_IMAGE=/boot/vmlinuz-6.8.0-45-generic root=/dev/vda ro\n',
  locks,
  meminfo,
  partitions,
  stat,
  swaps: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
  vmstat,
};
