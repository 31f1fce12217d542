// The grammar of nginx's configuration: directives end in ';' or hold a block; quotes and comments are skipped.

import type { Process } from '../fs/process.ts';
import { readText } from './accounts.ts';
import { attempt } from './attempt.ts';

/** What nginx would complain about; undefined for a configuration that reads well. */
export const checkNginx = (process: Process, path: string): string | undefined => {
  const read = attempt(() => readText(process, path));
  if (read.error)
    return `open() "${path}" failed (${read.error.code === 'EACCES' ? 13 : 2}: ${read.error.message})`;
  return checkText(read.value, path);
};

const TOKEN =
  /[ \t\r]+|\n|#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|(?:\\.|\$\{|[^\s{};"'\\])(?:\\.|\$\{[^}]*\}|[^\s{};\\])*/gs;

const checkText = (text: string, path: string): string | undefined => {
  let line = 1;
  let depth = 0;
  let word: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    const at = line;
    line += token.split('\n').length - 1;
    if (/^\s|^#/.test(token)) continue;
    if (token === '{') depth++;
    if (token === '}') {
      if (word !== undefined) return `unexpected "}" in ${path}:${at}`;
      if (--depth < 0) return `unexpected "}" in ${path}:${at}`;
    }
    if ((token === ';' || token === '{') && word === undefined)
      return `unexpected "${token}" in ${path}:${at}`;
    word = /^[{};]$/.test(token) ? undefined : (word ?? token);
  }
  if (depth > 0) return `unexpected end of file, expecting "}" in ${path}:${line}`;
  return word === undefined ? undefined : `unexpected end of file, expecting ";" or "}" in ${path}:${line}`;
};
