// What the evaluator asks of expansion: words to fields, to one string, or to a pattern.
import { chain, inOrder, type Maybe } from '../maybe.ts';
import { hasMagic, matches } from '../pattern.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { type HereDoc, parseQuotedText, parseWord, type Word } from '../syntax.ts';
import { expandBraces } from './brace.ts';
import { glob } from './glob.ts';
import { joinPieces, type Piece, patternOf } from './pieces.ts';
import { splitFields } from './split.ts';
import { bodyPieces, wordPieces } from './word.ts';

/** Words to arguments: braces, expansions, field splitting, pathnames, quote removal. */
export function expandWords(shell: Shell, words: readonly Word[]): Maybe<string[]> {
  const fields: string[] = [];
  return chain(
    inOrder(words, (word) => appendFields(shell, word, fields)),
    () => fields,
  );
}

function appendFields(shell: Shell, word: Word, fields: string[]): Maybe<void> {
  if (word.parts === undefined && /^[\w./=:,@%^+-]+$/.test(word.text)) {
    fields.push(word.text);
    return;
  }
  return inOrder(braceWords(shell, word), (single) =>
    chain(wordPieces(shell, single, { quoted: false }), (pieces) => {
      for (const field of splitFields(pieces, shell.state.variables.scalar('IFS')))
        appendPaths(shell, field, fields);
    }),
  );
}

/** Whether braces make several words of one. */
export const hasBraces = (shell: Shell, word: Word): boolean => braceWords(shell, word).length > 1;

const braced = new WeakMap<Word, readonly Word[]>();

function braceWords(shell: Shell, word: Word): readonly Word[] {
  if (!word.text.includes('{') || shell.dialect !== 'bash' || !shell.state.has('braceexpand')) return [word];
  let words = braced.get(word);
  if (words === undefined) {
    const texts = expandBraces(word.text);
    words =
      texts.length === 1 && texts[0] === word.text ? [word] : texts.flatMap((text) => parseWord(text) ?? []);
    braced.set(word, words);
  }
  return words;
}

function appendPaths(shell: Shell, field: readonly Piece[], fields: string[]): void {
  const { state } = shell;
  const extended = state.shopted('extglob') && shell.dialect === 'bash';
  const pattern = field.some((piece) => !piece.quoted && /[*?[(]/.test(piece.text)) ? patternOf(field) : '';
  if (pattern === '' || state.has('noglob') || !hasMagic(pattern, extended)) {
    fields.push(joinPieces(field));
    return;
  }
  const ignored = shell.dialect === 'bash' ? state.variables.scalar('GLOBIGNORE') : undefined;
  const found = glob(shell.process, pattern, {
    extended,
    dotglob: state.shopted('dotglob') || Boolean(ignored),
    globstar: state.shopted('globstar'),
    nocase: state.shopted('nocaseglob'),
    dots: shell.dialect !== 'bash',
  });
  const paths = ignored ? found.filter((path) => !isIgnored(path, ignored)) : found;
  if (paths.length > 0) for (const path of paths) fields.push(path);
  else if (state.shopted('failglob')) throw new ShellError(`no match: ${joinPieces(field)}`);
  else if (!state.shopted('nullglob')) fields.push(joinPieces(field));
}

/** GLOBIGNORE: patterns between colons; `.` and `..` are always among them. */
function isIgnored(path: string, patterns: string): boolean {
  const list = patterns.match(/(?:\\.|\[[^\]]*\]|[^:])+/gs) ?? [];
  return /(^|\/)\.{1,2}$/.test(path) || list.some((one) => matches(one, path, { extended: true }));
}

/** A word as one string: no splitting, no pathnames (assignments, case, redirections of [[ ]]). */
export function expandString(shell: Shell, word: Word, assignment = false): Maybe<string> {
  if (word.parts === undefined && /^[\w./=,@%^+-]*$/.test(word.text)) return word.text;
  return chain(wordPieces(shell, word, { quoted: false, single: true, assignment }), joinPieces);
}

/** A word as a pattern in which quoted characters are literal. */
export function expandPattern(shell: Shell, word: Word): Maybe<string> {
  return chain(wordPieces(shell, word, { quoted: false, single: true }), patternOf);
}

/** A word as an extended regular expression in which quoted characters are literal ([[ =~ ]]). */
export function expandRegExp(shell: Shell, word: Word): Maybe<string> {
  return chain(wordPieces(shell, word, { quoted: false, single: true }), (pieces) =>
    pieces
      .map((piece) => (piece.quoted ? piece.text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&') : piece.text))
      .join(''),
  );
}

/** The text of a here-document, tabs stripped for `<<-`. */
export function expandHereDocument(shell: Shell, document: HereDoc): Maybe<string> {
  const strip = (text: string): string => (document.operator === '<<-' ? text.replace(/^\t+/gm, '') : text);
  const { parts } = document.body;
  const text =
    document.closing === undefined && !document.body.text.endsWith('\n') && document.body.text !== ''
      ? `${document.body.text}\n`
      : document.body.text;
  if (document.delimiter?.quoted) return strip(text);
  if (document.operator === '<<') return chain(bodyPieces(shell, text, parts), joinPieces);
  const body = parseQuotedText(strip(text).replace(/\n$/, ''));
  return body === undefined ? strip(text) : chain(bodyPieces(shell, body.text, body.parts), joinPieces);
}

/** A prompt's or PS4's text: expansions as between double quotes. */
export function expandText(shell: Shell, text: string): Maybe<string> {
  if (!/[$`\\]/.test(text)) return text;
  const body = parseQuotedText(text);
  return body === undefined
    ? text
    : chain(bodyPieces(shell, body.text, body.parts), (pieces) => joinPieces(pieces).replace(/\n$/, ''));
}
