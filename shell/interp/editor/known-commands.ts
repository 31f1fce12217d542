// Which command names a shell knows: for colours, and for what an unknown one may have meant.
import { quietly } from '../../engine/quiet.ts';
import { isFsError } from '../../fs/errno.ts';
import { builtinFor, builtinNames } from '../builtins/index.ts';
import { searchPath } from '../lookup.ts';
import type { Shell } from '../shell.ts';

/** Whether a name is a command's. Answers are remembered, and asking leaves no trace. */
export function commandLookup(shell: Shell): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const answer = known.get(name) ?? quietly(shell.process.kernel, () => isCommand(shell, name));
    known.set(name, answer);
    return answer;
  };
}

function isCommand(shell: Shell, name: string): boolean {
  const { state, process } = shell;
  if (builtinFor(shell, name) !== undefined || state.functions.has(name) || state.aliases.has(name))
    return true;
  if (!name.includes('/')) return searchPath(shell, name).length > 0;
  const path = name.startsWith('~/') ? `${state.variables.scalar('HOME') ?? '~'}${name.slice(1)}` : name;
  return process.tryStat(path) !== undefined;
}

const RESERVED =
  '! [[ ]] case coproc do done elif else esac fi for function if in select then time until while { }'.split(
    ' ',
  );

/** All names that could be typed as a command and begin so; sorted. */
export function commandNames(shell: Shell, prefix: string): string[] {
  const { state } = shell;
  const path = state.variables.scalar('PATH') ?? '';
  const programs = path.split(':').flatMap((dir) => entries(shell, dir || '.'));
  const words = shell.dialect === 'bash' ? RESERVED : [];
  const names = [
    ...words,
    ...builtinNames(shell),
    ...state.functions.keys(),
    ...state.aliases.keys(),
    ...programs,
  ];
  return [...new Set(names.filter((name) => name.startsWith(prefix)))].sort();
}

/** The names in a directory; none where it cannot be read. */
export function entries({ process }: Shell, dir: string): string[] {
  try {
    return quietly(process.kernel, () => process.readdir(dir).map((entry) => entry.name));
  } catch (error) {
    if (isFsError(error)) return [];
    throw error;
  }
}
