import xterm from '@xterm/headless';
import test from 'ava';
import type { BuildEvent } from '../../engine/build/kit/events.ts';
import { PlainProgress } from './build-plain.ts';
import { TtyProgress } from './build-tty.ts';

const SECOND = 1_000_000_000n;
const START = 1_000n * SECOND;
const at = (seconds: number): bigint => START + BigInt(Math.round(seconds * 1000)) * 1_000_000n;

const vertex = (id: string, name: string): BuildEvent => ({
  kind: 'vertex',
  id,
  name,
  digest: `sha256:${id}`,
});
const started = (id: string, seconds: number): BuildEvent => ({ kind: 'started', id, at: at(seconds) });
const completed = (
  id: string,
  seconds: number,
  more: { cached?: boolean; error?: string } = {},
): BuildEvent => ({
  kind: 'completed',
  id,
  at: at(seconds),
  cached: more.cached ?? false,
  error: more.error,
});
const log = (id: string, seconds: number, text: string): BuildEvent => ({
  kind: 'log',
  id,
  at: at(seconds),
  bytes: new TextEncoder().encode(text),
});
const status = (id: string, name: string, current: number): BuildEvent => ({
  kind: 'status',
  id,
  name,
  current,
  total: 0,
  started: at(0),
  completed: at(0),
});

/** What a person reads on a terminal that got these bytes. */
const screenOf = async (text: string, columns: number, rows: number): Promise<string[]> => {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  await new Promise<void>((resolve) => terminal.write(`$ docker build .\n${text}`, resolve));
  const { active } = terminal.buffer;
  const lines = Array.from(
    { length: active.length },
    (_, row) => active.getLine(row)?.translateToString(true) ?? '',
  );
  const written = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()
    .split('\n');
  return written.slice(written.findLastIndex((line) => line.startsWith('[+]')));
};

const drawing = (columns: number, rows: number, isEngine = true) => {
  let text = '';
  let now = START;
  const progress = new TtyProgress({
    isEngine,
    write: (part) => {
      text += part;
    },
    now: () => now,
    size: () => ({ columns, rows }),
  });
  return {
    progress,
    drawAt: (seconds: number) => {
      now = at(seconds);
      progress.draw();
    },
    text: () => text,
    screen: () => screenOf(text, columns, rows),
  };
};

const begin = [vertex('d', '[internal] load build definition from Dockerfile'), started('d', 0)];
const definition = [...begin, status('d', 'transferring dockerfile:', 128), completed('d', 0)];

test('the block is drawn over itself, and a running program shows its last six lines', async (t) => {
  const { progress, drawAt, screen } = drawing(60, 24);
  for (const event of begin) progress.hear(event);
  drawAt(0);
  for (const event of definition.slice(2)) progress.hear(event);
  progress.hear(vertex('r', '[2/2] RUN noise'));
  progress.hear(started('r', 0));
  progress.hear(log('r', 0.1, '1\n2\n3\n4\n5\n6\n7\n8\n'));
  drawAt(1.25);
  t.deepEqual(await screen(), [
    '[+] Building 1.3s (1/2)',
    ' => [internal] load build definition from Dockerfile   0.0s',
    ' => => transferring dockerfile: 128B                   0.0s',
    ' => [2/2] RUN noise                                    1.3s',
    ' => => # 3',
    ' => => # 4',
    ' => => # 5',
    ' => => # 6',
    ' => => # 7',
    ' => => # 8',
  ]);
  progress.hear(completed('r', 2));
  progress.finish(false);
  t.deepEqual(await screen(), [
    '[+] Building 1.3s (2/2) FINISHED',
    ' => [internal] load build definition from Dockerfile   0.0s',
    ' => => transferring dockerfile: 128B                   0.0s',
    ' => [2/2] RUN noise                                    2.0s',
  ]);
});

test('blue for what is done, red for what failed, and what it printed stands below', async (t) => {
  const { progress, drawAt, screen, text } = drawing(60, 24);
  for (const event of definition) progress.hear(event);
  progress.hear(vertex('f', '[1/2] FROM docker.io/library/ubuntu:20.04'));
  progress.hear(started('f', 0));
  progress.hear(completed('f', 0, { cached: true }));
  progress.hear(vertex('r', '[2/2] RUN false'));
  progress.hear(started('r', 0));
  progress.hear(log('r', 0.25, 'oops\n'));
  progress.hear(completed('r', 0.5, { error: 'executor failed running [/bin/sh -c false]: exit code: 1' }));
  drawAt(0.5);
  progress.finish(true);
  t.deepEqual((await screen()).slice(3), [
    ' => CACHED [1/2] FROM docker.io/library/ubuntu:20.04   0.0s',
    ' => ERROR [2/2] RUN false                              0.5s',
    '------',
    ' > [2/2] RUN false:',
    '#3 0.250 oops',
    '------',
  ]);
  t.regex(text(), /\x1b\[34m => CACHED/);
  t.regex(text(), /\x1b\[31m => ERROR/);
});

test('a low terminal shows the last jobs; unfinished ones stay in sight', async (t) => {
  const { progress, drawAt, screen } = drawing(40, 8);
  progress.hear(vertex('long', 'long'));
  progress.hear(started('long', 0));
  for (let n = 0; n < 20; n += 1) {
    progress.hear(vertex(`v${n}`, `step ${n}`));
    progress.hear(started(`v${n}`, 0));
    progress.hear(completed(`v${n}`, 0));
  }
  drawAt(3);
  const shown = await screen();
  t.is(shown[0], '[+] Building 3.0s (20/21)');
  t.true(shown.some((line) => line.startsWith(' => long')));
  t.is(shown.length, 7);
});

test('a name is cut where the time begins, and buildx names its builder', async (t) => {
  const { progress, drawAt, screen } = drawing(50, 24, false);
  progress.hear(vertex('r', `[2/2] RUN ${'x'.repeat(100)}`));
  progress.hear(started('r', 0));
  drawAt(12);
  const [head = '', line = ''] = await screen();
  t.regex(head, /^\[\+\] Building 12\.0s \(0\/1\) +docker:default$/);
  t.is(line.length, 49);
  t.true(line.endsWith('x  12.0s'));
});

const plainText = (events: readonly BuildEvent[], { isEngine = true, failed = false } = {}): string => {
  let text = '';
  const progress = new PlainProgress({
    isEngine,
    write: (part) => {
      text += part;
    },
  });
  for (const event of events) progress.hear(event);
  progress.finish(failed);
  return text;
};

test('plain: one vertex at a time; another one interrupts when it ends, and the first is taken up again', (t) => {
  const text = plainText([
    vertex('a', 'slow'),
    vertex('b', 'quick'),
    started('a', 0),
    log('a', 1, 'one\n'),
    started('b', 1),
    log('b', 1.5, 'two\n'),
    completed('b', 2),
    log('a', 2.5, 'three'),
    completed('a', 3),
  ]);
  t.is(
    text,
    '#1 slow\n#1 sha256:a\n#1 1.000 one\n#1 ...\n\n#2 quick\n#2 sha256:b\n#2 0.500 two\n#2 DONE 1.0s\n\n' +
      '#1 slow\n#1 sha256:a\n#1 2.500 three#1 DONE 3.0s\n',
  );
});

test('plain of buildx: no digests, an unfinished line is ended, and a failed step repeats what it printed', (t) => {
  const text = plainText(
    [vertex('a', 'RUN x'), started('a', 0), log('a', 1, 'half'), completed('a', 2, { error: 'broken' })],
    { isEngine: false, failed: true },
  );
  t.is(
    text,
    '#0 building with "default" instance using docker driver\n\n#1 RUN x\n#1 1.000 half\n#1 ERROR: broken\n' +
      '------\n > RUN x:\n1.000 half\n------\n',
  );
});
