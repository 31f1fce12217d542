// The main input: the files among the operands in turn, assignments in between, else standard input.

import { isFsError, strerror } from '../../fs/errno.ts';
import { closeInput, openInput } from '../input.ts';
import { toBytes } from '../text.ts';
import { AwkError } from './dialect.ts';
import { unescapeString } from './escapes.ts';
import { type RawRecord, RecordReader } from './record-reader.ts';
import type { Runtime } from './runtime.ts';
import { Input, toNumber } from './value.ts';

const ASSIGNMENT = /^([A-Za-z_][A-Za-z_0-9]*)=([\s\S]*)$/;

/** Carries out `name=value`; false when the word is none. */
export const assignOperand = (runtime: Runtime, word: string): boolean => {
  const found = ASSIGNMENT.exec(word);
  if (found === null) return false;
  const [, name = '', value = ''] = found;
  runtime.assign(name, new Input(unescapeString(value, runtime.dialect.name !== 'mawk')));
  return true;
};

export class MainInput {
  readonly #runtime: Runtime;
  /** Called around each file (gawk's BEGINFILE and ENDFILE). */
  onFile: ((when: 'begin-file' | 'end-file') => Promise<void>) | undefined;
  #reader: RecordReader | undefined;
  #fd = 0;
  #at = 1;
  #sawFile = false;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** The next record; its end in RT. Throws FsError, AwkError. */
  next(): RawRecord | undefined | Promise<RawRecord | undefined> {
    if (this.#reader === undefined) return this.#nextOfNextFile();
    const record = this.#reader.next(this.#runtime.separators.record);
    if (record instanceof Promise) return record.then((waited) => waited ?? this.#endFile());
    return record ?? this.#endFile();
  }

  /** nextfile: what is left of this file is not read. */
  async skipFile(): Promise<void> {
    await this.#close();
  }

  async #endFile(): Promise<RawRecord | undefined> {
    await this.#close();
    return this.#nextOfNextFile();
  }

  async #close(): Promise<void> {
    if (this.#reader === undefined) return;
    this.#reader = undefined;
    await this.onFile?.('end-file');
    closeInput(this.#runtime.process, this.#fd);
  }

  async #nextOfNextFile(): Promise<RawRecord | undefined> {
    const name = this.#nextName();
    if (name === undefined) return undefined;
    const { process, dialect, streams } = this.#runtime;
    await streams.flush();
    try {
      this.#fd = openInput(process, name === '/dev/stdin' ? '-' : this.#runtime.codec.name(name));
    } catch (error) {
      if (!isFsError(error)) throw error;
      throw new AwkError(dialect.cannotRead(name, strerror(error.code)));
    }
    if (process.fstat(this.#fd).kind === 'directory') {
      const words = dialect.directory(name);
      closeInput(process, this.#fd);
      if (dialect.name !== 'gawk') throw new AwkError(words, dialect.name === 'mawk' ? 2 : 1);
      await process.write(2, toBytes(`${process.argv[0]}: ${words}\n`));
      return this.#nextOfNextFile();
    }
    this.#reader = new RecordReader(process, this.#fd, this.#runtime.patterns);
    this.#runtime.assign('FNR', 0);
    await this.onFile?.('begin-file');
    return this.next();
  }

  /** The next file among ARGV, as the program may have changed it; `-` when there was none at all. */
  #nextName(): string | undefined {
    const { elements } = this.#runtime.array('ARGV');
    const count = toNumber(this.#runtime.variable('ARGC').value);
    while (this.#at < count) {
      const word = this.#runtime.text(elements.get(String(this.#at++)));
      if (word === '' || assignOperand(this.#runtime, word)) continue;
      this.#sawFile = true;
      this.#runtime.assign('FILENAME', word);
      return word;
    }
    if (this.#sawFile) return undefined;
    this.#sawFile = true;
    this.#runtime.assign('FILENAME', '-');
    return '-';
  }
}
