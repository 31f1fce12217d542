// What Docker's pages claim about storage drivers other than overlay2, shown with them.

import test from 'ava';
import { isFsError } from '../fs/errno.ts';
import { DockerLab } from './docker-lab.ts';

const said = async (lab: DockerLab, script: string): Promise<string> => {
  const { stdout, output, status } = await lab.run(script);
  if (status !== 0) throw new Error(`${script}: status ${status}: ${output}`);
  return stdout.trim();
};

const IMAGE = `mkdir /b; cd /b; printf '%s\\n' 'FROM busybox' 'RUN dd if=/dev/zero of=/big bs=1M count=10' > Dockerfile
docker build -q -t image .; docker run -d --name box image sleep 1d`;

const WRITE = 'docker exec box sh -c "printf X | dd of=/big bs=1 seek=5000000 conv=notrunc"';

test('D35, D36: the containerd image store says which snapshotter it has', async (t) => {
  const lab = new DockerLab({ storageDriver: 'overlayfs' });
  t.is(
    await said(lab, "docker info -f '{{.Driver}} {{.DriverStatus}}'"),
    'overlayfs [[driver-type io.containerd.snapshotter.v1]]',
  );
});

test('D37, D38: it keeps compressed blobs and unpacked snapshots, below containerd’s directory: images are larger', async (t) => {
  const size = async (storageDriver: 'overlay2' | 'overlayfs'): Promise<number> => {
    const lab = new DockerLab({ storageDriver });
    return Number(await said(lab, "docker inspect -f '{{.Size}}' ubuntu:20.04"));
  };
  const [graph, containerd] = [await size('overlay2'), await size('overlayfs')];
  t.true(containerd > graph * 1.3 && containerd < graph * 1.6, `${graph} ${containerd}`);
  const lab = new DockerLab({ storageDriver: 'overlayfs' });
  const home = '/var/lib/docker/containerd/daemon';
  t.is(
    await said(lab, `ls ${home}`),
    'io.containerd.content.v1.content\nio.containerd.snapshotter.v1.overlayfs',
  );
  const id = await said(lab, "docker inspect -f '{{.Id}}' ubuntu:20.04");
  const blobs = `${home}/io.containerd.content.v1.content/blobs/sha256`;
  // The image is its manifest: the blob of that digest.
  t.is(await said(lab, `sha256sum < ${blobs}/${id.slice(7)} | cut -c1-64`), id.slice(7));
});

test('D41: btrfs: the base is a subvolume, what stands on it is a snapshot, a byte costs a block', async (t) => {
  const lab = new DockerLab({ storageDriver: 'btrfs' });
  await said(lab, IMAGE);
  const list = (await said(lab, 'btrfs subvolume list -q /var/lib/docker/btrfs')).split('\n');
  const parents = list.map((line) => /parent_uuid (\S+)/.exec(line)?.[1]);
  // ubuntu's base and busybox's; the layer of the big file, the container's init layer and its own.
  t.deepEqual(
    parents.map((parent) => parent === '-'),
    [true, true, false, false, false],
  );
  const box = list.at(-1)?.split(' ').at(-1);
  const exclusive = `btrfs filesystem du -s --raw /var/lib/docker/btrfs/${box} | tail -1 | tr -s ' ' | cut -d' ' -f3`;
  t.is(await said(lab, exclusive), '0');
  await said(lab, WRITE);
  t.is(await said(lab, exclusive), '4096');
});

test('D42: zfs: layers are clones of snapshots, a byte costs a record of 128 KiB', async (t) => {
  const lab = new DockerLab({ storageDriver: 'zfs' });
  await said(lab, IMAGE);
  const list = await said(lab, 'zfs list -H -t all -o name,origin');
  t.is(list.match(/^zpool-docker\/[0-9a-f]{64}(-init)?\tzpool-docker\/\S+@\d+$/gm)?.length, 3);
  const used = "zfs list -Hp -o used $(docker inspect -f '{{.GraphDriver.Data.Dataset}}' box)";
  const before = Number(await said(lab, used));
  await said(lab, WRITE);
  const cost = Number(await said(lab, used)) - before;
  t.true(cost >= 131_072 && cost < 240_000, String(cost));
});

test('D44: aufs: a directory of an image is not renamed, but copied: rename(2) gives EXDEV', async (t) => {
  const lab = new DockerLab({ storageDriver: 'aufs' });
  await said(lab, 'docker run -d --name box ubuntu:20.04 sleep 1d');
  const root = lab.machine.init.mounts().find(({ type }) => type === 'aufs')?.target ?? '';
  const error = t.throws(() => lab.machine.init.rename(`${root}/etc/apt`, `${root}/etc/moved`));
  t.true(isFsError(error, 'EXDEV'));
  await said(lab, 'docker exec box mv /etc/apt /etc/moved');
  t.true((await said(lab, 'docker exec box ls /etc/moved')).includes('sources.list'));
  t.true((await said(lab, 'ls -a /var/lib/docker/aufs/diff/*/etc')).includes('.wh.apt'));
  t.regex(
    await said(lab, 'docker info 2>&1 >/dev/null'),
    /^WARNING: the aufs storage-driver is deprecated, /,
  );
});
