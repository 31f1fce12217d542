// The patterns of one grep: several become one matcher, with -w and -x around it.

import { compilePerl } from './perl-regex.ts';
import { compileRegex, RegexError, type RegexMatch, type RegexMatcher } from './posix-regex.ts';

export type GrepSyntax = 'extended-regexp' | 'fixed-strings' | 'basic-regexp' | 'perl-regexp';

export interface PatternRules {
  readonly syntax: GrepSyntax;
  readonly ignoreCase: boolean;
  /** -w */
  readonly words: boolean;
  /** -x */
  readonly lines: boolean;
  readonly utf8: boolean;
}

export interface LineMatcher {
  readonly warnings: readonly string[];
  /** The leftmost longest match at or after `from`. */
  find(line: string, from: number): RegexMatch | undefined;
}

type Finder = Pick<RegexMatcher, 'find' | 'warnings'>;

/** Without any pattern nothing matches. Throws RegexError. */
export const compilePatterns = (patterns: readonly string[], rules: PatternRules): LineMatcher => {
  if (rules.syntax === 'perl-regexp' && patterns.length > 1)
    throw new RegexError('the -P option only supports a single pattern');
  const matchers = patterns.map((pattern) => compileOne(pattern, rules));
  return {
    warnings: matchers.flatMap((matcher) => matcher.warnings),
    find: (line, from) => {
      let best: RegexMatch | undefined;
      for (const matcher of matchers) {
        const match = acceptable(matcher, line, from, rules);
        if (
          match &&
          (!best || match.start < best.start || (match.start === best.start && match.end > best.end))
        )
          best = match;
      }
      return best;
    },
  };
};

const compileOne = (pattern: string, rules: PatternRules): Finder => {
  const { ignoreCase, utf8 } = rules;
  if (rules.syntax === 'perl-regexp') return compilePerl(pattern, rules);
  if (rules.syntax === 'fixed-strings') {
    const quoted = pattern.replace(/[\\.*[\]^$]/g, '\\$&');
    return compileRegex(rules.lines ? `^${quoted}$` : quoted, { extended: false, ignoreCase, utf8 });
  }
  if (/(^|[^\\[])\[\^?:[^\]]*:\]/.test(pattern))
    throw new RegexError('character class syntax is [[:space:]], not [:space:]');
  const extended = rules.syntax === 'extended-regexp';
  // The pattern on its own first: a parenthesis too many must not be closed by the ones put around it.
  const alone = compileRegex(pattern, { extended, ignoreCase, utf8, looseParenthesis: true });
  if (!rules.lines) return alone;
  return compileRegex(extended ? `^(${pattern})$` : `^\\(${renumbered(pattern)}\\)$`, {
    extended,
    ignoreCase,
    utf8,
  });
};

/** Back references count one group more inside the group that -x puts around a pattern. */
const renumbered = (pattern: string): string =>
  pattern.replace(/\\([1-9])/g, (_whole, digit: string) => `\\${Number(digit) + 1}`);

/** With -w a match counts when no word character touches it; shorter ones from the same start are tried, then later ones. */
const acceptable = (
  matcher: Finder,
  line: string,
  from: number,
  rules: PatternRules,
): RegexMatch | undefined => {
  if (!rules.words || rules.lines) return matcher.find(line, from);
  const word = rules.utf8 ? /[\p{L}\p{N}_]/u : /[A-Za-z0-9_]/;
  const free = (at: number): boolean => at < 0 || at >= line.length || !word.test(line[at] ?? '');
  for (let at = from; at <= line.length; ) {
    const match = matcher.find(line, at);
    if (match === undefined) return undefined;
    if (free(match.start - 1)) {
      for (let end = match.end; end > match.start; end--) {
        const shorter = end === match.end ? match : matcher.find(line.slice(0, end), match.start);
        if (shorter?.start !== match.start || shorter.end !== end) continue;
        if (free(end)) return shorter;
      }
      if (match.end === match.start && free(match.end)) return match;
    }
    at = match.start + 1;
  }
  return undefined;
};
