// The transcripts of a real engine with one storage driver after the other, and with the containerd image store.

import { testReplays } from './replay-transcript.ts';
import { context, file, multi, type Replay, readme } from './transcript-labs.ts';

/** The image that every driver was tried with; its base was another. */
const image = file('/lab/drv/Dockerfile', [
  'FROM busybox',
  'RUN mkdir /data && echo "This is the original file in the base image." > /base_file.txt',
  'RUN dd if=/dev/zero of=/data/big.bin bs=1M count=100',
  'CMD ["sleep", "100000"]',
]);

const setup = `${image}docker build -q -t image /lab/drv; docker rmi busybox ubuntu:20.04
docker run -d --name container1 image; docker run -d --name container2 image; sleep 2
docker exec container1 sh -c "echo 'Modified file in container1.' > /base_file.txt; mkdir /data/n; echo f > /data/n/f"
for at in 50000000 60000000; do
  docker exec container1 sh -c "printf X | dd of=/data/big.bin bs=1 seek=$at conv=notrunc"
done
docker exec container2 rm /data/big.bin`;

/** All of /var/lib/docker on a btrfs. */
const onBtrfs = `docker images -q; systemctl stop docker; truncate -s 6G /root/img; mkfs.btrfs -q /root/img
mount -t btrfs -o loop /root/img /var/lib/docker; systemctl start docker\n`;

/** A directory's size is that of the names in it, which are not all the same. */
const SIZES: Replay['foreign'] = [[/^ls /, /./]];

const NO_SUBVOLUMES: Replay['skips'] = [
  [/^btrfs /, 'asks for subvolumes, which the btrfs driver alone makes'],
];

/** What the recording script printed between its steps. */
const recorder: Replay['foreign'][number] = [
  /./,
  /newly used|^used |^after |^docker commit|^sha256:|^IMAGE|\/bin\/sh -c|^ID12|^(real|user|sys)\s/,
];

const driverReplay = (
  name: string,
  driver: NonNullable<Replay['driver']>,
  more: Pick<Replay, 'foreign' | 'least'> & Partial<Pick<Replay, 'words' | 'same' | 'setup' | 'skips'>>,
): Replay => ({
  file: `20-driver-${name}.txt`,
  driver,
  setup: (more.setup ?? '') + setup,
  cwd: '/root',
  skips: [[/ time sh /, 'the recorder’s first write: done in the setup'], ...(more.skips ?? [])],
  words: [
    [/^docker info .*$/, "docker info | sed -n '/Storage Driver/,/Logging/p'"],
    [/^docker ps -s$/, "docker ps --format '{{.Names}}\t{{.Size}}'"],
    [/-f (\{\{.*\}\}) /, "-f '$1' "],
    [/^ls .*/, `ls -la /var/lib/docker /var/lib/docker/${driver} | grep -v ':$$'`],
    ...(more.words ?? []),
  ],
  foreign: [
    recorder,
    // Directories of other parts of the daemon, and of other states of them.
    [/^ls /, /^total | (buildkit|containerd|runtimes|plugins|network|swarm|tmp|trust|volumes|\.\.?)$/],
    ...more.foreign,
  ],
  unordered: /^ls |^btrfs /,
  least: more.least,
  same: more.same ?? [],
});

testReplays([
  driverReplay('overlay2-ext4', 'overlay2', { foreign: [], least: 8 }),
  driverReplay('vfs-ext4', 'vfs', {
    // A device node that quotas need, where the kernel has them; and how many directories the base image has.
    foreign: [[/^ls /, /backingFsBlockDev| ID64(-init)?$|4096 DATE dir$/]],
    least: 8,
  }),
  // The same drivers on a btrfs: what copy-up and copies write is shared with what they are copies of.
  driverReplay('overlay2-btrfs', 'overlay2', {
    setup: onBtrfs,
    foreign: SIZES,
    skips: NO_SUBVOLUMES,
    least: 8,
  }),
  driverReplay('vfs-btrfs', 'vfs', { setup: onBtrfs, foreign: SIZES, skips: NO_SUBVOLUMES, least: 8 }),
  driverReplay('btrfs', 'btrfs', {
    // All of /var/lib/docker was a btrfs there, and its directories have sizes of their own.
    foreign: [
      [/^ls /, /(containers|image)$/],
      [/subvolume list$/, /^\/var/],
    ],
    words: [
      [/^btrfs subvolume list$/, 'btrfs subvolume list /var/lib/docker/btrfs'],
      [/^btrfs filesystem du.*/, 'btrfs filesystem du -s --raw /var/lib/docker/btrfs/subvolumes/*'],
    ],
    same: [
      [/^ID \d+ gen \d+ top level 5 path (docker\/btrfs\/)?/gm, 'ID N gen N path '],
      // Columns are wider beside an ext4.
      [/^(d\S+) +(\d+ root root) +/gm, '$1 $2 '],
      // How big the base is; what a subvolume has alone is compared.
      [/^ *\d{7,} +(\d+) +\d{7,} /gm, 'TOTAL $1 SHARED'],
    ],
    least: 10,
  }),
  {
    file: '51-modern-26.1.5-containerd-store.txt',
    driver: 'overlayfs',
    setup: `${readme}docker build -q -t base-image /lab/readme`,
    cwd: '/lab/readme',
    skips: [
      [/img-ub/, 'ubuntu:20.04 is pulled here, and was built there'],
      [/docker build/, 'the face of buildx, which has transcripts of its own'],
      [
        /docker (history|system df|images)/,
        'how many bytes the base and the build cache take, and which steps made the base',
      ],
      [/docker save/, 'the archive there holds attestations and a list of manifests too'],
    ],
    // Numbers of snapshots: BuildKit takes some. Its own directories, and where cowsh keeps what containerd has in its
    // database.
    foreign: [[/^find /, /snapshots\/\d|\/buildkit\/|\/image\/|\/rootfs\//]],
    words: [[/\| head -40$/, '']],
    same: [[/snapshots\/\d+\//g, 'snapshots/N/']],
    least: 12,
  },
  {
    file: '50-modern-26.1.5-overlay2.txt',
    setup: `${readme}${multi}${context}export DOCKER_BUILDKIT=1
docker build -q -t base-image /lab/readme; docker build -q -t multi /lab/bld/ctx; mkdir -p /lab/save`,
    cwd: '/lab/readme',
    skips: [
      [/img-ub/, 'ubuntu:20.04 is pulled here, and was built there'],
      [/docker build/, 'the face of buildx, which has transcripts of its own'],
      [/docker version|docker info|docker inspect base-image/, 'cowsh is an engine of 20.10: fields of 26.1'],
      [/docker rm container1$/, 'cowsh is an engine of 20.10: words of 26.1'],
      [/--digests/, 'a pulled image has a digest'],
      [/system df/, 'the build cache had other builds'],
      [/docker images( -a)?$|docker rmi committed/, 'multi was built later there'],
      [/^ls -la \/var/, 'BuildKit’s directories, and what 26.1 lays out'],
      [/docker commit container1/, 'counts bytes of the base’s files'],
      [/lab\/save|docker run -d --name w1/, 'archives of the lab, which is not here'],
    ],
    foreign: [
      [/docker history/, /ADD (rootfs|file)|CMD \["\/bin\/bash"\]|LABEL org|ARG (LAUNCH|RELEASE)/],
      // The union's root is shown where it is mounted, and its parents have more children.
      [/^U=/, /merged$|\.\.$/],
    ],
    same: [
      [/overlay2\/[0-9a-z]{25}\//g, 'overlay2/ID64/'],
      [/\bl\/[A-Z0-9]{26}\b/g, 'l/SHORT'],
      [/(overlay\.(uuid|origin))=\S+/g, '$1=BYTES'],
      [/^([d-]\S+) +/gm, '$1 '],
    ],
    least: 30,
  },
]);
