import test from 'ava';
import { createKernel, put } from '../lab.ts';
import { ownerFor } from './copy-owner.ts';

test('--chown tells which of the two names it cannot find', (t) => {
  const { root } = createKernel();
  put(root, '/etc/passwd', 'web:x:33:34::/:/bin/sh\n');
  put(root, '/etc/group', 'web:x:34:\n');
  const words = 'unable to convert uid/gid chown string to host mapping: ';
  t.deepEqual(ownerFor(root, 'web:web'), { uid: 33, gid: 34 });
  t.deepEqual(ownerFor(root, '1:web'), { uid: 1, gid: 34 });
  t.throws(() => ownerFor(root, '1:nosuch'), {
    message: `${words}can't find gid for group nosuch: no such group: nosuch`,
  });
  t.throws(() => ownerFor(root, 'nosuch:web'), {
    message: `${words}can't find uid for user nosuch: no such user: nosuch`,
  });
});
