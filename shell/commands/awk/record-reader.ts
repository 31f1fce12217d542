// Records of a descriptor by RS: lines, a character, a pattern, or paragraphs.

import type { Process } from '../../fs/process.ts';
import { chain, type Maybe } from '../maybe.ts';
import { byteCodec } from '../text-codec.ts';
import type { Patterns } from './pattern.ts';

const CHUNK_BYTES = 65_536;

/** A record, and what ended it (gawk's RT). */
export interface RawRecord {
  readonly text: string;
  readonly end: string;
}

/** Works on bytes, one character each. */
export class RecordReader {
  readonly #process: Process;
  readonly #fd: number;
  readonly #patterns: Patterns;
  #buffer = '';
  #at = 0;
  #ended = false;

  constructor(process: Process, fd: number, patterns: Patterns) {
    this.#process = process;
    this.#fd = fd;
    this.#patterns = patterns;
  }

  /** The next record; undefined at the end. Throws FsError. */
  next(separator: string): Maybe<RawRecord | undefined> {
    for (;;) {
      const record = separator === '' ? this.#paragraph() : this.#separated(separator);
      if (record !== undefined) return record;
      if (this.#ended) return this.#last(separator);
      const more = this.#more();
      if (more instanceof Promise) return more.then(() => this.next(separator));
    }
  }

  #separated(separator: string): RawRecord | undefined {
    if (separator.length > 1) return this.#byPattern(separator);
    const end = this.#buffer.indexOf(separator, this.#at);
    return end < 0 ? undefined : this.#cut(end, end + 1);
  }

  /** A match that reaches the end of what has been read may go on in what has not. */
  #byPattern(separator: string): RawRecord | undefined {
    const rest = this.#buffer.slice(this.#at);
    const matcher = this.#patterns.compile(separator);
    for (let from = 0; from <= rest.length; ) {
      const match = matcher.find(rest, from);
      if (match === undefined) return undefined;
      if (match.end === match.start) from = match.end + 1;
      else if (match.end === rest.length && !this.#ended) return undefined;
      else return this.#cut(this.#at + match.start, this.#at + match.end);
    }
    return undefined;
  }

  /** Paragraphs are parted by empty lines, however many. */
  #paragraph(): RawRecord | undefined {
    while (this.#buffer[this.#at] === '\n') this.#at++;
    const end = this.#buffer.indexOf('\n\n', this.#at);
    if (end < 0) return undefined;
    let after = end + 2;
    while (this.#buffer[after] === '\n') after++;
    return after === this.#buffer.length && !this.#ended ? undefined : this.#cut(end, after);
  }

  #cut(end: number, after: number): RawRecord {
    const record = { text: this.#buffer.slice(this.#at, end), end: this.#buffer.slice(end, after) };
    this.#at = after;
    return record;
  }

  #last(separator: string): RawRecord | undefined {
    const rest = this.#buffer.slice(this.#at);
    this.#buffer = '';
    this.#at = 0;
    if (rest === '') return undefined;
    // With a separator of its own a file's last newline is part of the record, in paragraph mode it is not.
    if (separator !== '') return { text: rest, end: '' };
    const end = /\n*$/.exec(rest)?.[0] ?? '';
    return { text: rest.slice(0, rest.length - end.length), end };
  }

  #more(): Maybe<void> {
    return chain(this.#process.read(this.#fd, CHUNK_BYTES), (chunk) => {
      if (chunk.length === 0) this.#ended = true;
      this.#buffer = this.#buffer.slice(this.#at) + byteCodec.decode(chunk);
      this.#at = 0;
    });
  }
}
