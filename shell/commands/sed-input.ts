// The lines that sed reads, from one file after the other, with one line of looking ahead for `$`.

import { isFsError, strerror } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import { flavorOf } from './flavor.ts';
import { lines } from './input.ts';
import type { Output } from './output.ts';
import { basename, dirname, joinPath } from './path-name.ts';
import { realPath } from './real-path.ts';
import { temporaryName } from './temporary-name.ts';
import type { TextCodec } from './text-codec.ts';

/** Where printed lines go: standard output, or with -i the file that will replace the one being read. */
export interface SedOutput {
  write(text: string): Promise<void>;
}

interface InputRules {
  readonly terminator: string;
  readonly separate: boolean;
  /** -i: the suffix of the backup, '' for none. */
  readonly inPlace: string | undefined;
  /** With it: the file that a link leads to is edited, and the link stays. */
  readonly followLinks?: boolean;
  readonly codec: TextCodec;
}

interface Line {
  readonly text: string;
  readonly ended: boolean;
}

export class SedInput {
  /** The number of the line in the pattern space. */
  line = 0;
  fileName = '-';
  output: SedOutput;
  readonly #out: Output;
  readonly #names: string[];
  readonly #rules: InputRules;
  readonly #standard: SedOutput;
  #lines: AsyncGenerator<Uint8Array> | undefined;
  #ahead: Line | undefined;
  #current: Line | undefined;
  #close: (() => Promise<void>) | undefined;
  #missingNewline = false;

  constructor(out: Output, names: readonly string[], rules: InputRules) {
    this.#out = out;
    this.#names = names.length > 0 ? [...names] : ['-'];
    this.#rules = rules;
    this.#standard = this.#writerTo((bytes) => {
      out.bytes(bytes);
      return out.flush();
    });
    this.output = this.#standard;
  }

  /** The next line; undefined when there are no more files. */
  async next(): Promise<string | undefined> {
    const line = this.#ahead ?? (await this.#read());
    this.#ahead = undefined;
    if (line === undefined) return undefined;
    this.#current = line;
    this.line++;
    return line.text;
  }

  /** True when the present line is the last one, of all files or of this one; `all` asks about all of them. */
  async isLast(all = false): Promise<boolean> {
    if (this.#rules.separate && !all) {
      this.#ahead ??= await this.#fromFile();
      return this.#ahead === undefined;
    }
    if (this.#rules.separate) this.#ahead ??= await this.#fromFile();
    if (this.#ahead === undefined && this.#rules.inPlace !== undefined) return this.#names.length === 0;
    this.#ahead ??= await this.#read();
    return this.#ahead === undefined;
  }

  /** Whether the present line ended with a newline: the last one of a file may not. */
  get ended(): boolean {
    return this.#current?.ended ?? true;
  }

  /** Closes the file that is being read; with -i what was not read of it is lost, as in GNU's. */
  async finish(): Promise<void> {
    await this.#closeFile();
  }

  async #read(): Promise<Line | undefined> {
    for (;;) {
      const line = await this.#fromFile();
      if (line !== undefined) return line;
      await this.#closeFile();
      if (this.#names.length === 0) return undefined;
      await this.#openNext(this.#names.shift() as string);
    }
  }

  async #fromFile(): Promise<Line | undefined> {
    const read = await this.#lines?.next();
    if (read === undefined || read.done) return undefined;
    const text = this.#rules.codec.decode(read.value);
    const ended = text.endsWith(this.#rules.terminator);
    return { text: ended ? text.slice(0, -1) : text, ended };
  }

  async #closeFile(): Promise<void> {
    const close = this.#close;
    this.#close = undefined;
    this.#lines = undefined;
    if (close !== undefined) await close();
  }

  async #openNext(name: string): Promise<void> {
    const { process } = this.#out;
    const problem = (error: unknown, what: string): Promise<void> => {
      if (!isFsError(error)) throw error;
      this.#out.status = 2;
      const text = this.#out.worded(what.replace('%', strerror(error.code)));
      return this.#out.errorText(`${this.#out.name}: ${text}\n`);
    };
    const inPlace = this.#rules.inPlace !== undefined && name !== '-';
    try {
      const fd = name === '-' ? 0 : process.open(name, O.RDONLY);
      const { kind } = process.fstat(fd);
      if (kind === 'directory') {
        process.close(fd);
        this.#out.status = 4;
        const message = inPlace
          ? `couldn't edit ${name}: not a regular file`
          : `read error on ${name}: Is a directory`;
        return await this.#out.errorText(`${this.#out.name}: ${message}\n`);
      }
      this.fileName = name;
      if (this.#rules.separate) this.line = 0;
      if (inPlace) await this.#edit(name, fd);
      else {
        this.#close = async () => {
          if (fd !== 0) process.close(fd);
        };
      }
      this.#lines = lines(process, fd, this.#rules.terminator.charCodeAt(0));
    } catch (error) {
      await problem(error, `can't read ${name}: %`);
    }
  }

  /** -i as GNU does it: a new file next to the old one, which is renamed over it at the end. */
  async #edit(given: string, fd: number): Promise<void> {
    const { process } = this.#out;
    const isLink = this.#rules.followLinks === true && process.lstat(given).kind === 'symlink';
    const name = isLink ? (realPath(process, given) ?? given) : given;
    const stat = process.fstat(fd);
    const applet = flavorOf(process) === 'busybox';
    const temporary = joinPath(
      dirname(name),
      temporaryName(process, applet ? `${basename(name)}XXXXXX` : 'sedXXXXXX'),
    );
    const target = process.open(temporary, O.RDWR | O.CREAT | O.EXCL, 0o600);
    this.output = this.#writerTo(async (bytes) => {
      await process.write(target, bytes);
    });
    this.#close = async () => {
      if (applet) process.fchmod(target, stat.mode & 0o7777);
      process.fchown(target, stat.uid, stat.gid);
      if (!applet) process.fchmod(target, stat.mode & 0o7777);
      process.close(fd);
      process.close(target);
      const suffix = this.#rules.inPlace ?? '';
      if (suffix !== '') process.rename(name, backupName(name, suffix));
      process.rename(temporary, name);
      this.output = this.#standard;
    };
  }

  /** A line without its newline gets one when something follows it. */
  #writerTo(write: (bytes: Uint8Array) => Promise<void>): SedOutput {
    const { codec, terminator } = this.#rules;
    return {
      write: (text) => {
        const lead = this.#missingNewline && text !== '' ? terminator : '';
        this.#missingNewline = text !== '' && !text.endsWith(terminator) && this.#current?.ended === false;
        return write(codec.encode(lead + text));
      },
    };
  }
}

/** `name` with the suffix; a `*` in it stands for the name (GNU). */
const backupName = (name: string, suffix: string): string => {
  if (!suffix.includes('*')) return `${name}${suffix}`;
  const made = suffix.replaceAll('*', basename(name));
  return made.includes('/') ? made : joinPath(dirname(name), made);
};
