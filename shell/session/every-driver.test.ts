// The same commands under every storage driver: what they answer does not depend on how layers are kept.

import test from 'ava';
import { type DriverName, driverNames } from '../engine/storage/driver-names.ts';
import { DockerLab } from './docker-lab.ts';

const BUILD = `mkdir /root/t && cd /root/t && echo context > app.txt && cat > Dockerfile <<'END'
FROM busybox
RUN mkdir -p /data/dir && echo one > /data/one && echo two > /data/two && echo a > /data/dir/a && echo b > /data/dir/b
RUN ln /data/one /data/hard && ln -s one /data/soft && rm /data/two
COPY app.txt /opt/
CMD ["sleep", "100000"]
END
docker build -q -t image . > /dev/null
sleep 2
docker run -d --name c1 image > /dev/null; docker run -d --name c2 image > /dev/null`;

/** What each prints is compared; the last word of a line may be an id. */
const commands = [
  'docker exec c1 sh -c "echo changed > /data/one; cat /data/hard; ls /data"',
  'docker exec c1 sh -c "rm -r /data/dir; mkdir /data/dir; echo new > /data/dir/new; mv /opt/app.txt /opt/moved"',
  'docker exec c1 sh -c "rm /data/soft; mkdir /data/soft; touch /data/soft/.x; chmod 700 /opt; mkfifo /data/fifo"',
  'docker diff c1',
  'docker diff c2',
  'docker exec c2 sh -c "cat /data/one /data/dir/a; ls -a /data /opt"',
  'docker commit c1 changed > /dev/null; docker run --rm changed sh -c "ls -R /data /opt; cat /data/one; stat -c %a /opt"',
  'docker save changed > /root/c.tar; docker rm -f c1; docker rmi changed > /dev/null; docker load -q -i /root/c.tar',
  'docker run --name c3 changed sh -c "ls -R /data /opt; cat /data/one; echo more > /data/more"; docker diff c3',
  'docker cp c3:/data/more - | tar tf -; docker cp /root/t/app.txt c3:/data/in; docker start -a c3; docker diff c3',
  'docker export c3 | tar tf - | grep -c .; docker stop -t 0 c2; docker start c2; docker exec c2 cat /data/one',
  'docker rm -f c2 c3; docker rmi changed image > /dev/null; docker image prune -f; docker ps -aq; docker images -q | wc -l',
];

const answers = async (driver: DriverName): Promise<string[]> => {
  const lab = new DockerLab({ storageDriver: driver });
  await lab.prepare(BUILD);
  const seen: string[] = [];
  for (const command of commands) {
    const { output, status } = await lab.run(command);
    seen.push(`$ ${command}\n${output.replace(/reclaimed space: .*/, '')}[${status}]`);
  }
  return seen;
};

const overlay2 = answers('overlay2');

for (const driver of driverNames.filter((name) => name !== 'overlay2')) {
  test(`${driver} answers as overlay2 does`, async (t) => {
    t.deepEqual(await answers(driver), await overlay2);
  });
}

/** GraphDriver, the root's line in the mount table, and what the driver's home holds. */
const looks: Record<DriverName, { info: RegExp; data: RegExp; root: RegExp; home: RegExp }> = {
  overlay2: {
    info: /^ {2}Backing Filesystem: extfs\n/,
    data: /^\{"Data":\{"LowerDir":/,
    root: /^overlay on \/ type overlay \(rw,relatime,lowerdir=/,
    home: /^[0-9a-f]{64} [0-9a-f]{64} .*l$/,
  },
  overlayfs: {
    info: /^ {2}driver-type: io\.containerd\.snapshotter\.v1\n$/,
    data: /^\{"Data":null,"Name":"overlayfs"\}/,
    root: /^overlay on \/ type overlay \(rw,relatime,lowerdir=\S+\.overlayfs\/snapshots\/\d+\/fs:/,
    home: /^$/,
  },
  aufs: {
    info: /^ {2}Root Dir: \/var\/lib\/docker\/aufs\n {2}Backing Filesystem: extfs\n {2}Dirs: 6\n {2}Dirperm1 Supported: true\n$/,
    data: /^\{"Data":null,"Name":"aufs"\}/,
    root: /^none on \/ type aufs \(rw,relatime,si=[0-9a-f]{16},dio,dirperm1\)/,
    home: /^diff layers mnt$/,
  },
  btrfs: {
    info: /^ {2}Build Version: Btrfs v6\.2\n {2}Library Version: 102\n$/,
    data: /^\{"Data":null,"Name":"btrfs"\}/,
    root: /^\/dev\/vdb on \/ type btrfs \(rw,relatime,space_cache=v2,subvolid=\d+,subvol=\/subvolumes\/[0-9a-f]{64}\)/,
    home: /^subvolumes$/,
  },
  vfs: {
    info: /^$/,
    data: /^\{"Data":null,"Name":"vfs"\}/,
    root: /^\/dev\/vda on \/ type ext4 \(rw,relatime\)/,
    home: /^dir$/,
  },
  zfs: {
    info: /^ {2}Zpool: zpool-docker\n {2}Zpool Health: ONLINE\n {2}Parent Dataset: zpool-docker\n {2}Space Used By Parent: \d+\n {2}Space Available: \d+\n {2}Parent Quota: no\n {2}Compression: off\n$/,
    data: /^\{"Data":\{"Dataset":"zpool-docker\/[0-9a-f]{64}","Mountpoint":"\/var\/lib\/docker\/zfs\/graph\/[0-9a-f]{64}"\},"Name":"zfs"\}/,
    root: /^zpool-docker\/[0-9a-f]{64} on \/ type zfs \(rw,relatime,xattr,noacl\)/,
    home: /^graph$/,
  },
};

for (const [driver, look] of Object.entries(looks)) {
  test(`${driver}: docker info, inspect, the mount table and the home say what it is`, async (t) => {
    const lab = new DockerLab({ storageDriver: driver as DriverName });
    await lab.prepare('docker run -d --name c1 busybox sleep 1000; docker run --name c2 busybox true');
    const info = (await lab.run("docker info | sed -n '/Storage Driver/,/Logging/p'")).stdout;
    t.regex(info, new RegExp(`^ Storage Driver: ${driver}\n`));
    t.regex(
      info
        .split('\n')
        .slice(1, -2)
        .map((line) => `${line}\n`)
        .join(''),
      look.info,
    );
    t.regex((await lab.run("docker inspect -f '{{json .GraphDriver}}' c1")).stdout, look.data);
    t.regex((await lab.run('docker exec c1 mount | head -1')).stdout, look.root);
    t.regex(
      (await lab.run(`ls /var/lib/docker/${driver} 2>/dev/null | xargs echo`)).stdout.trim(),
      look.home,
    );
  });
}

test('aufs: the branches of a container are told by sysfs, under the number in the mount table', async (t) => {
  const lab = new DockerLab({ storageDriver: 'aufs' });
  await lab.prepare('docker run -d --name c1 busybox sleep 1000');
  const { stdout } = await lab.run(
    'id=$(docker exec c1 mount | sed -n "s/.*,si=\\([0-9a-f]*\\).*/\\1/p"); cat /sys/fs/aufs/si_$id/br*; ls /sys/fs',
  );
  t.regex(
    stdout.replaceAll('/var/lib/docker/aufs/diff', 'D'),
    /^D\/([0-9a-f]{64})=rw\nD\/\1-init=ro\+wh\nD\/[0-9a-f]{64}=ro\+wh\naufs\n$/,
  );
});
