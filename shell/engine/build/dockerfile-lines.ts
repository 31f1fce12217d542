// First half of the Dockerfile parser: directives, comments and continuation lines, until each instruction is one line.

import { type Heredoc, readHeredocs } from './heredoc.ts';

interface DockerfileLine {
  /** The instruction on one line, as the `Step` line shows it. */
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Its last line, here-documents included. */
  readonly end: number;
  readonly heredocs: readonly Heredoc[];
}

export interface DockerfileText {
  readonly lines: readonly DockerfileLine[];
  /** The character that escapes: `\` or `` ` ``. */
  readonly escapeToken: string;
  /** Instructions with an empty line among their continuation lines. */
  readonly gaps: readonly string[];
}

/** A Dockerfile that cannot be read; the message is the parser's. */
export class DockerfileSyntaxError extends Error {}

const directive = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;

/** Throws DockerfileSyntaxError. */
export const dockerfileLines = (source: string, { heredocs = false } = {}): DockerfileText => {
  const physical = source
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  const escapeToken = escapeDirective(physical);
  const continued = new RegExp(`${escapeToken === '\\' ? '\\\\' : escapeToken}[ \\t]*$`);
  const lines: DockerfileLine[] = [];
  const gaps: string[] = [];
  let at = 0;
  while (at < physical.length) {
    const line = at + 1;
    const { text, gap, next } = joinedLine(physical, at, continued);
    at = next;
    if (text === '') continue;
    const documents = heredocs ? readHeredocs(text, physical, next) : { heredocs: [], next };
    if (documents.unterminated !== undefined) throw new DockerfileSyntaxError('unterminated heredoc');
    at = documents.next;
    lines.push({ text, line, end: at, heredocs: documents.heredocs });
    if (gap) gaps.push(text);
  }
  if (lines.length === 0) throw new DockerfileSyntaxError('file with no instructions');
  return { lines, escapeToken, gaps };
};

/** The instruction that begins at `start`, or an empty text where there is none. */
const joinedLine = (
  physical: readonly string[],
  start: number,
  continued: RegExp,
): { text: string; gap: boolean; next: number } => {
  let text = (physical[start] as string).trimStart();
  let next = start + 1;
  let gap = false;
  if (isSkipped(text)) return { text: '', gap, next };
  while (continued.test(text) && next < physical.length) {
    const more = physical[next] as string;
    next += 1;
    if (!isSkipped(more)) text = text.replace(continued, '') + more;
    else gap ||= more.trim() === '' && next < physical.length;
  }
  return { text: text.replace(continued, '').trim(), gap, next };
};

const isSkipped = (line: string): boolean => line.trim() === '' || line.trimStart().startsWith('#');

/** Directives stand before anything else, a comment included. */
const escapeDirective = (lines: readonly string[]): string => {
  let escapeToken: string | undefined;
  for (const line of lines) {
    const [, name, value] = directive.exec(line) ?? [];
    if (name === undefined || value === undefined) break;
    if (!['escape', 'syntax'].includes(name.toLowerCase())) break;
    if (name.toLowerCase() === 'syntax') continue;
    if (escapeToken !== undefined)
      throw new DockerfileSyntaxError('only one escape parser directive can be used');
    if (value !== '\\' && value !== '`') {
      throw new DockerfileSyntaxError(`invalid escape token '${value}' does not match \` or \\`);
    }
    escapeToken = value;
  }
  return escapeToken ?? '\\';
};
