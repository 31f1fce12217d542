// .dockerignore: patterns of Go's filepath.Match with `**`, the last match wins, `!` lets in again.

import { cleanPath } from '../go-path.ts';
import { BuildError } from './build-error.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly excludes: boolean;
}

export interface IgnoreRules {
  /** Whether a path below the context's root (no leading slash) stays behind. */
  ignores(path: string): boolean;
  /** A `!` rule: what an ignored directory holds may still be wanted. */
  readonly hasExceptions: boolean;
}

/** A pattern that Go's matcher refuses. */
export class PatternError extends BuildError {}

/** Throws PatternError. */
export const ignoreRules = (text: string): IgnoreRules => {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line) => toRule(line.trim()));
  const hasExceptions = rules.some((rule) => !rule.excludes);
  return { hasExceptions, ignores: (path) => isIgnored(rules, path) };
};

const toRule = (line: string): Rule => {
  const excludes = !line.startsWith('!');
  const raw = (excludes ? line : line.slice(1)).trim();
  if (raw === '') throw new PatternError('illegal exclusion pattern: "!"');
  return { excludes, pattern: globPattern(cleanPath(raw).replace(/^\/+/, ''), { doubleStar: true }) };
};

/** A matched directory takes everything below it along. */
const isIgnored = (rules: readonly Rule[], path: string): boolean => {
  const parts = path.split('/');
  let ignored = false;
  for (const { pattern, excludes } of rules) {
    if (ignored === excludes) continue;
    const matches = parts.some((_, at) => pattern.test(parts.slice(0, at + 1).join('/')));
    if (matches) ignored = excludes;
  }
  return ignored;
};

const special = /[.+^$(){}|\\]/;

/** A glob as a regular expression: `*` and `?` stop at slashes, `[a-z]`, `\x`; `**` crosses them where allowed. */
export const globPattern = (glob: string, { doubleStar = false } = {}): RegExp => {
  let source = '';
  for (let at = 0; at < glob.length; at += 1) {
    const letter = glob[at] as string;
    if (letter === '*' && doubleStar && glob[at + 1] === '*') {
      const atSlash = glob[at + 2] === '/';
      source += atSlash || at + 2 >= glob.length ? (atSlash ? '(?:.*/)?' : '.*') : '.*';
      at += atSlash ? 2 : 1;
    } else if (letter === '*') source += '[^/]*';
    else if (letter === '?') source += '[^/]';
    else if (letter === '[') {
      const [set, end] = characterSet(glob, at);
      source += set;
      at = end;
    } else if (letter === '\\' && at + 1 < glob.length) {
      at += 1;
      source += `\\${glob[at]}`.replace(/^\\(?=[\w-])/, '');
    } else source += special.test(letter) ? `\\${letter}` : letter;
  }
  return new RegExp(`^${source}$`, 'su');
};

const characterSet = (glob: string, start: number): [set: string, end: number] => {
  const found = /^\[(\^?)((?:\\.|[^\]\\])+)\]/.exec(glob.slice(start));
  if (!found) throw new PatternError('syntax error in pattern');
  const [whole, negated, body = ''] = found;
  const safe = body.replace(/\\(.)/g, '$1').replace(/[\\\][^]/g, '\\$&');
  return [`[${negated}${safe}]`, start + whole.length - 1];
};
