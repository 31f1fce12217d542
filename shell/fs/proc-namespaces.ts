// /proc/PID/ns: a link for each namespace of a process; the same text is the same namespace (namespaces(7)).

import type { Process } from './process.ts';

/** Of the first namespaces, as include/linux/proc_ns.h numbers them. */
export const namespaceNames = {
  cgroup: 0xeffffffb,
  ipc: 0xefffffff,
  mnt: 0xf0000001,
  net: 0xf0000000,
  pid: 0xeffffffc,
  pid_for_children: 0xeffffffc,
  time: 0xeffffffa,
  time_for_children: 0xeffffffa,
  user: 0xeffffffd,
  uts: 0xeffffffe,
} as const;

export type NamespaceName = keyof typeof namespaceNames;

const FIRST_OTHER = 4_026_532_177;
const numbers = new WeakMap<object, Map<NamespaceName, number>>();
let next = FIRST_OTHER;

/** Namespaces that are not the first ones are numbered as they are first looked at. */
const numberOf = (name: NamespaceName, identity: object): number => {
  const known = numbers.get(identity) ?? new Map<NamespaceName, number>();
  numbers.set(identity, known);
  const number = known.get(name) ?? next++;
  known.set(name, number);
  return number;
};

/** What the namespace is told apart by; undefined for the first one. */
const identityOf = (name: NamespaceName, process: Process): object | undefined => {
  const { kernel } = process;
  if (name === 'mnt') return process.namespace === kernel.namespace ? undefined : process.namespace;
  if (name === 'uts') return process.uts === kernel.uts ? undefined : process.uts;
  // A container has these for itself, and its shim, which has no number in it, is outside; there are no others.
  const own = name === 'pid' || name === 'ipc' || name === 'net' || name === 'cgroup';
  return own && process.container !== undefined && process.nspid > 0 ? process.pids : undefined;
};

export const namespaceNumber = (process: Process, name: NamespaceName): number => {
  const kind = name === 'pid_for_children' ? 'pid' : name;
  const identity = identityOf(kind, process);
  return identity === undefined ? namespaceNames[name] : numberOf(kind, identity);
};

/** `mnt:[4026531841]`; undefined for a name that is none. */
export const namespaceLink = (process: Process, name: string): string | undefined => {
  if (!Object.hasOwn(namespaceNames, name)) return undefined;
  const word = name.replace('_for_children', '');
  return `${word}:[${namespaceNumber(process, name as NamespaceName)}]`;
};
