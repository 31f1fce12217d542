// What was typed in one run can be called up in the next.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { PtyApp } from './pty.ts';

test.serial('history is kept between runs: what was typed, not what a scenario types', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'cowsh-history-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'history');
  const start = async (args: string[] = []): Promise<PtyApp> => {
    const app = PtyApp.cowsh(args, { columns: 120, rows: 40, env: { COWSH_HISTORY: path } });
    t.teardown(() => app.kill());
    await app.until((text) => /learner@/.test(text), 'the prompt');
    return app;
  };
  const first = await start();
  await first.type(' echo in secret');
  await first.until((text) => /^in secret/m.test(text), 'the secret');
  await first.type('echo once more');
  await first.until((text) => /^once more/m.test(text), 'the answer');
  await first.type('exit');
  await first.exited;
  t.is(readFileSync(path, 'utf8'), 'echo once more\nexit\n');

  const second = await start();
  second.press('\x1b[A\x1b[A');
  await second.until((text) => /\$ echo once more/.test(text), 'the line of the first run');
  second.press('\r');
  await second.until((text) => /^once more/m.test(text), 'its answer');
  await second.type('exit');
  await second.exited;

  const before = readFileSync(path, 'utf8');
  const document = join(folder, 'scene.md');
  writeFileSync(document, '# Scene\n\n```sh\necho scene\n```\n');
  const scenario = await start(['play', '--auto', document]);
  await scenario.exited;
  t.regex(scenario.raw, /scene/);
  t.is(readFileSync(path, 'utf8'), before);
});
