import { dirname } from 'node:path';
import test from 'ava';
import { bootKernel } from '../fs/boot.ts';
import { virtualClock } from '../fs/clock.ts';
import type { Process } from '../fs/process.ts';
import { createRandom } from '../fs/random.ts';
import { bundledImages, findImage, hasRepository } from './catalogue.ts';
import { learner, writeHost } from './host.ts';
import { hostTree } from './host-tree.ts';
import { loadTree } from './load-tree.ts';
import { walkTree } from './tree.ts';

const boot = (): Process => {
  const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
  return kernel.createInit();
};

/** A machine whose root directory is the image: all its layers, one over the other. */
const rootOf = (reference: string): Process => {
  const process = boot();
  for (const layer of findImage(reference)?.layers ?? []) layer.materialize(process, '/');
  return process;
};

const text = (process: Process, path: string): string => {
  const fd = process.open(path, 0);
  const bytes = process.pread(fd, 1 << 20, 0);
  process.close(fd);
  return Buffer.from(bytes).toString();
};

const references = bundledImages().map((image) => `${image.repository}:${image.tags[0]}`);

const everyday =
  'cat echo rm ls cp mv ln mkdir rmdir touch chmod chown stat find grep head tail wc tee sort printf pwd env sleep true false test [ id whoami hostname uname date which mount umount df du sh'.split(
    ' ',
  );

for (const reference of references) {
  test(`${reference} has the everyday commands on its PATH`, (t) => {
    const process = rootOf(reference);
    const path = (findImage(reference)?.config.Env[0] ?? '').slice('PATH='.length).split(':');
    for (const name of everyday) {
      const found = path.some((directory) => (process.tryStat(`${directory}/${name}`)?.mode ?? 0) & 0o111);
      t.true(found, name);
    }
  });

  test(`${reference}: its command, or its entrypoint, is there`, (t) => {
    const process = rootOf(reference);
    const config = findImage(reference)?.config;
    const [program = ''] = config?.Entrypoint ?? config?.Cmd ?? [];
    const found = program.startsWith('/')
      ? process.tryStat(program)
      : (process.tryStat(`/usr/bin/${program}`) ?? process.tryStat(`/bin/${program}`));
    t.truthy(found);
  });

  test(`${reference}: history has one step for each layer`, (t) => {
    const image = findImage(reference);
    t.is(image?.history.filter((step) => step.emptyLayer !== true).length, image?.layers.length);
    t.true(image?.layers.every((layer) => /^sha256:[0-9a-f]{64}$/.test(layer.diffId)));
  });
}

test('sizes are nearly those of the real images', (t) => {
  const sizes = {
    'ubuntu:20.04': 72.8,
    'ubuntu:22.04': 77.9,
    ubuntu: 78.1,
    debian: 117,
    alpine: 7.8,
    busybox: 4.26,
    nginx: 188,
  };
  for (const [reference, megabytes] of Object.entries(sizes)) {
    const size = (findImage(reference)?.layers ?? []).reduce((sum, layer) => sum + layer.size, 0);
    t.true(Math.abs(size / 1e6 - megabytes) < 0.05, `${reference} has ${size}`);
  }
});

test('texts are those of the distribution', (t) => {
  t.regex(text(rootOf('ubuntu:20.04'), '/etc/os-release'), /PRETTY_NAME="Ubuntu 20\.04\.6 LTS"/);
  t.is(text(rootOf('debian'), '/etc/debian_version'), '12.7\n');
  t.is(text(rootOf('alpine'), '/etc/alpine-release'), '3.20.3\n');
  t.regex(text(rootOf('nginx'), '/etc/nginx/nginx.conf'), /worker_processes {2}auto;/);
  t.regex(text(rootOf('busybox'), '/etc/passwd'), /^root:x:0:0:root:\/root:\/bin\/sh\n/);
});

test('/bin leads to /usr/bin where distributions have merged them', (t) => {
  for (const reference of ['ubuntu:20.04', 'ubuntu:22.04', 'ubuntu:24.04', 'debian:12', 'nginx']) {
    t.is(rootOf(reference).readlink('/bin'), 'usr/bin', reference);
  }
});

test('applets are symbolic links on alpine and hard links on busybox', (t) => {
  t.is(rootOf('alpine').readlink('/bin/ls'), '/bin/busybox');
  const busybox = rootOf('busybox');
  t.is(busybox.stat('/bin/ls').ino, busybox.stat('/bin/busybox').ino);
  t.true(busybox.stat('/bin/busybox').nlink > 400);
});

const trees = () => [
  ['host', hostTree()] as const,
  ...bundledImages().flatMap(({ layers }) => layers.map(({ name }) => [name, loadTree(name)] as const)),
];

test('hard links stay within their directory', (t) => {
  for (const [name, tree] of trees())
    for (const [path, node] of walkTree(tree))
      if (node.kind === 'link') t.is(dirname(node.path), dirname(path), `${name}: ${path}`);
});

test('references are found in every form, and others are not', (t) => {
  t.is(findImage('ubuntu')?.tags[0], '24.04');
  t.is(findImage('docker.io/library/debian:bookworm')?.repository, 'debian');
  t.is(findImage('ubuntu:19.04'), undefined);
  t.is(findImage('nosuch'), undefined);
  t.true(hasRepository('ubuntu'));
  t.false(hasRepository('nosuch'));
});

test('images share the layers that they share in truth', (t) => {
  t.is(findImage('nginx')?.layers[0]?.diffId, findImage('debian:bookworm-slim')?.layers[0]?.diffId);
});

test('attributes are as described: setuid, owners, times', (t) => {
  const process = rootOf('ubuntu:20.04');
  t.is(process.stat('/usr/bin/su').mode & 0o7777, 0o4755);
  t.is(process.stat('/tmp').mode & 0o7777, 0o1777);
  t.is(process.stat('/etc/shadow').gid, 42);
  t.is(process.stat('/usr/bin/cat').mtime, process.lstat('/usr/bin/cat').mtime);
  t.is(process.stat('/usr/bin').mtime % 1_000_000_000n, 0n);
});

test('dpkg and apk know what is installed', (t) => {
  const ubuntu = rootOf('ubuntu:20.04');
  t.regex(text(ubuntu, '/var/lib/dpkg/status'), /^Package: adduser\nStatus: install ok installed\n/);
  t.regex(text(ubuntu, '/var/lib/dpkg/info/bash.list'), /^\/\.\n\/usr\n\/usr\/bin\n\/usr\/bin\/bash\n/);
  t.regex(text(rootOf('alpine'), '/lib/apk/db/installed'), /P:busybox\nV:1\.36\.1-r29\n/);
});

test('the host is an Ubuntu with Docker, and the learner may use it', (t) => {
  const process = boot();
  writeHost(process);
  t.is(text(process, '/etc/hostname'), 'cowsh\n');
  t.regex(text(process, '/etc/passwd'), /^learner:x:1000:1000:.*:\/home\/learner:\/bin\/bash$/m);
  for (const group of ['sudo:x:27', 'docker:x:988']) {
    t.regex(text(process, '/etc/group'), new RegExp(`^${group}:learner$`, 'm'));
  }
  t.is(process.stat(learner.home).uid, learner.uid);
  t.is(process.stat('/etc/sudoers.d/90-learner').mode & 0o777, 0o440);
  for (const path of [
    '/usr/bin/docker',
    '/usr/bin/sudo',
    '/usr/bin/tree',
    '/dev/null',
    '/proc',
    '/sys',
    '/var/lib/docker',
  ]) {
    t.truthy(process.tryStat(path), path);
  }
  t.is(process.stat('/dev/null').kind, 'char');
});
