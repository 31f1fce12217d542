// Scenarios in the built app: forward, back, by itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { PtyApp } from './pty.ts';

const SIZE = { columns: 120, rows: 40 };

/** Of its steps the second has to be read on a page of its own first, and the third makes a container. */
const DOCUMENT = `# One container

Nothing yet.

\`\`\`
cd /
\`\`\`

${'More words than the pane has rows. '.repeat(40)}

\`\`\`
ls
\`\`\`

\`\`\`
docker run -d --name container1 ubuntu:20.04 tail -f /dev/null
\`\`\`

\`\`\`
docker ps
\`\`\`
`;

function written(t: ExecutionContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cowsh-play-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'short.md');
  writeFileSync(file, text);
  return file;
}

function playing(t: ExecutionContext, ...args: string[]): PtyApp {
  const app = PtyApp.cowsh(['play', ...args], SIZE);
  t.teardown(() => app.kill());
  return app;
}

const stepOf = (text: string): number => Number(/\[5\] Story +(\d+)\/\d+/.exec(text)?.[1] ?? Number.NaN);

/** What the story's pane tells: the rows below its title, to the next pane's. */
function storyOf(text: string): string {
  const rows = text.split('\n');
  const top = rows.findIndex((row) => row.includes('[5] Story'));
  const left = rows[top]?.indexOf('[5] Story') ?? 0;
  const below = rows.slice(top + 1).map((row) => row.slice(left - 1));
  const end = below.findIndex((row) => /\[\d\] \w/.test(row));
  return below.slice(0, end < 0 ? undefined : end).join('\n');
}

/** Presses Enter and waits for what it does, until the step is done: it may have to be read first. */
async function nextStep(app: PtyApp): Promise<void> {
  const before = stepOf(app.text);
  while (stepOf(app.text) === before) {
    const told = storyOf(app.text);
    app.press('\r');
    await app.until(
      (text) => stepOf(text) !== before || storyOf(text) !== told,
      `more of step ${before}, or the next`,
    );
  }
}

test('a scenario steps forward and back, with the machine and the screen', async (t) => {
  const app = playing(t, written(t, DOCUMENT));
  await app.until((text) => stepOf(text) === 1 && text.includes('learner@'), 'the first step');
  while (!/container1 upper/.test(app.text)) await nextStep(app);
  const step = stepOf(app.text);
  app.press('\x1b[D');
  await app.until((text) => stepOf(text) === step - 1 && !/container1 upper/.test(text), 'one step back');
  app.press('\r');
  await app.until((text) => stepOf(text) === step && /container1 upper/.test(text), 'the step again');
  app.press('q');
  await app.sees('Quit cowsh?');
  app.press('y');
  t.is((await app.exited).exitCode, 0);
});

test('a scenario is started from the list inside the app, and left for the shell', async (t) => {
  const app = PtyApp.cowsh([], SIZE);
  t.teardown(() => app.kill());
  await app.sees('learner@');
  app.press('\x1bOQ');
  await app.sees('Two containers, one image');
  app.press('\r');
  await app.until((text) => stepOf(text) === 1, 'the first step');
  app.press('s');
  await app.sees('SHELL');
  await app.type('echo my own');
  await app.until((text) => /^my own$/m.test(text), 'what was typed by hand');
  t.is(stepOf(app.text), 1);
});

test('with --auto it plays to its end and the app ends with it', async (t) => {
  const app = playing(t, written(t, '# Short\n\nOne command.\n\n```\necho was $((40 + 2))\n```\n'), '--auto');
  t.is((await app.exited).exitCode, 0);
  t.true(app.raw.includes('was 42'));
});
