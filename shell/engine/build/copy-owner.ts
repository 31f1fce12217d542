// --chown of COPY and ADD: names are looked up in the image's own files.

import type { Process } from '../../fs/process.ts';
import { isEngineError } from '../engine-error.ts';
import { findUser } from '../users.ts';
import { failBuild } from './build-error.ts';
import type { Owner } from './copy-files.ts';

/** root where nothing is said. Throws BuildError. */
export const ownerFor = (inside: Process, chown: string): Owner => {
  if (chown === '') return { uid: 0, gid: 0 };
  try {
    // A user without a group brings the group of the same number.
    const { uid, gid } = findUser(inside, chown);
    return { uid, gid: /^\d+$/.test(chown) ? Number(chown) : gid };
  } catch (error) {
    if (!isEngineError(error)) throw error;
    const [user = '', group = ''] = chown.split(':');
    const why = isEngineError(error, 'no-such-group')
      ? `can't find gid for group ${group}: no such group: ${group}`
      : `can't find uid for user ${user}: no such user: ${user}`;
    return failBuild(`unable to convert uid/gid chown string to host mapping: ${why}`);
  }
};
