// The machine's own GNU tools as oracle: the same files, arguments and input, and the same answer is expected.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { O } from '../fs/open-flags.ts';
import { elfImage } from '../fs/program.ts';
import { type Result, TestMachine } from './test-machine.ts';

/** Path → text, or `-> target`, or undefined for a directory. */
export type Files = Readonly<Record<string, string | undefined>>;

export interface Row {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files to read back afterwards. */
  readonly after?: readonly string[];
  /** Names come in the order of the directory, which is the disk's own affair: lines are sorted first. */
  readonly anyOrder?: boolean;
  /** Message texts differ for a reason given here; status and stdout must still agree. */
  readonly otherMessage?: string;
}

const LINK = /^-> (.*)$/;
const TIME = 1_700_000_000;

const hasGnu = (tool: string): boolean => {
  const found = spawnSync(tool, ['--version'], { encoding: 'utf8' });
  return (
    found.status === 0 && /GNU|Debian|util-linux|xxd|[gs]etfacl|curl/i.test(`${found.stdout}${found.stderr}`)
  );
};

interface Answer extends Result {
  readonly files: readonly string[];
}

const onMachine = (files: Files, row: Row): Answer => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'oracle-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      const at = join(root, path);
      mkdirSync(text === undefined ? at : dirname(at), { recursive: true });
      const link = text === undefined ? null : LINK.exec(text);
      if (link) symlinkSync(link[1] ?? '', at);
      else if (text !== undefined) writeFileSync(at, text);
      if (text !== undefined && !link) chmodSync(at, 0o644);
    }
    for (const path of Object.keys(files))
      if (!LINK.test(files[path] ?? '')) utimesSync(join(root, path), TIME, TIME);
    const [tool = '', ...args] = row.argv;
    const ran = spawnSync(tool, args, {
      cwd: root,
      input: row.stdin ?? '',
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', ...row.env },
    });
    const after = (row.after ?? []).map((path) => readFileSync(join(root, path), 'utf8'));
    return { stdout: ran.stdout, stderr: ran.stderr, status: ran.status ?? 255, files: after };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

/** Programs that other programs run. */
const PROGRAMS = ['cat', 'echo', 'true', 'false', 'wc'];

const addPrograms = ({ init }: TestMachine): void => {
  for (const name of PROGRAMS) {
    const fd = init.open(`/bin/${name}`, O.WRONLY | O.CREAT, 0o755);
    init.write(fd, elfImage(name, 200).read(0, 200));
    init.close(fd);
  }
};

const inSandbox = async (files: Files, row: Row): Promise<Answer> => {
  const machine = new TestMachine();
  addPrograms(machine);
  const stamp = BigInt(TIME) * 1_000_000_000n;
  for (const [path, text] of Object.entries(files)) {
    const at = `/work/${path}`;
    for (const directory of parents(at)) if (!machine.init.tryLstat(directory)) machine.init.mkdir(directory);
    const link = text === undefined ? null : LINK.exec(text);
    if (text === undefined) machine.init.mkdir(at);
    else if (link) machine.init.symlink(link[1] ?? '', at);
    else machine.put(at, text);
  }
  for (const path of Object.keys(files)) {
    if (!LINK.test(files[path] ?? '')) machine.init.utimens(`/work/${path}`, { atime: stamp, mtime: stamp });
  }
  const options = { stdin: row.stdin ?? '', env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/bin', ...row.env } };
  const ran = await machine.run(row.argv, options);
  return { ...ran, files: (row.after ?? []).map((path) => machine.get(`/work/${path}`)) };
};

const parents = (path: string): string[] => {
  const names = path.split('/').slice(1, -1);
  return names.map((_name, at) => `/${names.slice(0, at + 1).join('/')}`);
};

const sorted = (text: string): string => text.split('\n').sort().join('\n');

const compare = async (t: ExecutionContext, files: Files, row: Row): Promise<void> => {
  const wanted = onMachine(files, row);
  const got = await inSandbox(files, row);
  const shape = ({ stdout, stderr, status, files: after }: Answer) => ({
    stdout: row.anyOrder ? sorted(stdout) : stdout,
    stderr: row.otherMessage === undefined ? stderr : stderr === '',
    status,
    after,
  });
  t.deepEqual(shape(got), shape(wanted));
};

/** One test for each row; without the GNU tool they are skipped, or fail where oracles are a must. */
export const sameAsGnu = (tool: string, files: Files, rows: readonly (Row | readonly string[])[]): void => {
  const present = hasGnu(tool);
  const seen = new Map<string, number>();
  for (const given of rows) {
    const row: Row = 'argv' in given ? given : { argv: given };
    const title = `${row.argv.map((word) => JSON.stringify(word)).join(' ')}${row.stdin === undefined ? '' : ` < ${JSON.stringify(row.stdin.slice(0, 30))}`}`;
    const count = seen.get(title) ?? 0;
    seen.set(title, count + 1);
    const name = count > 0 ? `${title} #${count + 1}` : title;
    if (present) test(name, (t) => compare(t, files, row));
    else if (process.env.COWSH_ORACLES === '1') test(name, (t) => t.fail(`GNU ${tool} is not here`));
    else test.skip(`${name} (no GNU ${tool} here)`, () => {});
  }
};
