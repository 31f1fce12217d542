// less and more: text a screenful at a time. Where the output is no terminal they are cat.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { printHelp, scanOptions } from './options.ts';
import { Output } from './output.ts';
import { type PagerKey, PagerView, readKeys } from './pager.ts';
import { joinBytes, toText } from './text.ts';

const KEYS = `  SPACE f PgDn   a screen on       b PgUp   a screen back
  ENTER j Down   a line on         k y Up   a line back
  d  u           half a screen on, back
  g <  G >       to the beginning, to the end
  /PATTERN       search on          ?PATTERN search back
  n  N           the next match, the one before
  -N numbers  -S chopped lines  -F no screen for a short text  -i any case
  q              leave
`;

const options = {
  F: {},
  R: {},
  S: {},
  X: {},
  N: {},
  i: {},
  I: {},
  e: {},
  E: {},
  s: {},
  r: {},
  n: {},
  f: {},
  c: {},
  d: {},
  p: {},
  u: {},
  help: {},
};

const run =
  (command: () => Command): Command['run'] =>
  async (process, argv) => {
    const out = new Output(process);
    const scan = scanOptions(
      argv.slice(1).filter((word) => !word.startsWith('+')),
      options,
    );
    if (scan.options.some(({ name }) => name === 'help')) return printHelp(out, command());
    if (scan.operands.length === 0 && process.tty(0) !== undefined) {
      await out.errorText(`Missing filename ("${command().name} --help" for help)\n`);
      return 1;
    }
    const bytes = await readOperands(out, scan.operands);
    const tty = process.tty(1);
    if (tty === undefined || bytes === undefined) {
      if (bytes !== undefined) out.bytes(bytes);
      return out.end();
    }
    const has = (letter: string): boolean => scan.options.some(({ name }) => name === letter);
    const look = { numbers: has('N'), chop: has('S'), ignoreCase: has('i') || has('I') };
    const view = new PagerView(toText(bytes), scan.operands[0] ?? '', look);
    if (has('F') && view.fits(tty.columns || 80, tty.rows || 24)) {
      out.bytes(bytes);
      return out.end();
    }
    const opened = attempt(() => process.open('/dev/tty', O.RDWR));
    const keyboard = opened.value ?? 2;
    const restore = tty.makeRaw();
    try {
      return await page(process, keyboard, view);
    } finally {
      restore();
      attempt(() => process.write(1, new TextEncoder().encode('\x1b[?1049l')));
    }
  };

const readOperands = async (out: Output, names: readonly string[]): Promise<Uint8Array | undefined> => {
  const { process } = out;
  const parts: Uint8Array[] = [];
  for (const name of names.length > 0 ? names : ['-']) {
    try {
      if (name !== '-' && process.stat(name).kind === 'directory') {
        await out.errorText(`${name} is a directory\n`);
        out.status = 1;
        continue;
      }
      const fd = openInput(process, name);
      parts.push(await readAll(process, fd));
      closeInput(process, fd);
    } catch (error) {
      const { error: failed } = attempt(() => {
        throw error;
      });
      await out.errorText(`${name}: ${failed?.message}\n`);
      out.status = 1;
    }
  }
  if (parts.length === 0) return names.length > 0 ? undefined : new Uint8Array(0);
  return joinBytes(parts);
};

/** Draws and obeys keys until q. */
const page = async (process: Process, keyboard: number, view: PagerView): Promise<number> => {
  const tty = process.tty(1);
  const draw = (): number | Promise<number> =>
    process.write(1, new TextEncoder().encode(view.draw(tty?.columns || 80, tty?.rows || 24)));
  await process.write(1, new TextEncoder().encode('\x1b[?1049h'));
  await draw();
  for (;;) {
    const bytes = await process.read(keyboard, 64);
    if (bytes.length === 0) return 0;
    for (const key of readKeys(toText(bytes))) if (view.press(key as PagerKey) === 'quit') return 0;
    await draw();
  }
};

export const less: Command = {
  name: 'less',
  help: `Usage: less [OPTION]... [FILE]...
Show FILEs, or standard input, a screen at a time.

${KEYS}`,
  run: run(() => less),
};

export const more: Command = {
  name: 'more',
  help: `Usage: more [OPTION]... [FILE]...
Show FILEs, or standard input, a screen at a time; as less does here.

${KEYS}`,
  run: run(() => more),
};
