// Perl's regular expressions (grep -P) on JavaScript's, which have most of them: what is written in another way is
// rewritten here; what JavaScript has not (atomic groups, recursion, (?x)) is refused.

import { RegexError, type RegexMatcher } from './posix-regex.ts';
import { CLASSES_UTF8 } from './regex-bracket.ts';

const HORIZONTAL = '\\t\\p{Zs}';
/** The group that stands for \K: the match begins where it is. */
const KEPT = 'keptOut';

/** What Perl writes in a way of its own, outside of brackets. */
const REWRITE: Readonly<Record<string, string>> = {
  '\\K': `(?<${KEPT}>)`,
  '\\h': `[${HORIZONTAL}]`,
  '\\H': `[^${HORIZONTAL}]`,
  '\\R': '(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])',
  '\\N': '[^\\n]',
  '\\A': '^',
  '\\z': '$',
  '\\Z': '$',
  '\\a': '\\x07',
  '\\e': '\\x1b',
};

const TOKEN =
  /\\Q([\s\S]*?)(?:\\E|$)|\(\?#[^)]*\)|\(\?P?<(?=[A-Za-z_])|\(\?P=(\w+)\)|\(\?([imsx]+)\)|\\[gk]\{(\w+)\}|\\x\{([0-9A-Fa-f]+)\}|\\[pP]\{[^}]*\}|\\[pP][A-Z]|\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|[({[}\])]|[\s\S]/gu;

/** Characters that only a pattern in JavaScript's strict mode may have behind a backslash. */
const ESCAPABLE = /[\^$\\.*+?()[\]{}|/\dA-Za-z]/;

/** The pattern in JavaScript's words. */
const translate = (pattern: string): string => {
  let text = '';
  // How many groups of inline options wait for the end of each open group.
  const open: number[] = [0];
  for (const match of pattern.matchAll(TOKEN)) {
    const [token, quoted, named, options, referred, hex] = match;
    if (quoted !== undefined) text += quoted.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&');
    else if (token.startsWith('(?#')) continue;
    else if (named !== undefined) text += `\\k<${named}>`;
    else if (options !== undefined) {
      if (options.includes('x')) throw new RegexError('(?x) is not supported');
      text += `(?${options}:`;
      open[open.length - 1] = (open.at(-1) ?? 0) + 1;
    } else if (referred !== undefined) text += /^\d+$/.test(referred) ? `\\${referred}` : `\\k<${referred}>`;
    else if (hex !== undefined) text += `\\u{${hex}}`;
    else if (token.startsWith('(')) {
      open.push(0);
      text += token === '(' ? '(' : '(?<';
    } else if (token === ')') {
      if (open.length === 1) throw new RegexError('unmatched closing parenthesis');
      text += ')'.repeat((open.pop() ?? 0) + 1);
    } else if (token.length > 1 && token.startsWith('[')) text += bracket(token);
    else if (token.startsWith('\\') && token.length === 2) text += REWRITE[token] ?? escaped(token);
    else if (token === '[') throw new RegexError('missing terminating ] for character class');
    else if (token === '{' && !/^\{\d+(,\d*)?\}/.test(pattern.slice(match.index))) text += '\\{';
    else if (token === '}' && !/\{\d+(,\d*)?$/.test(pattern.slice(0, match.index))) text += '\\}';
    else if (token === ']') text += '\\]';
    else text += token;
  }
  if (open.length > 1) throw new RegexError('missing closing parenthesis');
  return text + ')'.repeat(open[0] ?? 0);
};

const escaped = (token: string): string => (ESCAPABLE.test(token.slice(1)) ? token : token.slice(1));

const bracket = (token: string): string => {
  const [, negated = '', first = '', rest = ''] = /^\[(\^?)(\]?)([\s\S]*)\]$/.exec(token) ?? [];
  const body = rest.replace(/\[:(\^?)(\w+):\]|\\[\s\S]|[[(){}/|]/g, (item, not: string, name: string) => {
    if (name !== undefined) {
      const found = name === 'word' ? '\\w' : CLASSES_UTF8[name];
      if (found === undefined || not) throw new RegexError('unknown POSIX class name');
      return found;
    }
    if (item === '\\h') return HORIZONTAL;
    if (item === '\\e') return '\\x1b';
    if (item === '\\a') return '\\x07';
    if (item.length === 1) return `\\${item}`;
    return /[\^$\\.*+?()[\]{}|/\-\dA-Za-z]/.test(item.slice(1)) ? item : item.slice(1);
  });
  return `[${negated}${first ? '\\]' : ''}${body}]`;
};

/** JavaScript's complaints in PCRE's words. */
const COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [/Nothing to repeat/, 'quantifier does not follow a repeatable item'],
  [/Unterminated group/, 'missing closing parenthesis'],
  [/Unmatched '\)'/, 'unmatched closing parenthesis'],
  [/Range out of order/, 'range out of order in character class'],
  [/numbers out of order/, 'numbers out of order in {} quantifier'],
  [/Invalid group/, 'unrecognized character after (? or (?-'],
  [/Unterminated character class/, 'missing terminating ] for character class'],
  [/\\ at end/, '\\ at end of pattern'],
  [
    /Invalid (named )?reference|Invalid escape|Invalid decimal escape/,
    'reference to non-existent subpattern',
  ],
];

const inPerlWords = (message: string): string =>
  COMPLAINTS.find(([pattern]) => pattern.test(message))?.[1] ?? message;

/** Throws RegexError. */
export const compilePerl = (
  pattern: string,
  rules: { readonly lines: boolean; readonly ignoreCase: boolean },
): Pick<RegexMatcher, 'find' | 'warnings'> => {
  const source = translate(pattern);
  const keeps = source.includes(`(?<${KEPT}>`);
  try {
    const flags = `${rules.ignoreCase ? 'i' : ''}${keeps ? 'd' : ''}gu`;
    const regex = new RegExp(rules.lines ? `^(?:${source})$` : source, flags);
    return {
      warnings: [],
      find: (text: string, from = 0) => {
        regex.lastIndex = from;
        const match = regex.exec(text);
        if (!match) return undefined;
        const end = match.index + match[0].length;
        return { start: match.indices?.groups?.[KEPT]?.[0] ?? match.index, end, groups: match };
      },
    };
  } catch (error) {
    throw new RegexError(inPerlWords(error instanceof Error ? error.message : String(error)));
  }
};
