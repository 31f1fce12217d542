// Archives of images that come from elsewhere: what is taken, what is refused, and that nothing is half loaded.

import { gzipSync } from 'node:zlib';
import test from 'ava';
import { O } from '../fs/open-flags.ts';
import { sha256 } from './digest.ts';
import { createLab, type Lab } from './lab.ts';
import { ArchiveWriter } from './tar/archive.ts';
import { inMemory } from './tar/archive-source.ts';
import { concat, type TarHeader, TYPE } from './tar/header.ts';
import { ArchiveError } from './tar/read-archive.ts';

type File = Partial<TarHeader> & { name: string; data?: Uint8Array | string };

const bytesOf = (data: Uint8Array | string): Uint8Array =>
  typeof data === 'string' ? new TextEncoder().encode(data) : data;

const tar = (files: readonly File[]): Uint8Array => {
  const pieces: Uint8Array[] = [];
  const hear = (bytes: Uint8Array): void => {
    pieces.push(bytes.slice());
  };
  const archive = new ArchiveWriter([{ raw: hear, data: hear, entry: () => {} }]);
  for (const { data = '', ...header } of files) {
    const bytes = bytesOf(data);
    const usual = { type: TYPE.file, mode: 0o644, uid: 0, gid: 0, mtime: 0, uname: 'root', gname: 'root' };
    archive.add({ ...usual, ...header, size: bytes.length }, [bytes]);
  }
  archive.end();
  return concat(pieces);
};

const configOf = (diffIds: readonly string[]): string =>
  JSON.stringify({
    architecture: 'amd64',
    config: { Cmd: ['sh'] },
    created: '2026-01-02T03:04:05Z',
    history: diffIds.map((_id, at) => ({ created: '2026-01-02T03:04:05Z', created_by: `step ${at}` })),
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: diffIds },
  });

const dockerArchive = (
  layers: readonly Uint8Array[],
  change: { tags?: string[]; diffIds?: string[]; extra?: File[]; paths?: string[] } = {},
): Uint8Array => {
  const { tags = ['loaded:1'], diffIds = layers.map((layer) => sha256(layer)), extra = [] } = change;
  const { paths = layers.map((_layer, at) => `l${at}/layer.tar`) } = change;
  return tar([
    ...extra,
    ...layers.map((data, at) => ({ name: `l${at}/layer.tar`, data })),
    { name: 'config.json', data: configOf(diffIds) },
    {
      name: 'manifest.json',
      data: JSON.stringify([{ Config: 'config.json', RepoTags: tags, Layers: paths }]),
    },
  ]);
};

const ociArchive = (layer: Uint8Array, blob: Uint8Array, mediaType: string): Uint8Array => {
  const config = configOf([sha256(layer)]);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(config) },
    layers: [{ mediaType, digest: sha256(blob) }],
  });
  const annotations = { 'io.containerd.image.name': 'docker.io/library/oci:latest' };
  const place = (data: Uint8Array | string): File => ({
    name: `blobs/${sha256(data).replace(':', '/')}`,
    data,
  });
  return tar([
    place(blob),
    place(config),
    place(manifest),
    { name: 'oci-layout', data: '{"imageLayoutVersion":"1.0.0"}' },
    {
      name: 'index.json',
      data: JSON.stringify({ schemaVersion: 2, manifests: [{ digest: sha256(manifest), annotations }] }),
    },
  ]);
};

/** All that a load could have changed. */
const stateOf = ({ root, engine }: Lab): unknown => ({
  images: engine.images.list({ all: true }),
  layers: root.readdir('/var/lib/docker/image/overlay2/layerdb/sha256').map(({ name }) => name),
  snapshots: root.readdir('/var/lib/docker/overlay2').map(({ name }) => name),
  links: root.readdir('/var/lib/docker/overlay2/l').length,
});

const good = tar([
  { name: './', type: TYPE.directory, mode: 0o755 },
  { name: './etc/', type: TYPE.directory, mode: 0o750 },
  { name: './etc/motd', data: 'hello\n', uid: 3_000_000 },
  { name: './etc/second', type: TYPE.hardLink, linkname: './etc/motd' },
  { name: './link', type: TYPE.symlink, linkname: '../../etc/motd' },
]);

test('an image from elsewhere keeps its ID, its diff IDs and the very bytes of its tars', (t) => {
  const { engine } = createLab();
  const upper = tar([{ name: 'etc/.wh.motd' }, { name: 'new', data: 'x' }]);
  const { images, layers } = engine.images.load(inMemory(dockerArchive([good, upper])));
  t.deepEqual(images[0]?.tags, ['loaded:1']);
  t.is(layers.length, 2);
  const id = sha256(configOf([sha256(good), sha256(upper)]));
  t.is(engine.images.resolve('loaded:1'), id);
  t.deepEqual(engine.images.inspect(id).RootFS.Layers, [sha256(good), sha256(upper)]);
  t.deepEqual(
    engine.images.history(id).map(({ createdBy }) => createdBy),
    ['step 1', 'step 0'],
  );
  const saved = concat(engine.images.save(['loaded:1']));
  for (const tarball of [good, upper]) t.true(Buffer.from(saved).includes(Buffer.from(tarball)));
  t.deepEqual(concat(engine.images.save(['loaded:1'])), saved);
});

test('what is there already is not made again, and tags move with a word', (t) => {
  const lab = createLab();
  const first = lab.engine.images.load(inMemory(dockerArchive([good])));
  const before = stateOf(lab);
  const again = lab.engine.images.load(inMemory(dockerArchive([good])));
  t.deepEqual(again, { layers: [], images: first.images });
  t.deepEqual(stateOf(lab), before);
  const other = lab.engine.images.load(inMemory(dockerArchive([good, tar([{ name: 'x' }])])));
  t.deepEqual(other.images[0]?.renamed, [['loaded:1', first.images[0]?.id]]);
});

test('the files of a loaded image stay in the archive until somebody reads them', (t) => {
  const { engine, root } = createLab();
  const big = new Uint8Array(3 << 20).map((_, at) => at % 251);
  const archive = inMemory(dockerArchive([tar([{ name: 'big', data: big }])]));
  let told = 0;
  const source = {
    size: archive.size,
    read: (position: number, length: number) => {
      const bytes = archive.read(position, length);
      told += bytes.length;
      return bytes;
    },
  };
  engine.images.load(source);
  const home = '/var/lib/docker/overlay2';
  const path = root
    .readdir(home)
    .map(({ name }) => `${home}/${name}/diff/big`)
    .find((file) => root.tryStat(file) !== undefined) as string;
  t.is(root.stat(path).blocks * 512, big.length, 'it takes its room on the disk');
  told = 0;
  const fd = root.open(path, O.RDONLY);
  t.deepEqual([...root.pread(fd, 5, 2_000_000)], [...big.subarray(2_000_000, 2_000_005)]);
  t.true(told > 0 && told <= 4096, `${told} bytes for five`);
});

for (const [name, blob, type] of [
  ['plain', good, 'application/vnd.oci.image.layer.v1.tar'],
  ['gzip', gzipSync(good), 'application/vnd.oci.image.layer.v1.tar+gzip'],
] as const) {
  test(`an OCI image layout, layers ${name}`, (t) => {
    const { engine } = createLab();
    const { images } = engine.images.load(inMemory(ociArchive(good, blob, type)));
    t.deepEqual(images[0]?.tags, ['oci:latest']);
    t.deepEqual(engine.images.inspect('oci').RootFS.Layers, [sha256(good)]);
  });
}

const entry = (file: File): Uint8Array => dockerArchive([tar([file])]);
const through = (target: string): Uint8Array =>
  dockerArchive([
    tar([
      { name: 'way', type: TYPE.symlink, linkname: target },
      { name: 'way/evil', data: 'x' },
    ]),
  ]);
const gzippedBlob = ociArchive(good, good, 'application/vnd.oci.image.layer.v1.tar');

const hostile: Record<string, readonly [Uint8Array, RegExp]> = {
  'a name that climbs out': [entry({ name: '../../evil', data: 'x' }), /outside of the layer/],
  'a name that climbs out in the middle': [entry({ name: 'a/../../evil' }), /outside of the layer/],
  'an absolute name': [entry({ name: '/etc/evil', data: 'x' }), /outside of the layer/],
  'a hard link to the outside': [
    entry({ name: 'h', type: TYPE.hardLink, linkname: '../../../etc/shadow' }),
    /outside of the layer/,
  ],
  'a file through an absolute symbolic link': [through('/etc'), /leads out of the layer/],
  'a file through a link that climbs': [through('../../..'), /leads out of the layer/],
  'a link that leads to itself': [through('way'), /leads out of the layer/],
  'a whiteout through a link': [
    dockerArchive([tar([{ name: 'way', type: TYPE.symlink, linkname: '/etc' }, { name: 'way/.wh.passwd' }])]),
    /leads out of the layer/,
  ],
  'an outer name that climbs out': [
    dockerArchive([good], { extra: [{ name: '../evil' }] }),
    /outside of the archive/,
  ],
  'a layer path that climbs out': [
    dockerArchive([good], { paths: ['../../etc/shadow'] }),
    /outside of the archive/,
  ],
  'an outer link to the host': [
    dockerArchive([good], {
      extra: [{ name: 'x/layer.tar', type: TYPE.symlink, linkname: '/etc/shadow' }],
      paths: ['x/layer.tar'],
    }),
    /invalid symlink/,
  ],
  'a second layer that is not what its diff ID says': [
    dockerArchive([good, tar([{ name: 'y' }])], { diffIds: [sha256(good), sha256('other')] }),
    /^invalid diffID for layer 1: expected "sha256:/,
  ],
  'more layers than diff IDs': [
    dockerArchive([good], { diffIds: [] }),
    /^invalid manifest, layers length mismatch: expected 1, got 0$/,
  ],
  'a layer that ends too soon': [
    dockerArchive([good.subarray(0, 1300)], { diffIds: [sha256(good)] }),
    /unexpected EOF/,
  ],
  'an archive that ends too soon': [dockerArchive([good]).subarray(0, 3000), /unexpected EOF$/],
  'a missing layer': [
    dockerArchive([good], { paths: ['no/layer.tar'] }),
    /^open no\/layer.tar: no such file/,
  ],
  'a bad tag': [dockerArchive([good], { tags: ['UPPER:1'] }), /^invalid tag "UPPER:1"$/],
  'no images in it': [tar([{ name: 'a', data: 'b' }]), /docker-import-\d+\/repositories: no such file/],
  text: [bytesOf('hello\n'.repeat(200)), /invalid tar header$/],
  'a blob that is not what its name says': [
    Buffer.from(gzippedBlob.map((byte, at) => (at === 600 ? byte ^ 1 : byte))),
    /^invalid blob|invalid tar header/,
  ],
};

for (const [name, [archive, message]] of Object.entries(hostile)) {
  test(`refused, and nothing loaded: ${name}`, (t) => {
    const lab = createLab();
    const before = stateOf(lab);
    t.throws(() => lab.engine.images.load(inMemory(archive)), { instanceOf: ArchiveError, message });
    t.deepEqual(stateOf(lab), before);
  });
}

test('refused, and nothing loaded: an archive whose last image is broken', (t) => {
  const lab = createLab();
  const before = stateOf(lab);
  const item = (config: string, tag: string): unknown => ({
    Config: config,
    RepoTags: [tag],
    Layers: ['l/layer.tar'],
  });
  const archive = tar([
    { name: 'l/layer.tar', data: good },
    { name: 'good.json', data: configOf([sha256(good)]) },
    { name: 'bad.json', data: '{"rootfs":{"type":"layers","diff_ids":"x"}}' },
    { name: 'manifest.json', data: JSON.stringify([item('good.json', 'good:1'), item('bad.json', 'bad:1')]) },
  ]);
  t.throws(() => lab.engine.images.load(inMemory(archive)), { message: 'invalid image JSON' });
  t.deepEqual(stateOf(lab), before);
});
