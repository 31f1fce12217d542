// The text of a function as declare -f and type show it: its source, under bash's head line.
import type { Shell } from './shell.ts';

/** `name () ` and the body; the body keeps the layout it was typed in (bash prints its own). */
export function functionText(shell: Shell, name: string): string {
  const known = shell.state.functions.get(name);
  if (known === undefined) return '';
  const { body } = known.node;
  const text = known.source.text.slice(body.pos, body.end);
  return `${name} () \n${layout(text)}`;
}

// One-line bodies are laid out as bash does it: braces on lines of their own, four spaces in.
function layout(text: string): string {
  const inner = /^\{\s*(.*?);?\s*\}$/s.exec(text)?.[1];
  if (inner === undefined) return text;
  const lines = inner.includes('\n') ? inner.split('\n').map((line) => line.trim()) : inner.split(/;\s*/);
  const shown = lines.filter((line) => line !== '').map((line) => `    ${line.replace(/;$/, '')}`);
  return `{ \n${shown.join(';\n')}\n}`;
}
