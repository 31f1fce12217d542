// The command line of tar: bundles without a dash, and -C, which counts for the names after it.

/** Letters whose value is a word of its own. */
const WITH_VALUE = 'fCbTXV';

/** Marks an operand as a change of directory; no argument holds a zero byte. */
const CHANGE = '\0';

/** `tar xvf a -C d n` as `tar -x -v -f a`, with -C as a marked operand in its place. */
export const tarWords = (argv: readonly string[]): string[] => {
  const [name = 'tar', ...given] = argv;
  const words =
    given[0] !== undefined && /^[A-Za-z]/.test(given[0]) ? spread(given[0], given.slice(1)) : given;
  const result = [name];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const match = /^(?:-C|--directory=)(.+)$/s.exec(word);
    if (word === '--') {
      result.push(...words.slice(at));
      break;
    }
    if (match) result.push(CHANGE + match[1]);
    else if ((word === '-C' || word === '--directory') && at + 1 < words.length)
      result.push(CHANGE + words[++at]);
    else result.push(word);
  }
  return result;
};

const spread = (bundle: string, rest: readonly string[]): string[] => {
  const words: string[] = [];
  const values = [...rest];
  for (const letter of bundle) {
    words.push(`-${letter}`);
    if (!WITH_VALUE.includes(letter)) continue;
    const value = values.shift();
    if (value === undefined) return [`\0${letter}`];
    words.push(value);
  }
  return [...words, ...values];
};

/** The letter of an old-style bundle that lacks its value. */
export const lackingValue = (words: readonly string[]): string | undefined =>
  words.length === 2 && /^\0[A-Za-z]$/.test(words[1] ?? '') ? words[1]?.[1] : undefined;

export interface TarOperand {
  readonly kind: 'name' | 'directory';
  readonly text: string;
}

export const tarOperands = (operands: readonly string[]): TarOperand[] =>
  operands.map((text) =>
    text.startsWith(CHANGE) ? { kind: 'directory', text: text.slice(1) } : { kind: 'name', text },
  );
