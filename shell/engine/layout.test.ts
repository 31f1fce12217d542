// What lies under /var/lib/docker, against the listing of a real engine (20.10.24).

import test from 'ava';
import { chainId, sha256 } from './digest.ts';
import { append, createLab, put, text } from './lab.ts';

const OVERLAY = '/var/lib/docker/overlay2';

const mode = (stat: { mode: number }): string => (stat.mode & 0o7777).toString(8);

test('directories have the modes that dockerd gives them', (t) => {
  const { root } = createLab();
  const modes = root
    .readdir('/var/lib/docker')
    .map(({ name }) => [name, mode(root.lstat(`/var/lib/docker/${name}`))]);
  t.deepEqual(Object.fromEntries(modes), {
    buildkit: '711',
    containerd: '700',
    containers: '710',
    image: '700',
    network: '750',
    overlay2: '710',
    plugins: '700',
    runtimes: '700',
    swarm: '700',
    tmp: '700',
    trust: '700',
    volumes: '701',
  });
  t.is(mode(root.lstat(`${OVERLAY}/l`)), '700');
});

test('a base layer has diff, link and, once something stands on it, committed; neither lower nor work', async (t) => {
  const { root, engine } = createLab();
  const home = engine.images.inspect('base').GraphDriver.Data?.UpperDir?.replace('/diff', '') ?? '';
  t.deepEqual(names(root, home), ['diff', 'link']);
  engine.containers.create({ image: 'base' });
  t.deepEqual(names(root, home), ['committed', 'diff', 'link']);
  t.deepEqual(
    ['', '/diff', '/link', '/committed'].map((path) => mode(root.lstat(home + path))),
    ['710', '755', '644', '600'],
  );
  const link = text(root, `${home}/link`);
  t.regex(link, /^[A-Z2-7]{26}$/);
  t.is(root.readlink(`${OVERLAY}/l/${link}`), `../${home.split('/').at(-1)}/diff`);
});

test('a running container has its layer, an init layer and a union of both', async (t) => {
  const { root, engine, inside } = createLab();
  const { id } = engine.containers.create({ image: 'base', name: 'c1' });
  engine.containers.start('c1');
  await inside('c1', (process) => append(process, '/data/one.txt', 'more\n'));
  const { Data } = engine.containers.inspect('c1').GraphDriver;
  const home = Data?.UpperDir?.replace('/diff', '') ?? '';
  t.deepEqual(names(root, home), ['diff', 'link', 'lower', 'merged', 'work']);
  t.is(mode(root.lstat(`${home}/work`)), '700');
  t.is(mode(root.lstat(`${home}/work/work`)), '0');
  t.is(text(root, `${home}/diff/data/one.txt`), 'one\nmore\n');
  t.deepEqual(tree(root, `${home}-init/diff`), [
    'f755 /.dockerenv',
    'd755 /dev',
    'f755 /dev/console',
    'd755 /dev/pts',
    'd755 /dev/shm',
    'd755 /etc',
    'f755 /etc/hostname',
    'f755 /etc/hosts',
    'l777 /etc/mtab',
    'f755 /etc/resolv.conf',
    'd755 /proc',
    'd755 /sys',
  ]);
  t.true(names(root, `${home}-init`).includes('committed'));
  const base = engine.images.inspect('base').GraphDriver.Data?.UpperDir ?? '';
  const links = [`${home}-init`, base.replace('/diff', '')].map((path) => `l/${text(root, `${path}/link`)}`);
  t.is(text(root, `${home}/lower`), links.join(':'));
  const line = root.mounts().find(({ target }) => target === `${home}/merged`);
  const lowers = links.map((link) => `${OVERLAY}/${link}`).join(':');
  t.is(line?.options, `rw,relatime,lowerdir=${lowers},upperdir=${home}/diff,workdir=${home}/work`);
  const mounts = `/var/lib/docker/image/overlay2/layerdb/mounts/${id}`;
  t.is(text(root, `${mounts}/mount-id`), home.slice(OVERLAY.length + 1));
  t.is(text(root, `${mounts}/init-id`), `${home.slice(OVERLAY.length + 1)}-init`);
  await engine.containers.stop('c1', { seconds: 0 });
  t.deepEqual(names(root, home), ['diff', 'link', 'lower', 'work']);
});

test('a container keeps its documents in its directory', async (t) => {
  const { root, engine } = createLab();
  const { id } = engine.containers.create({ image: 'base', name: 'c1' });
  engine.containers.start('c1');
  const home = `/var/lib/docker/containers/${id}`;
  t.deepEqual(
    names(root, home)
      .map((name) => `${mode(root.lstat(`${home}/${name}`))} ${name.replace(id, 'ID')}`)
      .sort(),
    [
      '600 config.v2.json',
      '600 hostconfig.json',
      '640 ID-json.log',
      '644 hostname',
      '644 hosts',
      '644 resolv.conf',
      '644 resolv.conf.hash',
      '700 checkpoints',
      '710 mounts',
    ],
  );
  t.is(text(root, `${home}/hostname`), `${id.slice(0, 12)}\n`);
  const record = JSON.parse(text(root, `${home}/config.v2.json`));
  t.is(record.ID, id);
  t.true(record.State.Running);
  t.is(
    Object.keys(record).join(' '),
    'StreamConfig State ID Created Managed Path Args Config Image NetworkSettings LogPath Name Driver OS MountLabel ProcessLabel RestartCount HasBeenStartedBefore HasBeenManuallyStopped MountPoints SecretReferences ConfigReferences AppArmorProfile HostnamePath HostsPath ShmPath ResolvConfPath SeccompProfile NoNewPrivileges LocalLogCacheMeta',
  );
});

test('ids are digests of what lies on the disk', async (t) => {
  const { root, engine, inside } = createLab();
  engine.containers.create({ image: 'base', name: 'c1' });
  engine.containers.start('c1');
  await inside('c1', (process) => put(process, '/new', 'x'));
  const id = engine.containers.commit('c1', { reference: 'made', comment: 'a <b> & c' });
  const path = `/var/lib/docker/image/overlay2/imagedb/content/sha256/${id.slice(7)}`;
  const json = text(root, path);
  t.is(sha256(json), id);
  t.true(json.includes('"comment":"a \\u003cb\\u003e \\u0026 c"'));
  const layers = engine.images.inspect('made').RootFS.Layers ?? [];
  t.is(layers.length, 2);
  const home = `/var/lib/docker/image/overlay2/layerdb/sha256/${chainId(layers).slice(7)}`;
  t.deepEqual(names(root, home), ['cache-id', 'diff', 'parent', 'size', 'tar-split.json.gz']);
  t.is(text(root, `${home}/diff`), layers[1] ?? '');
  t.is(text(root, `${home}/parent`), layers[0] ?? '');
  t.is(text(root, `${home}/size`), '1');
});

const names = (process: Parameters<typeof text>[0], path: string): string[] =>
  process
    .readdir(path)
    .map(({ name }) => name)
    .sort();

const tree = (process: Parameters<typeof text>[0], path: string, below = ''): string[] =>
  names(process, path + below).flatMap((name) => {
    const at = `${below}/${name}`;
    const stat = process.lstat(path + at);
    const line = `${{ directory: 'd', symlink: 'l' }[stat.kind as string] ?? 'f'}${mode(stat)} ${at}`;
    return stat.kind === 'directory' ? [line, ...tree(process, path, at)] : [line];
  });
