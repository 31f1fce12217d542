import test from 'ava';
import { DockerLab } from './docker-lab.ts';

const ENVIRONMENT = 'export DOCKER_BUILDKIT=1 BUILDKIT_PROGRESS=plain';

const labWith = async (...lines: readonly string[]): Promise<DockerLab> => {
  const lab = new DockerLab();
  const text = lines.map((line) => `'${line}'`).join(' ');
  await lab.prepare(`mkdir -p /c/a; cd /c; echo 1 > a/f; printf '%s\\n' ${text} > Dockerfile`);
  return lab;
};

/** The steps of a build that were taken from the cache, and those that were done. */
const build = async (
  lab: DockerLab,
  options = '',
): Promise<{ cached: string[]; done: string[]; status: number }> => {
  const { output, status } = await lab.run(`${ENVIRONMENT}; docker build -t x ${options} .`, '/c');
  const names = new Map<string, string>();
  const result = { cached: [] as string[], done: [] as string[], status };
  for (const [, number = '', words = ''] of output.matchAll(/^#(\d+) (.*)$/gm)) {
    if (!names.has(number)) names.set(number, words.replace(/^\[[^\]]*\] /, ''));
    const name = names.get(number) as string;
    if (!/^(RUN|COPY|ADD|WORKDIR)/.test(name)) continue;
    if (words === 'CACHED') result.cached.push(name);
    else if (words.startsWith('DONE')) result.done.push(name);
  }
  return result;
};

test('unchanged steps are taken from the cache; content decides for COPY, and the first miss misses all after it', async (t) => {
  const lab = await labWith('FROM ubuntu:20.04', 'RUN echo one', 'COPY a /a', 'RUN echo two', 'WORKDIR /w');
  t.deepEqual((await build(lab)).cached, []);
  t.is((await build(lab)).cached.length, 4);
  await lab.prepare('touch /c/a/f');
  t.is((await build(lab)).cached.length, 4, 'a new time is no change');
  await lab.prepare('echo 2 > /c/a/f');
  const changed = await build(lab);
  t.deepEqual(changed.cached, ['RUN echo one']);
  t.deepEqual(changed.done, ['COPY a /a', 'RUN echo two', 'WORKDIR /w']);
  t.is((await build(lab, '--no-cache')).done.length, 4);
});

test('an ARG is part of the key of the steps after it, a proxy is not', async (t) => {
  const lab = await labWith('FROM ubuntu:20.04', 'RUN echo before', 'ARG V=1', 'RUN echo after');
  await build(lab);
  t.deepEqual((await build(lab, '--build-arg V=2')).cached, ['RUN echo before']);
  t.is((await build(lab, '--build-arg HTTP_PROXY=http://p')).cached.length, 2);
});

test('stages that nobody needs are not built, and no container is left or made', async (t) => {
  const lab = await labWith('FROM ubuntu:20.04 AS bad', 'RUN exit 1', 'FROM ubuntu:20.04', 'RUN echo good');
  const { done, status } = await build(lab);
  t.is(status, 0);
  t.deepEqual(done, ['RUN echo good']);
  const { stdout } = await lab.run('docker ps -aq; ls /var/lib/docker/containers; ls /var/lib/docker/tmp');
  t.is(stdout, '');
});

test('the cache keeps layers that no image has, until it is pruned', async (t) => {
  const lab = await labWith('FROM ubuntu:20.04', 'RUN echo kept > /kept');
  const layers = async (): Promise<number> =>
    Number((await lab.run('ls /var/lib/docker/overlay2 | wc -l')).stdout);
  const before = await layers();
  await build(lab);
  await lab.prepare('docker rmi x');
  t.is(await layers(), before + 1);
  t.deepEqual((await build(lab)).cached, ['RUN echo kept > /kept']);
  await lab.prepare('docker rmi x; docker builder prune -f');
  t.is(await layers(), before);
});

test('what an image uses stays at a prune, and goes from the books with -a', async (t) => {
  const lab = await labWith('FROM ubuntu:20.04', 'RUN echo kept > /kept');
  await build(lab);
  await lab.prepare('docker builder prune -f');
  t.is((await build(lab)).cached.length, 1);
  await lab.prepare('docker builder prune -af');
  t.is((await lab.run('docker run --rm x cat /kept')).stdout, 'kept\n');
  t.is((await build(lab)).cached.length, 0);
});

test('a layer made by BuildKit has a name of 25 letters and digits under overlay2', async (t) => {
  const lab = await labWith('FROM ubuntu:20.04', 'RUN echo x > /x');
  await build(lab);
  const { stdout } = await lab.run(`docker inspect -f '{{.GraphDriver.Data.UpperDir}}' x`);
  t.regex(stdout, /^\/var\/lib\/docker\/overlay2\/[0-9a-z]{25}\/diff\n$/);
});

test('stages without a dependency run side by side', async (t) => {
  const lab = await labWith(
    'FROM ubuntu:20.04 AS a',
    'RUN sleep 2',
    'FROM ubuntu:20.04 AS b',
    'RUN sleep 2; true',
    'FROM scratch',
    'COPY --from=a /etc/issue /a',
    'COPY --from=b /etc/issue /b',
  );
  const { stdout } = await lab.run(`${ENVIRONMENT}; date +%s; docker build -q . > /dev/null; date +%s`, '/c');
  const [from = 0, to = 0] = stdout.split('\n').map(Number);
  t.true(to - from < 4, `${to - from} seconds`);
});

test('at most 125 layers, with BuildKit too', async (t) => {
  const steps = Array.from({ length: 125 }, (_, at) => `RUN echo ${at} > /f`);
  const lab = await labWith('FROM ubuntu:20.04', ...steps);
  const { output, status } = await lab.run(`${ENVIRONMENT}; docker build -t deep .`, '/c');
  t.is(status, 1);
  t.regex(output, /max depth exceeded/);
});

test('daemon.json may make BuildKit the one that builds; the environment has the last word', async (t) => {
  const lab = await labWith('FROM ubuntu:20.04', 'RUN true');
  const first = async (prefix: string): Promise<string> =>
    (await lab.run(`${prefix} docker build . 2>&1 | head -1`, '/c')).output;
  t.regex(await first(''), /^Sending build context/);
  t.regex(await first('DOCKER_BUILDKIT=1'), /^#1 \[internal\]/);
  await lab.prepare(`echo '{"features": {"buildkit": true}}' > /etc/docker/daemon.json`);
  t.regex(await first(''), /^#1 \[internal\]/);
  t.regex(await first('DOCKER_BUILDKIT=0'), /^Sending build context/);
  t.regex(await first('DOCKER_BUILDKIT=maybe'), /expects boolean value: strconv.ParseBool: parsing "maybe"/);
});
