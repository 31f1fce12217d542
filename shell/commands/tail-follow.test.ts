// tail -f and -F: what is added comes out, and a signal ends it. No GNU oracle: the answers depend on time.

import test from 'ava';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { type ExitStatus, shellStatus } from '../fs/signal.ts';
import { loadProgram } from './index.ts';
import { TestMachine } from './test-machine.ts';
import { toBytes } from './text.ts';

/** A tail that runs, and what it has printed so far. */
class Following {
  text = '';
  readonly machine = new TestMachine();
  #exited: Promise<ExitStatus> | undefined;
  #process: Process | undefined;

  async start(...words: string[]): Promise<void> {
    const { init } = this.machine;
    const program = await loadProgram('tail');
    const [read, write] = init.pipe();
    const child = init.fork(
      (process) => {
        this.#process = process;
        process.argv = ['tail', ...words];
        return program?.(process, process.argv) ?? 1;
      },
      { fds: { 0: init.open('/dev/null', O.RDONLY), 1: write, 2: write } },
    );
    init.close(write);
    this.#exited = child.exited;
    void this.#drain(read);
  }

  async #drain(fd: number): Promise<void> {
    for (;;) {
      const chunk = await this.machine.init.read(fd, 4096);
      if (chunk.length === 0) return;
      this.text += Buffer.from(chunk).toString();
    }
  }

  append(path: string, text: string): void {
    const fd = this.machine.init.open(path, O.WRONLY | O.CREAT | O.APPEND);
    this.machine.init.write(fd, toBytes(text));
    this.machine.init.close(fd);
  }

  async until(wanted: string): Promise<void> {
    while (this.text !== wanted) {
      if (!wanted.startsWith(this.text))
        throw new Error(`${JSON.stringify(this.text)} instead of ${JSON.stringify(wanted)}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async end(signal: 'SIGINT' | 'SIGTERM'): Promise<number> {
    this.machine.init.kill(this.#process?.pid ?? 0, signal);
    return shellStatus((await this.#exited) as ExitStatus);
  }
}

test('tail -f prints what is appended, until Ctrl-C', async (t) => {
  const follow = new Following();
  follow.append('/work/log', 'one\ntwo\n');
  await follow.start('-n1', '-f', 'log');
  await follow.until('two\n');
  follow.append('/work/log', 'three\n');
  await follow.until('two\nthree\n');
  follow.append('/work/log', 'four');
  await follow.until('two\nthree\nfour');
  t.is(await follow.end('SIGINT'), 130);
});

test('tail -f /dev/null does nothing, for ever', async (t) => {
  const follow = new Following();
  await follow.start('-f', '/dev/null');
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  t.is(follow.text, '');
  t.is(await follow.end('SIGTERM'), 143);
});

test('tail -f notices that a file was truncated', async (t) => {
  const follow = new Following();
  follow.append('/work/log', 'a long line\n');
  await follow.start('-f', 'log');
  await follow.until('a long line\n');
  follow.machine.init.truncate('/work/log', 0);
  await follow.until('a long line\ntail: log: file truncated\n');
  follow.append('/work/log', 'new\n');
  await follow.until('a long line\ntail: log: file truncated\nnew\n');
  t.is(await follow.end('SIGINT'), 130);
});

test('tail -f of two files says which one speaks', async (t) => {
  const follow = new Following();
  follow.append('/work/a', 'a\n');
  follow.append('/work/b', 'b\n');
  await follow.start('-f', 'a', 'b');
  await follow.until('==> a <==\na\n\n==> b <==\nb\n');
  follow.append('/work/a', 'A\n');
  await follow.until('==> a <==\na\n\n==> b <==\nb\n\n==> a <==\nA\n');
  t.is(await follow.end('SIGINT'), 130);
});

test('tail -F follows the name to a new file', async (t) => {
  const follow = new Following();
  follow.append('/work/log', 'old\n');
  await follow.start('-F', 'log');
  await follow.until('old\n');
  follow.machine.init.rename('/work/log', '/work/log.1');
  await follow.until("old\ntail: 'log' has become inaccessible: No such file or directory\n");
  follow.append('/work/log', 'new\n');
  await follow.until(
    "old\ntail: 'log' has become inaccessible: No such file or directory\ntail: 'log' has appeared;  following new file\nnew\n",
  );
  t.is(await follow.end('SIGINT'), 130);
});

test('tail -f of nothing but missing files ends', async (t) => {
  const { stderr, status } = await new TestMachine().run(['tail', '-f', 'nosuch']);
  t.is(
    stderr,
    "tail: cannot open 'nosuch' for reading: No such file or directory\ntail: no files remaining\n",
  );
  t.is(status, 1);
});
