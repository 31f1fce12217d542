// Mounting: the kernel's log lines and mount table as overlay-facts of Linux 6.18 show them.

import test from 'ava';
import { O } from '../fs/open-flags.ts';
import type { LookupStep } from '../fs/trace.ts';
import { TestMachine } from './test-machine.ts';

const prepared = (): TestMachine => {
  const machine = new TestMachine();
  machine.tree('/l', { f: 'lower', 'd/': '', 'd/a': '' });
  machine.tree('/l2', {});
  for (const path of ['/u', '/u/in', '/w', '/m', '/t']) machine.process.mkdir(path);
  machine.process.mount({ source: 'tmpfs', target: '/t', type: 'tmpfs' });
  machine.process.mkdir('/t/w');
  return machine;
};

const refusals: [options: string, errno: string, line: string][] = [
  ['lowerdir=/nope,upperdir=/u,workdir=/w', 'ENOENT', "overlayfs: failed to resolve '/nope': -2"],
  ['upperdir=/u,workdir=/w', 'EINVAL', "overlayfs: missing 'lowerdir'"],
  ['lowerdir=/l,upperdir=/u', 'EINVAL', "overlayfs: missing 'workdir'"],
  ['lowerdir=/l', 'EINVAL', 'overlayfs: at least 2 lowerdir are needed while upperdir nonexistent'],
  [
    'lowerdir=/l,upperdir=/u,workdir=/t/w',
    'EINVAL',
    'overlayfs: workdir and upperdir must reside under the same mount',
  ],
  [
    'lowerdir=/l,upperdir=/u,workdir=/u/in',
    'EINVAL',
    'overlayfs: workdir and upperdir must be separate subtrees',
  ],
  ['lowerdir=/u,upperdir=/u,workdir=/w', 'ELOOP', 'overlayfs: conflicting lowerdir path'],
  ['lowerdir=/u/in,upperdir=/u,workdir=/w', 'ELOOP', 'overlayfs: overlapping lowerdir path'],
  ['lowerdir=/l:/l,upperdir=/u,workdir=/w', 'ELOOP', 'overlayfs: conflicting lowerdir path'],
  [
    'lowerdir=/l,upperdir=/u,workdir=/w,metacopy=on,redirect_dir=off',
    'EINVAL',
    'overlayfs: conflicting options: metacopy=on,redirect_dir=follow',
  ],
  [
    'lowerdir=/l,upperdir=/u,workdir=/w,userxattr,metacopy=on',
    'EINVAL',
    'overlayfs: conflicting options: userxattr,metacopy=on',
  ],
  [
    'lowerdir=/l,upperdir=/u,workdir=/w,nfs_export=on,index=off',
    'EINVAL',
    'overlayfs: conflicting options: nfs_export=on,index=off',
  ],
];

const syntax: [options: string, line: string][] = [
  ['lowerdir=/l:,upperdir=/u,workdir=/w', 'unescaped trailing colons in lowerdir mount option.'],
  ['lowerdir=:/l,upperdir=/u,workdir=/w', 'cannot append lower layer'],
  [
    'lowerdir=/l:::/l2,upperdir=/u,workdir=/w',
    "only single ':' or double '::' sequences of unescaped colons in lowerdir mount option allowed.",
  ],
  ['lowerdir=/l::/l2:/t,upperdir=/u,workdir=/w', 'regular lower layers cannot follow data lower layers'],
];
refusals.push(
  ...syntax.map(([options, line]): [string, string, string] => [options, 'EINVAL', `overlayfs: ${line}`]),
);

for (const [options, errno, line] of refusals) {
  test(`refused: ${options}`, (t) => {
    const machine = prepared();
    t.is(
      machine.errno(() => machine.mount(options)),
      errno,
    );
    t.is(machine.kernel.log.at(-1), line);
    t.deepEqual(machine.names('/m'), []);
  });
}

const shown: Record<string, string> = {
  '': 'uuid=on',
  ',redirect_dir=on': 'redirect_dir=on,uuid=on',
  ',metacopy=on': 'redirect_dir=on,uuid=on,metacopy=on',
  ',volatile': 'uuid=on,fsync=volatile',
  ',userxattr': 'redirect_dir=nofollow,uuid=on,userxattr',
  ',uuid=off': 'uuid=off',
  ',xino=on': 'uuid=on',
};

for (const [options, tail] of Object.entries(shown)) {
  test(`the mount table shows: ${options || 'the defaults'}`, (t) => {
    const machine = prepared();
    machine.mount(`lowerdir=/l,upperdir=/u,workdir=/w${options}`);
    const mount = machine.process.mounts().at(-1);
    t.is(mount?.options, `rw,relatime,lowerdir=/l,upperdir=/u,workdir=/w,${tail}`);
  });
}

const IN_USE = 'is in-use as upperdir/workdir of another mount';

test('an upper directory that another overlay writes to: a warning, and EBUSY with index=on', (t) => {
  const machine = prepared();
  machine.mount('lowerdir=/l,upperdir=/u,workdir=/w');
  machine.process.mkdir('/m2');
  machine.mount('lowerdir=/l,upperdir=/u,workdir=/w', '/m2');
  const undefinedBehaviour = 'accessing files from both mounts will result in undefined behavior.';
  t.deepEqual(machine.kernel.log.slice(-2), [
    `overlayfs: upperdir ${IN_USE}, ${undefinedBehaviour}`,
    `overlayfs: workdir ${IN_USE}, ${undefinedBehaviour}`,
  ]);
  const again = machine.errno(() => machine.mount('lowerdir=/l,upperdir=/u,workdir=/w,index=on', '/m2'));
  t.is(again, 'EBUSY');
  const override = "mount with '-o index=off' to override exclusive upperdir protection.";
  t.is(machine.kernel.log.at(-1), `overlayfs: upperdir ${IN_USE}, ${override}`);
});

test('work/work is made anew with mode 000', (t) => {
  const machine = prepared();
  machine.tree('/w/work', { junk: '', 'more/': '', 'more/junk': '' });
  machine.mount('lowerdir=/l,upperdir=/u,workdir=/w');
  t.deepEqual(machine.names('/w/work'), []);
  t.is(machine.process.stat('/w/work').mode & 0o7777, 0);
});

test('a volatile mount leaves a mark that forbids the next one until it is removed', (t) => {
  const machine = prepared();
  const { process } = machine;
  machine.mount('lowerdir=/l,upperdir=/u,workdir=/w,volatile');
  t.deepEqual(machine.names('/w/work/incompat/volatile'), ['dirty']);
  process.umount('/m');
  t.is(
    machine.errno(() => machine.mount('lowerdir=/l,upperdir=/u,workdir=/w')),
    'EINVAL',
  );
  t.is(machine.kernel.log.at(-1), "overlayfs: overlay with incompat feature 'volatile' cannot be mounted");
});

test('500 lower layers, and not one more', (t) => {
  const machine = new TestMachine();
  const { process } = machine;
  for (const path of ['/u', '/w', '/m']) process.mkdir(path);
  const lowers = Array.from({ length: 501 }, (_, at) => `${at}`);
  for (const name of lowers) machine.tree(`/${name}`, { [`f${name}`]: name });
  process.chdir('/');
  const mount = (count: number): string =>
    machine.errno(() => machine.mount(`lowerdir=${lowers.slice(0, count).join(':')},upperdir=u,workdir=w`));
  t.is(mount(501), 'EINVAL');
  t.is(mount(500), 'ok');
  t.is(machine.names('/m').length, 500);
  t.is(machine.text('/m/f499'), '499');
});

test('options are cut at a page', (t) => {
  const machine = prepared();
  const lowers = Array.from({ length: 60 }, (_, at) => `/${'x'.repeat(80)}${at}`);
  for (const path of lowers) machine.process.mkdir(path);
  t.is(
    machine.errno(() => machine.mount(`lowerdir=${lowers.join(':')},upperdir=/u,workdir=/w`)),
    'ENOENT',
  );
});

test('a colon in a path is escaped', (t) => {
  const machine = prepared();
  machine.tree('/a:b', { inside: '' });
  machine.mount('lowerdir=/a\\:b,upperdir=/u,workdir=/w');
  t.true(machine.names('/m').includes('inside'));
});

test('an overlay may be the lower layer of one more, not of two, and never an upper one', (t) => {
  const machine = prepared();
  const { process } = machine;
  for (const path of ['/m2', '/u2', '/w2', '/m3', '/u3', '/w3']) process.mkdir(path);
  machine.mount('lowerdir=/l,upperdir=/u,workdir=/w');
  machine.mount('lowerdir=/m,upperdir=/u2,workdir=/w2', '/m2');
  machine.put('/m2/f', 'LOW', O.WRONLY);
  t.is(machine.text('/m2/f'), 'LOWer');
  t.is(machine.text('/m/f'), 'lower');
  const third = machine.errno(() => machine.mount('lowerdir=/m2,upperdir=/u3,workdir=/w3', '/m3'));
  t.is(third, 'EINVAL');
  t.is(machine.kernel.log.at(-1), 'overlayfs: maximum fs stacking depth exceeded');
  process.mkdir('/m/u');
  process.mkdir('/m/w');
  t.is(
    machine.errno(() => machine.mount('lowerdir=/l2,upperdir=/m/u,workdir=/m/w', '/m3')),
    'EINVAL',
  );
});

test('an upper file that was removed behind the mount: ESTALE', (t) => {
  const machine = prepared();
  machine.mount('lowerdir=/l,upperdir=/u,workdir=/w');
  machine.put('/m/f', 'x', O.WRONLY);
  machine.process.unlink('/u/f');
  t.is(
    machine.errno(() => machine.process.unlink('/m/f')),
    'ESTALE',
  );
});

test("statfs is the upper layer's, by the name overlayfs and with an id of its own", (t) => {
  const machine = prepared();
  machine.mount('lowerdir=/l,upperdir=/u,workdir=/w');
  const { fsid, ...shown } = machine.process.statfs('/m');
  t.deepEqual(shown, { ...machine.process.statfs('/u'), type: 'overlayfs' });
  t.not(fsid, undefined);
});

test('layers named through links and from the working directory are told by their own path', (t) => {
  const machine = prepared();
  const { process } = machine;
  process.mkdir('/short');
  process.symlink('../l', '/short/A');
  process.chdir('/short');
  machine.mount('lowerdir=A,upperdir=../u,workdir=../w');
  const [step] = machine.told(() => machine.text('/m/f'), ['lookup']) as LookupStep[];
  t.deepEqual(
    step?.layers.map(({ layer }) => layer),
    ['/u', '/l'],
  );
  t.true(process.mounts().at(-1)?.options.includes('lowerdir=A,upperdir=../u'));
});
