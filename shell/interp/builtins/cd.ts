// cd: the logical directory follows the names typed, the physical one the kernel (-P).
import { isFsError, strerror } from '../../fs/errno.ts';
import { assign } from '../assign.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Dialect, Shell } from '../shell.ts';
import { type Builtin, badOption, print, refuse, splitOptions } from './builtin.ts';

export const cd: Builtin = {
  run(shell, argv) {
    const { options, operands, bad } = splitOptions(argv.slice(1), 'LPe@');
    if (bad !== undefined) return badOption(shell, 'cd', bad);
    if (operands.length > 1 && shell.dialect === 'bash') return refuse(shell, 'cd', 'too many arguments');
    return changeDirectory(shell, 'cd', operands[0], options.at(-1) === 'P' || shell.state.has('physical'));
  },
};

/** The words of each shell. */
const FAILURE: Readonly<Record<Dialect, (path: string, error: string) => string>> = {
  bash: (path, error) => `${path}: ${error}`,
  dash: (path) => `can't cd to ${path}`,
  ash: (path, error) => `can't cd to ${path}: ${error}`,
};

/** Changes to `target` (HOME without one, `-` for OLDPWD) and says where when that was not typed. */
export function changeDirectory(
  shell: Shell,
  name: string,
  target: string | undefined,
  physical: boolean,
): Maybe<number> {
  const { variables } = shell.state;
  const wanted =
    target === undefined ? variables.scalar('HOME') : target === '-' ? oldDirectory(shell) : target;
  if (wanted === undefined || (wanted === '' && target === undefined)) {
    if (shell.dialect !== 'bash' && target === undefined) return 0;
    return refuse(shell, name, target === '-' ? 'OLDPWD not set' : 'HOME not set');
  }
  const found = wanted === '' ? '.' : throughCdpath(shell, wanted);
  const error = enter(shell, found, physical);
  if (error !== undefined && shell.state.shopted('cdable_vars')) {
    const named = variables.scalar(wanted);
    if (named && enter(shell, named, physical) === undefined) return print(shell, name, `${named}\n`);
  }
  if (error !== undefined)
    return refuse(shell, name, FAILURE[shell.dialect](wanted, error), shell.dialect === 'bash' ? 1 : 2);
  const announce = target === '-' || found !== wanted;
  return announce && wanted !== ''
    ? chain(print(shell, name, `${shell.directory()}\n`), (status) => status)
    : 0;
}

// The shells other than bash stay where they are, and say so, when there is no OLDPWD.
const oldDirectory = (shell: Shell): string | undefined =>
  shell.state.variables.scalar('OLDPWD') ?? (shell.dialect === 'bash' ? undefined : shell.directory());

function throughCdpath(shell: Shell, wanted: string): string {
  const cdpath = shell.state.variables.scalar('CDPATH');
  if (!cdpath || /^(\.{0,2}\/|\.{1,2}$)/.test(wanted)) return wanted;
  for (const dir of cdpath.split(':')) {
    const candidate = dir === '' || dir === '.' ? wanted : `${dir.replace(/\/$/, '')}/${wanted}`;
    if (shell.process.tryStat(candidate)?.kind === 'directory') return candidate;
  }
  return wanted;
}

/** Moves there; the text of what went wrong, if anything. */
function enter(shell: Shell, path: string, physical: boolean): string | undefined {
  const { process } = shell;
  const here = shell.directory();
  const logical = normalize(path.startsWith('/') ? path : `${here}/${path}`);
  try {
    if (physical) process.chdir(path);
    else chdirLogically(shell, logical, path);
  } catch (error) {
    if (!isFsError(error)) throw error;
    return strerror(error.code);
  }
  assign(shell, 'OLDPWD', here);
  assign(shell, 'PWD', physical ? process.getcwd() : logical);
  return undefined;
}

// When the logical way is not there any more (a directory above was removed), the path as typed still may work.
function chdirLogically({ process }: Shell, logical: string, path: string): void {
  try {
    process.chdir(logical);
  } catch (error) {
    if (!isFsError(error, 'ENOENT') || path.startsWith('/') || process.tryStat(path) === undefined)
      throw error;
    process.chdir(path);
  }
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
