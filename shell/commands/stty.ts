// stty: the settings of the terminal on standard input (coreutils).

import { O } from '../fs/open-flags.ts';
import type { Tty } from '../fs/tty.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { combinations, isOn, put, restore, type Setting, saved, settings } from './stty-settings.ts';
import { tryHelp } from './usage-error.ts';

/** Special characters: they are what they are here. */
const CHARACTERS =
  'intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = <undef>; eol2 = <undef>; swtch = <undef>; start = ^Q; stop = ^S; susp = ^Z; rprnt = ^R; werase = ^W; lnext = ^V; discard = ^O; min = 1; time = 0;';

const CHARACTER_NAMES = new Set([
  'intr',
  'quit',
  'erase',
  'kill',
  'eof',
  'eol',
  'eol2',
  'swtch',
  'start',
  'stop',
  'susp',
  'rprnt',
  'werase',
  'lnext',
  'discard',
  'min',
  'time',
]);

export const stty: Command = {
  name: 'stty',
  help: `Usage: stty [-F DEVICE | --file=DEVICE] [SETTING]...
  or:  stty [-F DEVICE | --file=DEVICE] [-a|--all]
  or:  stty [-F DEVICE | --file=DEVICE] [-g|--save]
Print or change the settings of a terminal.

  -a, --all          all settings, for people
  -g, --save         all settings, for stty
  -F, --file=DEVICE  this terminal, not standard input
      --help        display this help and exit
      --version     output version information and exit

A minus sign before SETTING turns it off. Real here are: echo, icanon, icrnl, isig
and onlcr, what is made of them (cbreak, cooked, nl, raw, sane), and
  rows N, cols N     the size of the terminal
  size               print it
  speed              print the speed
The others can only be what they are.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = [...argv.slice(1)];
    if (words.includes('--help')) {
      out.text(stty.help);
      return out.end();
    }
    const asked = { all: false, save: false };
    let fd = 0;
    let device = 'standard input';
    const rest: string[] = [];
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      if (word === '-a' || word === '--all') asked.all = true;
      else if (word === '-g' || word === '--save') asked.save = true;
      else if (/^(-F|--file)/.test(word)) {
        device = word.replace(/^(-F|--file=?)/, '') || (words.shift() ?? '');
        const opened = attempt(() => process.open(device, O.RDONLY | O.NONBLOCK));
        if (opened.error) {
          await out.complain(device, opened.error);
          return 1;
        }
        fd = opened.value;
      } else rest.push(word);
    }
    if (asked.all && asked.save) {
      await out.warn('the options for verbose and stty-readable output styles are\nmutually exclusive');
      return 1;
    }
    const tty = process.tty(fd);
    if (tty === undefined) {
      const shown = flavorOf(process) === 'gnu' && device === 'standard input' ? `'${device}'` : device;
      await out.warn(`${shown}: Inappropriate ioctl for device`);
      return 1;
    }
    if (rest.length > 0) return change(out, tty, rest, device);
    if (asked.save) out.line(saved(tty));
    else out.text(asked.all ? everything(tty) : differences(tty));
    return out.end();
  },
};

const everything = (tty: Tty): string => {
  const width = tty.columns || 80;
  const lines = [`speed 38400 baud; rows ${tty.rows}; columns ${tty.columns}; line = 0;`];
  lines.push(
    ...wrapped(
      CHARACTERS.split('; ').map((text) => (text.endsWith(';') ? text : `${text};`)),
      width,
    ),
  );
  for (const group of ['control', 'input', 'output', 'local'] as const) {
    const words = settings.filter((setting) => setting.group === group).map((setting) => shown(tty, setting));
    if (group === 'control') words.splice(3, 0, 'cs8');
    if (group === 'output') words.push('nl0', 'cr0', 'tab0', 'bs0', 'vt0', 'ff0');
    lines.push(...wrapped(words, width));
  }
  return lines.map((line) => `${line}\n`).join('');
};

const shown = (tty: Tty, setting: Setting): string => `${isOn(tty, setting) ? '' : '-'}${setting.name}`;

/** Words in lines no longer than the terminal is wide. */
const wrapped = (words: readonly string[], width: number): string[] => {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};

/** What is not as `sane` would make it. */
const differences = (tty: Tty): string => {
  const lines = ['speed 38400 baud; line = 0;'];
  if (!tty.canonical) lines.push('min = 1; time = 0;');
  for (const group of ['control', 'input', 'output', 'local'] as const) {
    const words = settings
      .filter((setting) => setting.group === group && isOn(tty, setting) !== setting.sane)
      .map((setting) => shown(tty, setting));
    if (words.length > 0) lines.push(words.join(' '));
  }
  return lines.map((line) => `${line}\n`).join('');
};

const change = async (out: Output, tty: Tty, words: readonly string[], device: string): Promise<number> => {
  let lacking = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const value = words[at + 1];
    if (word === 'size') out.line(`${tty.rows} ${tty.columns}`);
    else if (word === 'speed') out.line('38400');
    else if (/^(rows|cols|columns)$/.test(word)) {
      const wrong = resize(tty, word, value);
      if (wrong !== undefined) return mistake(out, wrong);
      at++;
    } else if (CHARACTER_NAMES.has(word)) {
      if (value === undefined) return mistake(out, `missing argument to ${quoteLocale(out.process, word)}`);
      lacking ||= !CHARACTERS.includes(`${word} = ${value};`);
      at++;
    } else if (!/^[0-9]+$/.test(word) && !restore(tty, word)) {
      const done = apply(tty, word);
      if (done === undefined) return mistake(out, `invalid argument ${quoteLocale(out.process, word)}`);
      lacking ||= !done;
    }
  }
  if (lacking) {
    await out.warn(`'${device}': unable to perform all requested operations`);
    return 1;
  }
  return out.end();
};

const resize = (tty: Tty, word: string, value: string | undefined): string | undefined => {
  if (value === undefined) return `missing argument to '${word}'`;
  if (!/^\d+$/.test(value)) return `invalid integer argument: '${value}'`;
  if (word === 'rows') tty.resize(tty.columns, Number(value));
  else tty.resize(Number(value), tty.rows);
  return undefined;
};

/** False when the terminal is not as asked for, undefined when the word means nothing. */
const apply = (tty: Tty, word: string): boolean | undefined => {
  const several = combinations[word];
  if (several !== undefined) return several.map((one) => apply(tty, one)).every((done) => done !== false);
  const on = !word.startsWith('-');
  const setting = settings.find(({ name }) => name === word.replace(/^-/, ''));
  return setting === undefined ? undefined : put(tty, setting, on);
};

const mistake = async (out: Output, problem: string): Promise<number> => {
  await out.warn(problem);
  if (problem.startsWith('invalid argument') || problem.startsWith('missing')) await tryHelp(out);
  return 1;
};
