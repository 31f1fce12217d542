// The text of a function as declare -f and type show it.
import { printFunction } from './print-command.ts';
import type { Shell } from './shell.ts';

export function functionText(shell: Shell, name: string): string {
  const known = shell.state.functions.get(name);
  return known === undefined ? '' : printFunction(known.node, known.source.text);
}
