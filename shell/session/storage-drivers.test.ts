// Storage drivers on a machine: how one is chosen, what hides, and what the same commands cost on the disk.

import test from 'ava';
import type { DriverName } from '../engine/storage/driver-names.ts';
import { DockerLab } from './docker-lab.ts';

const driverOf = async (lab: DockerLab): Promise<string> =>
  (await lab.run("docker info --format '{{.Driver}}'")).stdout.trim();

/** A dockerd of one's own in the background, a while later. */
const dockerd = (flags = ''): string => `dockerd ${flags} 2> /root/log & echo $! > /root/pid; sleep 1`;

test('dockerd --storage-driver: images and containers of the other driver hide, and come back (D33)', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    'docker run -d --name c1 ubuntu:20.04 sleep 1000; docker stop -t 0 c1; docker tag ubuntu:20.04 mine',
  );
  const shown = "docker images --format '{{.Repository}}:{{.Tag}}'; docker ps -a --format '{{.Names}}'";
  const before = await lab.run(shown);
  await lab.prepare(dockerd('--storage-driver=vfs'));
  t.is(await driverOf(lab), 'vfs');
  t.is((await lab.run(shown)).stdout, '');
  t.is((await lab.run('docker run --name c1 ubuntu:20.04 echo again')).stdout, 'again\n');
  t.is((await lab.run(shown)).stdout, 'ubuntu:20.04\nc1\n');
  await lab.prepare('kill $(cat /root/pid); sleep 1');
  t.is(await driverOf(lab), 'overlay2');
  t.deepEqual((await lab.run(shown)).stdout, before.stdout);
});

test('dockerd says what is special about a driver, and what keeps the service down afterwards', async (t) => {
  const lab = new DockerLab();
  await lab.prepare('docker images -q');
  await lab.prepare(dockerd('-s aufs'));
  t.is(await driverOf(lab), 'aufs');
  t.is((await lab.run('docker run --rm busybox echo works')).stdout, 'works\n');
  await lab.prepare('kill $(cat /root/pid); sleep 1');
  const log = (await lab.run('cat /root/log')).stdout;
  t.regex(log, /level=warning msg="Docker 24 removed aufs, [^"]+" storage-driver=aufs\n/);
  t.regex(
    log,
    /docker\.service stays down: .*\/var\/lib\/docker contains several valid graphdrivers: overlay2, aufs; /,
  );
  await lab.prepare(
    `echo '{"storage-driver": "overlay2"}' > /etc/docker/daemon.json; systemctl start docker; docker ps`,
  );
  t.is(await driverOf(lab), 'overlay2');
});

test('each driver has images of its own, and a restored machine has them all', async (t) => {
  const lab = new DockerLab();
  const turnTo = (driver: string): Promise<void> =>
    lab.prepare(`echo '{"storage-driver": "${driver}"}' > /etc/docker/daemon.json; systemctl restart docker`);
  const shown = async (): Promise<string> =>
    (await lab.run("docker images --format '{{.Repository}}'; docker ps -aq | wc -l")).stdout;
  const drivers = ['btrfs', 'zfs', 'aufs', 'overlayfs'];
  for (const driver of drivers) {
    await turnTo(driver);
    t.is(await shown(), '0\n', driver);
    await lab.prepare(`docker run --name c1 busybox touch /${driver}; docker tag busybox ${driver}`);
  }
  const start = lab.machine.snapshot();
  for (const driver of drivers) {
    await turnTo(driver);
    await lab.prepare('docker rm c1; docker rmi -f $(docker images -q)');
    t.is(await shown(), '0\n', driver);
  }
  lab.machine.restore(start);
  for (const driver of drivers) {
    await turnTo(driver);
    t.is(await shown(), `${['busybox', driver].sort().join('\n')}\n1\n`, driver);
    t.is((await lab.run('docker diff c1')).stdout, `A /${driver}\n`);
  }
});

test('daemon.json names the driver; together with the flag it is refused, and the daemon stays', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(`echo '{"storage-driver": "vfs"}' > /etc/docker/daemon.json; ${dockerd()}`);
  t.is(await driverOf(lab), 'vfs');
  await lab.prepare('kill $(cat /root/pid); sleep 1');
  const twice = await lab.run('dockerd -s overlay2');
  t.is(twice.status, 1);
  t.regex(
    twice.stderr,
    /^unable to configure the Docker daemon with file \/etc\/docker\/daemon\.json: the following directives are specified both as a flag and in the configuration file: storage-driver: \(from flag: overlay2, from file: vfs\)$/m,
  );
  t.is(await driverOf(lab), 'vfs');
});

test('a daemon that cannot start says why, and answers nobody', async (t) => {
  const lab = new DockerLab();
  const gone = await lab.run('dockerd -s devicemapper');
  t.regex(gone.stderr, /failed to start daemon: error initializing graphdriver: driver not supported\n$/);
  t.is(await driverOf(lab), 'overlay2');
  await lab.prepare(`echo '{"storage-driver": "vfs",}' > /etc/docker/daemon.json`);
  const broken = await lab.run('dockerd');
  t.regex(
    broken.stderr,
    /daemon\.json: invalid character '\}' looking for beginning of object key string\n$/,
  );
  const { stderr, status } = await lab.run('docker ps');
  t.regex(stderr, /Cannot connect to the Docker daemon at unix:\/\/\/var\/run\/docker\.sock/);
  t.is(status, 1);
});

test('a machine may start with a driver, and a snapshot remembers which one ran', async (t) => {
  const lab = new DockerLab({ storageDriver: 'vfs' });
  t.is(await driverOf(lab), 'vfs');
  const { stdout } = await lab.run('docker images -q; ls /var/lib/docker/image');
  t.regex(stdout, /^[0-9a-f]{12}\nvfs\n$/);
  const start = lab.machine.snapshot();
  await lab.prepare('rm /etc/docker/daemon.json; dockerd -s overlay2 2> /dev/null & sleep 1');
  t.is(await driverOf(lab), 'overlay2');
  lab.machine.restore(start);
  t.is(await driverOf(lab), 'vfs');
});

test('vfs: a container runs on a plain directory, with no union and no driver data', async (t) => {
  const lab = new DockerLab({ storageDriver: 'vfs' });
  const { stdout } = await lab.run(`docker run --name c1 nginx sh -c '
    rm -r /etc/nginx/conf.d; echo new > /etc/nginx/new; mount | head -1'`);
  t.is(stdout, '/dev/vda on / type ext4 (rw,relatime)\n');
  t.is(
    (await lab.run('docker diff c1 | sort')).stdout,
    'A /etc/nginx/new\nC /etc\nC /etc/nginx\nD /etc/nginx/conf.d\n',
  );
  t.is(
    (await lab.run("docker inspect -f '{{json .GraphDriver}}' c1")).stdout,
    '{"Data":null,"Name":"vfs"}\n',
  );
  await lab.prepare('docker commit c1 changed');
  const { stdout: seen } = await lab.run('docker run --rm changed sh -c "ls /etc/nginx; cat /etc/nginx/new"');
  t.false(seen.includes('conf.d'));
  t.true(seen.endsWith('new\n'));
  t.regex((await lab.run('docker info')).stdout, /^ Storage Driver: vfs\n Logging Driver: json-file$/m);
});

/** As the measured one: some hundred links to busybox, a small file, a big one. */
const IMAGE = `mkdir /root/t && cd /root/t && cat > Dockerfile <<'END'
FROM busybox
RUN for i in $(seq 400); do ln -s busybox /bin/applet$i; done; echo original > /base_file.txt
RUN mkdir /data && dd if=/dev/zero of=/data/big.bin bs=1M count=100
CMD ["sleep", "100000"]
END
docker build -q -t image .`;

/** Bytes on the host's disk, and on the one that the driver has. */
const used = (lab: DockerLab): number => {
  const { init, engine } = lab.machine;
  const home = `/var/lib/docker/${engine.info().driver}`;
  const host = init.statfs('/var/lib/docker');
  const own = init.tryStat(home) === undefined ? host : init.statfs(home);
  const disks = own.type === host.type ? [host] : [host, own];
  return disks.reduce((sum, { blocks, bfree, bsize }) => sum + (blocks - bfree) * bsize, 0);
};

const costs: Record<string, string> = {
  start: 'docker run -d --name container1 image',
  // Not compared: small files lie among the metadata, or take a block.
  small:
    'docker run -d --name container2 image; docker exec container1 sh -c "echo Modified > /base_file.txt; mkdir /data/n; echo f > /data/n/f"',
  first: 'docker exec container1 sh -c "printf X | dd of=/data/big.bin bs=1 seek=50000000 conv=notrunc"',
  second: 'docker exec container1 sh -c "printf X | dd of=/data/big.bin bs=1 seek=90000000 conv=notrunc"',
  rm: 'docker exec container2 rm /data/big.bin',
};

/** Bytes newly used on a real engine, its data on a disk of its own: ext4, or btrfs for btrfs. */
const measured = {
  // As its documentation says: the whole file at the first write, nothing at the next, a whiteout for what is removed.
  aufs: { start: 135_168, first: 104_857_600, second: 0, rm: 0 },
  btrfs: { start: 266_240, first: 4_096, second: 4_096, rm: 32_768 },
  // The union of overlay2, on the same disk; its start was not measured.
  overlayfs: { first: 104_865_792, second: 0, rm: 16_384 },
  overlay2: { start: 135_168, first: 104_865_792, second: 0, rm: 16_384 },
  vfs: { start: 213_925_888, first: 0, second: 0, rm: -104_853_504 },
} satisfies Partial<Record<DriverName, Record<string, number>>>;

/** What the real daemon's own databases may grow by meanwhile. */
const BLOCKS = 4 * 4096;

for (const [driver, rows] of Object.entries(measured)) {
  test(`${driver}: what one byte of 100 MiB, a second one, a start and a removal cost`, async (t) => {
    const lab = new DockerLab({ storageDriver: driver as DriverName });
    await lab.prepare(IMAGE);
    for (const [what, command] of Object.entries(costs)) {
      const before = used(lab);
      await lab.prepare(command);
      const cost = used(lab) - before;
      const real = (rows as Record<string, number>)[what];
      if (real === undefined) continue;
      t.true(
        Math.abs(cost - real) <= Math.max(Math.abs(real) * 0.1, BLOCKS),
        `${what}: ${cost}, really ${real}`,
      );
    }
  });
}

/** The same with /var/lib/docker on a btrfs, where a copy shares the blocks of what it was copied from. */
const measuredOnBtrfs = {
  overlay2: { first: 4_096, second: 4_096, rm: 0 },
  vfs: { first: 4_096, second: 4_096, rm: 0 },
} satisfies Partial<Record<DriverName, Record<string, number>>>;

for (const [driver, rows] of Object.entries(measuredOnBtrfs)) {
  test(`${driver} on a btrfs: a changed byte costs a block, and no copy is one`, async (t) => {
    const lab = new DockerLab({ storageDriver: driver as DriverName });
    await lab.prepare(`docker images -q; systemctl stop docker; truncate -s 60G /root/img; mkfs.btrfs -q /root/img
mount -t btrfs -o loop /root/img /var/lib/docker; systemctl start docker`);
    await lab.prepare(IMAGE);
    for (const [what, command] of Object.entries(costs)) {
      const before = used(lab);
      await lab.prepare(command);
      const cost = used(lab) - before;
      if (what === 'start') t.true(cost < 1_500_000, `start: ${cost}`);
      const real = (rows as Record<string, number>)[what];
      if (real !== undefined) t.true(Math.abs(cost - real) <= BLOCKS, `${what}: ${cost}, really ${real}`);
    }
  });
}
