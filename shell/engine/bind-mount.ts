// Bind mounts across namespaces: runc makes them before it changes the root, cowsh with one hand in each.

import { fail } from '../fs/errno.ts';
import { isDirectory } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import { walk } from '../fs/walk.ts';

/** Shows what `source` is to `host` at `target` of `inside`. Throws as mount(2). */
export const bindInto = (
  host: Process,
  source: string,
  inside: Process,
  target: string,
  readOnly: boolean,
): void => {
  const from = walk(host, source);
  const to = walk(inside, target);
  const { fs } = from.mount;
  if (isDirectory(fs.inode(from.node).mode) !== isDirectory(to.mount.fs.inode(to.node).mode))
    fail('ENOTDIR', target);
  inside.namespace.add({
    id: host.kernel.nextMountId(),
    fs,
    root: from.node,
    source: from.mount.source,
    type: from.mount.type,
    readOnly: readOnly || from.mount.readOnly,
    options: from.mount.options,
    parent: to.mount,
    at: to.node,
    covers: new Map(),
  });
};
