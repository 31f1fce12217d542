// The script language of sed: commands with their addresses.

import { compileRegex, RegexError, type RegexMatcher } from './posix-regex.ts';
import { type SedAddress, type SedCommand, SedError, type Substitution } from './sed-command.ts';
import { controls, unescapeY } from './sed-escapes.ts';
import { SedReader } from './sed-reader.ts';
import { readReplacement } from './sed-replacement.ts';

export interface SedRules {
  readonly extended: boolean;
  readonly utf8: boolean;
}

/** Reads a whole script. Throws SedError. */
export const parseScript = (source: string, rules: SedRules): SedCommand[] =>
  new ScriptReader(source, rules).read();

const ONE_ADDRESS = '=aiqQrR';

class ScriptReader extends SedReader {
  readonly #rules: SedRules;
  readonly #commands: SedCommand[] = [];
  readonly #blocks: SedCommand[] = [];
  readonly #labels = new Map<string, number>();

  constructor(source: string, rules: SedRules) {
    super(source);
    this.#rules = rules;
  }

  read(): SedCommand[] {
    for (;;) {
      this.skip(/[\s;]/);
      if (this.at >= this.source.length) break;
      this.#command();
    }
    if (this.#blocks.length > 0) throw new SedError("unmatched `{'", 0);
    for (const command of this.#commands) {
      if (!/[btT]/.test(command.name) || command.text === '') continue;
      const label = this.#labels.get(command.text);
      if (label === undefined) throw new SedError(`can't find label for jump to \`${command.text}'`, -1);
      command.target = label;
    }
    return this.#commands;
  }

  #command(): void {
    const addresses = this.#addresses();
    this.skip(/[ \t]/);
    let negated = false;
    while (this.source[this.at] === '!') {
      if (negated) {
        this.at++;
        this.fail("multiple `!'s");
      }
      negated = true;
      this.at++;
      this.skip(/[ \t]/);
    }
    const name = this.next();
    if (name === undefined || name === '\n' || name === ';') {
      this.at = Math.min(this.at, this.source.length);
      this.fail('missing command');
    }
    if (name === '#' && addresses.length > 0) this.fail("comments don't accept any addresses");
    if (name === ':' && addresses.length > 0) this.fail(": doesn't want any addresses");
    if (ONE_ADDRESS.includes(name) && addresses.length > 1 && /[qQ]/.test(name))
      this.fail('command only uses one address');
    this.#body(name, addresses, negated);
  }

  #body(name: string, addresses: readonly SedAddress[], negated: boolean): void {
    const base = {
      name,
      addresses,
      negated,
      text: '',
      number: undefined,
      target: -1,
      index: this.#commands.length,
    };
    if (name === '#') return this.skip(/[^\n]/);
    if (name === ':') return this.#label();
    if (name === '{') {
      this.#commands.push(base);
      this.#blocks.push(base);
      return;
    }
    if (name === '}') {
      const block = this.#blocks.pop();
      if (block === undefined || addresses.length > 0) this.fail("unexpected `}'");
      (block as SedCommand).target = this.#commands.length;
      return this.end();
    }
    const more = this.#arguments(name);
    this.#commands.push({ ...base, ...more });
  }

  /** What follows a command's letter. */
  #arguments(name: string): Partial<SedCommand> {
    if (/[=dDgGhHnNpPxzF]/.test(name)) return this.#ended({});
    if (/[aic]/.test(name)) return { text: this.#text(name) };
    if (/[btT]/.test(name)) return { text: this.word(/[;\n}]/) };
    if (/[rRwW]/.test(name)) return { text: this.fileName() };
    if (/[qQlL]/.test(name)) {
      this.skip(/[ \t]/);
      const digits = /^\d+/.exec(this.source.slice(this.at))?.[0] ?? '';
      this.at += digits.length;
      return this.#ended({ number: digits === '' ? undefined : Number(digits) });
    }
    if (name === 's') return this.#ended({ substitution: this.#substitution() });
    if (name === 'y') return this.#ended({ map: this.#transliteration() });
    return this.fail(`unknown command: \`${name}'`);
  }

  #ended(more: Partial<SedCommand>): Partial<SedCommand> {
    this.end();
    return more;
  }

  #label(): void {
    this.skip(/[ \t]/);
    const label = this.word(/[;\n]/);
    if (label === '') this.fail('":" lacks a label');
    this.#labels.set(label, this.#commands.length);
  }

  /** `a\` and text on the next lines, or `a text` in one line (GNU); a backslash keeps what follows it. */
  #text(_name: string): string {
    this.skip(/[ \t]/);
    if (this.at >= this.source.length) this.fail("expected \\ after `a', `c' or `i'");
    if (this.source[this.at] === '\\') {
      // `a\` and a newline; or text in the same line, whose leading blanks the backslash keeps.
      this.at += /^\\[ \t]*\n/.exec(this.source.slice(this.at))?.[0].length ?? 1;
    }
    if (this.at >= this.source.length) return '';
    let text = '';
    for (;;) {
      const character = this.next();
      if (character === undefined || character === '\n') break;
      text += character === '\\' ? (this.next() ?? '') : character;
    }
    return `${text}\n`;
  }

  #addresses(): SedAddress[] {
    const first = this.#address();
    if (first === undefined) return [];
    this.skip(/[ \t]/);
    if (this.source[this.at] !== ',') {
      if (first.kind === 'line' && first.line === 0) this.#badZero();
      return [first];
    }
    this.at++;
    this.skip(/[ \t]/);
    const second = this.#relative() ?? this.#address();
    if (second === undefined) {
      this.at++;
      this.fail("unexpected `,'");
    }
    if (first.kind === 'line' && first.line === 0 && second?.kind !== 'regex') this.#badZero();
    return [first, second as SedAddress];
  }

  #badZero(): never {
    this.at++;
    return this.fail('invalid usage of line address 0');
  }

  #relative(): SedAddress | undefined {
    const match = /^([+~])(\d+)/.exec(this.source.slice(this.at));
    if (!match) return undefined;
    this.at += match[0].length;
    const number = Number(match[2]);
    return match[1] === '+' ? { kind: 'count', count: number } : { kind: 'multiple', multiple: number };
  }

  #address(): SedAddress | undefined {
    const rest = this.source.slice(this.at);
    const numbers = /^(\d+)(?:[ \t]*~[ \t]*(\d+))?/.exec(rest);
    if (numbers) {
      this.at += numbers[0].length;
      const line = Number(numbers[1]);
      return numbers[2] === undefined
        ? { kind: 'line', line }
        : { kind: 'step', first: line, step: Number(numbers[2]) };
    }
    if (rest.startsWith('$')) {
      this.at++;
      return { kind: 'last' };
    }
    if (!rest.startsWith('/') && !rest.startsWith('\\')) return undefined;
    if (rest.startsWith('\\')) this.at++;
    const delimiter = this.next() ?? '';
    const pattern = this.delimited(delimiter, true);
    if (pattern === undefined) this.fail('unterminated address regex');
    let flags = '';
    for (;;) {
      const flag = this.source[this.at];
      if (flag !== 'I' && flag !== 'M') break;
      flags += flag;
      this.at++;
    }
    return { kind: 'regex', regex: this.#regex(pattern as string, flags) };
  }

  #regex(pattern: string, flags: string): RegexMatcher | undefined {
    if (pattern === '') {
      if (flags !== '') this.fail('no previous regular expression');
      return undefined;
    }
    const { extended, utf8 } = this.#rules;
    try {
      return compileRegex(controls(pattern), {
        extended,
        utf8,
        ignoreCase: flags.includes('I'),
        multiline: flags.includes('M'),
      });
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      return this.fail(error.message);
    }
  }

  #substitution(): Substitution {
    const delimiter = this.next();
    if (delimiter === undefined || delimiter === '\n' || delimiter === '\\')
      this.fail("unterminated `s' command");
    const pattern = this.delimited(delimiter as string, true);
    const replacement = pattern === undefined ? undefined : this.delimited(delimiter as string, false);
    if (pattern === undefined || replacement === undefined) this.fail("unterminated `s' command");
    const flags = this.#flags();
    const regex = this.#regex(pattern as string, flags.letters);
    const read = readReplacement(replacement as string);
    if (regex !== undefined && read.groups > regex.groups) {
      this.fail(`invalid reference \\${read.groups} on \`s' command's RHS`);
    }
    return {
      regex,
      replacement: read,
      global: flags.global,
      print: flags.print,
      number: flags.number,
      file: flags.file,
    };
  }

  #flags(): { letters: string; global: boolean; print: boolean; number: number; file: string | undefined } {
    const flags = {
      letters: '',
      global: false,
      print: false,
      number: 0,
      file: undefined as string | undefined,
    };
    for (;;) {
      const flag = this.source[this.at];
      if (flag === undefined || !/[gpiImMew0-9]/.test(flag)) {
        if (flag !== undefined && !/[\s;}#]/.test(flag)) {
          this.at++;
          this.fail("unknown option to `s'");
        }
        return flags;
      }
      this.at++;
      if (flag === 'g') {
        if (flags.global) this.fail("multiple `g' options to `s' command");
        flags.global = true;
      } else if (flag === 'p') {
        if (flags.print) this.fail("multiple `p' options to `s' command");
        flags.print = true;
      } else if (flag === 'w') flags.file = this.fileName();
      else if (/\d/.test(flag)) {
        if (flags.number > 0) this.fail("multiple number options to `s' command");
        const digits = /^\d*/.exec(this.source.slice(this.at))?.[0] ?? '';
        this.at += digits.length;
        flags.number = Number(flag + digits);
        if (flags.number === 0) this.fail("number option to `s' command may not be zero");
      } else flags.letters += flag.toUpperCase();
    }
  }

  #transliteration(): Map<string, string> {
    const delimiter = this.next();
    if (delimiter === undefined) this.fail("unterminated `y' command");
    const from = this.delimited(delimiter as string, false);
    const to = from === undefined ? undefined : this.delimited(delimiter as string, false);
    if (from === undefined || to === undefined) this.fail("unterminated `y' command");
    const [a, b] = [from, to].map((text) => [...unescapeY(text as string)]) as [string[], string[]];
    if (a.length !== b.length) this.fail("strings for `y' command are different lengths");
    return new Map(a.map((character, at) => [character, b[at] as string]));
  }
}
