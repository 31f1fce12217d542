// What the programs say that ask or set the host: as the real ones where there is something to compare.

import test from 'ava';
import { sameAsGnu } from './gnu-oracle.ts';
import { TestMachine } from './test-machine.ts';

const env = { PATH: '/bin' };

sameAsGnu('taskset', {}, [
  ['taskset'],
  ['taskset', '-p', '1'],
  ['taskset', '-pc', '1'],
  ['taskset', '1', 'echo', 'hi'],
  ['taskset', '-Q'],
]);
sameAsGnu('ionice', {}, [
  ['ionice', '-c', '3', 'echo', 'hi'],
  ['ionice', '-p', '1'],
  ['ionice', '-Q'],
  ['ionice', 'nosuchprogram'],
]);
sameAsGnu('chrt', {}, [['chrt'], ['chrt', '-p', '1'], ['chrt', '-Q'], ['chrt', '-b', '0', 'echo', 'hi']]);
sameAsGnu('renice', {}, [['renice'], ['renice', '-n', '5', '-p', '99999']]);
sameAsGnu('stdbuf', {}, [
  ['stdbuf'],
  ['stdbuf', '-oL', 'echo', 'hi'],
  ['stdbuf', 'echo'],
  ['stdbuf', '-o', 'L'],
  ['stdbuf', '-oX', 'echo'],
  ['stdbuf', '-iL', 'echo'],
  ['stdbuf', '-oL', 'nosuchprogram'],
  ['stdbuf', '-Q'],
]);
sameAsGnu('whereis', {}, [['whereis'], ['whereis', 'nosuchprogram']]);
sameAsGnu('ldd', { text: 'words\n' }, [['ldd'], ['ldd', 'nofile'], ['ldd', './text']]);
sameAsGnu('setfacl', { f: 'x' }, [
  ['setfacl'],
  ['setfacl', '-m', 'foo', 'f'],
  ['setfacl', '-x', 'foo', 'f'],
  ['setfacl', '-m', 'u::rwx', 'nofile'],
  ['setfacl', '-m', 'u::rwx,g::rx,o::-', 'f'],
]);
sameAsGnu('users', {}, [['users', '--nosuch']]);

test('setfacl sets the mode, and has no entries beyond it', async (t) => {
  const machine = new TestMachine();
  machine.put('/work/f', '');
  t.is((await machine.run(['setfacl', '-m', 'u::rwx,g::5,o::-', 'f'])).status, 0);
  t.is(machine.init.stat('/work/f').mode & 0o777, 0o750);
  t.is(
    (await machine.run(['setfacl', '-m', 'u:daemon:r', 'f'])).stderr,
    'setfacl: f: Operation not supported\n',
  );
});

test('lsmod counts the unions that are mounted', async (t) => {
  const machine = new TestMachine();
  const used = async (): Promise<string> =>
    /^overlay +\d+ +(\d+)/m.exec((await machine.run(['lsmod'])).stdout)?.[1] ?? '';
  t.is(await used(), '0');
  for (const path of ['/l', '/u', '/w', '/m']) machine.init.mkdir(path);
  machine.init.mount({
    source: 'overlay',
    target: '/m',
    type: 'overlay',
    options: 'lowerdir=/l,upperdir=/u,workdir=/w',
  });
  t.is(await used(), '1');
  t.is((await machine.run(['modprobe', 'overlay'])).status, 0);
  t.is(
    (await machine.run(['modprobe', 'nosuch'])).stderr,
    'modprobe: FATAL: Module nosuch not found in directory /lib/modules/6.8.0-45-generic\n',
  );
});

test('a host without containers has a loopback and a bridge that is down', async (t) => {
  const machine = new TestMachine();
  t.is(
    (await machine.run(['ip', '-br', 'a'])).stdout,
    'lo               UNKNOWN        127.0.0.1/8 \ndocker0          DOWN           172.17.0.1/16 \n',
  );
  t.is((await machine.run(['ip', 'link', 'show', 'dev', 'eth9'])).stderr, 'Device "eth9" does not exist.\n');
  t.is((await machine.run(['ip', 'link', 'add', 'x'])).status, 2);
  t.is((await machine.run(['ss', '-tln'])).stdout.split('\n').length, 2);
});

test('losetup and logger say why not', async (t) => {
  const machine = new TestMachine();
  t.is((await machine.run(['losetup', '-f'], { env })).stdout, '/dev/loop0\n');
  t.is((await machine.run(['losetup', '/dev/loop0', 'image'], { env })).status, 1);
  t.is(
    (await machine.run(['logger', 'hi'], { env })).stderr,
    'logger: socket /dev/log: No such file or directory\n',
  );
});

sameAsGnu('locale', {}, [
  ['locale'],
  { argv: ['locale'], env: { LC_ALL: '', LANG: 'C.UTF-8', LC_TIME: 'POSIX' } },
  { argv: ['locale'], env: { LC_ALL: '' } },
  ['locale', 'charmap'],
  { argv: ['locale', 'charmap'], env: { LC_ALL: 'C.UTF-8' } },
  ['locale', '-a'],
]);
