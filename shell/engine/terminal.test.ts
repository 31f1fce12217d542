// Containers with a terminal of their own: keys, Ctrl-C, size, the log, and giving the client's terminal back.

import test from 'ava';
import type { Process } from '../fs/process.ts';
import { Tty } from '../fs/tty.ts';
import { createLab, type Lab } from './lab.ts';

const terminalLab = () => {
  const lab = createLab();
  const tty = new Tty(lab.kernel, { columns: 100, rows: 30, number: 5 });
  let screen = '';
  tty.onOutput((bytes) => {
    screen += new TextDecoder().decode(bytes);
  });
  const client: Process = lab.kernel.newProcess(lab.root.pid, {
    ...lab.root.inherited(),
    argv: ['docker'],
    terminal: tty,
  });
  for (let fd = 0; fd < 3; fd++) client.install(tty.open(tty.name, 2));
  lab.jobs.set('cat', async (process) => {
    for (;;) {
      const bytes = await process.read(0, 100);
      if (bytes.length === 0) return 3;
      await process.write(1, new TextEncoder().encode(`got ${new TextDecoder().decode(bytes)}`));
    }
  });
  return { ...lab, tty, client, screen: () => screen };
};

const type = async (tty: Tty, text: string): Promise<void> => {
  tty.input(new TextEncoder().encode(text));
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const run = ({ engine }: Lab, client: Process, cmd: string, detached?: () => void): string => {
  const { id } = engine.containers.create({
    image: 'base',
    config: { Cmd: ['job', cmd], Tty: true, OpenStdin: true },
  });
  engine.containers.start(id, { client, stdin: 0, stdout: 1, stderr: 2, detached });
  return id;
};

test('keys go to the container’s terminal, which echoes them; its end gives the client’s terminal back', async (t) => {
  const lab = terminalLab();
  const id = run(lab, lab.client, 'cat');
  t.false(lab.tty.canonical);
  await type(lab.tty, 'hi\r');
  t.is(lab.screen(), 'hi\r\ngot hi\r\n');
  await type(lab.tty, '\x04');
  t.is(await lab.engine.containers.wait(id), 3);
  t.true(lab.tty.canonical);
  t.true(lab.tty.nlToCrNl);
  t.is(
    lab.engine.containers
      .logs(id)
      .map(({ text }) => text)
      .join(''),
    'hi\r\ngot hi\r\n',
  );
  await type(lab.tty, 'x\r');
  const typed = await lab.client.read(0, 10);
  t.is(new TextDecoder().decode(typed), 'x\n');
});

test('Ctrl-C is the container’s own', async (t) => {
  const lab = terminalLab();
  let interrupted = 0;
  lab.client.onSignal('SIGINT', () => t.fail('the client was interrupted'));
  lab.jobs.set('trap', async (process) => {
    process.onSignal('SIGINT', () => {
      interrupted++;
    });
    await process.sleep(Number.POSITIVE_INFINITY).catch(() => {});
    return 9;
  });
  const id = run(lab, lab.client, 'trap');
  await type(lab.tty, '\x03');
  t.is(await lab.engine.containers.wait(id), 9);
  t.is(interrupted, 1);
});

test('exec -it has a terminal of the client’s size, and follows it', async (t) => {
  const lab = terminalLab();
  lab.tty.foreground = lab.client.group;
  const { id } = lab.engine.containers.create({ image: 'base' });
  lab.engine.containers.start(id);
  let seen: Tty | undefined;
  lab.jobs.set('look', async (process) => {
    seen = process.tty(0);
    await process.read(0, 1);
    return 0;
  });
  const { exited } = lab.engine.containers.exec(
    id,
    { argv: ['job', 'look'], tty: true, stdin: true },
    lab.client,
  );
  t.deepEqual([seen?.columns, seen?.rows, seen?.name], [100, 30, '/dev/pts/1']);
  lab.tty.resize(60, 20);
  t.deepEqual([seen?.columns, seen?.rows], [60, 20]);
  await type(lab.tty, '\r');
  t.is((await exited).code, 0);
  t.true(lab.tty.canonical);
});

test('Ctrl-P Ctrl-Q leaves the container running, and attach comes back to it', async (t) => {
  const lab = terminalLab();
  let left = false;
  const id = run(lab, lab.client, 'cat', () => {
    left = true;
  });
  await type(lab.tty, '\x10\x11');
  t.true(left);
  t.true(lab.tty.canonical);
  t.true(lab.engine.containers.inspect(id).State.Running);
  const attached = lab.engine.containers.attach(id, { client: lab.client, stdin: 0, stdout: 1 });
  await type(lab.tty, 'again\r');
  t.true(lab.screen().includes('got again'));
  await type(lab.tty, '\x10\x11');
  t.is(await attached, 0);
  const again = lab.engine.containers.attach(id, { client: lab.client, stdin: 0, stdout: 1 });
  await type(lab.tty, '\x04');
  t.is(await again, 3);
});
