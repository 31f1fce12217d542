// What getopt_long(3) finds on a command line, mistakes included: it goes on after each, as its callers may.

export type Argument = 'none' | 'required' | 'optional';

export interface Grammar {
  readonly short: ReadonlyMap<string, Argument>;
  readonly long: ReadonlyMap<string, Argument>;
  /** Long options may begin with one dash (getopt_long_only). */
  readonly single: boolean;
  /** Where operands stand: gathered at the end, in their place, or the first ends the options. */
  readonly order: 'permute' | 'in place' | 'stop';
}

export interface FoundOption {
  /** `-a` or `--name`. */
  readonly option: string;
  readonly value: string | undefined;
  readonly takes: Argument;
}

export type Found = FoundOption | { readonly operand: string } | { readonly problem: string };

/** `ab:c::` with a leading `+` or `-` taken off. */
export const readShort = (text: string): ReadonlyMap<string, Argument> =>
  new Map(
    [...text.matchAll(/([^:])(:{0,2})/gs)].map(([, letter = '', colons = '']) => [letter, byColons(colons)]),
  );

/** `name`, `name:` and `name::`. */
export const readLong = (words: readonly string[]): ReadonlyMap<string, Argument> =>
  new Map(words.map((word) => [word.replace(/:{1,2}$/, ''), byColons(/:{0,2}$/.exec(word)?.[0] ?? '')]));

const byColons = (colons: string): Argument =>
  (['none', 'required', 'optional'] as const)[colons.length as 0];

export interface Scan {
  /** Options and mistakes in their order, with the operands that keep their places. */
  readonly found: readonly Found[];
  /** The other operands. */
  readonly operands: readonly string[];
}

export const scanCommandLine = (words: readonly string[], grammar: Grammar): Scan => {
  const found: Found[] = [];
  const operands: string[] = [];
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const isOption = word.startsWith('-') && word !== '-';
    if (word === '--' || (!isOption && grammar.order === 'stop')) {
      operands.push(...(word === '--' ? [] : [word]), ...queue);
      break;
    }
    if (!isOption && grammar.order === 'in place') found.push({ operand: word });
    else if (!isOption) operands.push(word);
    else if (word.startsWith('--')) found.push(longOption(word, '--', queue, grammar));
    else found.push(...singleDash(word, queue, grammar));
  }
  return { found, operands };
};

/** With one dash: a long option where that is allowed and the word is one, unless it is one short letter. */
const singleDash = (word: string, queue: string[], grammar: Grammar): readonly Found[] => {
  const known = grammar.short.has(word[1] ?? '');
  if (grammar.single && (word.length > 2 || !known)) {
    if (candidates(nameOf(word, '-'), grammar).length > 0 || !known)
      return [longOption(word, '-', queue, grammar)];
  }
  return bundle([...word.slice(1)], queue, grammar);
};

const bundle = (letters: readonly string[], queue: string[], { short }: Grammar): Found[] => {
  const found: Found[] = [];
  for (const [at, letter] of letters.entries()) {
    const takes = short.get(letter);
    if (takes === undefined) found.push({ problem: `invalid option -- '${letter}'` });
    else if (takes === 'none') found.push({ option: `-${letter}`, value: undefined, takes });
    else {
      const rest = letters.slice(at + 1).join('');
      const value = rest !== '' ? rest : takes === 'required' ? queue.shift() : undefined;
      const lacks = takes === 'required' && value === undefined;
      found.push(
        lacks
          ? { problem: `option requires an argument -- '${letter}'` }
          : { option: `-${letter}`, value, takes },
      );
      break;
    }
  }
  return found;
};

const nameOf = (word: string, dashes: string): string => word.slice(dashes.length).replace(/=.*$/s, '');

/** The long options that a name may mean: itself, or all it abbreviates. */
const candidates = (name: string, { long }: Grammar): readonly string[] =>
  long.has(name) ? [name] : [...long.keys()].filter((candidate) => candidate.startsWith(name));

const longOption = (word: string, dashes: '-' | '--', queue: string[], grammar: Grammar): Found => {
  const among = candidates(nameOf(word, dashes), grammar);
  const [name] = among;
  if (name === undefined) return { problem: `unrecognized option '${word}'` };
  if (among.length > 1) {
    const names = among.map((candidate) => ` '${dashes}${candidate}'`).join('');
    return { problem: `option '${word}' is ambiguous; possibilities:${names}` };
  }
  const takes = grammar.long.get(name) ?? 'none';
  const equals = word.indexOf('=');
  if (takes === 'none' && equals !== -1)
    return { problem: `option '${dashes}${name}' doesn't allow an argument` };
  const attached = equals === -1 ? undefined : word.slice(equals + 1);
  const value = attached ?? (takes === 'required' ? queue.shift() : undefined);
  if (takes === 'required' && value === undefined)
    return { problem: `option '${dashes}${name}' requires an argument` };
  return { option: `--${name}`, value, takes };
};
