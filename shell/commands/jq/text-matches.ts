// match and test: Oniguruma's patterns by JavaScript's engine.

import { JqError, type Json, typeOf } from './json.ts';
import { shortText } from './json-text.ts';

const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '\\d',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '\\p{P}\\p{S}',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

/** What Oniguruma has and JavaScript spells otherwise. */
const translate = (pattern: string, extended: boolean): string => {
  let result = pattern
    .replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
    .replaceAll('\\h', '[0-9a-fA-F]')
    .replaceAll('\\A', '(?<![^])')
    .replaceAll(/\\[zZ]/g, '(?![^])')
    .replace(/\\([-"'!@#%&=:;,<>~_ ])/g, '$1');
  if (extended)
    result = result.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#[^\n]*/g, (one) => (/^(\s|#)/.test(one) ? '' : one));
  return result;
};

const readFlags = (flags: string): { js: string; global: boolean; extended: boolean; keepEmpty: boolean } => {
  const bad = /[^gimnsxlp]/.exec(flags);
  if (bad) throw new JqError(`${flags} is not a valid modifier string`);
  const js = `u${flags.includes('i') ? 'i' : ''}${/[sp]/.test(flags) ? 's' : ''}`;
  return { js, global: flags.includes('g'), extended: flags.includes('x'), keepEmpty: !flags.includes('n') };
};

const compile = (pattern: string, extended: boolean, js: string): RegExp => {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const rest = inline === null ? pattern : pattern.slice(inline[0].length);
  const extra = inline?.[1]?.includes('i') && !js.includes('i') ? 'i' : '';
  try {
    // ^ and $ match at every line in Ruby's syntax.
    return new RegExp(translate(rest, extended), `${js}${extra}gmd`);
  } catch {
    throw new JqError(
      `Regex failure: ${/\(/.test(pattern) ? 'end pattern with unmatched parenthesis' : 'invalid pattern'}`,
    );
  }
};

const characters = (text: string): number => [...text].length;

const object = (entries: Record<string, Json>): Json => new Map(Object.entries(entries));

/** The matches as jq describes them, offsets in characters. Throws JqError. */
export const findMatches = (text: Json, pattern: Json, flags: Json): Json[] => {
  if (typeof text !== 'string')
    throw new JqError(`${typeOf(text)} (${shortText(text)}) cannot be matched, as it is not a string`);
  if (typeof pattern !== 'string')
    throw new JqError(`${typeOf(pattern)} (${shortText(pattern)}) cannot be matched, as it is not a string`);
  if (flags !== null && typeof flags !== 'string')
    throw new JqError(`${typeOf(flags)} (${shortText(flags)}) is not a string`);
  const { js, global, extended, keepEmpty } = readFlags(flags ?? '');
  const regex = compile(pattern, extended, js);
  const found: Json[] = [];
  for (const match of text.matchAll(regex)) {
    if (keepEmpty || match[0] !== '') found.push(describe(text, match));
    if (!global) break;
  }
  return found;
};

const describe = (text: string, match: RegExpExecArray): Json => {
  const names = namesOf(match);
  const captures = match.slice(1).map((group, at) => {
    const name = names.get(at + 1) ?? null;
    if (group === undefined) return object({ offset: -1, string: null, length: 0, name });
    const start = match.indices?.[at + 1]?.[0] ?? 0;
    return object({
      offset: characters(text.slice(0, start)),
      length: characters(group),
      string: group,
      name,
    });
  });
  return object({
    offset: characters(text.slice(0, match.index)),
    length: characters(match[0]),
    string: match[0],
    captures,
  });
};

/** The number of each named group: groups and names have the same places. */
const namesOf = (match: RegExpExecArray): Map<number, string> => {
  const names = new Map<number, string>();
  const taken = new Set<number>();
  for (const [name, place] of Object.entries(match.indices?.groups ?? {})) {
    const at = (match.indices ?? []).findIndex(
      (one, index) => index > 0 && !taken.has(index) && one?.[0] === place?.[0] && one?.[1] === place?.[1],
    );
    if (at > 0) {
      taken.add(at);
      names.set(at, name);
    }
  }
  return names;
};
