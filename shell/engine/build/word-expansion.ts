// Variables and quotes in a Dockerfile word: $name, ${name}, ${name:-word}, ${name:+word}, ${name:?word}.

/** A word that does not expand; the message is the daemon's. */
export class ExpansionError extends Error {}

export type Variables = (name: string) => string | undefined;

/** One word, quotes removed. Throws ExpansionError. */
export const expandWord = (word: string, variables: Variables, escapeToken: string): string =>
  expand(word, variables, escapeToken).text;

/** A command as the progress shows it: variables that are set are filled in, and quotes stay. Throws ExpansionError. */
export const showWord = (word: string, variables: Variables, escapeToken: string): string =>
  expand(word, variables, escapeToken, true).text;

/** As a shell would split it: an unquoted variable may give several words. Throws ExpansionError. */
export const expandWords = (word: string, variables: Variables, escapeToken: string): string[] =>
  expand(word, variables, escapeToken).words;

const expand = (
  word: string,
  variables: Variables,
  escapeToken: string,
  raw = false,
): { text: string; words: string[] } => {
  const scan = new WordScan(word, variables, escapeToken, raw);
  try {
    return scan.until();
  } catch (error) {
    if (!(error instanceof ExpansionError)) throw error;
    throw new ExpansionError(`failed to process ${JSON.stringify(word)}: ${error.message}`);
  }
};

class WordScan {
  readonly #letters: readonly string[];
  readonly #variables: Variables;
  readonly #escapeToken: string;
  /** Quotes and unset variables stay as they are written. */
  readonly #raw: boolean;
  #at = 0;

  constructor(word: string, variables: Variables, escapeToken: string, raw: boolean) {
    this.#raw = raw;
    this.#letters = [...word];
    this.#variables = variables;
    this.#escapeToken = escapeToken;
  }

  #peek(): string | undefined {
    return this.#letters[this.#at];
  }

  #next(): string | undefined {
    const letter = this.#letters[this.#at];
    if (letter !== undefined) this.#at += 1;
    return letter;
  }

  until(stop?: string): { text: string; words: string[] } {
    let text = '';
    const words = new WordList();
    for (let letter = this.#peek(); letter !== undefined; letter = this.#peek()) {
      if (letter === stop) {
        this.#next();
        return { text, words: words.end() };
      }
      const special = this.#special(letter);
      if (special !== undefined) {
        text += special;
        if (letter === '$') words.add(special);
        else words.addRaw(special);
        continue;
      }
      this.#next();
      if (letter === this.#escapeToken) {
        const escaped = this.#next();
        if (escaped === undefined) break;
        text += escaped;
        words.addRaw(escaped);
      } else {
        text += letter;
        words.add(letter);
      }
    }
    if (stop !== undefined) {
      throw new ExpansionError(`unexpected end of statement while looking for matching ${stop}`);
    }
    return { text, words: words.end() };
  }

  #special(letter: string): string | undefined {
    if (letter === "'") return this.#singleQuoted();
    if (letter === '"') return this.#doubleQuoted();
    return letter === '$' ? this.#variable() : undefined;
  }

  #singleQuoted(): string {
    this.#next();
    let text = '';
    for (let letter = this.#next(); letter !== "'"; letter = this.#next()) {
      if (letter === undefined) {
        throw new ExpansionError('unexpected end of statement while looking for matching single-quote');
      }
      text += letter;
    }
    return this.#raw ? `'${text}'` : text;
  }

  #doubleQuoted(): string {
    this.#next();
    let text = '';
    for (;;) {
      if (this.#peek() === '$') {
        text += this.#variable();
        continue;
      }
      const letter = this.#next();
      if (letter === undefined) {
        throw new ExpansionError('unexpected end of statement while looking for matching double-quote');
      }
      if (letter === '"') return this.#raw ? `"${text}"` : text;
      const next = this.#peek();
      const escapes =
        letter === this.#escapeToken && (next === '"' || next === '$' || next === this.#escapeToken);
      text += escapes ? (this.#next() as string) : letter;
    }
  }

  #variable(): string {
    this.#next();
    if (this.#peek() !== '{') {
      const name = this.#name();
      return name === '' ? '$' : (this.#variables(name) ?? (this.#raw ? `$${name}` : ''));
    }
    this.#next();
    const first = this.#peek();
    if (first === undefined) throw new ExpansionError("syntax error: missing '}'");
    if ('{}:'.includes(first)) throw new ExpansionError('syntax error: bad substitution');
    const name = this.#name();
    const after = this.#next();
    if (after === '}') return this.#variables(name) ?? (this.#raw ? `\${${name}}` : '');
    if (after !== ':') throw new ExpansionError("missing ':' in substitution");
    return this.#modified(name, this.#next() ?? '');
  }

  #modified(name: string, modifier: string): string {
    const word = this.until('}').text;
    const value = this.#variables(name);
    if (modifier === '+') return value ? word : '';
    if (modifier === '-') return value || word;
    if (modifier !== '?') throw new ExpansionError(`unsupported modifier (${modifier}) in substitution`);
    if (value) return value;
    const reason = word || `is not allowed to be ${value === undefined ? 'unset' : 'empty'}`;
    throw new ExpansionError(`${name}: ${reason}`);
  }

  #name(): string {
    const rest = this.#letters.slice(this.#at).join('');
    const [name = ''] = /^(?:\d+|[@*#?\-$!]|[\p{L}_][\p{L}\p{N}_]*)/u.exec(rest) ?? [];
    this.#at += [...name].length;
    return name;
  }
}

/** Words split at white space that was neither quoted nor escaped. */
class WordList {
  readonly #words: string[] = [];
  #word: string | undefined;

  add(text: string): void {
    for (const letter of text) {
      if (/\s/.test(letter)) this.#push();
      else this.#word = (this.#word ?? '') + letter;
    }
  }

  addRaw(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #push(): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
  }

  end(): string[] {
    this.#push();
    return this.#words;
  }
}
