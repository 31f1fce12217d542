// How credentials become others: setuid(2), setgid(2), setgroups(2), capset(2), prctl(2), execve(2), by capabilities(7).
// Linux: security/commoncap.c, kernel/sys.c. All throw FsError with the name of the call that refused.

import {
  CAP_SETGID,
  CAP_SETPCAP,
  CAP_SETUID,
  type CapabilitySet,
  contains,
  difference,
  intersection,
  NO_CAPABILITIES,
  union,
} from './capability.ts';
import { type Cred, capable, type Identity, makeCred } from './credentials.ts';
import { FsError } from './errno.ts';

/** The sets that capset(2) sets. */
export type SettableSets = Pick<Cred, 'effective' | 'permitted' | 'inheritable'>;

const changed = (cred: Cred, change: Partial<Omit<Cred, 'power'>>): Cred => {
  const next = { ...cred, ...change };
  return makeCred(next, next);
};

const refuse = (call: string): never => {
  throw new FsError('EPERM', call);
};

/** Who stops being root loses all capabilities, but for what `keep` (PR_SET_KEEPCAPS) leaves permitted. */
export const withUser = (cred: Cred, uid: number, keep = false): Cred => {
  if (uid === cred.uid) return cred;
  if (!capable(cred, CAP_SETUID)) refuse('setuid');
  if (uid === 0) return changed(cred, { uid, effective: cred.permitted });
  if (cred.uid !== 0) return changed(cred, { uid });
  const permitted = keep ? cred.permitted : NO_CAPABILITIES;
  return changed(cred, { uid, permitted, effective: NO_CAPABILITIES, ambient: NO_CAPABILITIES });
};

export const withGroup = (cred: Cred, gid: number): Cred => {
  if (gid === cred.gid) return cred;
  return capable(cred, CAP_SETGID) ? changed(cred, { gid }) : refuse('setgid');
};

export const withGroups = (cred: Cred, groups: readonly number[]): Cred =>
  capable(cred, CAP_SETGID) ? changed(cred, { groups: [...groups] }) : refuse('setgroups');

/** What su(1) and login(1) do: groups, group and user, in this order. */
export const withIdentity = (cred: Cred, { uid, gid, groups }: Identity): Cred =>
  withUser(withGroup(withGroups(cred, groups), gid), uid);

/** cap_capset: nothing is permitted that was not, nothing effective that is not permitted. */
export const withCapabilities = (cred: Cred, sets: SettableSets): Cred => {
  const { effective, permitted, inheritable } = sets;
  const added = difference(inheritable, cred.inheritable);
  if (!capable(cred, CAP_SETPCAP) && !contains(cred.permitted, added)) refuse('capset');
  if (!contains(cred.bounding, added)) refuse('capset');
  if (!contains(cred.permitted, permitted) || !contains(permitted, effective)) refuse('capset');
  const ambient = intersection(cred.ambient, intersection(permitted, inheritable));
  return changed(cred, { effective, permitted, inheritable, ambient });
};

/** PR_CAPBSET_DROP. */
export const withoutBounding = (cred: Cred, dropped: CapabilitySet): Cred =>
  capable(cred, CAP_SETPCAP)
    ? changed(cred, { bounding: difference(cred.bounding, dropped) })
    : refuse('prctl');

/** PR_CAP_AMBIENT_RAISE: what is ambient is permitted and inheritable. */
export const withAmbient = (cred: Cred, raised: CapabilitySet): Cred =>
  contains(intersection(cred.permitted, cred.inheritable), raised)
    ? changed(cred, { ambient: union(cred.ambient, raised) })
    : refuse('prctl');

export const withoutAmbient = (cred: Cred): Cred => changed(cred, { ambient: NO_CAPABILITIES });

/** The capabilities of a file (capabilities(7), File capabilities). */
export interface FileCapabilities {
  readonly permitted: CapabilitySet;
  readonly inheritable: CapabilitySet;
  readonly effective: boolean;
}

/** After execve(2) of a file with these capabilities, if it has any. EPERM where it asks for more than it can get. */
export const afterExec = (cred: Cred, file: FileCapabilities | undefined): Cred => {
  const { uid, inheritable, bounding } = cred;
  const isRoot = uid === 0;
  if (file === undefined && !isRoot) return withHeld(cred, cred.ambient, cred.ambient, cred.ambient);
  const given =
    file === undefined
      ? NO_CAPABILITIES
      : union(intersection(file.permitted, bounding), intersection(file.inheritable, inheritable));
  if (file?.effective && !contains(given, file.permitted)) refuse('execve');
  const ambient = file === undefined ? cred.ambient : NO_CAPABILITIES;
  const permitted = isRoot ? union(bounding, union(inheritable, ambient)) : given;
  return withHeld(cred, permitted, isRoot || file?.effective ? permitted : ambient, ambient);
};

/** Of a program of root's that is set-user-ID, as sudo(8) and su(1) are, when somebody starts it. */
export const asSetUserIdRoot = (cred: Cred): Cred => {
  const permitted = union(cred.bounding, cred.inheritable);
  return changed(withHeld(cred, permitted, permitted, NO_CAPABILITIES), { uid: 0 });
};

/** The same object where nothing changes. */
const withHeld = (
  cred: Cred,
  permitted: CapabilitySet,
  effective: CapabilitySet,
  ambient: CapabilitySet,
): Cred =>
  cred.permitted === permitted && cred.effective === effective && cred.ambient === ambient
    ? cred
    : changed(cred, { permitted, effective, ambient });
