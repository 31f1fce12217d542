// The transcripts that can be replayed: what the lab looked like, and where a base image of another making shows.

import type { DriverName } from '../engine/storage/driver-names.ts';

export interface Replay {
  readonly file: string;
  /** Makes the lab, in bash. */
  readonly setup: string;
  readonly cwd: string;
  /** Steps that cannot be replayed, with the reason. */
  readonly skips: readonly (readonly [RegExp, string])[];
  /** What to run where a step used tools of the host: it is not compared. */
  readonly instead?: readonly (readonly [RegExp, string])[];
  /** IDs that the commands name, and what prints ours. */
  readonly ids?: readonly (readonly [theirs: string, script: string])[];
  /** Lines that the real engine's other base image, or other work on it, put there. */
  readonly foreign: readonly (readonly [command: RegExp, line: RegExp])[];
  /** At least so many steps are compared. */
  readonly least: number;
  /** overlay2 unless told. */
  readonly driver?: DriverName;
  /** What a step's words are here, where the recorder's were its own. */
  readonly words?: readonly (readonly [RegExp, string])[];
  /** What may differ in it besides what may everywhere. */
  readonly same?: readonly (readonly [RegExp, string])[];
  /** Steps whose lines come in the order of random ids. */
  readonly unordered?: RegExp;
}

export const file = (path: string, lines: readonly string[]): string =>
  `mkdir -p ${path.slice(0, path.lastIndexOf('/'))}; cat > ${path} <<'END'\n${lines.join('\n')}\nEND\n`;

export const readme = file('/lab/readme/Dockerfile', [
  'FROM ubuntu:20.04',
  'RUN echo "This is the original file in the base image." > /base_file.txt',
]);

const cowlab = file('/lab/lab/Dockerfile', [
  'FROM ubuntu:20.04',
  'RUN mkdir -p /data/dir/sub /data/olddir && echo one > /data/one.txt && echo two > /data/two.txt && echo three > /data/three.txt',
  'RUN for i in a b c; do echo $i > /data/dir/$i; done; echo s > /data/dir/sub/s; echo o > /data/olddir/o',
  'RUN echo linked > /data/h1 && ln /data/h1 /data/h2 && ln -s one.txt /data/sym && ln -s /data/dir /data/dirsym && ln -s nowhere /data/dangling',
  'CMD ["sleep", "infinity"]',
]);

export const multi = file('/lab/bld/ctx/Dockerfile', [
  'FROM ubuntu:20.04 AS builder',
  'WORKDIR /build',
  'COPY src/ ./src/',
  'RUN cat src/s1 src/sub/s2 > out.bin',
  'FROM ubuntu:20.04',
  'LABEL maintainer=me',
  'ENV GREETING=hello',
  'ARG VER=1',
  'COPY --from=builder /build/out.bin /opt/out.bin',
  'COPY app.txt /opt/',
  'RUN echo "$GREETING $VER" > /opt/greeting && rm -f /etc/motd',
  'RUN rm -rf /usr/share/doc',
  'VOLUME /var/data',
  'EXPOSE 8080',
  'WORKDIR /opt',
  'USER nobody',
  'ENTRYPOINT ["cat"]',
  'CMD ["/opt/greeting"]',
]);
export const context = `cd /lab/bld/ctx; mkdir -p src/sub node_modules; echo s1 > src/s1; echo s2 > src/sub/s2; echo j > node_modules/j
echo 'app v1' > app.txt; echo secret > secret.env\n`;

const twoContainers = `${readme}docker build -q -t base-image /lab/readme
docker run -d --name container1 base-image tail -f /dev/null; docker run -d --name container2 base-image tail -f /dev/null
docker exec container1 sh -c "echo 'Modified file in container1.' > /base_file.txt"\n`;

const lab = `${readme}${cowlab}docker build -q -t base-image /lab/readme; docker build -q -t cowlab /lab/lab; mkdir -p /lab/life\n`;

const HOST_TOOLS: readonly [RegExp, string] = [
  /getfattr|exp\.sh|lib\.sh|perl/,
  'uses tools of the lab on the host',
];
const BUILDKIT: readonly [RegExp, string] = [
  /DOCKER_BUILDKIT=1|bk-test|bk-multi/,
  'BuildKit: see kit-transcripts.test.ts',
];

const small = `${file('/lab/sm/Dockerfile', [
  'FROM scratch',
  'ADD rootfs.tar /',
  'RUN mkdir -p /data/dir/sub && echo one > /data/one.txt && echo two > /data/two.txt && echo a > /data/dir/a && echo s > /data/dir/sub/s',
  'RUN rm /data/one.txt',
  'RUN rm -rf /data/dir && mkdir /data/dir && echo fresh > /data/dir/z',
  'RUN rm -rf /data/dir',
  'RUN chmod 600 /data/two.txt && ln /data/two.txt /data/two-hard && ln -s two.txt /data/two-sym',
])}docker create --name bb busybox; docker export bb > /lab/sm/rootfs.tar; docker rm bb; docker rmi busybox\n`;

const depth = `mkdir -p /lab/depth; cd /lab/depth; echo f > f
(echo FROM ubuntu:20.04; for i in $(seq 130); do echo COPY f /d/f$i; done) > Dockerfile
docker run -d --name lat ubuntu:20.04 sleep infinity\n`;

/** The directory of an image's topmost layer, or of a container's own. */
const layerOf = (name: string): string =>
  `basename $(dirname $(docker inspect -f '{{.GraphDriver.Data.UpperDir}}' ${name}))`;

/** The two bases came about in different steps: pulled here, built there. */
const baseHistory: readonly [RegExp, RegExp] = [
  /docker history/,
  /ADD file:|<missing>|big\.b…|COPY file:7027/,
];

export const replays: readonly Replay[] = [
  { file: '01-readme-example.txt', setup: readme, cwd: '/root', skips: [], foreign: [], least: 10 },
  {
    file: '02-readme-inspection.txt',
    setup: twoContainers,
    cwd: '/root',
    skips: [
      [/history -q/, 'bare ids: nothing tells which are the base image’s'],
      [/--digests/, 'a pulled image has a digest'],
    ],
    foreign: [
      baseHistory,
      [/docker images -a/, /^<none>/],
      [/docker inspect [a-z0-9-]+$/, /Labels|org\.opencontainers|^ *}|Sandbox|NetworkDisabled|Pid"|Size"/],
      // That engine ran without a network: nothing had an address.
      [/docker inspect [a-z0-9-]+$/, /"(EndpointID|NetworkID|Gateway|IPAddress|IPPrefixLen|MacAddress)"/],
    ],
    least: 20,
  },
  {
    file: '03-on-disk-layout.txt',
    setup: twoContainers,
    cwd: '/root',
    ids: [
      ['b4bc09f91d6bc9c7129352c06ab49c299669da47b579217cab9d76456b83ac4e', layerOf('ubuntu:20.04')],
      ['8de7ccf254cd07741491d05136291036d36f0839cdacab062df0ba4c479c7981', layerOf('base-image')],
      ['5cc5ce31b7b1ef60ff3f8555a992313c37aeb11b099548e4146caf63dd67b378', layerOf('container1')],
      ['03f9aacba7b6450f6ac849301d9ba0262b2126a39f4d19596d489127119a5af9', layerOf('container2')],
    ],
    skips: [
      [/imagedb|json\.tool|sha256sum/, 'the base image came about in other steps'],
      [/^(ls -R|tree|du) /, 'directories of other images, and sizes of another base'],
      [/^getfattr/, 'paths of the recorder’s own: docker-behaviours.test.ts compares attributes'],
      [/^for f in/, 'its lines begin as headings of the transcript do'],
    ],
    foreign: [
      [/^ls -la .*diff \| head/, /./],
      [/^ls -la/, /^total | \.\.?$/],
      [/^ls .*merged$/, /./],
      [/^stat/, /Birth|Access: 20|Device:/],
      [/-init\/diff/, /\/dev\/(pts|shm)$/],
      [/^ls -la \/var\/lib\/docker$/, /(containerd|plugins|buildkit)$/],
    ],
    same: [
      [/\b[A-Z2-7]{26}\b/g, 'LINK'],
      [/[A-Z][a-z]{2} +\d+ +20\d\d/g, 'DATE'],
      [/(\d\d\d\d-\d\d-\d\d) \d\d:\d\d:\d\d\.\d+ \+0000/g, 'WHEN'],
      [/work\/lab|work\/work/g, 'work/work'],
    ],
    unordered: /^(ls|find|cd)/,
    least: 18,
  },
  {
    file: '07-lifecycle.txt',
    setup: lab,
    cwd: '/lab/life',
    skips: [
      HOST_TOOLS,
      [/rename box/, 'that engine ran without a network, which breaks renaming'],
      [/--filter name=box2/, 'follows the renaming'],
      [/ls -la \/data/, 'totals count a file of 100 MB that is not made here'],
    ],
    instead: [[/merged; ls \$u/, "docker exec box1 sh -c 'echo 1 > /data/kk'; docker stop -t 0 box1"]],
    foreign: [baseHistory],
    least: 40,
  },
  {
    file: '08-volumes-mounts.txt',
    setup: lab,
    cwd: '/lab/life',
    skips: [HOST_TOOLS],
    foreign: [[/proc\/mounts/, / ext4 /]],
    least: 30,
  },
  {
    file: '09-build.txt',
    setup: multi + context,
    cwd: '/lab/bld/ctx',
    skips: [
      [/ADD http/, 'there is no network to refuse the connection'],
      [/head -6/, 'the notice took four of the six lines'],
    ],
    foreign: [
      baseHistory,
      [/docker images/, /cowlab|base-image|^<none>/],
      [/docker save all/, /^(\.dockerignore|Dockerfile|app\.txt|node_modules|secret\.env|src)/],
    ],
    least: 30,
  },
  {
    file: '12-errors-buildkit.txt',
    setup: readme,
    cwd: '/lab/readme',
    skips: [
      BUILDKIT,
      [/^docker$/, 'help in our own words'],
      [/docker images -a \| head/, 'images of other labs'],
    ],
    foreign: [baseHistory],
    least: 55,
  },
  {
    file: '14-wh-names.txt',
    setup: `mkdir -p /lab/root/data; echo foo > /lab/root/data/foo
printf '%s\\n' 'FROM busybox' 'RUN mkdir /data && echo foo > /data/foo && echo bar > /data/bar' | docker build -q -t bb -\n`,
    cwd: '/root',
    skips: [],
    instead: [[/touch \/data\/\.wh\.\.wh\.\.opq/, "docker exec wh1 sh -c 'touch /data/.wh..wh..opq'"]],
    foreign: [],
    least: 8,
  },
  {
    file: '11-save-export-load-rmi.txt',
    setup: small,
    cwd: '/lab',
    skips: [
      [/python3|xxd/, 'uses tools of the lab on the host'],
      [/image prune/, 'images of other labs'],
      [/docker rmi ubuntu:20\.04|base-image/, 'images of other labs'],
      [/docker images -q ubuntu/, 'follows the removal of the base'],
    ],
    foreign: [
      [/tar tvf small\.tar/, /json$|layer\.tar$|^-rw-------/],
      [/docker export ex \| tar/, / (dev|etc|home|lib|lib64|proc|root|sbin|sys|tmp|usr|var)\//],
      [/docker images;/, /cowlab|base-image|multi|^all |^<none>|^ubuntu/],
    ],
    least: 16,
  },
  {
    file: '13-depth-latency.txt',
    setup: depth,
    cwd: '/lab',
    skips: [[/^time for/, 'measures that host']],
    instead: [
      // That transcript is shortened.
      [/^docker rmi deep/, 'docker rmi deep'],
      [
        /docker commit lat x:/,
        `for i in 1 2 3 4 5 6 7 8 9 10; do docker commit lat x:$i; done
docker exec lat sh -c 'mkdir /many; cd /many; for i in $(seq 10000); do echo $i > $i; done'`,
      ],
    ],
    foreign: [],
    least: 7,
  },
];
