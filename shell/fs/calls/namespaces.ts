// unshare(2) and setns(2) for mount and UTS namespaces.

import { CAP_SYS_ADMIN, CAP_SYS_CHROOT } from '../capability.ts';
import { needCapability } from '../credentials.ts';
import { fail } from '../errno.ts';
import type { Mount, Namespace, Spot } from '../mount.ts';
import type { Process } from '../process.ts';

/** The kinds of namespaces that there are, as /proc/PID/ns names them. */
export type NamespaceKind = 'mnt' | 'uts';

/** Gives the process a copy of its namespace: what it mounts from now on nobody else sees, and the other way round. */
export const unshare = (process: Process, kind: NamespaceKind): void => {
  needCapability(process.cred, CAP_SYS_ADMIN);
  if (kind === 'uts') {
    process.uts = { ...process.uts };
    return;
  }
  const { namespace, copies } = process.namespace.copy(() => process.kernel.nextMountId());
  const moved = (spot: Spot): Spot => ({ mount: copies.get(spot.mount) ?? spot.mount, node: spot.node });
  process.namespace = namespace;
  process.root = moved(process.root);
  process.cwd = moved(process.cwd);
};

/** Gives the process's UTS namespace another name (sethostname(2)). */
export const sethostname = (process: Process, name: string): void => {
  needCapability(process.cred, CAP_SYS_ADMIN);
  process.uts.hostname = name;
};

/** Enters the namespace of another process, at its root. ESRCH when there is no such process. */
export const setns = (process: Process, pid: number, kind: NamespaceKind): void => {
  const [other] = process.kernel.findProcesses(process, pid);
  if (other === undefined) return fail('ESRCH');
  needCapability(process.cred, CAP_SYS_ADMIN);
  if (kind === 'uts') {
    process.uts = other.uts;
    return;
  }
  needCapability(process.cred, CAP_SYS_CHROOT);
  process.namespace = other.namespace;
  process.root = rootOf(other.namespace);
  process.cwd = process.root;
};

const rootOf = ({ root }: Namespace): { mount: Mount; node: number } => ({ mount: root, node: root.root });
