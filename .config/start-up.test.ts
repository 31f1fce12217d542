// What a start loads, by its files and bytes instead of a clock: npm run bench -- start-up tells how long it takes.
import { spawnSync } from 'node:child_process';
import {
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { readGraph } from './chunks.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const folder = mkdtempSync(join(tmpdir(), 'cowsh-start-'));
const kept = join(folder, 'kept');

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

/** Notes the files that modules come from, and those that are read as files. */
const watcher = join(folder, 'watcher.cjs');
writeFileSync(
  watcher,
  `
const fs = require('node:fs');
const seen = new Set();
require('node:module').registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) seen.add(require('node:url').fileURLToPath(url));
    return next(url, context);
  },
});
const { readFileSync } = fs;
fs.readFileSync = (path, ...rest) => {
  seen.add(path instanceof URL ? require('node:url').fileURLToPath(path) : String(path));
  return readFileSync(path, ...rest);
};
process.on('exit', () => fs.writeFileSync(process.env.SEEN, JSON.stringify([...seen])));
`,
);

/** The files of dist/ that a run needs. */
const loaded = (t: ExecutionContext, ...args: string[]): string[] => {
  const seen = join(folder, 'seen.json');
  const env = { ...process.env, SEEN: seen, NODE_COMPILE_CACHE: kept };
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', watcher, join(dist, 'cowsh.js'), ...args],
    {
      encoding: 'utf8',
      env,
    },
  );
  t.is(status, 0, stderr);
  const paths: string[] = JSON.parse(readFileSync(seen, 'utf8'));
  return paths
    .filter((path) => dirname(path) === dist)
    .map((path) => basename(path))
    .sort();
};

const bytes = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);

const shellFiles = ['cli.js', 'cowsh.js', 'host-tree.txt', 'shell-code.js', 'shell.js'];

// 100,000 bytes more cost a start about two of its seventy milliseconds. What is left is for what every script needs; a
// program, or what few scripts use, is loaded when it is used.
const BUDGET = 950_000;

test.serial('a script loads the shell in few files, and no more bytes than it may', (t) => {
  const names = loaded(t, '-c', 'true');
  t.deepEqual(names, shellFiles);
  t.true(bytes(names) <= BUDGET, `${bytes(names)} bytes`);
});

test.serial('a program costs its own file and that of what programs share', (t) => {
  // Another file here means that what programs share imports a module of that file: see the groups in build.mjs.
  t.deepEqual(
    loaded(t, '-c', 'sort </dev/null'),
    [...shellFiles, 'programs-code.js', 'programs.js', 'sort.js'].sort(),
  );
});

test.serial('what tells its version has not loaded a shell', (t) => {
  t.deepEqual(loaded(t, '--version'), ['cli.js', 'cowsh.js', 'version.js']);
});

/** How many functions of the shell V8 compiled in a run of the same script, with code kept in `place`. */
const compiled = (t: ExecutionContext, place: string): number => {
  const log = join(folder, 'v8.log');
  const flags = ['--log-function-events', `--logfile=${log}`, '--no-logfile-per-isolate'];
  const env = { ...process.env, NODE_COMPILE_CACHE: place };
  const run = spawnSync(process.execPath, [...flags, join(dist, 'cowsh.js'), '-c', 'echo $((1 + 1))'], {
    encoding: 'utf8',
    env,
  });
  t.deepEqual([run.status, run.stdout, run.stderr], [0, '2\n', '']);
  const lines = readFileSync(log, 'utf8').split('\n');
  const shell = lines.find((line) => line.includes(join(dist, 'shell-code.js')))?.split(',')[1];
  return lines.filter((line) => line.startsWith(`function,interpreter,${shell},`)).length;
};

test.serial('what a run has compiled is kept for the next one', (t) => {
  const place = join(folder, 'compiled');
  const first = compiled(t, place);
  const second = compiled(t, place);
  t.true(first > 100 && second * 10 < first, `${first}, then ${second}`);
});

test.serial('code that was not kept whole is compiled again, and kept again', (t) => {
  const place = join(folder, 'damaged');
  const first = compiled(t, place);
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /cowsh-\w+$/.test(name),
  );
  t.is(files.length, 1);
  for (const name of files) truncateSync(join(place, name), 10_000);
  t.true(compiled(t, place) * 2 > first);
  t.true(compiled(t, place) * 10 < first);
});

const isRoot = process.getuid?.() === 0;
(isRoot ? test.serial : test.serial.skip)("somebody else's code is not run", (t) => {
  const place = join(folder, 'foreign');
  const first = compiled(t, place);
  for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' }))
    if (/cowsh-\w+$/.test(name)) chownSync(join(place, name), 65_534, 65_534);
  t.true(compiled(t, place) * 2 > first);
  t.true(compiled(t, place) * 10 < first, 'its own has taken the place');
});

test('modules that few scripts need are none of those that each loads', async (t) => {
  const entries = ['tui/headless.ts', 'shell/interp/main.ts'];
  const graph = await readGraph(
    {
      absWorkingDir: root,
      bundle: true,
      format: 'esm',
      platform: 'node',
      metafile: true,
      outdir: 'dist',
      write: false,
      logLevel: 'error',
    },
    entries,
  );
  const modules = [...graph.reach(entries)];
  const late = [
    /^node_modules\/(?!unbash\/)/,
    /^scenarios\//,
    /^shell\/commands\/(?:docker|awk|jq|vi|nano|accounts|apt|mount|strace)\//,
    /^shell\/engine\/(?!connect|paths|quiet|storage\/driver-names)/,
    /^shell\/overlay\//,
    /^shell\/fs\/pool\//,
    /^shell\/interp\/(?:interactive|editor\/(?!known-commands))/,
    /^tui\/(?:app|panes|screen|record)\//,
  ];
  t.deepEqual(
    modules.filter((path) => late.some((pattern) => pattern.test(path))),
    [],
  );
  t.true(modules.includes('shell/interp/evaluate.ts'));
});
