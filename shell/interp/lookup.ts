// Finding programs: PATH, and the table of remembered places (hash).
import { X_OK } from '../fs/credentials.ts';
import { isFsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import type { Shell } from './shell.ts';

/** The path of the program `name`; undefined when PATH has none. A PATH of the command's own is looked at alone. */
export function findProgram(shell: Shell, name: string, path?: string): string | undefined {
  if (name.includes('/')) return name;
  if (path !== undefined) return searchPath(shell, name, path)[0];
  const { state } = shell;
  if (shell.hashedVersion !== state.variables.pathVersion) {
    state.hashed.clear();
    shell.hashedVersion = state.variables.pathVersion;
  }
  const known = state.hashed.get(name);
  if (known !== undefined) return known;
  const found = searchPath(shell, name)[0];
  if (found !== undefined) state.hashed.set(name, found);
  return found;
}

/** All executables called `name` along PATH, in order. */
export function searchPath(
  shell: Shell,
  name: string,
  path = shell.state.variables.scalar('PATH'),
): string[] {
  if (path === undefined) return [];
  const candidates = path
    .split(':')
    .map((dir) => (dir === '' || dir === '.' ? `./${name}` : `${dir.replace(/\/$/, '')}/${name}`));
  return candidates.filter((candidate) => isExecutable(shell.process, candidate));
}

/** A file of that name along PATH that may not be executed: why a command is refused rather than not found. */
export function findForbidden(shell: Shell, name: string): string | undefined {
  const path = shell.state.variables.scalar('PATH') ?? '';
  return path
    .split(':')
    .map((dir) => `${dir}/${name}`)
    .find((candidate) => shell.process.tryStat(candidate)?.kind === 'file');
}

function isExecutable(process: Process, path: string): boolean {
  if (process.tryStat(path)?.kind !== 'file') return false;
  try {
    process.access(path, X_OK);
    return true;
  } catch (error) {
    if (isFsError(error)) return false;
    throw error;
  }
}
