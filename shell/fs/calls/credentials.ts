// Calls that change who a process is and what it may: setuid(2), setgid(2), setgroups(2), capset(2), prctl(2).
// One user and one group each: the real, the effective and the saved ones are never different.

import type { CapabilitySet } from '../capability.ts';
import {
  type SettableSets,
  withAmbient,
  withCapabilities,
  withGroup,
  withGroups,
  withoutAmbient,
  withoutBounding,
  withUser,
} from '../credential-changes.ts';
import type { Process } from '../process.ts';

/** `keep` is what PR_SET_KEEPCAPS asks for: what is permitted stays so. */
export const setuid = (process: Process, uid: number, keep = false): void => {
  process.cred = withUser(process.cred, uid, keep);
};

export const setgid = (process: Process, gid: number): void => {
  process.cred = withGroup(process.cred, gid);
};

export const setgroups = (process: Process, groups: readonly number[]): void => {
  process.cred = withGroups(process.cred, groups);
};

export const capset = (process: Process, sets: SettableSets): void => {
  process.cred = withCapabilities(process.cred, sets);
};

/** PR_CAPBSET_DROP of each. */
export const dropBounding = (process: Process, dropped: CapabilitySet): void => {
  process.cred = withoutBounding(process.cred, dropped);
};

/** PR_CAP_AMBIENT_RAISE of each. */
export const raiseAmbient = (process: Process, raised: CapabilitySet): void => {
  process.cred = withAmbient(process.cred, raised);
};

/** PR_CAP_AMBIENT_CLEAR_ALL. */
export const clearAmbient = (process: Process): void => {
  process.cred = withoutAmbient(process.cred);
};
