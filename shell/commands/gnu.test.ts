// Differential test: the same command lines under the GNU tools of this machine and under cowsh, in equal directories.
// Standard output, standard error, exit status and the tree that results must be equal.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { O } from '../fs/open-flags.ts';
import { gnuCases } from './gnu-cases/index.ts';
import { modeString } from './mode-string.ts';
import { runReal } from './real-program.ts';
import { TestMachine } from './test-machine.ts';
import { toText } from './text.ts';

const hasGnu = /GNU coreutils\) 9\./.test(spawnSync('ls', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const isRoot = process.getuid?.() === 0;
const ready = hasGnu && isRoot;

if (!ready && process.env.COWSH_ORACLES === '1') {
  test('GNU coreutils 9 and root are here', (t) => t.fail('COWSH_ORACLES=1 asks for them'));
}

const ENV = { LC_ALL: 'C', TZ: 'UTC', HOME: '/root', TERM: 'xterm-256color' };

/** Words of a command line; quotes group, `\n` in double quotes is a newline. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double?.replaceAll('\\n', '\n') ?? single ?? bare ?? '',
  );

/** `tool ARGS <<< TEXT` gives TEXT on standard input. */
const split = (line: string): { argv: string[]; stdin: string } => {
  const [command = '', text] = line.split(' <<< ');
  return { argv: words(command), stdin: text === undefined ? '' : `${words(text)[0] ?? ''}\n` };
};

interface Outcome {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

const realTree = (dir: string, at = ''): string[] =>
  readdirSync(join(dir, at))
    .sort()
    .flatMap((name) => {
      const path = join(at, name);
      const stat = lstatSync(join(dir, path));
      const kind = stat.isFile()
        ? JSON.stringify(readFileSync(join(dir, path), 'latin1'))
        : stat.isSymbolicLink()
          ? `-> ${readlinkSync(join(dir, path))}`
          : '';
      const line = `${modeString(stat.mode)} ${stat.uid}:${stat.gid} ${stat.isDirectory() ? '' : stat.nlink} ${path} ${kind}`;
      return stat.isDirectory() ? [line, ...realTree(dir, path)] : [line];
    });

const simulatedTree = (machine: TestMachine, at = ''): string[] =>
  machine.init
    .readdir(`/work/${at}`)
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => {
      const path = join(at, name);
      const full = `/work/${path}`;
      const stat = machine.init.lstat(full);
      let kind = '';
      if (stat.kind === 'file') {
        const fd = machine.init.open(full, O.RDONLY);
        kind = JSON.stringify(Buffer.from(machine.init.pread(fd, stat.size, 0)).toString('latin1'));
        machine.init.close(fd);
      } else if (stat.kind === 'symlink') kind = `-> ${machine.init.readlink(full)}`;
      const line = `${modeString(stat.mode)} ${stat.uid}:${stat.gid} ${stat.kind === 'directory' ? '' : stat.nlink} ${path} ${kind}`;
      return stat.kind === 'directory' ? [line, ...simulatedTree(machine, path)] : [line];
    });

/** Names below a directory come in the disk's own order: listings of whole trees are compared line by line, sorted. */
const ordered = (line: string, text: string): string =>
  /^(cp|rm|mv|chmod|chown|du) -\w*[rRa]/.test(line) ? text.split('\n').sort().join('\n') : text;

const steady = (text: string): string => text.replace(/\bCu[A-Za-z0-9]{6}\b/g, 'CuXXXXXX');

for (const [name, lines] of Object.entries(gnuCases)) {
  (ready ? test : test.skip)(`as GNU: ${name}`, async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'cowsh-gnu-'));
    const machine = new TestMachine();
    for (const path of ['/etc/passwd', '/etc/group']) machine.put(path, readFileSync(path, 'utf8'));
    const [got, expected]: [Outcome[], Outcome[]] = [[], []];
    try {
      for (const line of lines) {
        const { argv, stdin } = split(line);
        if (argv[0] === 'put') {
          const text = argv[2] ?? '';
          writeFileSync(join(dir, argv[1] as string), text);
          chmodSync(join(dir, argv[1] as string), 0o644);
          machine.put(`/work/${argv[1]}`, text);
          continue;
        }
        const env = argv[0] === 'utf8' ? { ...ENV, LC_ALL: 'C.UTF-8' } : ENV;
        if (argv[0] === 'utf8') argv.shift();
        const [tool = '', ...args] = argv;
        const real = runReal([tool, ...args], {
          cwd: dir,
          env: { PATH: process.env.PATH, ...env },
          input: stdin,
        });
        const ours = await machine.run(argv, { stdin, cwd: '/work', env });
        const status = real.status;
        expected.push({
          line,
          stdout: ordered(line, toText(real.stdout)),
          stderr: steady(toText(real.stderr)),
          status,
        });
        got.push({
          line,
          stdout: ordered(line, ours.stdout),
          stderr: steady(ours.stderr),
          status: ours.status,
        });
      }
      t.deepEqual(got, expected);
      t.deepEqual(simulatedTree(machine), realTree(dir));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
}
