// Recordings by the built cowsh: no terminal, the same bytes each time, a file that asciinema reads.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import test from 'ava';
import { cowshEntry, PtyApp } from '../app/pty.ts';

const folder = mkdtempSync(join(tmpdir(), 'cowsh-record-'));
const document = join(folder, 'short.md');
const source = `# Two upper layers

Two containers of one image.

\`\`\`
docker run -d --name container1 ubuntu:20.04 tail -f /dev/null
docker run -d --name container2 ubuntu:20.04 tail -f /dev/null
docker exec container1 sh -c "echo more >> /etc/issue"
\`\`\`
`;
test.before(() => writeFileSync(document, source));
test.after.always(() => rmSync(folder, { recursive: true }));

function record(name: string, ...options: string[]): { status: number | null; stderr: string; file: string } {
  const file = join(folder, name);
  const run = spawnSync(process.execPath, [cowshEntry, 'record', document, '-o', file, ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { status: run.status, stderr: run.stderr, file };
}

/** The screen when the recording is over. */
async function lastScreen(cast: string): Promise<string> {
  const [header = '', ...events] = cast.trim().split('\n');
  const { width, height } = JSON.parse(header) as { width: number; height: number };
  const terminal = new xterm.Terminal({ cols: width, rows: height, allowProposedApi: true });
  for (const event of events) {
    const [, kind, data] = JSON.parse(event) as [number, string, string];
    if (kind === 'o') await new Promise<void>((resolve) => terminal.write(data, resolve));
  }
  const buffer = terminal.buffer.active;
  return Array.from({ length: height }, (_, y) => buffer.getLine(y)?.translateToString(true)).join('\n');
}

test.serial('two recordings are the same bytes, and end with what the scenario did', async (t) => {
  const first = record('first.cast', '--size', '80x24');
  t.is(first.status, 0, first.stderr);
  const cast = readFileSync(first.file, 'utf8');
  const screen = await lastScreen(cast);
  t.regex(screen, /container1 upper/);
  t.regex(screen, /~ \/etc\/issue +31 B/);
  t.regex(screen, /the end/);
  const second = record('second.cast', '--size', '80x24');
  t.true(readFileSync(second.file, 'utf8') === cast);
});

// It wants a controlling terminal, so it gets one.
test.serial('asciinema cat accepts a recording', async (t) => {
  const { error } = spawnSync('asciinema', ['--version']);
  if (error !== undefined) {
    if (process.env.COWSH_ORACLES === '1') t.fail('asciinema is not installed');
    else t.log('skipped: asciinema is not installed');
    return t.pass();
  }
  const { file } = record('cat.cast');
  const shown = PtyApp.script('asciinema cat "$CAST"; echo "status $?"', {
    columns: 120,
    rows: 34,
    env: { CAST: file, LC_ALL: 'C.UTF-8' },
  });
  t.teardown(() => shown.kill());
  await shown.exited;
  t.regex(shown.raw, /status 0\s*$/);
  t.true(shown.raw.includes('container2'));
});

test.serial('a size without room for the app is refused', (t) => {
  const { status, stderr } = record('small.cast', '--size', '40x10');
  t.is(status, 2);
  t.regex(stderr, /at least 60x16/);
});
