// What docker sends to build from, and what is said of a Dockerfile that is none: as a 28.2 client and a 20.10 daemon do it.

import test from 'ava';
import { DockerLab } from './docker-lab.ts';

const context = "mkdir -p ctx/sub; cd ctx; printf 'FROM ubuntu:20.04\\n' > Dockerfile";

const answer = async (lab: DockerLab, command: string): Promise<string> => {
  const { output, status } = await lab.run(`cd ctx; ${command}`);
  const said = output
    .split(/[\r\n]+/)
    .filter((row) => row !== '')
    .slice(0, 2);
  return [...said, status].join('\n').replace(/docker-builder\d+/g, 'docker-builderN');
};

const SENT = 'Sending build context to Docker daemon';
const unreadable = (path: string): string =>
  `Error response from daemon: unexpected error reading Dockerfile: read /var/lib/docker/tmp/docker-builderN${path}: is a directory\n1`;

test('a Dockerfile that is a directory, or is not in the tar: the context is sent first', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(context);
  t.is(await answer(lab, 'docker build -f sub .'), `${SENT}   2.56kB\n${unreadable('/sub')}`);
  t.is(await answer(lab, 'docker build -f . .'), `${SENT}   2.56kB\n${unreadable('')}`);
  t.is(await answer(lab, 'docker build -f /tmp .'), 'read /tmp: is a directory\n1');
  const missing = 'Error response from daemon: Cannot locate specified Dockerfile: Dockerfile\n1';
  t.is(await answer(lab, 'tar c sub | docker build -'), `${SENT}  10.24kB\n${missing}`);
  t.is(await answer(lab, 'tar c sub | docker build -q -'), `${SENT}  10.24kB\n${missing}`);
  t.is(
    await answer(lab, 'tar c Dockerfile sub | docker build -f sub -'),
    `${SENT}  10.24kB\n${unreadable('/sub')}`,
  );
});

test('a Dockerfile from elsewhere is added under a name of its own, and the tar is not ended', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(`${context}; head -c 5000 /dev/zero > f`);
  const size = async (ignore?: string): Promise<string | undefined> => {
    const write = ignore === undefined ? '' : `printf '${ignore}' > .dockerignore; `;
    const said = await answer(lab, `${write}printf 'FROM ubuntu:20.04\\n' | docker build -f - .`);
    return / (\S+)\n/.exec(said)?.[1];
  };
  t.is(await size(), '8.751kB');
  t.is(await size('f\\n'), '3.09kB');
  t.is(await size('f\\nDockerfile\\n.dockerignore\\n'), '2.066kB');
  await lab.prepare('cd ctx; head -c 200000 /dev/zero > g');
  t.is(await size(), '202.8kB');
});
