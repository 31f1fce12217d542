// Sequences of calls that change credentials, each in a process of its own, as a user or as root with some capabilities:
// what setuid(2), capset(2), prctl(2) and execve(2) leave. A fixed seed: always the same sequences.

import {
  ALL_CAPABILITIES,
  CAP_CHOWN,
  CAP_KILL,
  CAP_SETGID,
  CAP_SETPCAP,
  CAP_SETUID,
  CAP_SYS_RESOURCE,
  CAP_SYSLOG,
  difference,
  intersection,
  union,
} from '../../fs/capability.ts';
import { createRandom } from '../../fs/random.ts';
import type { Operation } from './script.ts';

/** Not every host has it to give. */
export const HELD = difference(ALL_CAPABILITIES, CAP_SYS_RESOURCE);

export type Step = readonly [name: string, ...args: (number | string)[]];

const SETS = [
  ...[0, HELD, CAP_CHOWN, CAP_SETUID, CAP_SETGID, CAP_SETPCAP, CAP_CHOWN + CAP_SYSLOG],
  ...[CAP_SETUID + CAP_SETGID + CAP_KILL, difference(HELD, CAP_SETPCAP), difference(HELD, CAP_CHOWN)],
];
const IDS = [0, 0, 1000, 2000];
const DROPPED = [CAP_CHOWN, CAP_SETUID, CAP_SYSLOG, CAP_SETPCAP];

/** struct vfs_cap_data of revision 2 as hexadecimal digits: effective or not, permitted, inheritable, of the low words. */
const fileCapabilities = (effective: boolean, permitted: number, inheritable: number): string => {
  const value = Buffer.alloc(20);
  for (const [at, word] of [0x2000000 + (effective ? 1 : 0), permitted, inheritable].entries())
    value.writeUInt32LE(word, at * 4);
  return value.toString('hex');
};

/** A program without any is more likely. */
const PROGRAMS = [
  ...['', '', ''],
  fileCapabilities(true, CAP_CHOWN, 0),
  fileCapabilities(false, CAP_CHOWN + CAP_KILL, CAP_SETUID),
  fileCapabilities(true, 0, CAP_CHOWN + CAP_SETUID),
];

const random = createRandom(5);
const one = <T>(list: readonly T[]): T => list[random.next() % list.length] as T;

const stepMakers: readonly (() => Step)[] = [
  () => ['setuid', one(IDS)],
  () => ['keepuid', one(IDS)],
  () => ['setgid', one(IDS)],
  () => ['setgroups', one(['0', '5,6', ''])],
  () => ['bounding', one(DROPPED)],
  () => ['raise', one(DROPPED)],
  () => ['clear'],
  () => {
    const permitted = one(SETS);
    return ['capset', intersection(permitted, one(SETS)), permitted, one(SETS)];
  },
  () => ['capset', one(SETS), one(SETS), one(SETS)],
  () => {
    const kept = union(one(SETS), CAP_SETUID);
    return ['capset', kept, kept, kept];
  },
];

const sequence = (): Step[] => [
  ...Array.from({ length: 1 + (random.next() % 7) }, () => one(stepMakers)()),
  ['exec', one(PROGRAMS)],
];

/** What chance seldom makes: ambient ones, and the way back to root. */
const ambient: readonly Step[] = [
  ['capset', HELD, HELD, CAP_CHOWN + CAP_KILL],
  ['raise', CAP_CHOWN],
];
const asUser: readonly Step[] = [
  ['keepuid', 1000],
  ['capset', HELD, HELD, CAP_CHOWN + CAP_KILL],
];
const chosen: readonly (readonly Step[])[] = PROGRAMS.slice(2).flatMap((program) =>
  [
    ambient,
    [...ambient, ...asUser],
    [...asUser, ...ambient],
    [...asUser, ...ambient, ['setuid', 2000] as const],
    [...asUser, ...ambient, ['capset', 0, CAP_KILL, CAP_CHOWN] as const],
    [...asUser, ['capset', CAP_SETUID, HELD, 0] as const, ['setuid', 0] as const],
    [...asUser, ['clear'] as const, ['setuid', 0] as const],
  ].map((steps): Step[] => [...steps, ['exec', program]]),
);

const SEQUENCES = 120;

export const credentialScript: Operation[] = [
  ['equip', ...new Set(PROGRAMS.filter((value) => value !== ''))],
  ...[...chosen, ...Array.from({ length: SEQUENCES }, sequence)].map(
    (steps): Operation => ['credentials', JSON.stringify(steps)],
  ),
];
