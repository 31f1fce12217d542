// However the built app ends, the terminal is as it was.
import test, { type ExecutionContext } from 'ava';
import { PtyApp } from './pty.ts';

const SIZE = { columns: 80, rows: 24 };

async function prompted(t: ExecutionContext, app: PtyApp): Promise<PtyApp> {
  t.teardown(() => app.kill());
  await app.until((text) => text.includes('learner@'), 'the prompt');
  return app;
}

/** The last of each pair of modes that was set. */
function modesAfter(raw: string): { cursor: boolean; alternate: boolean; paste: boolean } {
  const last = (mode: string) => raw.lastIndexOf(`\x1b[?${mode}h`) > raw.lastIndexOf(`\x1b[?${mode}l`);
  return { cursor: last('25'), alternate: last('1049'), paste: last('2004') };
}

const RESTORED = { cursor: true, alternate: false, paste: false };

for (const [name, status] of [
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const) {
  test(`${name} restores the terminal`, async (t) => {
    const app = await prompted(t, PtyApp.cowsh([], SIZE));
    t.true(app.onAlternateScreen);
    app.signal(name);
    t.is((await app.exited).exitCode, status);
    t.deepEqual(modesAfter(app.raw), RESTORED);
  });
}

test('quitting puts back raw mode, echo and what was on the screen', async (t) => {
  const app = PtyApp.script('echo before; "$@"; echo "status $?"; stty -a', SIZE);
  await prompted(t, app);
  app.press('\x1b[17~q');
  await app.exited;
  t.regex(app.text, /^before\nstatus 0\n/);
  t.regex(app.text, /[^-]icanon/);
  t.regex(app.text, /[^-]echo /);
  t.deepEqual(modesAfter(app.raw), RESTORED);
});

test('a crash restores the terminal and then tells what happened', async (t) => {
  const crash = `data:text/javascript,${encodeURIComponent('process.on("SIGUSR2",()=>{throw new Error("boom")})')}`;
  const app = await prompted(t, PtyApp.cowsh([], { ...SIZE, env: { NODE_OPTIONS: `--import=${crash}` } }));
  app.signal('SIGUSR2');
  t.is((await app.exited).exitCode, 1);
  t.deepEqual(modesAfter(app.raw), RESTORED);
  t.true(app.raw.lastIndexOf('boom') > app.raw.lastIndexOf('\x1b[?1049l'));
});

test('leaving the login shell leaves the app, with its status', async (t) => {
  const app = await prompted(t, PtyApp.cowsh([], SIZE));
  await app.type('exit 3');
  t.is((await app.exited).exitCode, 3);
  t.deepEqual(modesAfter(app.raw), RESTORED);
});

test('with CI set the app still is one', async (t) => {
  const app = await prompted(t, PtyApp.cowsh([], { ...SIZE, env: { CI: 'true' } }));
  t.true(app.text.includes('[2] Layers'));
  app.press('\x1b[17~q');
  t.is((await app.exited).exitCode, 0);
});
