// Reading a sed script character by character: what every command's syntax is made of.

import { SedError } from './sed-command.ts';

export class SedReader {
  protected readonly source: string;
  protected at = 0;

  constructor(source: string) {
    this.source = source;
  }

  protected fail(message: string): never {
    throw new SedError(message, this.at);
  }

  protected skip(what: RegExp): void {
    while (this.at < this.source.length && what.test(this.source[this.at] as string)) this.at++;
  }

  protected next(): string | undefined {
    return this.source[this.at++];
  }

  /** After a command come blanks, then `;`, `}`, a newline, a comment or the end. */
  protected end(): void {
    this.skip(/[ \t\r]/);
    const character = this.source[this.at];
    if (character === undefined || character === '}' || character === '#') return;
    this.at++;
    if (character !== ';' && character !== '\n') this.fail('extra characters after command');
  }

  protected word(stop: RegExp): string {
    this.skip(/[ \t]/);
    const start = this.at;
    while (this.at < this.source.length && !stop.test(this.source[this.at] as string)) this.at++;
    return this.source.slice(start, this.at).trim();
  }

  protected fileName(): string {
    this.skip(/[ \t]/);
    const start = this.at;
    this.skip(/[^\n]/);
    if (this.at === start) this.fail('missing filename in r/R/w/W commands');
    return this.source.slice(start, this.at);
  }

  /** Up to the delimiter, which a backslash makes ordinary; undefined when it never comes. */
  protected delimited(delimiter: string, regex: boolean): string | undefined {
    let text = '';
    for (;;) {
      const character = this.next();
      if (character === undefined) return undefined;
      if (character === delimiter) return text;
      if (character === '[' && regex) {
        // In a bracket expression the delimiter is a character like others.
        const bracket = /^\^?\]?(?:\[[:.=][\s\S]*?[:.=]\]|[^\]])*\]/.exec(this.source.slice(this.at))?.[0];
        if (bracket === undefined) {
          this.at = this.source.length;
          return undefined;
        }
        this.at += bracket.length;
        text += `[${bracket.replace(/\\n/g, '\n')}`;
      } else if (character !== '\\') text += character;
      else {
        const next = this.next();
        if (next === undefined) return undefined;
        if (next === delimiter) text += regex && /[.*[\]^$+?(){}|]/.test(next) ? `\\${next}` : next;
        else text += next === 'n' && regex ? '\n' : `\\${next}`;
      }
    }
  }
}
