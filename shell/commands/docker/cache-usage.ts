// What BuildKit's cache takes on the disk. A layer that an image has too counts as the image's.

import type { Docker } from './docker-command.ts';

interface CacheUsage {
  readonly total: number;
  readonly active: number;
  readonly size: number;
  readonly reclaimable: number;
}

/** Bytes. */
export const cacheUsage = (docker: Docker): CacheUsage => {
  const records = docker.engine.buildkit.records();
  const own = records.reduce((sum, { size, shared }) => sum + (shared ? 0 : size), 0);
  return { total: records.length, active: 0, size: own, reclaimable: own };
};
