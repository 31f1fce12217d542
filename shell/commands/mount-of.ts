// Which mount a path lies on: the deepest mount point above it, the last of several on one place.

import type { MountInfo } from '../fs/calls/mounts.ts';
import type { Process } from '../fs/process.ts';
import { realPath } from './real-path.ts';

export const mountOf = (process: Process, name: string): MountInfo | undefined => {
  const path = realPath(process, name);
  if (path === undefined) return undefined;
  let best: MountInfo | undefined;
  for (const mount of process.mounts()) {
    const { target } = mount;
    const holds = target === '/' || path === target || path.startsWith(`${target}/`);
    if (holds && (!best || target.length >= best.target.length)) best = mount;
  }
  return best;
};
