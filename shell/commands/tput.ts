// tput: a capability of the terminal (ncurses).

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { capabilitiesOf, withParameters } from './terminfo/capability.ts';

/** Further names that terminals may lack. */
const KNOWN = new Set(
  Object.keys(capabilitiesOf('xterm-256color') ?? {}).concat(Object.keys(capabilitiesOf('vt100') ?? {})),
);

const USAGE = 2;
const NO_TERMINAL = 3;
const NO_CAPABILITY = 4;

const options = { T: { argument: 'required' }, S: {}, x: {}, V: {} } as const;

export const tput: Command = {
  name: 'tput',
  usageStatus: USAGE,
  help: `Usage: tput [options] [command]
Send a capability of the terminal, or print a number of it.

  -S <<       read commands from standard input
  -T TERM     a terminal other than TERM's
  -x          do not clear what has scrolled off
  -V          print the version

Commands:
  clear, reset, init, longname
  cols, lines, colors, ...           numbers
  bold, sgr0, setaf N, cup Y X, ...  strings, as terminfo names them
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, tput, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const name = parsed.value('T') ?? process.env.get('TERM') ?? '';
    if (name === '') {
      await out.warn('No value for $TERM and no -T specified');
      return USAGE;
    }
    if (parsed.has('V')) {
      out.line('ncurses 6.4.20221231');
      return out.end();
    }
    const terminal = capabilitiesOf(name);
    if (terminal === undefined) {
      await out.warn(`unknown terminal "${name}"`);
      return NO_TERMINAL;
    }
    const status = parsed.has('S')
      ? await fromInput(out, terminal, parsed)
      : await tell(out, terminal, parsed, parsed.operands);
    await out.flush();
    return status;
  },
};

type Capabilities = NonNullable<ReturnType<typeof capabilitiesOf>>;

const fromInput = async (
  out: Output,
  terminal: Capabilities,
  parsed: Options<keyof typeof options>,
): Promise<number> => {
  let text = '';
  for (;;) {
    const chunk = await out.process.read(0, 4096);
    if (chunk.length === 0) break;
    text += Buffer.from(chunk).toString('utf8');
  }
  let status = 0;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (line.trim() !== '') status = Math.max(status, await tell(out, terminal, parsed, words));
  }
  return status;
};

/** Prints one capability; gives the exit status. */
const tell = async (
  out: Output,
  terminal: Capabilities,
  parsed: Options<keyof typeof options>,
  [name, ...parameters]: readonly string[],
): Promise<number> => {
  if (name === undefined) {
    await out.errorText(tput.help);
    return USAGE;
  }
  if (name === 'longname') out.text(String(terminal.longname ?? ''));
  else if (name === 'reset') out.text(stringsOf(terminal, 'rs1', 'rs2'));
  else if (name === 'init') out.text(stringsOf(terminal, 'is2'));
  else if (name === 'clear' && terminal.clear === undefined) return USAGE;
  else if (name === 'clear') out.text(stringsOf(terminal, 'clear', ...(parsed.has('x') ? [] : ['E3'])));
  else if (name === 'cols' || name === 'lines') out.line(String(sizeOf(out.process, terminal, name)));
  else return capability(out, terminal, name, parameters);
  return 0;
};

const capability = async (
  out: Output,
  terminal: Capabilities,
  name: string,
  parameters: readonly string[],
): Promise<number> => {
  const value = terminal[name];
  if (value === true) return 0;
  if (typeof value === 'number') out.line(String(value));
  else if (typeof value === 'string')
    out.text(
      withParameters(
        value,
        parameters.map((text) => (/^-?\d+$/.test(text) ? Number(text) : text)),
      ),
    );
  else if (!KNOWN.has(name)) {
    await out.warn(`unknown terminfo capability '${name}'`);
    return NO_CAPABILITY;
  } else if (name === 'colors' || name === 'pairs' || name === 'it') out.line('-1');
  else return 1;
  return 0;
};

const stringsOf = (terminal: Capabilities, ...names: string[]): string =>
  names
    .map((name) => (typeof terminal[name] === 'string' ? withParameters(terminal[name], []) : ''))
    .join('');

/** The terminal's own size, or the environment's, or what such terminals have. */
const sizeOf = (process: Process, terminal: Capabilities, name: 'cols' | 'lines'): number => {
  const tty = [1, 2, 0].map((fd) => process.tty(fd)).find((found) => found !== undefined);
  const set = Number(process.env.get(name === 'cols' ? 'COLUMNS' : 'LINES'));
  if (Number.isInteger(set) && set > 0) return set;
  return (
    (name === 'cols' ? tty?.columns : tty?.rows) || Number(terminal[name] ?? (name === 'cols' ? 80 : 24))
  );
};

export const reset: Command = {
  name: 'reset',
  help: `Usage: reset [options] [terminal]
Put the terminal back into a sane state, and clear it.

  -c, -s, -w, -I, -Q, -q, -r   accepted
`,
  run: async (process) => {
    const out = new Output(process);
    const tty = [2, 1, 0].map((fd) => process.tty(fd)).find((found) => found !== undefined);
    if (tty === undefined) {
      await out.errorText(`${out.name}: standard error: Inappropriate ioctl for device\n`);
      return 1;
    }
    Object.assign(tty, { canonical: true, echo: true, signals: true, crToNl: true, nlToCrNl: true });
    const terminal = capabilitiesOf(process.env.get('TERM') ?? '') ?? capabilitiesOf('xterm') ?? {};
    await out.errorText(`${stringsOf(terminal, 'rs1', 'rs2')}\r`);
    return 0;
  },
};
