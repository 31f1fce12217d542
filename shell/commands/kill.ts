// kill: send signals to processes (the program of procps; shells have a builtin).

import { type Signal, signals } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { printHelp } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

const names = Object.keys(signals) as Signal[];

export const kill: Command = {
  name: 'kill',
  help: `Usage: kill [-SIGNAL | -s SIGNAL] PID...
  or:  kill -l [SIGNAL]...
Send a signal (default: TERM) to processes; -PID means a process group.

  -s, --signal SIGNAL   its name or number
  -l, --list            the names of signals, or the name of a number
  -L, --table           names and numbers in a table
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.slice(1);
    if (words[0] === '--help') return printHelp(out, kill);
    const listed = /^--list=(.*)$/.exec(words[0] ?? '')?.[1];
    if (words[0] === '-L' || words[0] === '--table') return signalTable(out);
    if (listed !== undefined) return list(out, [listed]);
    if (words[0] === '-l' || words[0] === '--list') return list(out, words.slice(1));
    let signal: Signal | 0 | undefined = 'SIGTERM';
    const first = words[0] ?? '';
    const attached = /^--signal=(.*)$/.exec(first)?.[1];
    if (attached !== undefined) {
      words.shift();
      signal = signalOf(attached);
    } else if (first === '-s' || first === '--signal' || first === '-n') {
      words.shift();
      signal = signalOf(words.shift() ?? '');
    } else if (/^-[A-Za-z0-9]/.test(first) && (words.length > 1 || !/^-\d+$/.test(first))) {
      words.shift();
      signal = signalOf(first.slice(1));
    }
    if (words[0] === '--') words.shift();
    if (signal === undefined) {
      await out.warn(`unknown signal ${first.replace(/^-/, '')}`);
      return 1;
    }
    if (words.length === 0) {
      await out.errorText("\nUsage:\n kill [options] <pid> [...]\n\n Try 'kill --help'.\n");
      return 1;
    }
    for (const word of words) {
      if (!/^-?\d+$/.test(word)) {
        await out.warn(`failed to parse argument: ${quoteAlways(process, word)}`);
        continue;
      }
      const { error } = attempt(() => process.kill(Number(word), signal));
      if (error) await out.complain(`(${word})`, error);
    }
    return out.end();
  },
};

/** A name with or without SIG, or a number; 0 only asks whether the process is there. */
const signalOf = (text: string): Signal | 0 | undefined => {
  if (text === '0') return 0;
  if (/^\d+$/.test(text)) return names.find((name) => signals[name] === Number(text));
  const name = text.toUpperCase();
  return names.find((known) => known === name || known === `SIG${name}`);
};

const list = async (out: Output, words: readonly string[]): Promise<number> => {
  if (words.length === 0) out.text(signalList());
  for (const word of words) {
    const signal = signalOf(word);
    if (signal === undefined || signal === 0) await out.warn(`unknown signal name ${word}`);
    else out.line(/^\d+$/.test(word) ? shortName(signal) : String(signals[signal]));
  }
  await out.flush();
  return 0;
};

/** 29 is POLL in procps's and psmisc's lists. */
const shortName = (signal: Signal): string => (signal === 'SIGIO' ? 'POLL' : signal.slice(3));

const LIST_WIDTH = 78;

/** All names, in lines that fit the screen. */
export const signalList = (): string => {
  const lines: string[] = [''];
  for (const name of names.map(shortName)) {
    const last = lines.length - 1;
    const longer = `${lines[last]}${lines[last] === '' ? '' : ' '}${name}`;
    if (longer.length > LIST_WIDTH) lines.push(name);
    else lines[last] = longer;
  }
  return `${lines.join('\n')}\n`;
};

const PER_ROW = 7;

const signalTable = (out: Output): Promise<number> => {
  for (const [at, name] of names.entries()) {
    const number = String(signals[name]).padStart(2);
    const ends = at % PER_ROW === PER_ROW - 1;
    out.text(`${number} ${ends ? `${shortName(name)}\n` : shortName(name).padEnd(8)}`);
  }
  if (names.length % PER_ROW !== 0) out.text('\n');
  return out.end();
};
