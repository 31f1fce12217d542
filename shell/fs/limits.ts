// Resource limits of a process (getrlimit(2)): what may be opened, how far files may be written, how many may run.
// The others are kept and told; nothing here computes or takes memory that could be counted.

import { CAP_SYS_ADMIN, CAP_SYS_RESOURCE } from './capability.ts';
import { capable, needCapability } from './credentials.ts';
import { fail } from './errno.ts';
import type { Process } from './process.ts';

export type Resource =
  | 'core'
  | 'cpu'
  | 'data'
  | 'fsize'
  | 'locks'
  | 'memlock'
  | 'msgqueue'
  | 'nice'
  | 'nofile'
  | 'nproc'
  | 'rss'
  | 'rtprio'
  | 'rttime'
  | 'sigpending'
  | 'stack'
  | 'as';

/** Bytes, seconds or a number; `Infinity` where there is no limit. */
export interface Limit {
  readonly soft: number;
  readonly hard: number;
}

export type Limits = Readonly<Record<Resource, Limit>>;

const none: Limit = { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };
const both = (value: number): Limit => ({ soft: value, hard: value });

/** Of the host's processes: those of Debian's login. */
export const hostLimits: Limits = {
  core: { soft: 0, hard: none.hard },
  cpu: none,
  data: none,
  fsize: none,
  locks: none,
  memlock: both(8 << 20),
  msgqueue: both(819_200),
  nice: both(0),
  nofile: { soft: 1024, hard: 1_048_576 },
  nproc: both(63_432),
  rss: none,
  rtprio: both(0),
  rttime: none,
  sigpending: both(63_432),
  stack: { soft: 8 << 20, hard: none.hard },
  as: none,
};

/** Sets one limit (setrlimit(2)). Throws EINVAL, and EPERM where an ordinary user asks for more than the hard one. */
export function setLimit(process: Process, resource: Resource, limit: Limit): void {
  if (limit.soft > limit.hard) fail('EINVAL');
  if (limit.hard > process.limits[resource].hard) needCapability(process.cred, CAP_SYS_RESOURCE);
  process.limits = { ...process.limits, [resource]: limit };
}

/** How many of the bytes may go to `position` of a file; none is SIGXFSZ and EFBIG. */
export function roomInFile(process: Process, position: number, length: number): number {
  const { soft } = process.limits.fsize;
  if (position + length <= soft || length === 0) return length;
  if (position < soft) return soft - position;
  return tooLarge(process);
}

/** A file that shall grow beyond the limit: SIGXFSZ and EFBIG. */
export function checkFileSize(process: Process, size: number): void {
  if (size > process.limits.fsize.soft) tooLarge(process);
}

function tooLarge(process: Process): never {
  process.raise('SIGXFSZ');
  process.checkpoint();
  return fail('EFBIG');
}

/** What is put into a control group from outside may exceed its limit; what forks in there may not. */
function checkGroup({ pids, nspid, kernel }: Process): void {
  if (pids.limit === undefined || nspid === 0) return;
  let running = 0;
  for (const other of kernel.processes.values()) if (other.pids === pids && other.nspid > 0) running++;
  if (running >= pids.limit) fail('EAGAIN');
}

/** EAGAIN where the user runs as many processes as the limit says; root may run more. */
export function checkProcesses(process: Process): void {
  checkGroup(process);
  const { soft } = process.limits.nproc;
  const { cred } = process;
  const { uid } = cred;
  if (uid === 0 || soft >= process.kernel.processes.size) return;
  if (capable(cred, CAP_SYS_RESOURCE) || capable(cred, CAP_SYS_ADMIN)) return;
  let running = 0;
  for (const other of process.kernel.processes.values()) if (other.cred.uid === uid) running++;
  if (running >= soft) fail('EAGAIN');
}
