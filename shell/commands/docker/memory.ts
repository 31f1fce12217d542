// How much memory the host has, as /proc/meminfo says.

import { O } from '../../fs/open-flags.ts';
import { toText } from '../text.ts';
import type { Docker } from './docker-command.ts';

/** A file of /proc or /etc; empty where there is none. */
export const hostText = (docker: Docker, path: string): string => {
  if (docker.process.tryStat(path) === undefined) return '';
  const fd = docker.process.open(path, O.RDONLY);
  const bytes = docker.process.pread(fd, 65_536, 0);
  docker.process.close(fd);
  return toText(bytes);
};

/** Bytes. */
export const totalMemory = (docker: Docker): number =>
  Number(/MemTotal:\s+(\d+)/.exec(hostText(docker, '/proc/meminfo'))?.[1] ?? 0) * 1024;
