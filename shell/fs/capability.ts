// capabilities(7), as far as there are any: root has all of them, a container's root those that Docker leaves it.

import type { Process } from './process.ts';

/** CAP_SYS_ADMIN: mounting, and making or entering namespaces. The first process of a container's world has it (runc). */
export const maySetUpMounts = ({ cred, container, nspid }: Process): boolean =>
  cred.uid === 0 && (container === undefined || container.privileged === true || nspid === 0);
