// Escapes in sed scripts that POSIX does not have.

/** The strings of the y command. */
export const unescapeY = (text: string): string =>
  text.replace(/\\([\s\S])/g, (whole, letter: string) => ({ n: '\n', '\\': '\\', t: '\t' })[letter] ?? whole);

/** GNU's \t and its kin, which POSIX patterns do not have. */
export const controls = (text: string): string =>
  text.replace(/\\(?:([\s\S])([0-9a-fA-F]{1,2})?)/g, (whole, letter: string, digits: string | undefined) => {
    const plain = { t: '\t', f: '\f', v: '\v', a: '\x07', r: '\r' }[letter];
    if (plain !== undefined) return plain + (digits ?? '');
    if (letter === 'x' && digits !== undefined) {
      const character = String.fromCharCode(Number.parseInt(digits, 16));
      return /[\\.*[\]^$]/.test(character) ? `\\${character}` : character;
    }
    return whole;
  });
