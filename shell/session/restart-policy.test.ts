import test from 'ava';
import { DockerLab } from './docker-lab.ts';

const line = async (lab: DockerLab, command: string): Promise<string> =>
  (await lab.run(command)).output.trim();
const state = "docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.RestartCount}}' again";

test('on-failure:2 starts a container that fails twice more, and then leaves it', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    "docker run -d --name again --restart on-failure:2 ubuntu:20.04 sh -c 'echo ran; exit 3'; sleep 5",
  );
  t.is(await line(lab, state), 'exited 3 2');
  t.is(await line(lab, 'docker logs again'), 'ran\nran\nran');
});

test('always goes on until it is stopped; the pause between starts doubles', async (t) => {
  const lab = new DockerLab();
  await lab.prepare('docker run -d --name again --restart always ubuntu:20.04 echo ran');
  const counts: number[] = [];
  for (const seconds of [1, 2, 4]) {
    await lab.prepare(`sleep ${seconds}`);
    counts.push(Number(await line(lab, "docker inspect -f '{{.RestartCount}}' again")));
  }
  t.true((counts[0] ?? 0) >= 2 && (counts[2] ?? 99) <= 8, counts.join(' '));
  t.regex(await line(lab, "docker ps --format '{{.Status}}'"), /^Restarting \(0\)|^Up/);
  await lab.prepare('docker stop -t 0 again; sleep 100');
  const stopped = await line(lab, state);
  t.regex(stopped, /^exited 0 /);
  await lab.prepare('sleep 100');
  t.is(await line(lab, state), stopped);
});

test('a kill is a wish: nothing starts again; the end of the daemon is none', async (t) => {
  const lab = new DockerLab();
  await lab.prepare('docker run -d --name again --restart unless-stopped ubuntu:20.04 tail -f /dev/null');
  await lab.prepare('systemctl restart docker');
  t.regex(await line(lab, state), /^running /);
  await lab.prepare('docker kill again; sleep 5');
  t.regex(await line(lab, state), /^exited 137 /);
  await lab.prepare('systemctl restart docker');
  t.regex(await line(lab, state), /^exited 137 /);
});

test('a machine that is set back has its events and its restarts of then', async (t) => {
  const lab = new DockerLab();
  await lab.prepare('docker run -d --name again --restart always ubuntu:20.04 false; sleep 1');
  const count = 'docker events --since 0 --until $(date +%s) | wc -l';
  const snapshot = lab.machine.snapshot();
  const before = Number(await line(lab, count));
  await lab.prepare('docker rm -f again; docker volume create later; sleep 2');
  t.true(Number(await line(lab, 'docker events --since 0 --until 1s --filter volume=later | wc -l')) === 1);
  lab.machine.restore(snapshot);
  t.is(await line(lab, 'docker events --since 0 --until 1s --filter volume=later | wc -l'), '0');
  t.true(Number(await line(lab, count)) >= before);
  const then = Number(await line(lab, "docker inspect -f '{{.RestartCount}}' again"));
  await lab.prepare('sleep 60');
  t.true(Number(await line(lab, "docker inspect -f '{{.RestartCount}}' again")) > then);
});
