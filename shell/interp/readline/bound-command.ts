// bind -x: a command of the shell on a key. It finds the line in READLINE_LINE, and may leave another one there.
import { assign } from '../assign.ts';
import { type Editor, withLine } from '../editor/editor.ts';
import { moveTo, replace } from '../editor/line.ts';
import type { Shell } from '../shell.ts';
import { runSource } from '../source.ts';

export async function runBoundCommand(shell: Shell, editor: Editor, command: string): Promise<Editor> {
  const { state } = shell;
  const { line } = editor;
  assign(shell, 'READLINE_LINE', line.text);
  assign(shell, 'READLINE_POINT', String(line.cursor));
  const { status, lastArgument } = state;
  await runSource(shell, command);
  Object.assign(state, { status, lastArgument });
  const text = state.variables.scalar('READLINE_LINE') ?? '';
  const point = Number(state.variables.scalar('READLINE_POINT') ?? text.length) || 0;
  for (const name of ['READLINE_LINE', 'READLINE_POINT']) state.variables.delete(name);
  const changed = text === line.text ? line : replace(line, 0, line.text.length, text);
  return withLine(editor, moveTo(changed, Math.min(Math.max(point, 0), text.length)));
}
