// What runs around commands because of traps: DEBUG before each, ERR after a failing one; and which of them functions,
// sourced files and subshells inherit (set -E, set -T).
import type { Maybe } from './maybe.ts';
import type { Outcome } from './outcome.ts';
import type { Shell } from './shell.ts';
import type { SourceLines } from './source-lines.ts';
import type { CommandNode } from './syntax.ts';

/** Notes which command runs, and runs the DEBUG trap; an outcome where the command is not to run after it. */
export function beforeCommand(shell: Shell, node: CommandNode): Maybe<Outcome | undefined> {
  shell.at = shell.dialect === 'bash' ? lineMark(node, shell.lines) : startOf(node);
  shell.end = node.end;
  shell.running = node;
  const { traps } = shell.state;
  return traps.size > 0 && traps.has('DEBUG') ? debug(shell) : undefined;
}

// Lines are counted from where the first word ends, which may take several.
function startOf(node: CommandNode): number {
  if (node.type !== 'Command') return node.pos;
  const end = (node.prefix[0] ?? node.name)?.end;
  return end === undefined ? node.pos : end - 1;
}

/** Where bash's reader stands when it notes a command's line: behind the token after a first word, at the end of sums. */
export function lineMark(node: CommandNode, lines: SourceLines): number {
  if (node.type === 'ArithmeticCommand') return node.end - 1;
  if (node.type === 'Case') return node.word.end - 1;
  if (node.type !== 'Command') return node.pos;
  const { prefix, name, suffix } = node;
  if (prefix.length > 0 || name === undefined) return startOf(node);
  const next = suffix[0];
  if (next !== undefined) return next.type === 'Word' || next.type === 'Assignment' ? next.end - 1 : next.pos;
  return lines.behind(name.end);
}

async function debug(shell: Shell): Promise<Outcome | undefined> {
  const status = await shell.traps.runAction('DEBUG');
  const departure = shell.traps.takeDeparture();
  const kind = departure?.leave?.kind;
  // What leaves a loop does so from a command in its body, not from its head.
  const inBody = departure !== undefined && shell.running?.type === 'Command';
  if (kind === 'exit' || kind === 'return' || inBody) return departure;
  return status && shell.state.shopted('extdebug') ? { status: 0 } : undefined;
}

const INHERITED = [
  ['DEBUG', 'functrace'],
  ['RETURN', 'functrace'],
  ['ERR', 'errtrace'],
] as const;

/** Takes the traps away that a function or file does not inherit; the result puts them back. */
export function hideTraps(shell: Shell, inherits: readonly string[] = []): () => void {
  const { traps } = shell.state;
  if (traps.size === 0) return () => {};
  const hidden = INHERITED.filter(
    ([name, option]) => traps.has(name) && !inherits.includes(name) && !shell.state.has(option),
  ).map(([name]) => [name, traps.get(name) as string] as const);
  for (const [name] of hidden) traps.delete(name);
  return () => {
    for (const [name, action] of hidden) if (!traps.has(name)) traps.set(name, action);
  };
}

/** In a subshell the traps are gone, save for those its options let it inherit. */
export const outlivesFork = (shell: Shell, name: string): boolean =>
  INHERITED.some(([trap, option]) => trap === name && shell.state.has(option));
