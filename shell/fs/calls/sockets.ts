// Local sockets (unix(7)), as far as a client needs them: whoever may write to the socket reaches the service behind it.

import { W_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import { kindOf, S_IFSOCK } from '../mode.ts';
import type { Process } from '../process.ts';
import { walk, walkToPlace } from '../walk.ts';
import { needAccess, needFreePlace, newOwnership } from './place.ts';

/** Makes a socket at `path`; `service` gives what is behind it. Throws EEXIST where the name is taken. */
export const listen = (process: Process, path: string, service: () => object): void => {
  const place = walkToPlace(process, path);
  const parent = needFreePlace(process, place, false);
  const node = place.mount.fs.create(place.dir, place.name, newOwnership(process, parent, S_IFSOCK | 0o777));
  process.kernel.serve({ mount: place.mount, node }, service);
};

/** The service behind a socket. Throws ENOENT, EACCES, ECONNREFUSED when nobody listens. */
export const connect = (process: Process, path: string): object => {
  const spot = walk(process, path);
  needAccess(process, spot, W_OK);
  if (kindOf(spot.mount.fs.inode(spot.node).mode) !== 'socket') fail('ECONNREFUSED');
  return process.kernel.serviceAt(spot) ?? fail('ECONNREFUSED');
};
