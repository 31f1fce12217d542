// What holds containers back, and their process 1 of Docker's own, on a machine that is set back too.

import test from 'ava';
import { DockerLab } from './docker-lab.ts';

const line = async (lab: DockerLab, command: string): Promise<string> =>
  (await lab.run(command)).output.trim();

test('--init: signals go on to the program, and a machine that is set back has one of it', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    'docker run -d --init --name app ubuntu:20.04 bash -c \'trap "echo term; exit 4" TERM; while :; do sleep 1; done\'; sleep 2',
  );
  const processes = "docker exec app ps -eo args | grep -c 'bash -c'; docker exec app ps -p 1 -o comm=";
  t.is(await line(lab, processes), '2\ndocker-init');
  const snapshot = lab.machine.snapshot();
  t.is(
    await line(lab, "docker stop app > id; docker logs app; docker inspect -f '{{.State.ExitCode}}' app"),
    'term\n4',
  );
  lab.machine.restore(snapshot);
  t.is(await line(lab, processes), '2\ndocker-init');
  await lab.prepare('sleep 2; docker stop app');
  t.is(await line(lab, "docker inspect -f '{{.State.ExitCode}}' app"), '4');
});

test('--pids-limit holds back who forks inside, not docker exec; what was changed is set back', async (t) => {
  const lab = new DockerLab();
  await lab.prepare('docker run -d --pids-limit 2 --name app busybox sleep infinity');
  const fork = "docker exec app sh -c 'ls -d /'";
  const refused = "sh: can't fork: Resource temporarily unavailable";
  t.is(await line(lab, 'docker exec app echo one'), 'one');
  t.is(await line(lab, fork), '/', 'a lone command needs no process of its own');
  const twice = "docker exec app sh -c 'ls -d /; echo end'";
  t.is(await line(lab, twice), refused);
  const snapshot = lab.machine.snapshot();
  t.is(await line(lab, `docker update --pids-limit 5 app > id; ${twice}`), '/\nend');
  lab.machine.restore(snapshot);
  t.is(await line(lab, twice), refused);
});

test('rm of a container that the same call removes says so', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    'docker create --name one ubuntu:20.04; docker run -d --name two ubuntu:20.04 sleep infinity',
  );
  t.is(
    await line(lab, 'docker rm one one; echo $?'),
    'one\nError response from daemon: removal of container one is already in progress\n1',
  );
  t.regex(await line(lab, 'docker rm two two; echo $?'), /^(Error .*You cannot remove a running .*\n){2}1$/);
});
