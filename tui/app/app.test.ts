// The built app, used through a terminal as a person would.
import test, { type ExecutionContext } from 'ava';
import { PtyApp } from './pty.ts';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];

const PROMPT = /learner@[\w-]+:~\$$/;

async function started(
  t: ExecutionContext,
  size: { columns: number; rows: number },
  args: string[] = [],
): Promise<PtyApp> {
  const app = PtyApp.cowsh(args, size);
  t.teardown(() => app.kill());
  await app.until((text) => /learner@/.test(text), 'the prompt');
  return app;
}

/** Types a command and waits until it is on the shell's screen with its output and a new prompt below. */
async function run(app: PtyApp, line: string, expected = ''): Promise<void> {
  await app.type(line);
  const done = (text: string) => {
    const shell = bare(shellText(text));
    const typed = shell.lastIndexOf(bare(line));
    return (
      typed >= 0 &&
      shell.slice(typed + bare(line).length).includes(bare(expected) || '$') &&
      PROMPT.test(shellText(text))
    );
  };
  await app.until(done, `the end of: ${line}`);
}

// Without the breaks that a narrow terminal puts in.
const bare = (text: string): string => text.replace(/\s+/g, '');

// The shell pane: from its title to the bottom, and from its left edge to the bar beside it.
function shellText(text: string): string {
  const rows = text.split('\n');
  const top = rows.findIndex((row) => row.includes('[1] Shell'));
  return rows
    .slice(top + 1, -1)
    .map((row) => (top === 0 ? (row.split('│')[0] ?? '') : row).trimEnd())
    .filter((row) => row !== '')
    .join('\n');
}

/** The rows under a container's upper, cropped to the layers pane. */
function upperOf(container: string, text: string): string[] {
  const rows = text.split('\n');
  const header = new RegExp(`[●○] ${container} upper`);
  const top = rows.findIndex((row) => header.test(row));
  if (top < 0) return [];
  const left = rows[top]?.search(header) ?? 0;
  const below = rows.slice(top + 1);
  const end = below.findIndex((row) => /[●○] \S+ upper|[▾▸] L\d/.test(row));
  return below
    .slice(0, end < 0 ? undefined : end)
    .map((row) => row.slice(left).split('│')[0]?.trimEnd() ?? '');
}

for (const size of SIZES) {
  test.serial(`the README's example at ${size.columns}x${size.rows}`, async (t) => {
    const app = await started(t, size);
    await run(
      app,
      `printf 'FROM ubuntu:20.04\\n\\nRUN echo "This is the original file in the base image." > /base_file.txt\\n' > Dockerfile`,
    );
    // Its output pushes the line itself off a small pane.
    await app.type('sudo docker build -t base-image .');
    await app.until(
      (text) => /Successfully tagged base-image:latest\n.*\$$/.test(shellText(text)),
      'the end of the build',
    );
    await run(app, 'sudo docker run -d --name container1 base-image tail -f /dev/null');
    await run(app, 'sudo docker run -d --name container2 base-image tail -f /dev/null');
    await app.until((text) => /container1 upper/.test(text) && /container2 upper/.test(text), 'both uppers');
    t.true(upperOf('container1', app.text).every((row) => !row.includes('base_file')));
    await run(
      app,
      `sudo docker exec container1 sh -c "echo 'Modified file in container1.' > /base_file.txt"`,
    );
    await app.until(
      (text) => upperOf('container1', text).some((row) => /~ \/base_file\.txt +29 B/.test(row)),
      'the copy in the upper of container1',
    );
    t.true(upperOf('container2', app.text).every((row) => !row.includes('base_file')));
    t.regex(app.text, /shared by container[12], container[12]/);
    app.press('\x0c');
    await run(app, 'sudo docker exec container1 cat /base_file.txt', 'Modified file in container1.');
    await run(
      app,
      'sudo docker exec container2 cat /base_file.txt',
      'This is the original file in the base image.',
    );
    const shell = shellText(app.text).split('\n');
    t.true(
      shell.indexOf('Modified file in container1.') <
        shell.indexOf('This is the original file in the base image.'),
    );
    t.true(shell.includes('Modified file in container1.'));
    app.press('\x1b[17~q');
    t.is((await app.exited).exitCode, 0);
  });
}

test.serial('the trace pane says why the file was copied', async (t) => {
  const app = await started(t, { columns: 160, rows: 50 });
  await run(app, 'docker run -d --name c1 ubuntu:20.04 tail -f /dev/null');
  await run(app, 'docker exec c1 sh -c "echo more >> /etc/issue"');
  await app.until((text) => /copied up \d+ B/.test(text), 'the copy-up in words');
  const words = app.text
    .split('\n')
    .map((row) => row.split('│').at(-1)?.trim())
    .join(' ')
    .replace(/ +/g, ' ');
  t.regex(
    words,
    /\/etc\/issue.*found in layer 1 .*copied up \d+ B to c1's upper because it was opened for writing/,
  );
  app.press('\x1b[17~q');
  await app.exited;
});

test.serial('docker exec -it puts you inside until exit', async (t) => {
  const app = await started(t, { columns: 120, rows: 40 });
  await run(app, 'docker run -d --name c1 ubuntu:20.04 tail -f /dev/null');
  await app.type('docker exec -it c1 sh');
  await app.until((text) => /^# ?$/m.test(shellText(text)), 'the prompt of sh in the container');
  await app.type('echo new > /made-inside; hostname');
  await app.until(
    (text) => upperOf('c1', text).some((row) => /\+ \/made-inside/.test(row)),
    'the new file in the upper',
  );
  await app.type('exit');
  await app.until((text) => PROMPT.test(shellText(text)), 'the host prompt');
  app.press('\x1b[17~');
  app.press('u');
  await app.until((text) => !text.includes('/made-inside'), 'the machine before the command');
  await app.until((text) => /undid: docker exec/.test(text), 'what was undone');
  app.press('q');
  t.is((await app.exited).exitCode, 0);
});

test.serial('a resize is followed, by the shell as well', async (t) => {
  const app = await started(t, { columns: 80, rows: 24 });
  app.resize(130, 45);
  await app.until((text) => /\[3\] Merged.*\[4\] Why/.test(text), 'three columns');
  await run(app, `printf '%0130d\\n' 0`, '0'.repeat(130));
  app.resize(50, 10);
  await app.sees('cowsh needs 60x16');
  app.resize(80, 24);
  await app.sees('[2] Layers');
  t.is(app.rows.length, 24);
  app.press('\x1b[17~q');
  await app.exited;
});

test.serial('names and contents from the sandbox never steer the terminal', async (t) => {
  const app = await started(t, { columns: 120, rows: 40 });
  await run(app, 'docker run -d --name c1 ubuntu:20.04 tail -f /dev/null');
  await run(app, `docker exec c1 sh -c "touch /\\$(printf 'a\\\\033]0;owned\\\\007b')"`);
  await app.sees('\\x1b]0;owned\\x07b');
  await run(app, `printf '\\033]0;owned\\007\\033]52;c;aGk=\\007'`);
  t.false(app.raw.includes('\x1b]0;'));
  t.false(app.raw.includes('\x1b]52;'));
  app.press('\x1b[17~q');
  await app.exited;
});
