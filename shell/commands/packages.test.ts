// apt-get, dpkg and apk on the trees of the bundled images.

import test from 'ava';
import { findImage } from '../images/catalogue.ts';
import { TestMachine } from './test-machine.ts';

/** A machine whose root is an image: its layers over the test machine's own few directories. */
const machineOf = (image: string): TestMachine => {
  const machine = new TestMachine();
  for (const name of ['bin', 'dev/null', 'dev/zero', 'dev/full']) {
    if (machine.init.tryLstat(`/${name}`)?.kind === 'directory') machine.init.rmdir(`/${name}`);
  }
  for (const layer of findImage(image)?.layers ?? []) layer.materialize(machine.init, '/');
  return machine;
};

const learner = { uid: 1000, gid: 1000, groups: [1000] };

test('apt-get install -y puts files, database and logs in place', async (t) => {
  const machine = machineOf('ubuntu:20.04');
  const update = await machine.run(['apt-get', 'update']);
  t.is(update.status, 0);
  t.regex(update.stdout, /^Get:1 http:\/\/archive\.ubuntu\.com\/ubuntu focal InRelease \[\d+ B\]$/m);
  t.regex(update.stdout, /Reading package lists\.\.\.\n$/);
  const install = await machine.run(['apt-get', 'install', '-y', 'nginx']);
  t.is(install.stderr, 'debconf: delaying package configuration, since apt-utils is not installed\n');
  t.is(install.status, 0);
  t.regex(
    install.stdout,
    /^The following NEW packages will be installed:\n {2}nginx nginx-common nginx-core\n/m,
  );
  t.regex(install.stdout, /^0 upgraded, 3 newly installed, 0 to remove and 0 not upgraded\.$/m);
  t.regex(install.stdout, /^Setting up nginx \(1\.18\.0-0ubuntu1\.7\) \.\.\.$/m);
  t.regex(machine.get('/etc/nginx/nginx.conf'), /worker_processes auto;/);
  t.is(machine.init.stat('/usr/sbin/nginx').mode & 0o777, 0o755);
  t.regex(machine.get('/var/lib/dpkg/status'), /Package: nginx\nStatus: install ok installed\n/);
  t.regex(machine.get('/var/log/apt/history.log'), /Install: nginx-common:all/);
  const again = await machine.run(['apt-get', 'install', '-y', 'nginx']);
  t.regex(again.stdout, /nginx is already the newest version \(1\.18\.0-0ubuntu1\.7\)\./);
});

test('an unknown package is apt-get’s own error', async (t) => {
  const { stderr, status } = await machineOf('ubuntu:22.04').run(['apt-get', 'install', '-y', 'nosuch']);
  t.is(stderr, 'E: Unable to locate package nosuch\n');
  t.is(status, 100);
});

test('without lists and without -y it works, and says what a real apt-get would do', async (t) => {
  const { stderr, status } = await machineOf('ubuntu').run(['apt-get', 'install', 'nginx']);
  t.is(status, 0);
  t.regex(stderr, /^N: Nobody can answer here/m);
  t.regex(stderr, /^N: There are no package lists/m);
});

test('no is an answer', async (t) => {
  const machine = machineOf('debian');
  const { stdout, status } = await machine.run(['apt-get', 'install', 'nginx'], { stdin: 'n\n' });
  t.is(status, 1);
  t.regex(stdout, /\[Y\/n\] Abort\.\n$/);
  t.is(machine.init.tryStat('/etc/nginx'), undefined);
});

test('only root installs', async (t) => {
  const { stderr, status } = await machineOf('debian').run(['apt-get', 'install', '-y', 'tree'], {
    cred: learner,
  });
  t.is(status, 100);
  t.regex(
    stderr,
    /^E: Could not open lock file \/var\/lib\/dpkg\/lock-frontend - open \(13: Permission denied\)\n/,
  );
});

test('remove keeps the configuration, purge does not', async (t) => {
  const machine = machineOf('debian');
  await machine.run(['apt-get', 'install', '-y', 'nginx']);
  const removed = await machine.run(['apt-get', 'remove', '-y', 'nginx-common']);
  t.regex(removed.stdout, /will be REMOVED:\n {2}nginx nginx-common\n/);
  t.truthy(machine.init.tryStat('/etc/nginx/nginx.conf'));
  t.is(machine.init.tryStat('/usr/sbin/nginx'), undefined);
  await machine.run(['apt-get', 'install', '-y', 'nginx']);
  await machine.run(['apt-get', 'purge', '-y', 'nginx-common']);
  t.is(machine.init.tryStat('/etc/nginx/nginx.conf'), undefined);
});

test('dpkg lists packages, their files, and whose a file is', async (t) => {
  const machine = machineOf('ubuntu:20.04');
  await machine.run(['apt-get', 'install', '-y', 'tree']);
  t.regex((await machine.run(['dpkg', '-l', 'tree'])).stdout, /^ii {2}tree +1\.8\.0-1 +amd64 /m);
  t.is((await machine.run(['dpkg', '-L', 'tree'])).stdout, '/.\n/usr\n/usr/bin\n/usr/bin/tree\n');
  t.is((await machine.run(['dpkg', '-S', '/usr/bin/tree'])).stdout, 'tree: /usr/bin/tree\n');
  t.is((await machine.run(['dpkg', '-S', '/usr/bin/ls'])).stdout, 'coreutils: /usr/bin/ls\n');
  const missing = await machine.run(['dpkg', '-S', '/nosuch']);
  t.deepEqual([missing.stderr, missing.status], ['dpkg-query: no path found matching pattern /nosuch\n', 1]);
});

test('apk add installs with dependencies, del takes them away again', async (t) => {
  const machine = machineOf('alpine');
  const before = machine.get('/lib/apk/db/installed');
  const add = await machine.run(['apk', 'add', '--no-cache', 'curl']);
  t.is(add.status, 0);
  t.regex(
    add.stdout,
    /^fetch https:\/\/dl-cdn\.alpinelinux\.org\/alpine\/v3\.20\/main\/x86_64\/APKINDEX\.tar\.gz\n/,
  );
  t.regex(add.stdout, /\(10\/10\) Installing curl \(8\.9\.1-r2\)\n/);
  t.regex(add.stdout, /OK: \d+ MiB in 24 packages\n$/);
  t.truthy(machine.init.tryStat('/usr/bin/curl'));
  t.regex(machine.get('/etc/apk/world'), /^curl$/m);
  t.is((await machine.run(['apk', 'info', '-e', 'curl'])).stdout, 'curl\n');
  const del = await machine.run(['apk', 'del', 'curl']);
  t.regex(del.stdout, /Purging curl \(8\.9\.1-r2\)\n/);
  t.is(machine.init.tryStat('/usr/bin/curl'), undefined);
  t.is(machine.get('/lib/apk/db/installed'), before);
});

test('an unknown package is apk’s own error', async (t) => {
  const { stderr, status } = await machineOf('alpine').run(['apk', 'add', 'nosuch']);
  t.is(
    stderr,
    'ERROR: unable to select packages:\n  nosuch (no such package):\n    required by: world[nosuch]\n',
  );
  t.is(status, 1);
});

test('what came with a package goes with autoremove, unless it was asked for', async (t) => {
  const machine = machineOf('ubuntu:24.04');
  const apt = (...words: string[]) => machine.run(['apt-get', ...words, '-y']);
  await apt('update', '-qq');
  await apt('install', 'curl');
  t.regex(
    machine.get('/var/lib/apt/extended_states'),
    /^Package: openssl\nArchitecture: amd64\nAuto-Installed: 1\n/m,
  );
  t.regex((await apt('install', 'openssl')).stdout, /^openssl set to manually installed\.$/m);
  const removed = await apt('remove', 'curl');
  t.regex(removed.stdout, /no longer required:\n {2}ca-certificates libbrotli1 libcurl4t64/);
  t.regex(removed.stdout, /^Use 'apt autoremove' to remove them\.$/m);
  const rest = await apt('autoremove');
  t.regex(rest.stdout, /^Removing libcurl4t64 /m);
  t.notRegex(rest.stdout, /Removing openssl /);
  t.is(machine.init.tryStat('/usr/bin/curl'), undefined);
  t.true(machine.init.tryStat('/usr/bin/openssl') !== undefined);
  t.regex((await apt('autoremove')).stdout, / 0 to remove /);
});

test('dpkg --verify misses what is gone, and nothing in a fresh image', async (t) => {
  const machine = machineOf('ubuntu:24.04');
  t.deepEqual(await machine.run(['dpkg', '--verify', 'hostname']), { stdout: '', stderr: '', status: 0 });
  machine.init.unlink('/usr/bin/hostname');
  const { stdout, status } = await machine.run(['dpkg', '-V', 'hostname']);
  t.is(stdout, 'missing     /usr/bin/hostname\n');
  t.is(status, 1);
});
