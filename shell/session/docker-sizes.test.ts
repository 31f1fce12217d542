// One accounting that adds up: the same files on a real engine and on cowsh, and every number that either prints of them.

import test from 'ava';
import { DockerLab } from './docker-lab.ts';
import { differingFromEngine, whyNoEngine } from './real-engine.ts';

const missing = whyNoEngine();
const title = 'a real engine and cowsh count the same bytes';

/** Files of every kind: a hard link, a link, a hole, a device, a pipe, names and directories that count nothing. */
const tree = [
  'mkdir -p t/dir/sub; head -c 12345 /dev/zero > t/file; ln t/file t/hard; ln -s file t/sym; ln -s /a/long/target t/dir/far',
  'truncate -s 1000000 t/sparse; mknod t/null c 1 3; mkfifo t/pipe; : > t/empty; head -c 999 /dev/zero > t/dir/sub/x; chmod 4711 t/file',
  'tar -C t -c . | docker import - known:1 | cut -c1-7',
];

const imageNumbers = (image: string): string[] => [
  `docker inspect -f '{{.Size}} {{.VirtualSize}} {{len .RootFS.Layers}}' ${image}`,
  `docker history --format '{{.Size}}' ${image}`,
  `docker history --human=false --format '{{.Size}}' ${image}`,
  `docker images --format '{{.Size}} {{.VirtualSize}}' ${image}`,
];

const containerNumbers = (name: string): string[] => [
  `docker inspect -s -f '{{.SizeRw}} {{.SizeRootFs}}' ${name}`,
  `docker ps -as --filter name=${name} --format '{{.Names}} {{.Size}}'`,
];

const usage = [
  "docker system df --format '{{.Type}} {{.TotalCount}} {{.Active}} {{.Size}} {{.Reclaimable}}'",
  "docker system df -v --format '{{range .Images}}{{.Tag}} {{.Size}} {{.SharedSize}} {{.UniqueSize}} {{.Containers}};{{end}}' | tr ';' '\\n' | sort",
  "docker system df -v --format '{{range .Containers}}{{.Names}} {{.Size}};{{end}}'",
  "docker system df -v --format '{{range .Volumes}}{{.Name}} {{.Links}} {{.Size}};{{end}}'",
];

/** What a program does to a container's files, and what that makes of its size: nothing here depends on the base. */
const changes = [
  'docker run -d --name live -v data:/data ubuntu:20.04 tail -f /dev/null',
  ...[
    'mkdir -p /w/d; head -c 5000 /dev/zero > /w/f',
    'ln /w/f /w/g; ln /w/f /w/d/h',
    'ln -s 123456789 /w/s',
    'rm /w/g',
    'head -c 100 /dev/zero >> /w/f',
    'mv /w/d /w/e; rmdir /w/e 2> /dev/null; rm -r /w/e',
    ': > /w/f; truncate -s 3000000 /w/f',
    'rm /bin/sleep; rm -r /bin/gzip',
    'head -c 700 /dev/zero > /data/v; ln -s v /data/w; mkdir /data/d',
    'mkdir /w/deep; head -c 1 /dev/zero > /w/deep/one; chmod 700 /w/deep',
  ].flatMap((script) => [`docker exec live sh -c '${script}'`, "docker inspect -s -f '{{.SizeRw}}' live"]),
  "docker ps -s --filter name=live --format '{{.Size}}' | cut -d' ' -f1",
  "docker commit live grown | cut -c1-7; docker history --human=false --format '{{.Size}}' grown | head -1",
  'docker stop -t 0 live',
  "docker inspect -s -f '{{.SizeRw}}' live",
  'docker rm -v live; docker rmi -f grown > /dev/null; docker rmi -f ubuntu:20.04 > /dev/null; docker images -q | wc -l',
];

const known = [
  ...tree,
  ...imageNumbers('known:1'),
  'docker create --name one known:1 nothing | wc -c; docker create --name two known:1 nothing | wc -c',
  ...containerNumbers('one'),
  ...usage,
  'mkdir more; head -c 4321 /dev/zero > more/a; ln -s a more/b; head -c 77 /dev/zero > more/file; tar -C more -c . | docker cp - one:/',
  ...containerNumbers('one'),
  'docker commit one known:2 | cut -c1-7; docker commit two known:3 | cut -c1-7; docker tag known:2 known:4',
  ...imageNumbers('known:2'),
  ...imageNumbers('known:3'),
  'docker create --name three -v data:/d known:2 nothing | wc -c',
  ...containerNumbers('three'),
  ...usage,
  'docker rm one; docker image prune -f',
  'docker rmi known:1 | grep -c Untagged',
  ...usage,
  'docker container prune -f | tail -1',
  'docker image prune -af | tail -1',
  'docker volume prune -f | tail -1',
  ...usage,
];

const script = [...changes, ...known];

const words = (text: string): string =>
  text.replace(/\b[0-9a-f]{64}\b/g, 'ID').replace(/\b(?=\w*\d)(?=\w*[a-f])[0-9a-f]{12}\b/g, 'ID');

if (missing === undefined) {
  test(title, async (t) => {
    t.timeout(600_000, 'a real engine answers');
    const lab = new DockerLab();
    await lab.prepare(
      'docker pull -q busybox; docker rmi -f ubuntu:20.04; docker tag busybox ubuntu:20.04; docker rmi busybox; mkdir -p /lab/work',
    );
    const ours: string[] = [];
    for (const command of script) {
      const { stdout, stderr } = await lab.run(command, '/lab/work');
      ours.push(words(stdout + stderr));
    }
    const differences = await differingFromEngine(script, async (outcomes) =>
      script.flatMap((command, at) => {
        const theirs = words(`${outcomes[at]?.stdout}${outcomes[at]?.stderr}`);
        return theirs === ours[at] ? [] : [`$ ${command}\n--- the engine\n${theirs}+++ cowsh\n${ours[at]}`];
      }),
    );
    t.deepEqual(differences, []);
    t.log(`${script.length} commands compared`);
  });
} else if (process.env.COWSH_ORACLES === '1') {
  test(title, (t) => t.fail(missing));
} else {
  test.skip(`${title} (${missing})`, () => {});
}
