// A look at the host's disk from within a directory: paths and symbolic links that stay inside it.

import type { FileSystem } from '../fs/filesystem.ts';
import { Namespace } from '../fs/mount.ts';
import { Process } from '../fs/process.ts';
import { walk } from '../fs/walk.ts';

/** Runs `use` with a process whose root is the directory `root`. It is no process of the machine: ps does not show it. */
export const insideRoot = <Result>(host: Process, root: string, use: (inside: Process) => Result): Result => {
  const spot = walk(host, root);
  const inside = new Process(host.kernel, host.pid, host.ppid, {
    ...host.inherited(),
    root: spot,
    cwd: spot,
    pids: { next: 0 },
  });
  try {
    return use(inside);
  } finally {
    inside.closeAll();
  }
};

/** A process whose root is that of a filesystem, which need not be mounted anywhere. It is no process of the machine either. */
export const onFilesystem = (host: Process, fs: FileSystem): Process => {
  const { kernel } = host;
  const mount = kernel.rootMount(fs, fs.type, '');
  kernel.dropUnusedFilesystems();
  const root = { mount, node: fs.root };
  return new Process(kernel, host.pid, host.ppid, {
    ...host.inherited(),
    namespace: new Namespace(mount),
    root,
    cwd: root,
    pids: { next: 0 },
  });
};
