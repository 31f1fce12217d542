// Runs a sed script over lines: pattern space, hold space, ranges, jumps.

import type { Process } from '../fs/process.ts';
import type { RegexMatcher } from './posix-regex.ts';
import type { SedAddress, SedCommand, Substitution } from './sed-command.ts';
import { SedFiles } from './sed-files.ts';
import type { SedInput } from './sed-input.ts';
import { listed } from './sed-listing.ts';
import { replacementText } from './sed-replacement.ts';
import type { TextCodec } from './text-codec.ts';

export interface SedStyle {
  /** -n */
  readonly quiet: boolean;
  readonly terminator: string;
  /** -l: where `l` folds lines. */
  readonly width: number;
  readonly codec: TextCodec;
  /** -s or -i: line numbers and `$` are each file's own. */
  readonly separate: boolean;
}

/** A script went wrong while it ran: the message without sed's name. */
export class SedRunError extends Error {}

type Step = 'next' | 'end' | 'restart' | 'delete' | number;

export class SedRun {
  /** Set by q and Q. */
  status: number | undefined;
  readonly #process: Process;
  readonly #script: readonly SedCommand[];
  readonly #style: SedStyle;
  readonly #input: SedInput;
  readonly #ranges = new Map<number, { active: boolean; end: number }>();
  readonly #files: SedFiles;
  #hold = '';
  #space = '';
  /** The pattern space ended with a newline where it was read; the hold space takes that along. */
  #ended = true;
  #holdEnded = true;
  #replaced = false;
  #append: (() => Promise<void>)[] = [];
  #lastRegex: RegexMatcher | undefined;

  constructor(process: Process, script: readonly SedCommand[], style: SedStyle, input: SedInput) {
    this.#process = process;
    this.#script = script;
    this.#style = style;
    this.#input = input;
    this.#files = new SedFiles(process, style.codec);
  }

  /** The files that w commands name are there, and empty, before the first line is read. */
  openFiles(): void {
    for (const command of this.#script) {
      const name = /[wW]/.test(command.name) ? command.text : command.substitution?.file;
      if (name !== undefined) this.#files.create(name);
    }
  }

  async run(): Promise<void> {
    let restart = false;
    while (this.status === undefined) {
      if (!restart) {
        const line = await this.#input.next();
        if (line === undefined) return;
        this.#space = line;
        this.#ended = this.#input.ended;
      }
      restart = false;
      this.#replaced = false;
      const step = await this.#cycle();
      if (step === 'restart') restart = true;
      if (step !== 'delete' && step !== 'restart' && !this.#style.quiet) await this.#print(this.#space);
      await this.#flushAppends();
    }
  }

  async #cycle(): Promise<Step> {
    for (let at = 0; at < this.#script.length; ) {
      const command = this.#script[at] as SedCommand;
      if ((await this.#selected(command)) === command.negated) {
        at = command.name === '{' ? command.target : at + 1;
        continue;
      }
      const step = await this.#execute(command);
      if (step === 'next') at++;
      else if (typeof step === 'number') at = step < 0 ? this.#script.length : step;
      else return step;
      this.#process.checkpoint();
    }
    return 'end';
  }

  async #selected(command: SedCommand): Promise<boolean> {
    const [first, second] = command.addresses;
    if (first === undefined) return true;
    if (second === undefined) return this.#matches(first);
    return this.#inRange(command, first, second);
  }

  async #inRange(command: SedCommand, first: SedAddress, second: SedAddress): Promise<boolean> {
    const line = this.#input.line;
    let range = this.#ranges.get(command.index);
    if (range === undefined) {
      range = { active: first.kind === 'line' && first.line === 0, end: 0 };
      this.#ranges.set(command.index, range);
    }
    if (!range.active) {
      if (!(await this.#matches(first))) return false;
      range.end = endLine(second, line);
      range.active = second.kind === 'regex' || second.kind === 'last' || range.end > line;
      if (second.kind === 'last' && (await this.#input.isLast())) range.active = false;
      return true;
    }
    if (second.kind === 'regex' || second.kind === 'last') {
      if (await this.#matches(second)) range.active = false;
      return true;
    }
    if (line >= range.end) range.active = false;
    return line <= range.end;
  }

  async #matches(address: SedAddress): Promise<boolean> {
    const line = this.#input.line;
    if (address.kind === 'line') return line === address.line;
    if (address.kind === 'step') {
      return address.step <= 0
        ? line === address.first
        : line >= address.first && (line - address.first) % address.step === 0;
    }
    if (address.kind === 'last') return this.#input.isLast();
    return address.kind === 'regex' && this.#regex(address.regex).test(this.#space);
  }

  #regex(regex: RegexMatcher | undefined): RegexMatcher {
    const used = regex ?? this.#lastRegex;
    if (used === undefined) throw new SedRunError('-e expression #1, char 0: no previous regular expression');
    this.#lastRegex = used;
    return used;
  }

  async #execute(command: SedCommand): Promise<Step> {
    const run = this.#commands[command.name];
    return run === undefined ? 'next' : run(command);
  }

  readonly #commands: Readonly<Record<string, (command: SedCommand) => Step | Promise<Step>>> = {
    '=': () => this.#write(1, `${this.#input.line}\n`),
    a: (command) => this.#later(() => this.#output(command.text)),
    i: (command) => this.#write(1, command.text),
    c: async (command): Promise<Step> => {
      const range = this.#ranges.get(command.index);
      if (command.addresses.length < 2 || command.negated || range?.active !== true)
        await this.#output(command.text);
      return 'delete';
    },
    b: (command) => (command.text === '' ? 'end' : command.target),
    t: (command) => this.#jumpIf(true, command),
    T: (command) => this.#jumpIf(false, command),
    d: () => 'delete',
    D: () => {
      const newline = this.#space.indexOf('\n');
      if (newline < 0) return 'delete';
      this.#space = this.#space.slice(newline + 1);
      return 'restart';
    },
    F: () => this.#write(1, `${this.#input.fileName}\n`),
    g: () => {
      this.#ended = this.#holdEnded;
      return this.#set(this.#hold);
    },
    G: () => {
      this.#ended = this.#holdEnded;
      return this.#set(`${this.#space}\n${this.#hold}`);
    },
    h: () => {
      this.#hold = this.#space;
      this.#holdEnded = this.#ended;
      return 'next';
    },
    H: () => {
      this.#hold = `${this.#hold}\n${this.#space}`;
      this.#holdEnded = this.#ended;
      return 'next';
    },
    x: () => {
      [this.#space, this.#hold] = [this.#hold, this.#space];
      [this.#ended, this.#holdEnded] = [this.#holdEnded, this.#ended];
      return 'next';
    },
    z: () => this.#set(''),
    l: (command) =>
      this.#write(1, listed(this.#space, command.number ?? this.#style.width, this.#style.codec)),
    n: () => this.#nextLine(false),
    N: () => this.#nextLine(true),
    p: async (): Promise<Step> => {
      await this.#print(this.#space);
      return 'next';
    },
    P: () => this.#write(1, `${this.#space.split('\n', 1)[0]}${this.#style.terminator}`),
    q: (command) => {
      this.status = command.number ?? 0;
      return 'end';
    },
    Q: (command) => {
      this.status = command.number ?? 0;
      return 'delete';
    },
    r: (command) => this.#later(async () => this.#output(await this.#files.text(command.text))),
    R: (command) => this.#later(async () => this.#output(await this.#files.nextLine(command.text))),
    s: (command) => this.#substitute(command.substitution as Substitution),
    w: (command) => this.#write(this.#files.descriptor(command.text), `${this.#space}\n`),
    W: (command) => this.#write(this.#files.descriptor(command.text), `${this.#space.split('\n', 1)[0]}\n`),
    y: (command) =>
      this.#set([...this.#space].map((character) => command.map?.get(character) ?? character).join('')),
  };

  #set(space: string): Step {
    this.#space = space;
    return 'next';
  }

  #later(what: () => Promise<void>): Step {
    this.#append.push(what);
    return 'next';
  }

  #jumpIf(wanted: boolean, command: SedCommand): Step {
    const replaced = this.#replaced;
    this.#replaced = false;
    if (replaced !== wanted) return 'next';
    return command.text === '' ? 'end' : command.target;
  }

  /** n and N. At the end of the input GNU prints the pattern space and ends without running the rest. */
  async #nextLine(append: boolean): Promise<Step> {
    if (await this.#input.isLast(true)) {
      if (!this.#style.quiet) await this.#print(this.#space);
      await this.#flushAppends();
      this.status = 0;
      return 'delete';
    }
    if (!append && !this.#style.quiet) await this.#print(this.#space);
    await this.#flushAppends();
    const line = (await this.#input.next()) ?? '';
    this.#space = append ? `${this.#space}\n${line}` : line;
    this.#ended = this.#input.ended;
    return 'next';
  }

  async #substitute(substitution: Substitution): Promise<Step> {
    const regex = this.#regex(substitution.regex);
    const { replacement, global, number } = substitution;
    const text = this.#space;
    let result = '';
    let copied = 0;
    let count = 0;
    for (let from = 0; from <= text.length; ) {
      const match = regex.find(text, from);
      if (match === undefined) break;
      // An empty match right after the last one does not count.
      const touches = match.end === match.start && match.start === copied && count > 0 && copied > 0;
      if (!touches) {
        count++;
        if (count >= Math.max(1, number)) {
          result += text.slice(copied, match.start) + replacementText(replacement, match);
          copied = match.end;
          if (!global) break;
        } else {
          result += text.slice(copied, match.end);
          copied = match.end;
        }
      }
      from = match.end > match.start ? match.end : match.end + 1;
    }
    if (count < Math.max(1, number)) return 'next';
    this.#space = result + text.slice(copied);
    this.#replaced = true;
    if (substitution.print) await this.#print(this.#space);
    if (substitution.file !== undefined)
      await this.#write(this.#files.descriptor(substitution.file), `${this.#space}\n`);
    return 'next';
  }

  async #print(text: string): Promise<void> {
    await this.#input.output.write(`${text}${this.#ended ? this.#style.terminator : ''}`);
  }

  async #output(text: string): Promise<void> {
    await this.#input.output.write(text);
  }

  async #write(fd: number, text: string): Promise<Step> {
    if (fd === 1) await this.#output(text);
    else await this.#process.write(fd, this.#style.codec.encode(text));
    return 'next';
  }

  async #flushAppends(): Promise<void> {
    const waiting = this.#append;
    this.#append = [];
    for (const append of waiting) await append();
  }
}

/** The last line of a range whose end is a number. */
const endLine = (address: SedAddress, line: number): number => {
  if (address.kind === 'line') return address.line;
  if (address.kind === 'count') return line + address.count;
  if (address.kind === 'multiple')
    return address.multiple <= 0 ? line : Math.ceil(line / address.multiple) * address.multiple;
  return 0;
};
