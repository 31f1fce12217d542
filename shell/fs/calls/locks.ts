// flock(2): advisory locks, which belong to open file descriptions and end with them.

import { fail } from '../errno.ts';
import type { OpenFile } from '../open-file.ts';
import type { Process } from '../process.ts';

export type Lock = 'shared' | 'exclusive';

/** Whether another description of the same file has a lock that forbids this one. */
const isForbidden = (process: Process, own: OpenFile, wanted: Lock): boolean => {
  const { spot } = own;
  for (const { fds } of process.kernel.processes.values()) {
    for (const file of fds.values()) {
      if (file === own || file.lock === undefined || file.spot?.node !== spot?.node) continue;
      if (file.spot?.mount.fs !== spot?.mount.fs) continue;
      if (wanted === 'exclusive' || file.lock === 'exclusive') return true;
    }
  }
  return false;
};

/** Takes or gives back a lock; waits for who has it unless `wait` is false: EAGAIN then. EBADF. */
export const flock = (
  process: Process,
  fd: number,
  operation: Lock | 'unlock',
  wait = true,
): void | Promise<void> => {
  const file = process.file(fd);
  const { lockWaiters } = process.kernel;
  if (operation === 'unlock') {
    delete file.lock;
    for (const check of [...lockWaiters]) check();
    return;
  }
  if (!isForbidden(process, file, operation)) {
    file.lock = operation;
    return;
  }
  if (!wait) fail('EAGAIN');
  return process.block<void>((done) => {
    const check = (): void => {
      if (isForbidden(process, file, operation)) return;
      lockWaiters.delete(check);
      file.lock = operation;
      done(undefined);
    };
    lockWaiters.add(check);
    return () => lockWaiters.delete(check);
  });
};
