// The table of keys: readline's emacs mode.
import { historyWords } from '../history-words.ts';
import type { Editor, Step } from './editor.ts';
import { recall, withLine } from './editor.ts';
import {
  after,
  before,
  blankWordStart,
  changeCase,
  closeUp,
  insert,
  kill,
  type Line,
  moveTo,
  replace,
  revert,
  transpose,
  transposeWords,
  undo,
  wordEnd,
  wordStart,
  yank,
  yankPop,
} from './line.ts';
import { startSearch } from './search.ts';
import { suggestion } from './suggestion.ts';

/** `count` is given to those alone to which a numeric argument means something of their own. */
type Binding = (editor: Editor, count?: number) => Step;

/** A change of the line alone. */
const edits =
  (change: (line: Line) => Line): Binding =>
  (editor) => {
    const line = change(editor.line);
    return line === editor.line ? { editor, effect: 'bell' } : { editor: withLine(editor, line) };
  };

const moves =
  (target: (text: string, cursor: number) => number): Binding =>
  (editor) => ({
    editor: withLine(editor, moveTo(editor.line, target(editor.line.text, editor.line.cursor))),
  });

/** A movement that takes the suggestion in where it stands: all of it, or as much as it moves over. */
const takes =
  (move: Binding, part: (text: string) => number = (text) => text.length): Binding =>
  (editor) => {
    const offered = suggestion(editor);
    if (offered === '') return move(editor);
    return { editor: withLine(editor, insert(editor.line, offered.slice(0, part(offered)))) };
  };

const left = moves(before);
const right = takes(moves(after));
const home = moves((text, cursor) => text.lastIndexOf('\n', cursor - 1) + 1);
const lineEnd = moves((text, cursor) => {
  const newline = text.indexOf('\n', cursor);
  return newline === -1 ? text.length : newline;
});
const end = takes(lineEnd);
const wordLeft = moves(wordStart);
const wordRight = takes(moves(wordEnd), (text) => wordEnd(text, 0));

const backspace = edits((line) =>
  line.cursor === 0 ? line : replace(line, before(line.text, line.cursor), line.cursor, ''),
);
const deleteForward = edits((line) => {
  if (line.cursor === line.text.length) return line;
  const { cursor } = line;
  return replace(line, cursor, after(line.text, cursor), '');
});

const up: Binding = (editor) =>
  editor.at > 0 ? { editor: recall(editor, editor.at - 1) } : { editor, effect: 'bell' };
const down: Binding = (editor) =>
  editor.at < editor.history.length ? { editor: recall(editor, editor.at + 1) } : { editor, effect: 'bell' };

const endOfFile: Binding = (editor) =>
  editor.line.text === '' ? { editor, effect: 'end-of-file' } : deleteForward(editor);

const capitalize = (word: string): string =>
  word
    .replace(/\p{L}/u, (char) => char.toUpperCase())
    .replace(/(?<=\p{L})\p{L}+/u, (rest) => rest.toLowerCase());

/** M-.: the last argument of the command before, or the one that was counted; again, of the command before that. */
const lastArgument: Binding = (editor, count) => {
  const { lastArgument: known, history, line } = editor;
  const back = (known?.back ?? 0) + 1;
  const word = known?.word ?? count ?? -1;
  const argument = historyWords(history[history.length - back] ?? '').at(word);
  if (argument === undefined) return { editor, effect: 'bell' };
  const start = known?.start ?? line.cursor;
  return {
    editor: {
      ...withLine(editor, replace(line, start, line.cursor, argument)),
      lastArgument: { back, word, start },
    },
  };
};

/** C-M-y: the first argument of the command before, or the one that was counted. */
const nthArgument: Binding = (editor, count = 1) =>
  lastArgument({ ...editor, lastArgument: undefined }, count);

const killToEnd = edits((line) => {
  const newline = line.text.indexOf('\n', line.cursor);
  return kill(line, line.cursor, newline === -1 || newline === line.cursor ? line.text.length : newline);
});

export const bindings: Readonly<Record<string, Binding>> = {
  'C-a': home,
  Home: home,
  'C-e': end,
  End: end,
  'C-b': left,
  Left: left,
  'C-f': right,
  Right: right,
  'M-b': wordLeft,
  'C-Left': wordLeft,
  'M-Left': wordLeft,
  'M-f': wordRight,
  'C-Right': wordRight,
  'M-Right': wordRight,
  Backspace: backspace,
  Delete: deleteForward,
  'C-d': endOfFile,
  'C-k': killToEnd,
  'C-u': edits((line) => kill(line, 0, line.cursor)),
  'C-w': edits((line) => kill(line, blankWordStart(line.text, line.cursor), line.cursor)),
  'M-Backspace': edits((line) => kill(line, wordStart(line.text, line.cursor), line.cursor)),
  'M-d': edits((line) => kill(line, line.cursor, wordEnd(line.text, line.cursor))),
  'C-y': edits(yank),
  'M-y': edits(yankPop),
  'C-t': edits(transpose),
  'M-t': edits(transposeWords),
  'M-r': edits(revert),
  'M-\\': edits(closeUp),
  'C-_': edits(undo),
  'C-x C-u': edits(undo),
  'C-x Backspace': edits((line) => kill(line, 0, line.cursor)),
  'C-x C-g': (editor) => ({ editor, effect: 'bell' }),
  'M-u': edits((line) => changeCase(line, (word) => word.toUpperCase())),
  'M-l': edits((line) => changeCase(line, (word) => word.toLowerCase())),
  'M-c': edits((line) => changeCase(line, capitalize)),
  'M-.': lastArgument,
  'M-_': lastArgument,
  'C-M-y': nthArgument,
  Up: up,
  'C-p': up,
  Down: down,
  'C-n': down,
  'M-<': (editor) => ({ editor: recall(editor, 0) }),
  'M->': (editor) => ({ editor: recall(editor, editor.history.length) }),
  'C-r': (editor) => ({ editor: startSearch(editor, 'back') }),
  'C-s': (editor) => ({ editor: startSearch(editor, 'forth') }),
  Enter: (editor) => ({ editor, effect: 'submit' }),
  'M-#': (editor) => ({
    editor: withLine(editor, replace(editor.line, 0, editor.line.text.length, `#${editor.line.text}`)),
    effect: 'submit',
  }),
  'C-o': (editor) => ({ editor, effect: 'submit' }),
  'M-Enter': edits((line) => insert(line, '\n')),
  'C-c': (editor) => ({ editor, effect: 'interrupt' }),
  'C-l': (editor) => ({ editor, effect: 'clear-screen' }),
  Tab: (editor) => ({ editor, effect: 'complete' }),
  'C-g': (editor) => ({ editor, effect: 'bell' }),
  Insert: (editor) => ({ editor }),
  PageUp: (editor) => ({ editor }),
  PageDown: (editor) => ({ editor }),
  Unknown: (editor) => ({ editor }),
};
