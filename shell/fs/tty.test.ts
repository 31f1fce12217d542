// The line discipline between a keyboard and the processes on a terminal.
import test from 'ava';
import { bootKernel } from './boot.ts';
import { virtualClock } from './clock.ts';
import { O } from './open-flags.ts';
import type { Process } from './process.ts';
import { createRandom } from './random.ts';
import { Tty } from './tty.ts';

interface Line {
  tty: Tty;
  /** A process on the terminal, in its foreground group, with it on descriptors 0 to 2. */
  process: Process;
  keys(text: string): void;
  /** What the screen has got so far. */
  screen(): string;
  read(): Promise<string>;
}

function line(): Line {
  const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
  const tty = new Tty(kernel, { columns: 80, rows: 24 });
  const process = kernel.createInit();
  process.terminal = tty;
  tty.foreground = process.group;
  const file = tty.open('/dev/pts/0', O.RDWR);
  for (let fd = 0; fd < 3; fd++) process.install(file);
  let shown = '';
  tty.onOutput((bytes) => {
    shown += Buffer.from(bytes).toString();
  });
  return {
    tty,
    process,
    keys: (text) => tty.input(Buffer.from(text)),
    screen: () => shown,
    read: async () => Buffer.from(await process.read(0, 4096)).toString(),
  };
}

test('a line is echoed as it is typed and read when Enter ends it', async (t) => {
  const { keys, read, screen } = line();
  const reading = read();
  keys('hi');
  t.is(screen(), 'hi');
  keys('\r');
  t.is(await reading, 'hi\n');
  t.is(screen(), 'hi\r\n');
});

test('erase, word erase and kill edit the line; Ctrl-V quotes a key', async (t) => {
  const { keys, read } = line();
  keys('abc\x7f\x7fd\r');
  t.is(await read(), 'ad\n');
  keys('one two\x17three\r');
  t.is(await read(), 'one three\n');
  keys('gone\x15kept\r');
  t.is(await read(), 'kept\n');
  keys('é\x7fe\r');
  t.is(await read(), 'e\n');
  keys('\x16\x03\r');
  t.is(await read(), '\x03\n');
});

test('Ctrl-D ends the file on an empty line and hands over an unfinished one', async (t) => {
  const { keys, read } = line();
  keys('part\x04');
  t.is(await read(), 'part');
  keys('\x04');
  t.is(await read(), '');
});

test('Ctrl-C signals the foreground group and throws the line away', async (t) => {
  const { tty, process, keys, read, screen } = line();
  const heard: string[] = [];
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTSTP'] as const)
    process.onSignal(signal, (name) => heard.push(name));
  keys('lost\x03');
  keys('\x1c\x1a');
  t.deepEqual(heard, ['SIGINT', 'SIGQUIT', 'SIGTSTP']);
  t.is(screen(), 'lost^C^\\^Z');
  keys('kept\r');
  t.is(await read(), 'kept\n');
  tty.foreground = process.group + 1000;
  keys('\x03');
  t.is(heard.length, 3);
});

test('raw mode gives every key as it is, unechoed', async (t) => {
  const { tty, keys, read, screen } = line();
  const cooked = tty.makeRaw();
  keys('\x03');
  t.is(await read(), '\x03');
  keys('\r');
  t.is(await read(), '\r');
  t.is(screen(), '');
  cooked();
  keys('x\r');
  t.is(await read(), 'x\n');
});

test('what was typed ahead in raw mode becomes an edited line in cooked mode, without an echo', async (t) => {
  const { tty, keys, read, screen } = line();
  const cooked = tty.makeRaw();
  keys('ahx\x7fead\r');
  cooked();
  t.is(await read(), 'ahead\n');
  t.is(screen(), '');
  keys('x');
  t.is(screen(), 'x');
});

test('newlines go out as carriage return and newline, in raw mode too', (t) => {
  const { tty, process, screen } = line();
  process.write(1, Buffer.from('a\nb'));
  tty.makeRaw();
  process.write(1, Buffer.from('\n'));
  t.is(screen(), 'a\r\nb\r\n');
});

test('a new size is told to the foreground group', (t) => {
  const { tty, process } = line();
  let told = 0;
  process.onSignal('SIGWINCH', () => told++);
  tty.resize(100, 30);
  tty.resize(100, 30);
  t.deepEqual([tty.columns, tty.rows, told], [100, 30, 1]);
});

test('who reads from the background is stopped, and reads when it is in front again', async (t) => {
  const { tty, process, keys } = line();
  let read = '';
  const child = process.fork(
    async (job) => {
      read = Buffer.from(await job.read(0, 100)).toString();
      return 0;
    },
    { newGroup: true },
  );
  await new Promise((resolve) => setImmediate(resolve));
  t.true(child.process.stopped);
  tty.foreground = child.process.group;
  child.process.raise('SIGCONT');
  keys('now\r');
  await child.exited;
  t.is(read, 'now\n');
});

test('a hung up terminal ends reads', async (t) => {
  const { tty, process, read } = line();
  process.onSignal('SIGHUP', 'ignore');
  tty.hangUp();
  t.is(await read(), '');
});
