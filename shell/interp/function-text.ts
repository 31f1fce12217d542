// The text of a function as declare -f and type show it.
import { printFunction } from './print-command.ts';
import type { ShellState } from './shell-state.ts';

export function functionText(state: ShellState, name: string): string {
  const known = state.functions.get(name);
  return known === undefined ? '' : printFunction(known.node, known.source.text);
}
