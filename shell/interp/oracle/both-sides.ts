// A script in cowsh and in the machine's own shell, each in an empty directory: output, errors, status, and the tree
// that is left.
import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { decodeName } from '../../fs/name.ts';
import type { Process } from '../../fs/process.ts';
import type { Result, ShellMachine } from '../test-machine.ts';
import { anywhere, onMachine as runOnMachine } from './on-machine.ts';

/** `ash` is busybox's. */
export type OracleShell = 'bash' | 'dash' | 'ash';

export interface Answer extends Result {
  /** What lies in the script's directory afterwards: `name kind content`. */
  readonly tree: readonly string[];
}

export const isThere = (shell: OracleShell): boolean =>
  spawnSync(shell === 'ash' ? 'busybox' : shell, shell === 'ash' ? ['ash', '-c', ':'] : ['-c', ':'])
    .status === 0;

/** The answers of the machine's own shell. */
export const onMachine = (shell: OracleShell, scripts: readonly string[]): Answer[] =>
  runOnMachine(shell, scripts, (result, directory) => normal({ ...result, tree: realTree(directory) }));

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

/** bash's own, now and then: the child of a pipeline that an expansion ends waits for its siblings. */
const SLIP = /^.*wait_for: No record of process \d+\n/gm;

// Process numbers and the directory's name are nobody's business.
function normal({ stdout, stderr, status, tree }: Answer): Answer {
  const own = (text: string): string => anywhere(text.replace(/(line \d+: )\s*\d+ /g, '$1PID '));
  return { stdout: anywhere(stdout), stderr: own(stderr.replace(SLIP, '')), status, tree: tree.map(own) };
}
