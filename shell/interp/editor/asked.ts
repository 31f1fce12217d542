// What the line asks of the shell: completions of one kind or of any, globs, and what a line expands to.
import { quietly } from '../../engine/quiet.ts';
import { glob } from '../expand/glob.ts';
import { expandText } from '../expand/index.ts';
import { tildeAt } from '../expand/tilde.ts';
import { expandHistory } from '../history-expansion.ts';
import type { Shell } from '../shell.ts';
import {
  type Completion,
  type CompletionKind,
  commonPrefix,
  complete,
  completeAs,
  quoted,
} from './complete.ts';
import { type Asked, type Editor, withLine } from './editor.ts';
import { replace } from './line.ts';
import { wordAt } from './word.ts';

export interface Answer {
  readonly editor: Editor;
  /** Candidates to be shown. */
  readonly labels?: readonly string[];
}

/**
 * `listing`: the key was pressed before and found several; 'at once' where the first time is enough.
 * Nothing new in the answer stands for a bell.
 */
export async function answer(
  shell: Shell,
  editor: Editor,
  asked: Asked,
  listing: boolean | 'at once',
): Promise<Answer> {
  const { text, cursor } = editor.line;
  const kind = KINDS[asked];
  if (kind !== undefined)
    return filledIn(editor, completeAs(shell, text, cursor, kind), asked.startsWith('list-'), listing);
  if (asked === 'insert-glob' || asked === 'list-glob') return globbed(shell, editor, asked === 'list-glob');
  if (asked.startsWith('expand-')) return { editor: expanded(shell, editor, asked) };
  const completion = await complete(shell, text, cursor);
  if (asked !== 'insert-all') return filledIn(editor, completion, asked === 'list', listing);
  const all = completion.candidates.map((candidate) => `${candidate.text} `).join('');
  return all === '' ? { editor } : { editor: put(editor, completion.start, all) };
}

const KINDS: Readonly<Partial<Record<Asked, CompletionKind>>> = {
  'complete-path': 'path',
  'complete-command': 'command',
  'complete-variable': 'variable',
  'complete-user': 'user',
  'list-paths': 'path',
  'list-commands': 'command',
  'list-variables': 'variable',
  'list-users': 'user',
};

const put = (editor: Editor, start: number, text: string): Editor =>
  withLine(editor, replace(editor.line, start, editor.line.cursor, text));

function filledIn(
  editor: Editor,
  { start, candidates }: Completion,
  shows: boolean,
  listing: boolean | 'at once',
): Answer {
  const [only] = candidates;
  if (only === undefined) return { editor };
  const labels = candidates.map(({ label }) => label);
  if (shows) return { editor, labels };
  const typed = editor.line.text.slice(start, editor.line.cursor);
  const common = commonPrefix(candidates.map(({ text }) => text));
  const text = candidates.length === 1 ? only.text + only.suffix : common;
  const grows = text.length > typed.length || !typed.startsWith(text);
  if (candidates.length === 1 || (grows && text.length >= typed.length))
    return {
      editor: text === typed ? editor : put(editor, start, text),
      ...(listing === 'at once' && candidates.length > 1 ? { labels } : {}),
    };
  return listing ? { editor, labels } : { editor };
}

const PLAIN_GLOB = { extended: false, dotglob: false, globstar: false, nocase: false, dots: false };

function globbed(shell: Shell, editor: Editor, shows: boolean): Answer {
  const { start, value } = wordAt(editor.line.text.slice(0, editor.line.cursor));
  const pattern = shows && !/[*?[]/.test(value) ? `${value}*` : value;
  const found = quietly(shell.process.kernel, () => glob(shell.process, pattern, PLAIN_GLOB));
  if (found.length === 0) return { editor };
  if (shows) return { editor, labels: found };
  return { editor: put(editor, start, found.map((name) => `${quoted(name, '')} `).join('')) };
}

function expanded(shell: Shell, editor: Editor, asked: Asked): Editor {
  const { line } = editor;
  const whole = (text: string): Editor =>
    text === line.text ? editor : withLine(editor, replace(line, 0, line.text.length, text));
  if (asked === 'expand-tilde') {
    const { start, raw } = wordAt(line.text.slice(0, line.cursor));
    const tilde = tildeAt(shell, raw, true, false);
    return tilde === undefined ? editor : put(editor, start, tilde.directory + raw.slice(tilde.length));
  }
  const { history, substitution } = shell.state;
  const expansion = expandHistory(line.text, history, substitution);
  if ('problem' in expansion) return editor;
  if (asked === 'expand-history') return whole(expansion.text);
  const text = quietly(shell.process.kernel, () => expandText(shell, expansion.text));
  return typeof text === 'string' ? whole(text) : editor;
}
