// The leading options of a builtin, read as getopt(3) does: bundles, arguments in the same word or the next one, `--`.

export interface OptionLetters {
  /** In their order, each with its argument ('' where it takes none). */
  readonly given: readonly (readonly [letter: string, value: string])[];
  readonly operands: readonly string[];
  /** The option at which reading ended, and why. */
  readonly wrong?: { readonly letter: string; readonly text: string };
}

/** In `letters` a colon follows those that take an argument. */
export function optionLetters(words: readonly string[], letters: string): OptionLetters {
  const given: [string, string][] = [];
  const fail = (letter: string, text: string): OptionLetters => ({
    given,
    operands: [],
    wrong: { letter, text: `-${letter}: ${text}` },
  });
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') return { given, operands: words.slice(at + 1) };
    if (!/^-./.test(word)) break;
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] as string;
      const place = letter === ':' ? -1 : letters.indexOf(letter);
      if (place === -1) return fail(letter, 'invalid option');
      if (letters[place + 1] !== ':') {
        given.push([letter, '']);
        continue;
      }
      const value = i + 1 < word.length ? word.slice(i + 1) : words[++at];
      if (value === undefined) return fail(letter, 'option requires an argument');
      given.push([letter, value]);
      break;
    }
  }
  return { given, operands: words.slice(at) };
}
