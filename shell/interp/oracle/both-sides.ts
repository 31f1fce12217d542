// A script in cowsh and in the machine's own shell, each in an empty directory: output, errors, status, and the tree
// that is left.
import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeName } from '../../fs/name.ts';
import type { Process } from '../../fs/process.ts';
import { ENVIRONMENT, type Result, type ShellMachine } from '../test-machine.ts';

export type OracleShell = 'bash' | 'dash';

export interface Answer extends Result {
  /** What lies in the script's directory afterwards: `name kind content`. */
  readonly tree: readonly string[];
}

export const isThere = (shell: OracleShell): boolean => spawnSync(shell, ['-c', ':']).status === 0;

// Runs every script in a directory of its own, from one process: starting them from here would take most of the time.
const DRIVER = `for script in "$1"/*.sh; do
  base=\${script%.sh}
  mkdir "$base" && cd "$base" || exit 1
  text=$(cat "$script"; echo x)
  (unset OLDPWD; exec "$2" -c "\${text%x}" > "$base.out" 2> "$base.err" < /dev/null)
  echo $? > "$base.status"
done
`;

/** The answers of the machine's own shell. */
export function onMachine(shell: OracleShell, scripts: readonly string[]): Answer[] {
  const root = mkdtempSync(join(tmpdir(), 'shell-oracle-'));
  const base = (i: number): string => join(root, String(i).padStart(4, '0'));
  try {
    mkdirSync(root, { recursive: true });
    scripts.forEach((script, i) => {
      writeFileSync(`${base(i)}.sh`, script);
    });
    spawnSync('dash', ['-c', DRIVER, 'driver', root, shell], { env: ENVIRONMENT, timeout: 100_000 });
    return scripts.map((_, i) => {
      const read = (end: string): string => readFileSync(`${base(i)}.${end}`, 'utf8');
      const tree = realTree(base(i));
      return normal({ stdout: read('out'), stderr: read('err'), status: Number(read('status')), tree });
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** cowsh's answer. */
export async function inCowsh(machine: ShellMachine, shell: OracleShell, script: string): Promise<Answer> {
  const result = await machine.run(shell, script);
  return normal({ ...result, tree: simulatedTree(machine.init, machine.directory) });
}

function realTree(root: string, at = ''): string[] {
  return readdirSync(join(root, at))
    .sort()
    .flatMap((name) => {
      const path = join(at, name);
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) return [`${path} directory`, ...realTree(root, path)];
      if (stat.isSymbolicLink()) return [`${path} symlink ${readlinkSync(join(root, path))}`];
      return [stat.isFile() ? `${path} file ${readFileSync(join(root, path), 'utf8')}` : `${path} other`];
    });
}

function simulatedTree(init: Process, root: string, at = ''): string[] {
  return init
    .readdir(join(root, at))
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => {
      const path = join(at, name);
      const full = join(root, path);
      const { kind, size } = init.lstat(full);
      if (kind === 'directory') return [`${path} directory`, ...simulatedTree(init, root, path)];
      if (kind === 'symlink') return [`${path} symlink ${init.readlink(full)}`];
      if (kind !== 'file') return [`${path} other`];
      const fd = init.open(full, 0);
      const text = decodeName(init.pread(fd, size, 0));
      init.close(fd);
      return [`${path} file ${text}`];
    });
}

// Process numbers and the directory's name are nobody's business.
function normal({ stdout, stderr, status, tree }: Answer): Answer {
  const anywhere = (text: string): string => text.replace(/\/tmp\/(shell-oracle-\w+\/\d+|\d+)/g, '/tmp/DIR');
  const own = (text: string): string => anywhere(text.replace(/(line \d+: )\s*\d+ /g, '$1PID '));
  return { stdout: anywhere(stdout), stderr: own(stderr), status, tree: tree.map(own) };
}
