// runuser(1): what it says is what the real one says; whom a program becomes.

import test from 'ava';
import { sameAsGnu } from './gnu-oracle.ts';
import { TestMachine } from './test-machine.ts';

sameAsGnu('runuser', {}, [
  ['runuser', '-Q'],
  ['runuser', '-u', 'nouser', 'id'],
  ['runuser', '-u', 'root'],
  ['runuser', '-u', 'root', '-c', 'id'],
  ['runuser', '-l', '-u', 'root', 'id'],
]);

test('a program runs as the user, with the groups that were given', async (t) => {
  const machine = new TestMachine();
  machine.install('runuser', 'id', 'env');
  machine.put('/etc/passwd', 'root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n');
  machine.put('/etc/group', 'root:x:0:\nann:x:1000:\ngames:x:60:\n');
  const run = async (...words: string[]): Promise<string> => {
    const { stdout, stderr } = await machine.run(['runuser', ...words], { env: { PATH: '/bin', FOO: '1' } });
    return stdout + stderr;
  };
  t.is(await run('-u', 'ann', 'id'), 'uid=1000(ann) gid=1000(ann) groups=1000(ann)\n');
  t.is(await run('-u', 'ann', '-g', 'games', '--', 'id', '-g'), '60\n');
  t.is(await run('-u', 'ann', 'env'), 'PATH=/bin\nFOO=1\nHOME=/home/ann\nUSER=ann\nLOGNAME=ann\n');
  const cred = { uid: 1000, gid: 1000, groups: [1000] };
  const refused = await machine.run(['runuser', '-u', 'root', 'id'], { env: { PATH: '/bin' }, cred });
  t.is(refused.stderr, 'runuser: may not be used by non-root users\n');
});
