// One command line on both sides: under the machine's own program, and under cowsh's in equal directories.

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
import { O } from '../fs/open-flags.ts';
import { elfImage } from '../fs/program.ts';
import { runReal } from './real-program.ts';
import { type Result, TestMachine } from './test-machine.ts';
import { toBytes, toText } from './text.ts';

/** Path → text, or `-> target`, or undefined for a directory. Bytes that are no text are U+DC80..U+DCFF. */
export type Files = Readonly<Record<string, string | undefined>>;

export interface Row {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Commands that run beforehand, whatever comes of them. */
  readonly before?: readonly (readonly string[])[];
  /** Files to read back afterwards. */
  readonly after?: readonly string[];
  /** Names come in the order of the directory, which is the disk's own affair: lines are sorted first. */
  readonly anyOrder?: boolean;
  /** Message texts differ for a reason given here; status and stdout must still agree. */
  readonly otherMessage?: string;
  /** Takes out of both outputs what depends on the time or the machine. */
  readonly steady?: (text: string) => string;
}

export interface Answer extends Result {
  /** What the files of `after` hold; undefined for one that is not there. */
  readonly files: readonly (string | undefined)[];
}

const LINK = /^-> (.*)$/;
const TIME = 1_700_000_000;

const attemptRead = (read: () => string): string | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

export const onMachine = (files: Files, row: Row): Answer => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'oracle-')));
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', ...row.env };
  const run = (argv: readonly string[], stdin: string) =>
    runReal(argv, { cwd: root, input: toBytes(stdin), env });
  try {
    for (const [path, text] of Object.entries(files)) {
      const at = join(root, path);
      mkdirSync(text === undefined ? at : dirname(at), { recursive: true });
      const link = text === undefined ? null : LINK.exec(text);
      if (link) symlinkSync(link[1] ?? '', at);
      else if (text !== undefined) writeFileSync(at, toBytes(text));
      if (text !== undefined && !link) chmodSync(at, 0o644);
    }
    for (const path of Object.keys(files))
      if (!LINK.test(files[path] ?? '')) utimesSync(join(root, path), TIME, TIME);
    for (const argv of row.before ?? []) run(argv, '');
    const ran = run(row.argv, row.stdin ?? '');
    const after = (row.after ?? []).map((path) => attemptRead(() => toText(readFileSync(join(root, path)))));
    return {
      stdout: toText(ran.stdout),
      stderr: toText(ran.stderr),
      status: ran.status ?? 255,
      files: after,
    };
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

export const inSandbox = async (files: Files, row: Row): Promise<Answer> => {
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
  for (const argv of row.before ?? []) await machine.run(argv, { ...options, stdin: '' });
  const ran = await machine.run(row.argv, options);
  const after = (row.after ?? []).map((path) => attemptRead(() => machine.get(`/work/${path}`)));
  return { ...ran, files: after };
};

const parents = (path: string): string[] => {
  const names = path.split('/').slice(1, -1);
  return names.map((_name, at) => `/${names.slice(0, at + 1).join('/')}`);
};

const sorted = (text: string): string => text.split('\n').sort().join('\n');

/** What of an answer is compared. */
export const comparedOf = (row: Row, { stdout, stderr, status, files }: Answer) => {
  const steady = row.steady ?? ((text: string) => text);
  return {
    stdout: steady(row.anyOrder ? sorted(stdout) : stdout),
    stderr: row.otherMessage === undefined ? steady(stderr) : stderr === '',
    status,
    files,
  };
};
