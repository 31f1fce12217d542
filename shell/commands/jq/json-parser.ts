// A stream of JSON texts, read as they come in; what is wrong is said in jq's words, with line and column.

import type { Json } from './json.ts';

const WHITE = ' \t\r\n';
const STRUCTURE = '[{:,]}';
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const WORDS: ReadonlyMap<string, Json> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A text that is no JSON; jq stops there. */
export class JsonSyntaxError extends Error {}

/** A container under construction, or the key of the object below it. */
type Open = Json[] | Map<string, Json> | { readonly key: string };

const isKey = (open: Open | undefined): open is { readonly key: string } =>
  open !== undefined && !Array.isArray(open) && !(open instanceof Map);

/** Takes bytes, one character each. */
export class JsonParser {
  /** Values that are complete. */
  readonly values: Json[] = [];
  readonly #stack: Open[] = [];
  #next: { value: Json } | undefined;
  #token = '';
  #inString = false;
  #escaped = false;
  #line = 1;
  #column = 0;

  /** Throws JsonSyntaxError; what was complete before is in `values`. */
  feed(text: string): void {
    for (const character of text) this.#scan(character);
  }

  /** The input has ended. Throws JsonSyntaxError. */
  end(): void {
    const where = `at EOF at line ${this.#line}, column ${this.#column}`;
    if (this.#inString) throw new JsonSyntaxError(`Unfinished string ${where}`);
    const problem = this.#literal();
    if (problem !== undefined) throw new JsonSyntaxError(`${problem} ${where}`);
    if (this.#stack.length > 0) throw new JsonSyntaxError(`Unfinished JSON term ${where}`);
    this.#done();
  }

  #scan(character: string): void {
    this.#column++;
    if (character === '\n') {
      this.#line++;
      this.#column = 0;
    }
    const problem = this.#inString ? this.#inText(character) : this.#outside(character);
    if (problem !== undefined)
      throw new JsonSyntaxError(`${problem} at line ${this.#line}, column ${this.#column}`);
  }

  #outside(character: string): string | undefined {
    const structure = STRUCTURE.includes(character);
    if (!structure && character !== '"' && !WHITE.includes(character)) {
      this.#token += character;
      return undefined;
    }
    const problem = this.#literal() ?? (structure ? this.#structure(character) : undefined);
    if (problem !== undefined) return problem;
    this.#done();
    this.#inString = character === '"';
    return undefined;
  }

  #done(): void {
    if (this.#stack.length > 0 || this.#next === undefined) return;
    this.values.push(this.#next.value);
    this.#next = undefined;
  }

  #inText(character: string): string | undefined {
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = true;
    else if (character === '"') {
      this.#inString = false;
      const problem = this.#string();
      if (problem === undefined) this.#done();
      return problem;
    }
    this.#token += character;
    return undefined;
  }

  #string(): string | undefined {
    const raw = this.#token;
    this.#token = '';
    const text = /[\x80-\xff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw;
    if (!text.includes('\\')) return this.#value(text);
    const read = unescapeJson(text);
    return 'problem' in read ? read.problem : this.#value(read.text);
  }

  #literal(): string | undefined {
    const token = this.#token;
    if (token === '') return undefined;
    this.#token = '';
    const word = WORDS.get(token);
    if (word !== undefined) return this.#value(word);
    if (/^[tf]/.test(token) || (token.startsWith('n') && token.length !== 3)) return 'Invalid literal';
    if (/^[-+]?nan$/i.test(token)) return this.#value(Number.NaN);
    return NUMBER.test(token) ? this.#value(Number(token)) : 'Invalid numeric literal';
  }

  #value(value: Json): string | undefined {
    if (this.#next !== undefined) return 'Expected separator between values';
    this.#next = { value };
    return undefined;
  }

  #structure(character: string): string | undefined {
    if (character === '[' || character === '{') {
      if (this.#next !== undefined) return 'Expected separator between values';
      this.#stack.push(character === '[' ? [] : new Map());
      return undefined;
    }
    if (character === ':') return this.#colon();
    if (character === ',') return this.#comma();
    return character === ']' ? this.#endArray() : this.#endObject();
  }

  #colon(): string | undefined {
    if (this.#next === undefined) return "Expected string key before ':'";
    const top = this.#stack.at(-1);
    if (top === undefined || !(top instanceof Map)) return "':' not as part of an object";
    if (typeof this.#next.value !== 'string') return 'Object keys must be strings';
    this.#stack.push({ key: this.#next.value });
    this.#next = undefined;
    return undefined;
  }

  #comma(): string | undefined {
    if (this.#next === undefined) return "Expected value before ','";
    const top = this.#stack.at(-1);
    if (top === undefined) return "',' not as part of an object or array";
    if (Array.isArray(top)) top.push(this.#next.value);
    else if (isKey(top)) this.#setMember(top.key, this.#next.value);
    else return 'Objects must consist of key:value pairs';
    this.#next = undefined;
    return undefined;
  }

  #setMember(key: string, value: Json): void {
    this.#stack.pop();
    const object = this.#stack.at(-1);
    if (object instanceof Map) object.set(key, value);
  }

  #endArray(): string | undefined {
    const top = this.#stack.at(-1);
    if (!Array.isArray(top)) return "Unmatched ']'";
    if (this.#next !== undefined) top.push(this.#next.value);
    else if (top.length > 0) return 'Expected another array element';
    this.#stack.pop();
    this.#next = { value: top };
    return undefined;
  }

  #endObject(): string | undefined {
    const top = this.#stack.at(-1);
    if (top === undefined) return "Unmatched '}'";
    if (this.#next !== undefined) {
      if (!isKey(top)) return 'Objects must consist of key:value pairs';
      this.#setMember(top.key, this.#next.value);
    } else if (!(top instanceof Map)) return "Unmatched '}'";
    else if (top.size > 0) return 'Expected another key-value pair';
    this.#next = { value: this.#stack.pop() as Map<string, Json> };
    return undefined;
  }
}

const LETTERS: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Backslash escapes of a JSON string, or what is wrong with them. */
export const unescapeJson = (text: string): { readonly text: string } | { readonly problem: string } => {
  let problem: string | undefined;
  const read = text.replace(
    /\\u([dD][89abAB][0-9a-fA-F]{2})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|\\u([0-9a-fA-F]{4})|\\([\s\S]?)/g,
    (
      _whole,
      high: string | undefined,
      low: string | undefined,
      plain: string | undefined,
      letter: string,
    ) => {
      if (high !== undefined) {
        if (low === undefined) problem ??= 'Invalid \\uXXXX\\uXXXX surrogate pair escape';
        return String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low ?? '0', 16));
      }
      if (plain !== undefined) return String.fromCharCode(Number.parseInt(plain, 16));
      const known = LETTERS[letter];
      if (known === undefined) problem ??= letter === 'u' ? 'Invalid \\uXXXX escape' : 'Invalid escape';
      return known ?? '';
    },
  );
  return problem === undefined ? { text: read } : { problem };
};

/** The value of one text. Throws JsonSyntaxError. */
export const parseJson = (text: string): Json => {
  const parser = new JsonParser();
  parser.feed(Buffer.from(text, 'utf8').toString('latin1'));
  parser.end();
  const [value] = parser.values;
  if (parser.values.length > 1) throw new JsonSyntaxError('Unexpected extra JSON values');
  if (value === undefined) throw new JsonSyntaxError('Expected JSON value');
  return value;
};
