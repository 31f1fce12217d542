// less: files or standard input, a screen at a time. Where the output is no terminal it is cat.

import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { FullScreen } from '../full-screen.ts';
import { printHelp, scanOptions } from '../options.ts';
import { Output } from '../output.ts';
import { runProgram } from '../run-program.ts';
import { toBytes, toText } from '../text.ts';
import { type InputText, MOST, openText } from './input-text.ts';
import type { Request } from './request.ts';
import { LessView } from './view.ts';

const KEYS = `  h                 this list               q        leave
  SPACE f PgDn      a screen on             b PgUp   a screen back
  RETURN j Down     a line on               k y Up   a line back
  d  u              half a screen on, back; after a number, so many lines from then on
  g < Home  G > End to the beginning, to the end; after a number, to that line
  N%                to N percent of the text
  Right Left        half a screen to the right, to the left
  /PATTERN  ?PATTERN  search on, search back; with ! first, lines without it
  n  N              the next match, the one before
  &PATTERN          only lines that match; & alone, all of them
  ESC-u             matches in reverse, or not
  mLETTER  'LETTER  mark a place, go back to it
  F                 wait for more at the end, until Ctrl-C
  :n  :p  :x  :d    the next file, the one before, the first, forget this one
  :e                another file
  =                 where in the file this is
  v                 edit the file
  !COMMAND          a command of the shell
  -N -S -i -R -s    switch numbers, cut lines, any case, colours, fewer empty lines
`;

class Less {
  readonly #process: Process;
  readonly #screen: FullScreen;
  readonly #view: LessView;
  #text: InputText;

  constructor(process: Process, keyboard: number, view: LessView, text: InputText) {
    this.#process = process;
    this.#screen = new FullScreen(process, keyboard);
    this.#view = view;
    this.#text = text;
  }

  async run(quitAtEnd: boolean): Promise<void> {
    await this.#screen.enter();
    try {
      for (;;) {
        await this.#draw();
        const keys = await this.#screen.keys();
        if (keys === 'closed') return;
        if (keys === 'resized') continue;
        for (const key of keys) {
          const wasAtEnd = this.#view.atEnd;
          if (/^[G>%p/n]$/.test(key) && !this.#text.ended) await this.#readOn(MOST);
          const request = this.#view.press(key);
          if (request?.kind === 'quit') return;
          if (request !== undefined) await this.#serve(request);
          if (this.#view.atEnd && !this.#text.ended) await this.#readOn();
          if (quitAtEnd && wasAtEnd && this.#view.atEnd && /^[ \rjf]$/.test(key)) return;
        }
      }
    } finally {
      await this.#screen.leave();
    }
  }

  #draw(): Promise<void> {
    return this.#screen.draw(this.#view.frame(this.#screen.columns, this.#screen.rows));
  }

  async #readOn(upTo?: number): Promise<void> {
    await this.#text.readOn(upTo);
    this.#view.refresh(toText(this.#text.bytes), this.#text.length);
  }

  async #serve(request: Request): Promise<void> {
    if (request.kind === 'open') await this.#open(request.at, request.name);
    else if (request.kind === 'follow') await this.#follow();
    else if (request.kind === 'shell') await this.#shell(request.command);
    else if (request.kind === 'edit') await this.#edit();
  }

  async #open(at: number, name = this.#view.files[at] as string): Promise<void> {
    const opened = await openText(this.#process, name);
    if (typeof opened === 'string') {
      this.#view.say(opened);
      return;
    }
    this.#text.close();
    this.#text = opened;
    if (this.#view.files[at] !== name) this.#view.files = this.#view.files.toSpliced(at, 0, name);
    this.#view.leave();
    this.#view.at = at;
    this.#view.open(toText(opened.bytes), opened.length);
  }

  /** F: what comes behind the end is shown at once, until Ctrl-C. */
  async #follow(): Promise<void> {
    let keys = this.#screen.keys();
    for (;;) {
      await this.#text.readNew();
      this.#view.refresh(toText(this.#text.bytes), this.#text.length);
      this.#view.toEnd();
      const { rows, cursor } = this.#view.frame(this.#screen.columns, this.#screen.rows);
      const waiting = 'Waiting for data... (interrupt to abort)';
      rows[cursor.row] = `\x1b[7m${waiting}\x1b[27m`;
      await this.#screen.draw({ rows, cursor: { row: cursor.row, col: waiting.length } });
      const typed = await Promise.race([keys, this.#text.changed()]);
      if (typed === undefined) continue;
      if (typed === 'closed' || (Array.isArray(typed) && typed.includes('\x03'))) return;
      keys = this.#screen.keys();
    }
  }

  async #shell(command: string): Promise<void> {
    const shell = this.#process.env.get('SHELL') ?? '/bin/sh';
    await this.#aside(`!${command}\n`, command === '' ? [shell] : [shell, '-c', command]);
    await this.#process.write(1, toBytes('!done  (press RETURN)'));
    const restore = this.#process.tty(1)?.makeRaw();
    await this.#screen.keys();
    restore?.();
    await this.#screen.enter();
  }

  async #edit(): Promise<void> {
    const { name, line } = this.#view;
    if (name === '-') {
      this.#view.say('Cannot edit standard input');
      return;
    }
    const editor = this.#process.env.get('VISUAL') ?? this.#process.env.get('EDITOR') ?? 'vi';
    await this.#aside('', [...editor.split(' '), `+${line}`, name]);
    await this.#screen.enter();
    await this.#open(this.#view.at);
    this.#view.goTo(Math.max(1, line - (this.#screen.rows >> 1)));
  }

  /** Another program has the terminal meanwhile. */
  async #aside(words: string, argv: readonly string[]): Promise<void> {
    await this.#screen.leave();
    if (words !== '') await this.#process.write(1, toBytes(words));
    try {
      await runProgram(this.#process, argv);
    } catch (error) {
      if (!isFsError(error)) throw error;
      await this.#process.write(1, toBytes(`${argv[0]}: ${error.message}\n`));
    }
  }

  close(): void {
    this.#text.close();
  }
}

const flags = 'FRSXNiIeEsrnfcgGmMqQwJLVWaAuU~'.split('');
const valued = 'bhjkopPtTxyz#'.split('');
const options = {
  ...Object.fromEntries(flags.map((letter) => [letter, {}])),
  ...Object.fromEntries(valued.map((letter) => [letter, { argument: 'required' as const }])),
  'RAW-CONTROL-CHARS': { short: 'R' },
  'chop-long-lines': { short: 'S' },
  'LINE-NUMBERS': { short: 'N' },
  'ignore-case': { short: 'i' },
  'IGNORE-CASE': { short: 'I' },
  'quit-if-one-screen': { short: 'F' },
  'squeeze-blank-lines': { short: 's' },
  'no-init': { short: 'X' },
  help: {},
};

const run: Command['run'] = async (process, argv) => {
  const out = new Output(process);
  const words = [
    ...(process.env.get('LESS') ?? '').split(' ').filter((word) => word !== ''),
    ...argv.slice(1),
  ].map((word) => (/^[a-zA-Z]+$/.test(word) && !argv.includes(word) ? `-${word}` : word));
  const begins = words.filter((word) => /^\+./.test(word));
  const scan = scanOptions(
    words.filter((word) => !/^\+./.test(word)),
    options,
  );
  const has = (letter: string): boolean =>
    scan.options.some(({ name }) => name === letter || LONG[name] === letter);
  if (has('help')) return printHelp(out, less);
  if (scan.problem !== undefined) {
    await out.errorText(`There is no ${scan.problem.split("'")[1] ?? ''} option ("less --help" for help)\n`);
    return 1;
  }
  if (scan.operands.length === 0 && process.tty(0) !== undefined) {
    await out.errorText('Missing filename ("less --help" for help)\n');
    return 1;
  }
  const names = scan.operands.length > 0 ? scan.operands : ['-'];
  if (process.tty(1) === undefined) return copy(process, out, names);
  const first = await firstText(process, out, names);
  if (first === undefined) return 1;
  const look = {
    numbers: has('N'),
    chop: has('S'),
    colours: has('R') || has('r'),
    squeeze: has('s'),
    shift: 0,
  };
  const view = new LessView(first.names, look, has('I') ? 'always' : has('i'), KEYS);
  view.open(toText(first.text.bytes), first.text.length);
  const { columns, rows } = process.tty(1) ?? { columns: 80, rows: 24 };
  if (has('F') && first.text.ended && names.length === 1 && view.fits(columns || 80, rows || 24)) {
    out.bytes(first.text.bytes);
    return out.end();
  }
  view.frame(columns || 80, rows || 24);
  const pattern = scan.options.find(({ name }) => name === 'p')?.value;
  for (const begin of pattern === undefined ? begins : [...begins, `+/${pattern}`]) beginAt(view, begin);
  const keyboard = attempt(() => process.open('/dev/tty', O.RDWR)).value ?? 2;
  const pager = new Less(process, keyboard, view, first.text);
  await pager.run(has('e') || has('E'));
  pager.close();
  return 0;
};

const LONG: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(options).flatMap(([name, option]) =>
    'short' in option ? [[name, option.short as string]] : [],
  ),
);

/** +N, +G, +F, +/PATTERN */
function beginAt(view: LessView, begin: string): void {
  const number = /^\+(\d+)g?$/.exec(begin)?.[1];
  if (number !== undefined) view.goTo(Number(number));
  else if (begin.startsWith('+/')) view.search(begin.slice(2), 0);
  else if (/^\+[GF]/.test(begin)) view.toEnd();
}

/** The first of the files that can be read; the others stay in the list. */
async function firstText(
  process: Process,
  out: Output,
  names: readonly string[],
): Promise<{ text: InputText; names: readonly string[] } | undefined> {
  for (const [at, name] of names.entries()) {
    const text = await openText(process, name);
    if (typeof text !== 'string') return { text, names: names.slice(at) };
    await out.errorText(`${text}\n`);
  }
  return undefined;
}

async function copy(process: Process, out: Output, names: readonly string[]): Promise<number> {
  for (const name of names) {
    const text = await openText(process, name);
    if (typeof text === 'string') {
      await out.errorText(`${text}\n`);
      out.status = 1;
      continue;
    }
    for (let written = 0; ; written = text.length) {
      out.bytes(text.bytes.subarray(written));
      await out.flush();
      if (text.ended) break;
      await text.readOn();
    }
    text.close();
  }
  return out.end();
}

export const less: Command = {
  name: 'less',
  help: `Usage: less [OPTION]... [FILE]...
Show FILEs, or standard input, a screen at a time.

${KEYS}`,
  run,
};
