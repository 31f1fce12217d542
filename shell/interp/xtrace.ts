// set -x: each command as it runs, behind PS4.
import { chain, type Maybe } from './maybe.ts';
import { promptText } from './prompt.ts';
import { quoteIfNeeded } from './quote.ts';
import type { Shell } from './shell.ts';
import type { Assignment } from './syntax.ts';

/** Writes `+ word word` to standard error. `raw` leaves the words unquoted. */
export function traceCommand(shell: Shell, words: readonly string[], raw = false): Maybe<void> {
  const text = words.map((word) => (raw || shell.dialect === 'dash' ? word : quoteIfNeeded(word))).join(' ');
  return traceLine(shell, text);
}

/** `+ for x in ...`, `+ case ... in`, `+ (( ... ))`, `+ [[ ... ]]`: parts of compound commands, as bash traces them. */
export function traceHead(shell: Shell, words: readonly string[]): Maybe<void> {
  return shell.dialect === 'bash' && shell.state.has('xtrace') ? traceCommand(shell, words, true) : undefined;
}

export function traceAssignments(
  shell: Shell,
  { name, text, value, append, index }: Assignment,
): Maybe<void> {
  if (value.type === 'ArrayValue' || index !== undefined) return traceLine(shell, text);
  const now = shell.state.variables.scalar(name) ?? '';
  return traceLine(
    shell,
    append ? text : `${name}=${now === '' || shell.dialect === 'dash' ? now : quoteIfNeeded(now)}`,
  );
}

/** One line behind PS4. */
export function traceLine(shell: Shell, text: string): Maybe<void> {
  const ps4 = shell.state.variables.scalar('PS4') ?? '+ ';
  return chain(promptText(shell, ps4), (prompt) => {
    const depth = shell.dialect === 'bash' ? shell.traceDepth : 0;
    return shell.write(descriptor(shell), `${(prompt[0] ?? '').repeat(depth)}${prompt}${text}\n`);
  });
}

function descriptor(shell: Shell): number {
  const wanted = shell.dialect === 'bash' ? shell.state.variables.scalar('BASH_XTRACEFD') : undefined;
  return wanted !== undefined && /^\d+$/.test(wanted) ? Number(wanted) : 2;
}
