// What jq reads: the files one after the other, or standard input; JSON texts, or lines with -R.

import { isFsError, strerror } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { closeInput, openInput } from '../input.ts';
import { byteCodec } from '../text-codec.ts';
import type { Json } from './json.ts';
import { JsonParser, JsonSyntaxError } from './json-parser.ts';

const CHUNK = 65_536;

export class Inputs {
  readonly #process: Process;
  readonly #names: readonly string[];
  readonly #raw: boolean;
  readonly #complain: (message: string) => Promise<void>;
  readonly #parser = new JsonParser();
  #rest = '';
  #fd: number | undefined;
  #at = 0;
  #ended = false;
  #finished = false;
  /** Lines that are read and not yet taken in, the next one last. */
  #pending: string[] = [];
  #problem: JsonSyntaxError | undefined;
  readonly #lines: string[] = [];
  /** The file that is being read. */
  name: string | null = null;
  /** Lines that have been taken in. */
  line = 0;
  /** A file could not be read: status 2 at the end. */
  failed = false;

  constructor(
    process: Process,
    names: readonly string[],
    raw: boolean,
    complain: (message: string) => Promise<void>,
  ) {
    this.#process = process;
    this.#names = names.length > 0 ? names : ['-'];
    this.#raw = raw;
    this.#complain = complain;
  }

  /** The next value; undefined at the end. Throws JsonSyntaxError, FsError. */
  async next(): Promise<Json | undefined> {
    for (;;) {
      const value = this.#raw ? this.#lines.shift() : this.#parser.values.shift();
      if (value !== undefined) return value;
      if (this.#problem !== undefined) throw this.#problem;
      if (this.#pending.length > 0) this.#takeLines();
      else if (this.#finished) return undefined;
      else if (this.#ended) this.#finish();
      else await this.#more();
    }
  }

  /** All that is left, as one text. */
  async text(): Promise<string> {
    let text = '';
    for (let chunk = await this.#chunk(); chunk !== ''; chunk = await this.#chunk()) text += chunk;
    return decode(text);
  }

  /** Takes in whole lines: errors tell how many there have been. */
  async #more(): Promise<void> {
    const chunk = await this.#chunk();
    this.#rest += chunk;
    const end = chunk === '' ? this.#rest.length : this.#rest.lastIndexOf('\n') + 1;
    // A long line is not waited for.
    const taken = end === 0 && this.#rest.length > CHUNK ? this.#rest : this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(taken.length);
    this.#pending = taken.split(/(?<=\n)/).reverse();
    if (chunk === '') this.#ended = true;
  }

  /** Line by line, up to the next value: errors tell the line. What is wrong waits for the values before it. */
  #takeLines(): void {
    for (let line = this.#pending.pop(); line !== undefined; line = this.#pending.pop()) {
      if (line.endsWith('\n')) this.line++;
      if (this.#raw) {
        if (line !== '') this.#lines.push(decode(line.replace(/\n$/, '')));
      } else this.#attempt(() => this.#parser.feed(line as string));
      if (this.#lines.length > 0 || this.#parser.values.length > 0) return;
    }
  }

  #finish(): void {
    this.#finished = true;
    if (!this.#raw) this.#attempt(() => this.#parser.end());
  }

  #attempt(parse: () => void): void {
    try {
      if (this.#problem === undefined) parse();
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      this.#problem = error;
    }
  }

  /** Bytes, one character each; empty at the end of the last file. */
  async #chunk(): Promise<string> {
    for (;;) {
      this.#fd ??= await this.#open();
      if (this.#fd === undefined) return '';
      const bytes = await this.#process.read(this.#fd, CHUNK);
      const pause = this.#process.breathe();
      if (pause) await pause;
      if (bytes.length > 0) return byteCodec.decode(bytes);
      closeInput(this.#process, this.#fd);
      this.#fd = undefined;
    }
  }

  async #open(): Promise<number | undefined> {
    for (let name = this.#names[this.#at++]; name !== undefined; name = this.#names[this.#at++]) {
      try {
        const fd = openInput(this.#process, name);
        this.name = name === '-' ? '<stdin>' : name;
        this.line = 0;
        return fd;
      } catch (error) {
        if (!isFsError(error)) throw error;
        this.failed = true;
        await this.#complain(`jq: error: Could not open file ${name}: ${strerror(error.code)}\n`);
      }
    }
    return undefined;
  }

  /** For messages: `<stdin>:3`. */
  get place(): string {
    return this.#at === 0 ? '<unknown>' : `${this.name ?? '<stdin>'}:${this.line}`;
  }
}

const decode = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
