import test from 'ava';
import { DockerLab } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';

const readme = `mkdir -p /lab && cd /lab && printf '%s\\n' 'FROM ubuntu:20.04' 'RUN echo "This is the original file in the base image." > /base_file.txt' > Dockerfile
docker build -t base-image . >/dev/null
docker run -d --name container1 base-image tail -f /dev/null >/dev/null
docker run -d --name container2 base-image tail -f /dev/null >/dev/null`;

const labWithReadme = async (): Promise<DockerLab> => {
  const lab = new DockerLab();
  await lab.prepare(readme);
  return lab;
};

test('the README: one container changes the file, the other does not see it', async (t) => {
  const lab = await labWithReadme();
  await lab.prepare(`docker exec container1 sh -c "echo 'Modified file in container1.' > /base_file.txt"`);
  t.is((await lab.run('docker exec container1 cat /base_file.txt')).stdout, 'Modified file in container1.\n');
  t.is(
    (await lab.run('docker exec container2 cat /base_file.txt')).stdout,
    'This is the original file in the base image.\n',
  );
  t.is((await lab.run('docker diff container1; docker diff container2')).stdout, 'C /base_file.txt\n');
  const { stdout } = await lab.run("docker inspect -s -f '{{.Name}} {{.SizeRw}}' container1 container2");
  t.is(stdout, '/container1 29\n/container2 0\n');
});

test('ps: columns as wide as their cells, newest first', async (t) => {
  const lab = await labWithReadme();
  const [head = '', first = '', second = ''] = (await lab.run('docker ps')).stdout.split('\n');
  t.is(
    head,
    'CONTAINER ID   IMAGE        COMMAND               CREATED                  STATUS                  PORTS     NAMES',
  );
  t.regex(
    first,
    /^[0-9a-f]{12} {3}base-image {3}"tail -f \/dev\/null" {3}Less than a second ago {3}Up Less than a second {13}container2$/,
  );
  t.true(second.endsWith('container1'));
});

test('a build: steps, cache, red errors, the status of RUN', async (t) => {
  const lab = new DockerLab();
  const build = (lines: string): Promise<{ stdout: string; stderr: string; status: number }> =>
    lab.run(`printf '${lines}' | docker build -`);
  const first = await build('FROM ubuntu:20.04\\nRUN echo out; echo err >&2\\n');
  t.is(first.status, 0);
  t.true(
    first.stdout.startsWith(
      'Sending build context to Docker daemon  2.048kB\r\r\nStep 1/2 : FROM ubuntu:20.04\n ---> ',
    ),
  );
  t.true(first.stdout.includes('\x1b[91merr\n\x1b[0m'));
  t.true(first.stdout.includes('Removing intermediate container '));
  const again = await build('FROM ubuntu:20.04\\nRUN echo out; echo err >&2\\nRUN exit 7\\n');
  t.true(again.stdout.includes(' ---> Using cache\n'));
  t.is(again.stderr, "The command '/bin/sh -c exit 7' returned a non-zero code: 7\n");
  t.is(again.status, 7);
  const broken = await build('FROM ubuntu:20.04\\nFOO bar\\n');
  t.is(
    broken.stderr,
    'Error response from daemon: dockerfile parse error line 2: unknown instruction: FOO\n',
  );
  t.is(broken.status, 1);
});

test('a changed file misses the cache, a touched one does not; steps without a program make no layer', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    `mkdir -p /b; cd /b; echo 1 > f; echo 2 > g; printf '%s\\n' 'FROM ubuntu:20.04' 'COPY f /f' 'ENV A=b' 'RUN cat /f > /copy' > Dockerfile; docker build -q -t x .`,
  );
  const cached = async (change: string): Promise<number> =>
    (await lab.run(`${change}; docker build -t x .`, '/b')).stdout.split('Using cache').length - 1;
  t.is(await cached('touch f'), 3);
  t.is(await cached('echo more > g'), 3);
  t.is(await cached('echo more > f'), 0);
  t.is((await lab.run("docker inspect -f '{{len .RootFS.Layers}}' x")).stdout, '3\n');
  t.is((await lab.run("docker history --format '{{.Size}}' x | head -3")).stdout, '5B\n0B\n5B\n');
});

test('a quiet build prints the ID alone, and everything when it fails', async (t) => {
  const lab = new DockerLab();
  const good = await lab.run(`printf 'FROM ubuntu:20.04\\nENV A=b\\n' | docker build -q -`);
  t.regex(good.output, /^sha256:[0-9a-f]{64}\n$/);
  const bad = await lab.run(`printf 'FROM ubuntu:20.04\\nRUN echo seen; false\\n' | docker build -q -`);
  t.is(bad.stdout, '');
  t.true(bad.stderr.includes('seen\n'));
  t.true(bad.stderr.endsWith("The command '/bin/sh -c echo seen; false' returned a non-zero code: 1\n"));
});

test('COPY --from takes what a stage made; only the last stage is kept', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    `printf '%s\\n' 'FROM ubuntu:20.04 AS one' 'RUN mkdir /d && echo made > /d/f && chmod 640 /d/f' 'FROM ubuntu:20.04' 'COPY --from=one /d /e' | docker build -t two -`,
  );
  t.is((await lab.run('docker run --rm two cat /e/f')).stdout, 'made\n');
  t.is((await lab.run('docker run --rm two ls -l /e/f')).stdout.slice(0, 10), '-rw-r-----');
  t.is((await lab.run('docker run --rm two ls /d')).status, 2);
});

test('without the group docker, the socket refuses', async (t) => {
  const lab = new DockerLab();
  const stranger = { uid: 65534, gid: 65534, groups: [65534] };
  const refused = await lab.run('docker ps', '/', stranger);
  t.is(
    refused.stderr,
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/containers/json": dial unix /var/run/docker.sock: connect: permission denied\n',
  );
  t.is(refused.status, 1);
  t.is((await lab.run('docker run ubuntu:20.04 true', '/', stranger)).status, 126);
  t.is((await lab.run('docker version', '/', stranger)).status, 1);
});

test('inside a container there is no daemon', async (t) => {
  const lab = await labWithReadme();
  await lab.prepare('docker cp /usr/bin/docker container1:/usr/bin/docker');
  const { stderr, status } = await lab.run('docker exec container1 docker ps');
  t.is(
    stderr,
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n',
  );
  t.is(status, 1);
});

test('every subcommand explains itself in the layout of Docker', async (t) => {
  const lab = new DockerLab();
  const { stdout } = await lab.run('docker container ls --help');
  t.true(
    stdout.startsWith(
      'Usage:  docker container ls [OPTIONS]\n\nList containers\n\nAliases:\n  docker container ls, ',
    ),
  );
  t.true(stdout.includes('\nOptions:\n  -a, --all '));
  const names = (await lab.run('docker help')).stdout.match(/^ {2}([a-z]+) {2,}/gm) ?? [];
  t.true(names.length > 40);
  for (const name of new Set(names.map((text) => text.trim()))) {
    const { status, stdout: help } = await lab.run(`docker ${name} --help`);
    t.is(status, 0, name);
    t.regex(help, new RegExp(`^Usage:  docker ${name}`), name);
  }
});

test('images are fetched when they are missing, and said to be', async (t) => {
  const lab = new DockerLab();
  const { stdout, stderr } = await lab.run('docker run --rm busybox echo hi');
  t.is(stdout, 'hi\n');
  t.true(
    stderr.startsWith(
      "Unable to find image 'busybox:latest' locally\nlatest: Pulling from library/busybox\n",
    ),
  );
  t.true(stderr.endsWith('Status: Downloaded newer image for busybox:latest\n'));
  t.true(
    (await lab.run('docker pull busybox')).stdout.includes(
      'Status: Image is up to date for busybox:latest\n',
    ),
  );
  const missing = await lab.run('docker run nosuch/image');
  t.is(missing.status, 125);
  t.true(
    engineWords(missing.stderr).includes(
      'docker: Error response from daemon: pull access denied for nosuch/image',
    ),
  );
});

test('stop keeps the writable layer, rm ends it, a volume outlives both', async (t) => {
  const lab = await labWithReadme();
  await lab.prepare(`docker run -d --name vv -v data:/data base-image tail -f /dev/null
    docker exec vv sh -c 'echo layer > /mine; echo volume > /data/f'; docker stop -t 0 vv; docker start vv`);
  t.is((await lab.run('docker exec vv cat /mine /data/f')).stdout, 'layer\nvolume\n');
  await lab.prepare('docker rm -f vv; docker run -d --name vv -v data:/data base-image tail -f /dev/null');
  t.is((await lab.run('docker exec vv cat /data/f')).stdout, 'volume\n');
  t.is((await lab.run('docker exec vv cat /mine')).status, 1);
});

test('docker exec leaves the caller’s standard input alone without -i', async (t) => {
  const lab = await labWithReadme();
  const { stdout } = await lab.run(
    `printf 'a\\nb\\n' | while read -r x; do docker exec container1 cat; echo "$x"; done`,
  );
  t.is(stdout, 'a\nb\n');
});

test('logs -f and wait let time pass for a container in the background', async (t) => {
  const lab = new DockerLab();
  await lab.prepare("docker run -d --name slow ubuntu:20.04 sh -c 'echo a; sleep 3600; echo b; exit 5'");
  t.is((await lab.run('docker logs -f slow')).stdout, 'a\nb\n');
  t.is((await lab.run('docker wait slow')).stdout, '5\n');
  t.regex((await lab.run('docker logs -t -n 1 slow')).stdout, /^2026-01-01T01:00:\d\d\.\d{9}Z b\n$/);
  t.is((await lab.run('docker start -a slow')).status, 5);
});

test('a file dropped from the context is not sent, nor copied, nor counted', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(`mkdir -p /c/d; cd /c; echo 1 > keep; echo 2 > drop; echo 3 > d/drop; printf 'drop\n**/drop\n' > .dockerignore
    printf 'FROM ubuntu:20.04\nCOPY . /all/\n' > Dockerfile`);
  const { stdout } = await lab.run('docker build -t ctx .', '/c');
  // Dockerfile, .dockerignore, keep, d/ and the end of the tar.
  t.true(stdout.startsWith('Sending build context to Docker daemon  4.608kB'));
  t.is(
    (await lab.run('docker run --rm ctx sh -c "cd /all; ls -A . d"')).stdout,
    '.:\n.dockerignore\nDockerfile\nd\nkeep\n\nd:\n',
  );
});

test('export is flat; import makes one layer of it; ADD unpacks a tar and COPY does not', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(`docker run -d --name ex busybox sleep 1000; docker exec ex sh -c 'echo x > /new; rm /bin/vi'
    docker export ex | docker import - flat; mkdir /t; docker export -o /t/x.tar ex
    printf 'FROM scratch\nADD x.tar /\nCOPY x.tar /as-is.tar\nCMD ["sh"]\n' > /t/Dockerfile; docker build -q -t added /t`);
  t.is(
    (await lab.run("docker inspect -f '{{len .RootFS.Layers}} {{.Comment}}' flat")).stdout,
    '1 Imported from -\n',
  );
  t.is((await lab.run('docker run --rm flat cat /new')).stdout, 'x\n');
  t.is((await lab.run('docker run --rm flat test -e /bin/vi')).status, 1);
  t.is((await lab.run('docker run --rm added ls /new /as-is.tar')).stdout, '/as-is.tar\n/new\n');
  t.is(
    (await lab.run('docker import /etc/passwd')).stderr,
    'Error response from daemon: archive/tar: invalid tar header\n',
  );
});

test('pull, run and create find images for linux/amd64 only', async (t) => {
  const lab = new DockerLab();
  for (const verb of ['pull', 'run', 'create']) {
    const { status, stderr } = await lab.run(`docker ${verb} --platform linux/arm64 busybox`);
    t.not(status, 0, verb);
    t.regex(stderr, /no matching manifest for linux\/arm64 in the manifest list entries/);
  }
  t.is((await lab.run('docker images -q busybox')).stdout, '');
  t.is((await lab.run('docker pull -q --platform linux/amd64 busybox')).status, 0);
});
