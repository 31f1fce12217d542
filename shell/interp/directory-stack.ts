// The directory stack of pushd and popd, and how `+2` and `-0` name its entries.
import type { Shell } from './shell.ts';

/** The stack from the top: the working directory and what was pushed below it. */
export const directoryStack = (shell: Shell): string[] => [shell.directory(), ...shell.state.directories];

/** The place that `+N` (from the top) or `-N` (from the bottom) names; undefined when the text is no such name. */
export function stackPlace(text: string, size: number): number | undefined {
  const shape = /^([-+])(\d+)$/.exec(text);
  if (shape === null) return undefined;
  const count = Number(shape[2]);
  return shape[1] === '+' ? count : size - 1 - count;
}

/** The directory with HOME as `~`. */
export function shortened(shell: Shell, dir: string): string {
  const home = shell.state.variables.scalar('HOME');
  return home && home !== '/' && (dir === home || dir.startsWith(`${home}/`))
    ? `~${dir.slice(home.length)}`
    : dir;
}
