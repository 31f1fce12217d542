// The built program from outside: streams, exit statuses, files. `npm test` builds it first.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import test from 'ava';

const entry = fileURLToPath(new URL('../dist/cowsh.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cowsh-cli-'));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  input?: string;
  node?: string[];
}

function cowsh(args: string[], { input = '', node = [] }: Run = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, entry, ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('streams and exit status of -c are those of the script', (t) => {
  t.deepEqual(cowsh(['-c', 'cat; echo "$0 $1" >&2; exit 3', 'me', 'arg'], { input: 'in\n' }), {
    status: 3,
    stdout: 'in\n',
    stderr: 'me arg\n',
  });
});

test('bytes pass unchanged', (t) => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const { stdout } = spawnSync(process.execPath, [entry, '-c', 'cat'], { input: bytes });
  t.deepEqual(stdout, bytes);
});

test('a script runs as root on a fresh host', (t) => {
  t.is(cowsh(['-c', 'id -un; touch /root/mark; ls /root/mark']).stdout, 'root\n/root/mark\n');
  t.is(cowsh(['-c', 'ls /root/mark']).status, 2);
});

test('a file runs with its name and arguments', (t) => {
  const path = file('setup.sh', '#!/bin/sh\necho "$0: $# $2"\n');
  t.deepEqual(cowsh([path, 'a', 'b c']), { status: 0, stdout: `${path}: 2 b c\n`, stderr: '' });
});

test('a script may come on stdin', (t) => {
  t.deepEqual(cowsh([], { input: 'echo one\nexit 4\n' }), { status: 4, stdout: 'one\n', stderr: '' });
});

test('with nothing to run and no terminal there is help on stderr and status 2', (t) => {
  const { status, stdout, stderr } = cowsh([]);
  t.is(status, 2);
  t.is(stdout, '');
  t.regex(stderr, /^Usage: cowsh/);
});

test('help and version go to stdout', (t) => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  t.deepEqual(cowsh(['--version']), { status: 0, stdout: `cowsh ${version}\n`, stderr: '' });
  const { status, stdout, stderr } = cowsh(['--help']);
  t.deepEqual([status, stderr], [0, '']);
  for (const word of ['play', 'test', 'record', '--trace', 'two-containers'])
    t.true(stdout.includes(word), word);
});

const misuse: [string[], RegExp][] = [
  [['--colour'], /^cowsh: unknown option '--colour'\nTry 'cowsh --help'\.\n$/],
  [['play'], /^cowsh: play needs a FILE\.md/],
  [['play', 'two-containers'], /^cowsh: play needs a terminal/],
  [['no-such-file'], /^cowsh: cannot open 'no-such-file': No such file or directory\n$/],
  [['test', 'no-such.md'], /^cowsh: cannot open 'no-such.md': No such file or directory\n$/],
  [
    ['--trace', '/no/such/dir', '-c', ':'],
    /^cowsh: cannot open '\/no\/such\/dir': No such file or directory\n$/,
  ],
];

for (const [args, expected] of misuse)
  test(`wrong use: cowsh ${args.join(' ')}`, (t) => {
    const { status, stdout, stderr } = cowsh(args);
    t.is(status, 2);
    t.is(stdout, '');
    t.regex(stderr, expected);
  });

test('a reader that goes away ends the run quietly', async (t) => {
  const child = spawn(process.execPath, [entry, '-c', 'while :; do echo line; done'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints += text;
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdout.destroy();
  const status = await new Promise((resolve) => child.once('close', resolve));
  t.is(status, 141);
  t.is(complaints, '');
});

test('the trace is lines of JSON about calls and layers', (t) => {
  const path = join(folder, 'trace.jsonl');
  const script = 'docker run --name box ubuntu:20.04 sh -c "echo x >> /etc/issue"';
  t.is(cowsh(['--trace', path, '-c', script]).status, 0);
  const events = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const copied = events.find(({ kind, path }) => kind === 'copy-up' && path === '/etc/issue');
  t.is(copied?.container?.name, 'box');
  t.true(events.some(({ kind }) => kind === 'call'));
});

test('the same script gives the same bytes', (t) => {
  const script =
    'docker run -d --name box ubuntu:20.04 sleep 9; docker ps --no-trunc; docker inspect box; date; sleep 100; date';
  t.deepEqual(cowsh(['-c', script]), cowsh(['-c', script]));
});

test('test tells what a document promised and what came', (t) => {
  const good = file('good.md', '# Good\n\n```console\n$ echo hi\nhi\n$ false\n[exit 1]\n```\n');
  const bad = file('bad.md', '# Bad\n\n```console\n$ echo hi\nho\n```\n');
  const broken = file('broken.md', '# Broken\n\n```console\nho\n```\n');
  t.deepEqual(cowsh(['test', good]), { status: 0, stdout: `ok  ${good}  (2 steps)\n`, stderr: '' });
  t.deepEqual(cowsh(['test', good, bad]), {
    status: 1,
    stdout: `ok  ${good}  (2 steps)\n${bad}:4: $ echo hi\n  - ho\n  + hi\nFAILED  ${bad}  (1 step)\n`,
    stderr: '',
  });
  t.deepEqual(cowsh(['test', broken]), {
    status: 2,
    stdout: '',
    stderr: `cowsh: ${broken}:4: output comes before the first \`$ command\`\n`,
  });
});

test('an image goes out to a file and comes in again, compressed or not', (t) => {
  const path = join(folder, 'app.tar');
  const build = "printf 'FROM alpine\\nRUN echo hi > /hi\\n' | docker build -q -t app:1 -";
  const out = cowsh(['--save', `app:1=${path}`, '-c', build]);
  t.is(out.status, 0, out.stderr);
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
  for (const archive of [path, `${path}.gz`]) {
    const show = 'docker run --rm app:1 cat /hi; docker images -q --no-trunc app';
    const { stdout, stderr } = cowsh(['--load', archive, '-c', show]);
    t.is(stdout, `hi\n${out.stdout}`, stderr);
  }
});

test('an archive that cannot be loaded, or an image that is not there, is one line and status 2', (t) => {
  const path = file('broken.tar', 'no tar at all');
  const made = join(folder, 'made.tar');
  for (const [args, problem] of [
    [
      ['--load', join(folder, 'none.tar')],
      `cannot open '${join(folder, 'none.tar')}': No such file or directory`,
    ],
    [['--load', folder], `cannot open '${folder}': Is a directory`],
    [['--load', path], `cannot load '${path}': Error processing tar file(exit status 1): unexpected EOF`],
    [['--save', `no:1=${made}`], "cannot save 'no:1': reference does not exist"],
    [['--save', `no:1=${folder}`], `cannot open '${folder}': Is a directory`],
  ] as [string[], string][]) {
    t.deepEqual(cowsh([...args, '-c', ':']), { status: 2, stdout: '', stderr: `cowsh: ${problem}\n` });
  }
  t.false(existsSync(made));
});

test('a run without a screen loads neither Ink nor React', (t) => {
  const log = join(folder, 'loaded.txt');
  const spy = file(
    'spy.mjs',
    `import { registerHooks } from 'node:module';
     import { appendFileSync } from 'node:fs';
     registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(log)}, url + '\\n'); return next(url, context); } });`,
  );
  cowsh(['-c', 'docker ps'], { node: ['--import', pathToFileURL(spy).href] });
  t.true(existsSync(log));
  const loaded = readFileSync(log, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:') && url.includes('/dist/'));
  t.true(loaded.length > 1);
  for (const url of loaded)
    t.notRegex(readFileSync(fileURLToPath(url), 'utf8'), /react-reconciler|yoga-layout/, url);
});
