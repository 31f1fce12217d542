// The table of keys: readline's emacs mode.
import { historyWords } from '../history-words.ts';
import { type Editor, type Effect, recall, type Step, withLine } from './editor.ts';
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
import { prefixSearch, startSeeking } from './prefix-search.ts';
import { startSearch } from './search.ts';
import { shellWordEnd, shellWordStart } from './shell-words.ts';
import { suggestion } from './suggestion.ts';

/** `count` is the numeric argument; undefined where none was typed. */
type Binding = (editor: Editor, count?: number) => Step;
type Move = (text: string, at: number) => number;

/** A change of the line alone. */
const edits =
  (change: (line: Line, count?: number) => Line): Binding =>
  (editor, count) => {
    const line = change(editor.line, count);
    return line === editor.line ? { editor, effect: 'bell' } : { editor: withLine(editor, line) };
  };

const asks =
  (effect: Effect): Binding =>
  (editor) => ({ editor, effect });

/** Once, or as often as counted; the other way for a count below zero. */
const repeats =
  (binding: Binding, opposite: Binding = binding): Binding =>
  (editor, count = 1) => {
    const once = count < 0 ? opposite : binding;
    let step: Step = { editor };
    for (let i = 0; i < Math.abs(count); i++) {
      const next = once(step.editor);
      if (next.effect !== undefined) return i === 0 ? next : step;
      step = next;
    }
    return step;
  };

const times = (move: Move, text: string, from: number, count: number): number => {
  let at = from;
  for (let i = 0; i < Math.min(Math.abs(count), text.length); i++) at = move(text, at);
  return at;
};

const both = (on: Move, back: Move, { text, cursor }: Line, count: number): number =>
  times(count < 0 ? back : on, text, cursor, count);

const moves = (on: Move, back: Move): Binding =>
  edits((line, count = 1) => moveTo(line, both(on, back, line, count)));
const kills = (on: Move, back: Move): Binding =>
  edits((line, count = 1) => {
    const to = both(on, back, line, count);
    return kill(line, Math.min(to, line.cursor), Math.max(to, line.cursor));
  });

/** A movement that takes the suggestion in where it stands: all of it, or as much as it moves over. */
const takes =
  (move: Binding, part: (text: string) => number = (text) => text.length): Binding =>
  (editor, count) => {
    const offered = suggestion(editor);
    if (offered === '' || count !== undefined) return move(editor, count);
    return { editor: withLine(editor, insert(editor.line, offered.slice(0, part(offered)))) };
  };

const left = moves(before, after);
const right = takes(moves(after, before));
const start: Binding = edits((line) => moveTo(line, 0));
const end = takes(edits((line) => moveTo(line, line.text.length)));
const wordLeft = moves(wordStart, wordEnd);
const wordRight = takes(moves(wordEnd, wordStart), (text) => wordEnd(text, 0));
const killWord = kills(wordEnd, wordStart);
const killWordBefore = kills(wordStart, wordEnd);

/** Counted characters are killed, not only deleted. */
const removes = (on: Move, back: Move): Binding =>
  edits((line, count) => {
    const to = both(on, back, line, count ?? 1);
    const [from, until] = [Math.min(to, line.cursor), Math.max(to, line.cursor)];
    if (from === until) return line;
    return count === undefined ? replace(line, from, until, '') : kill(line, from, until);
  });
const deleteForward = removes(after, before);

const backspace: Binding = (editor, count) => {
  const { line, overwrites } = editor;
  if (!overwrites || line.cursor === line.text.length || line.cursor === 0)
    return removes(before, after)(editor, count);
  const from = times(before, line.text, line.cursor, count ?? 1);
  const blanked = replace(line, from, line.cursor, ' '.repeat(line.cursor - from));
  return { editor: withLine(editor, moveTo(blanked, from)) };
};

const up: Binding = (editor) =>
  editor.at > 0 ? { editor: recall(editor, editor.at - 1) } : { editor, effect: 'bell' };
const down: Binding = (editor) =>
  editor.at < editor.history.length ? { editor: recall(editor, editor.at + 1) } : { editor, effect: 'bell' };
const previous = repeats(up, down);
const next = repeats(down, up);

const endOfFile: Binding = (editor, count) =>
  editor.line.text === '' ? { editor, effect: 'end-of-file' } : deleteForward(editor, count);

const capitalize = (words: string): string =>
  words.replace(/[\p{L}\p{N}]+/gu, (word) => {
    const [first = ''] = word;
    return first.toUpperCase() + word.slice(first.length).toLowerCase();
  });

/** M-.: the last argument of the command before, or the one that was counted; again, of the command before that. */
const lastArgument: Binding = (editor, count) => {
  const { lastArgument: known, history } = editor;
  const way = (known?.way ?? 1) * (known !== undefined && count !== undefined && count < 0 ? -1 : 1);
  const back = known === undefined ? 1 : Math.max(1, known.back + way);
  const word = known === undefined ? (count ?? 'last') : known.word;
  const line = known?.put === true ? undo(editor.line) : editor.line;
  const words = historyWords(history[editor.at - back] ?? '');
  const at = word === 'last' ? words.length - 1 : word < 0 ? words.length + word - 1 : word;
  const argument = words[at];
  const kept = { back, word, way, put: argument !== undefined };
  if (argument === undefined)
    return { editor: { ...withLine(editor, line), lastArgument: kept }, effect: 'bell' };
  const put = replace(line, line.cursor, line.cursor, argument, { closed: true });
  return { editor: { ...withLine(editor, put), lastArgument: kept } };
};

/** C-M-y: the first argument of the command before, or the one that was counted. */
const nthArgument: Binding = (editor, count = 1) => {
  const step = lastArgument({ ...editor, lastArgument: undefined }, count);
  return { ...step, editor: { ...step.editor, lastArgument: undefined } };
};

const killToEnd: Binding = edits((line, count = 1) =>
  count < 0 ? kill(line, 0, line.cursor) : kill(line, line.cursor, line.text.length),
);
const killToStart: Binding = edits((line, count = 1) =>
  count < 0 ? kill(line, line.cursor, line.text.length) : kill(line, 0, line.cursor),
);

/** M-#: the line becomes a comment; with an argument, one that is a comment stops being one. */
const comment: Binding = (editor, count) => {
  const { line } = editor;
  const isOne = count !== undefined && line.text.startsWith('#');
  const changed = isOne ? replace(line, 0, 1, '') : replace(line, 0, 0, '#');
  return { editor: withLine(editor, changed), effect: 'submit' };
};

const takesBack = repeats(edits(undo), (editor) => ({ editor }));

const exchange: Binding = edits((line) => ({
  ...moveTo(line, line.mark),
  mark: Math.min(line.cursor, line.text.length),
}));

export const bindings: Readonly<Record<string, Binding>> = {
  'C-a': start,
  Home: start,
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
  'C-M-b': moves(shellWordStart, shellWordEnd),
  'C-M-f': moves(shellWordEnd, shellWordStart),
  Backspace: backspace,
  Delete: deleteForward,
  'C-d': endOfFile,
  'C-k': killToEnd,
  'C-x Backspace': killToStart,
  'C-u': edits((line) => (line.cursor === 0 ? line : kill(line, 0, line.cursor))),
  'C-w': edits((line, count = 1) =>
    line.cursor === 0
      ? line
      : kill(line, times(blankWordStart, line.text, line.cursor, Math.max(1, count)), line.cursor),
  ),
  'M-Backspace': killWordBefore,
  'C-M-h': killWordBefore,
  'M-d': killWord,
  'C-Delete': killWord,
  'C-M-d': kills(shellWordEnd, shellWordStart),
  'C-y': edits(yank),
  'M-y': edits(yankPop),
  'C-t': edits(transpose),
  'M-t': edits((line, count) => transposeWords(line, count)),
  'C-M-t': edits((line, count) => transposeWords(line, count, [shellWordStart, shellWordEnd])),
  'M-r': edits(revert),
  'C-M-r': edits(revert),
  'M-\\': edits(closeUp),
  'C-_': takesBack,
  'C-x C-u': takesBack,
  'C-@': edits((line) => ({ ...line, mark: line.cursor })),
  'M- ': edits((line) => ({ ...line, mark: line.cursor })),
  'C-x C-x': exchange,
  'C-x C-g': asks('bell'),
  'M-u': edits((line, count) => changeCase(line, (words) => words.toUpperCase(), count)),
  'M-l': edits((line, count) => changeCase(line, (words) => words.toLowerCase(), count)),
  'M-c': edits((line, count) => changeCase(line, capitalize, count)),
  'M-.': lastArgument,
  'M-_': lastArgument,
  'C-M-y': nthArgument,
  Up: previous,
  'C-p': previous,
  Down: next,
  'C-n': next,
  PageUp: (editor) => prefixSearch(editor, -1) ?? up(editor),
  PageDown: (editor) => prefixSearch(editor, 1) ?? down(editor),
  'M-p': (editor) => ({ editor: startSeeking(editor, -1) }),
  'M-n': (editor) => ({ editor: startSeeking(editor, 1) }),
  'M-<': (editor) => ({ editor: editor.at === 0 ? editor : recall(editor, 0) }),
  'M->': (editor) => ({
    editor: editor.at === editor.history.length ? editor : recall(editor, editor.history.length),
  }),
  'C-r': (editor) => ({ editor: startSearch(editor, 'back') }),
  'C-s': (editor) => ({ editor: startSearch(editor, 'forth') }),
  Enter: asks('submit'),
  'M-#': comment,
  'C-o': asks('submit-next'),
  'M-Enter': edits((line) => insert(line, '\n')),
  'C-c': asks('interrupt'),
  'C-l': asks('clear-screen'),
  'C-M-l': asks('clear-screen'),
  'C-x C-e': asks('edit'),
  Tab: asks('complete'),
  'M-?': asks('list'),
  'M-=': asks('list'),
  'M-*': asks('insert-all'),
  'M-/': asks('complete-path'),
  'M-!': asks('complete-command'),
  'M-$': asks('complete-variable'),
  'M-~': asks('complete-user'),
  'C-x /': asks('list-paths'),
  'C-x !': asks('list-commands'),
  'C-x $': asks('list-variables'),
  'C-x ~': asks('list-users'),
  'C-x *': asks('insert-glob'),
  'C-x g': asks('list-glob'),
  'M-^': asks('expand-history'),
  'C-M-e': asks('expand-line'),
  'M-&': asks('expand-tilde'),
  'C-g': asks('bell'),
  Insert: (editor) => ({ editor: { ...editor, overwrites: !editor.overwrites } }),
  Unknown: (editor) => ({ editor }),
};

/** After these the key of the same name goes on from where it stood. */
export const continuing: ReadonlySet<string> = new Set(['M-.', 'M-_']);
export const searching: ReadonlySet<string> = new Set(['PageUp', 'PageDown']);
