// The host: a small Ubuntu 24.04 with Docker, on one ext4 disk.

import type { Process } from '../fs/process.ts';
import { writeTreeAt } from './disk-writer.ts';
import { hostTree } from './host-tree.ts';

export const HOSTNAME = 'cowsh';

/** The user who sits at the terminal: may sudo without a password, and use docker without sudo. */
export const learner = {
  name: 'learner',
  uid: 1000,
  gid: 1000,
  /** users' own group, sudo, docker */
  groups: [1000, 27, 988],
  home: '/home/learner',
  shell: '/bin/bash',
} as const;

/** What uname(2) says. */
export const hostKernel = {
  sysname: 'Linux',
  release: '6.8.0-45-generic',
  version: '#45-Ubuntu SMP PREEMPT_DYNAMIC Fri Aug 30 12:02:04 UTC 2024',
  machine: 'x86_64',
} as const;

/** Writes the host's tree to the root directory that `process` sees. */
export const writeHost = (process: Process): void => writeTreeAt(process, '/', hostTree());
