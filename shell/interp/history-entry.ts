// How a command of several lines is kept in the history: in one line, as far as that reads the same (cmdhist).
import { wordAt } from './editor/word.ts';

/** Behind these a newline separates nothing. */
const OPERATOR = /[{(;&|]$/;
const RESERVED =
  /(?:^|[;&|({\n])\s*(?:(?:do|else|if|then|until|while)\s+)*(?:case|do|else|if|then|until|while)$/;
const LIST = /(?:^|[\s;&|(])(?:case|for|select)\s+\S+\s+in$/;

/** The entry of a command that is whole. */
export const wholeEntry = (entry: string): string =>
  entry.includes('\n') && /<<(?!<)/.test(entry) && !entry.endsWith('\n') ? `${entry}\n` : entry;

/** The entry so far with one more line behind it. */
export function withNextLine(entry: string, line: string): string {
  if (/(^|[^\\])(\\\\)*\\$/.test(entry) && wordAt(entry).quote !== "'") return entry.slice(0, -1) + line;
  return entry + separator(entry, line) + line;
}

function separator(entry: string, line: string): string {
  if (wordAt(entry).quote !== '' || /<<(?!<)/.test(entry) || hasComment(entry)) return '\n';
  const text = entry.trimEnd();
  if (OPERATOR.test(text) || RESERVED.test(text) || LIST.test(text)) return ' ';
  if (text.endsWith(')')) return /\(\s*\)$/.test(text) || inCase(text) ? ' ' : '; ';
  const ending = text.split(/[;&|(\n]/).at(-1) ?? '';
  if (/^\s*(function|case)\s+\S+$/.test(ending) || /(?:^|[\s])case\s+\S+$/.test(ending)) return ' ';
  if (/(?:^|\s)for\s+\w+$/.test(ending)) return /^\s*in\b/.test(line) ? ' ' : ';';
  return /(?:^|[\s;&|({])\w+\+?=\([^()]*$/.test(text) ? ' ' : '; ';
}

const hasComment = (entry: string): boolean => /(^|\s)#[^'"\n]*$/.test(entry);

const count = (text: string, word: RegExp): number => text.match(word)?.length ?? 0;
const inCase = (text: string): boolean =>
  count(text, /(^|[\s;&|(])case(?=\s)/g) > count(text, /(^|[\s;&|(])esac(?=$|[\s;&|)])/g);
