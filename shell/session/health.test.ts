// Health checks of containers: asked in time, told in the trace, and as they were on a machine that is set back.

import test from 'ava';
import { virtualClock } from '../fs/clock.ts';
import type { TraceEvent } from '../fs/trace.ts';
import { DockerLab } from './docker-lab.ts';
import { runScript } from './run-script.ts';
import { createSession } from './session.ts';

const line = async (lab: DockerLab, command: string): Promise<string> =>
  (await lab.run(command)).output.trim();
const health = (format: string): string => `docker inspect -f '${format}' app`;
const state = health('{{.State.Health.Status}} {{.State.Health.FailingStreak}} {{len .State.Health.Log}}');
const run = (flags: string, command = 'sleep infinity'): string =>
  `docker run -d --name app ${flags} ubuntu:20.04 ${command} > id`;

const turns = async (count: number): Promise<void> => {
  for (let at = 0; at < count; at++) await new Promise((resolve) => setImmediate(resolve));
};

/** What a script prints on a machine of its own. */
const printed = async (script: string): Promise<string> => {
  let text = '';
  const take = (bytes: Uint8Array): void => {
    text += Buffer.from(bytes).toString('utf8');
  };
  const nothing = (async function* (): AsyncGenerator<Uint8Array> {})();
  await runScript({ script, stdin: nothing, stdout: take, stderr: take });
  return text;
};

test('every 30 s, three times in vain, and it is unhealthy; once well, and it is healthy', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(run("--health-cmd 'echo asked; test -e /ok'"));
  const states: string[] = [];
  for (const pause of ['29', '2', '30', '30', '300'])
    states.push(await line(lab, `sleep ${pause}; ${state}`));
  t.deepEqual(states, ['starting 0 0', 'starting 1 1', 'starting 2 2', 'unhealthy 3 3', 'unhealthy 13 5']);
  t.is(await line(lab, `docker exec app touch /ok; sleep 31; ${state}`), 'healthy 0 5');
  t.is(await line(lab, 'docker ps --format "{{.Status}}"'), 'Up 7 minutes (healthy)');
});

test('what takes too long is killed, its children live on, and the next is asked an interval later', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    run(
      "--health-cmd 'echo begun >> /log; sleep 7; echo never >> /log' --health-interval 10s --health-timeout 5s",
    ),
  );
  t.is(await line(lab, `sleep 14; ${state}; docker exec app pgrep -c sleep`), 'starting 0 0\n2');
  t.is(await line(lab, `sleep 2; ${state}; docker exec app pgrep -a sh`), 'starting 1 1');
  t.is(await line(lab, 'docker exec app pgrep -c sleep; sleep 2; docker exec app pgrep -c sleep'), '2\n1');
  t.is(await line(lab, `sleep 13; ${state}; docker exec app cat /log`), 'starting 2 2\nbegun\nbegun');
});

test('nobody is asked in a paused, a stopped and a removed container', async (t) => {
  const lab = new DockerLab();
  const count = 'docker events --since 0 --until 0s --filter event=exec_start | wc -l';
  await lab.prepare(`${run('--health-cmd true --health-interval 10s')}; sleep 11`);
  t.is(await line(lab, `${state}; ${count}`), 'healthy 0 1\n1');
  t.is(await line(lab, `docker pause app > id; sleep 60; ${state}; ${count}`), 'unhealthy 0 1\n1');
  t.is(await line(lab, `docker unpause app > id; sleep 11; ${state}; ${count}`), 'healthy 0 2\n2');
  t.is(await line(lab, `docker stop -t 0 app > id; sleep 60; ${state}; ${count}`), 'unhealthy 0 2\n2');
  t.is(await line(lab, `docker start app > id; sleep 11; ${state}; ${count}`), 'healthy 0 3\n3');
  t.is(await line(lab, `docker rm -f app > id; sleep 60; ${count}`), '3');
});

test('a container that is stopped with its own grace is asked to its end', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    run(
      '--health-cmd true --health-interval 1s',
      'bash -c \'trap "sleep 5; exit" TERM; sleep infinity & wait; :\'',
    ),
  );
  await lab.prepare('docker stop app');
  t.is(await line(lab, state), 'unhealthy 0 5');
});

test('a probe goes through the union, and the trace tells it', async (t) => {
  const lab = new DockerLab();
  const copied: string[] = [];
  lab.machine.kernel.trace.subscribe((event: TraceEvent) => {
    if (event.kind === 'copy-up') copied.push(JSON.stringify(event));
  });
  await lab.prepare(`${run("--health-cmd 'echo >> /etc/hostname; echo x >> /etc/issue'")}; sleep 31`);
  t.true(copied.some((event) => event.includes('/etc/issue')));
  t.regex(await line(lab, 'docker diff app'), /^C \/etc\/issue$/m);
});

test('a machine that is set back asks on as it did the first time', async (t) => {
  const lab = new DockerLab();
  const script = `for i in 1 2 3 4; do sleep 6; ${state}; done; docker exec app wc -l /log`;
  await lab.prepare(
    `${run("--health-cmd 'echo >> /log; sleep 2; [ $(wc -l < /log) -lt 3 ]' --health-interval 10s --health-start-period 31s --health-retries 1")}; sleep 15`,
  );
  const snapshot = lab.machine.snapshot();
  const first = await line(lab, script);
  t.is(first, 'healthy 0 1\nhealthy 0 2\nhealthy 0 2\nunhealthy 1 3\n3 /log');
  await lab.prepare('docker rm -f app');
  lab.machine.restore(snapshot);
  t.is(await line(lab, script), first);
  lab.machine.restore(snapshot);
  t.is(await line(lab, script), first);
});

test('whoever waits for a state or an event of health gets it, and no run is kept from its end', async (t) => {
  const ask = "docker inspect -f '{{.State.Health.Status}}' app";
  t.is(
    await printed(`${run('--health-cmd true')}; until [ $(${ask}) = healthy ]; do sleep 1; done; ${ask}`),
    'healthy\n',
  );
  t.is(
    await printed(`${run('--health-cmd true')}; docker events | grep -om1 'health_status: .*lthy'`),
    'health_status: healthy\n',
  );
  const trap = (then: string): string => `bash -c 'trap "${then}" TERM; sleep infinity & wait; :'`;
  t.is(await printed(`${run("--health-cmd 'kill 1'", trap('exit 9'))}; docker wait app`), '9\n');
  t.is(await printed(`${run("--health-cmd 'kill 1'", trap('exit 9'))}; echo done`), 'done\n');
});

test('no time passes while somebody thinks in front of a container', async (t) => {
  const session = createSession({ clock: virtualClock(), columns: 80, rows: 24 });
  await session.run(
    'docker run -d --name app --health-cmd true --health-interval 1s ubuntu:20.04 sleep infinity',
  );
  session.input(
    new TextEncoder().encode(
      'docker run -it --name other --health-cmd true --health-interval 1s ubuntu:20.04\r',
    ),
  );
  while (session.place()?.depth !== 1) await turns(1);
  t.is(session.place()?.depth, 1);
  await turns(3000);
  const logs = session.engine.containers.list().map(({ state: { Health } }) => Health?.Log.length);
  t.deepEqual(logs, [0, 0]);
  await session.run('sleep 5');
  const later = session.engine.containers.list().map(({ state: { Health } }) => Health?.Log.length);
  t.deepEqual(later, [4, 5]);
  session.close();
});
