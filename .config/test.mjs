// `npm test`: build, then every check, then the tests; the last line sums up. Arguments go to AVA (`npm test -- FILE`).
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules/.bin');

const checks = [
  ['build', 'node', '.config/build.mjs'],
  ['types', 'tsc', '-p', '.'],
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['import walls', 'node', '.config/walls.mjs'],
  ['dead code', 'knip', '--config', '.config/knip.json'],
];

// Files that this machine's programs make are compared with those that cowsh makes.
process.umask(0o022);

const total = { passed: 0, failed: 0 };
const files = process.argv.slice(2);

if (files.length === 0) for (const [name, command, ...args] of checks) await check(name, command, args);
else await check('build', 'node', ['.config/build.mjs']);
await tests(files);

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function check(name, command, args) {
  const { code, output } = await run(command, args);
  const ok = code === 0;
  total[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? '✔' : '✘'} ${name}`);
  if (!ok) console.log(output);
}

async function tests(files) {
  // Two hundred workers load the same modules: what one has compiled is there for the next.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/tests') };
  const { code, output } = await run('ava', files, { env, onText: (text) => process.stdout.write(text) });
  // When something fails AVA does not say how many passed; each has a line of its own.
  const passed = output.match(/^ {2}✔ /gm)?.length ?? 0;
  const failed =
    count(output, /^\s*(\d+) tests? failed/m) +
    count(output, /^\s*(\d+) (?:uncaught exceptions?|unhandled rejections?)/m) +
    count(output, /^\s*(\d+) tests? remained pending/m);
  total.passed += passed;
  total.failed += failed > 0 ? failed : code === 0 ? 0 : 1;
}

function count(output, pattern) {
  return Number(output.match(pattern)?.[1] ?? 0);
}

/** Runs one of the checkout's own programs; resolves with its exit status and everything it printed. */
function run(command, args, { env = process.env, onText = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const program = command === 'node' ? process.execPath : join(bin, command);
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        onText(text);
      });
    }
    child.on('error', reject).on('close', (code) => resolve({ code, output }));
  });
}
