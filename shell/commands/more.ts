// more: text goes by on the terminal itself, with a stop after each screen.

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { displayWidth } from './display-width.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { printHelp, scanOptions } from './options.ts';
import { Output } from './output.ts';
import { compileRegex } from './posix-regex.ts';
import { keysOf } from './terminal-keys.ts';
import { joinBytes, toBytes, toText } from './text.ts';

const options = {
  c: {},
  d: {},
  e: {},
  f: {},
  l: {},
  p: {},
  s: {},
  u: {},
  n: { argument: 'required' },
  help: {},
} as const;

interface Habits {
  /** The size of the input is known, so that the part gone by can be told. */
  readonly known: boolean;
  /** -e: the end of the text is the end. */
  readonly leaves: boolean;
}

class Stops {
  readonly #process: Process;
  readonly #keyboard: number;
  readonly #lines: readonly string[];
  readonly #known: boolean;
  readonly #leavesAtEnd: boolean;
  #at = 0;
  #pattern = '';

  constructor(process: Process, keyboard: number, lines: readonly string[], { known, leaves }: Habits) {
    this.#process = process;
    this.#keyboard = keyboard;
    this.#lines = lines;
    this.#known = known;
    this.#leavesAtEnd = leaves;
  }

  async run(): Promise<void> {
    await this.#show(this.#room());
    let count = '';
    while (!this.#leavesAtEnd || this.#at < this.#lines.length) {
      await this.#say(this.#prompt());
      const bytes = await this.#read();
      if (bytes === undefined) return;
      for (const key of keysOf(toText(bytes))) {
        if (/^\d$/.test(key)) {
          count += key;
          continue;
        }
        await this.#say('\r\x1b[K');
        if (/^[qQ\x03]$/.test(key)) return;
        await this.#obey(key, count === '' ? undefined : Number(count));
        count = '';
      }
    }
  }

  async #obey(key: string, count: number | undefined): Promise<void> {
    const page = this.#room();
    if (this.#at >= this.#lines.length && /^[ zd\r\n\x04sf]$/.test(key)) return;
    if (key === ' ' || key === 'z') await this.#page(count ?? page);
    else if (key === '\r' || key === '\n') await this.#show(count ?? 1);
    else if (key === 'd' || key === '\x04')
      await this.#show(count ?? Math.max(1, ((this.#room() + 1) >> 1) - 1));
    else if (key === 's') await this.#skip(count ?? 1);
    else if (key === 'f') await this.#skip((count ?? 1) * page);
    else if (key === 'b' || key === '\x02') await this.#back(count ?? 1);
    else if (key === '=') await this.#say(String(this.#at));
    else if (key === '/') await this.#search();
    else if (key === 'n') await this.#find();
    else if (key === 'h' || key === '?') await this.#say(KEYS);
    else await this.#say("\x1b[7m[Press 'h' for instructions.]\x1b[27m\r\x1b[K");
  }

  /** What is left of the text when that is less than a screen has the screen to itself. */
  async #page(rows: number): Promise<void> {
    if (this.#lines.length - this.#at < this.#room()) await this.#say('\x1b[H\x1b[2J');
    await this.#show(rows);
  }

  async #skip(lines: number): Promise<void> {
    this.#at = Math.min(this.#lines.length, this.#at + lines);
    await this.#say(`\n...skipping ${lines} line${lines === 1 ? '' : 's'}\n`);
    await this.#show(this.#room());
  }

  async #back(pages: number): Promise<void> {
    await this.#say(`...back ${pages} page${pages === 1 ? '' : 's'}\n`);
    this.#at = Math.max(0, this.#at - (pages + 1) * this.#room());
    await this.#show(this.#room());
  }

  async #search(): Promise<void> {
    let typed = '';
    await this.#say('/');
    for (;;) {
      const bytes = await this.#read();
      if (bytes === undefined) return;
      for (const key of keysOf(toText(bytes))) {
        if (key === '\r' || key === '\n') {
          this.#pattern = typed || this.#pattern;
          await this.#say('\r\x1b[K');
          await this.#find();
          return;
        }
        if (key === '\x03') return;
        typed = key === '\x7f' ? typed.slice(0, -1) : typed + key;
        await this.#say(`\r\x1b[K/${typed}`);
      }
    }
  }

  async #find(): Promise<void> {
    const regex = attempt(() =>
      compileRegex(this.#pattern, { extended: false, utf8: true, ignoreCase: false }),
    ).value;
    const found =
      regex === undefined ? -1 : this.#lines.findIndex((line, at) => at >= this.#at && regex.test(line));
    if (found === -1) {
      await this.#say('\x1b[7mPattern not found\x1b[27m\r\x1b[K');
      return;
    }
    // The match is shown with two lines before it.
    this.#at = Math.max(this.#at, found - 2);
    await this.#say('\n...skipping\n');
    await this.#show(this.#room());
  }

  #room(): number {
    return Math.max(1, (this.#process.tty(1)?.rows || 24) - 1);
  }

  /** So many rows of the screen; a line that is too wide takes several. */
  async #show(rows: number): Promise<void> {
    const columns = this.#process.tty(1)?.columns || 80;
    let out = '';
    for (let left = rows; left > 0 && this.#at < this.#lines.length; ) {
      const line = this.#lines[this.#at++] as string;
      left -= Math.max(1, Math.ceil(displayWidth(line.replace(/\x1b\[[\d;]*m/g, '')) / columns));
      out += `${line}\n`;
    }
    await this.#say(out);
  }

  #prompt(): string {
    const before = this.#lines.slice(0, this.#at).reduce((sum, line) => sum + line.length + 1, 0);
    const all = this.#lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (this.#at >= this.#lines.length) return `\x1b[${this.#room() + 1};1H\x1b[7m(END)\x1b[27m`;
    return `\x1b[7m--More--${this.#known ? `(${Math.floor((100 * before) / Math.max(1, all))}%)` : ''}\x1b[27m`;
  }

  async #read(): Promise<Uint8Array | undefined> {
    for (;;) {
      try {
        const bytes = await this.#process.read(this.#keyboard, 64);
        return bytes.length === 0 ? undefined : bytes;
      } catch (error) {
        if (!isFsError(error, 'EINTR')) throw error;
      }
    }
  }

  async #say(text: string): Promise<void> {
    await this.#process.write(1, toBytes(text));
  }
}

const run: Command['run'] = async (process, argv) => {
  const out = new Output(process);
  const scan = scanOptions(argv.slice(1), options);
  if (scan.options.some(({ name }) => name === 'help')) return printHelp(out, more);
  if (scan.operands.length === 0 && process.tty(0) !== undefined) {
    await out.errorText("more: bad usage\nTry 'more --help' for more information.\n");
    return 1;
  }
  const names = scan.operands.length > 0 ? scan.operands : ['-'];
  for (const name of names) {
    const bytes = await contents(process, out, name);
    if (bytes === undefined) continue;
    const head = names.length > 1 ? `::::::::::::::\n${name}\n::::::::::::::\n` : '';
    const tty = process.tty(1);
    if (tty === undefined) out.bytes(joinBytes([toBytes(head), bytes]));
    else
      await stopping(process, toText(bytes), head, {
        known: name !== '-',
        leaves: scan.options.some((option) => option.name === 'e'),
      });
  }
  return out.end();
};

async function contents(process: Process, out: Output, name: string): Promise<Uint8Array | undefined> {
  try {
    if (name !== '-' && process.stat(name).kind === 'directory') {
      out.text(`\n*** ${name}: directory ***\n\n`);
      await out.flush();
      return undefined;
    }
    const fd = openInput(process, name);
    const bytes = await readAll(process, fd);
    closeInput(process, fd);
    return bytes;
  } catch (error) {
    if (!isFsError(error)) throw error;
    await out.errorText(`more: cannot open ${name}: ${error.message}\n`);
    return undefined;
  }
}

async function stopping(process: Process, text: string, head: string, habits: Habits): Promise<void> {
  const keyboard = attempt(() => process.open('/dev/tty', O.RDWR)).value ?? 2;
  const restore = process.tty(1)?.makeRaw();
  try {
    const lines = (head + text).replace(/\n$/, '').split('\n');
    await new Stops(process, keyboard, lines, habits).run();
  } finally {
    restore?.();
  }
}

const KEYS = `  SPACE     a screen on; after a number, so many lines
  RETURN    a line on          d   half a screen on
  s  f      pass over lines, screens    b   a screen back
  /PATTERN  to a line that matches      n   to the next
  =         the number of the line      q   leave
`;

export const more: Command = {
  name: 'more',
  help: `Usage: more [OPTION]... [FILE]...
Show FILEs, or standard input, with a stop after each screen.

${KEYS}`,
  run,
};
