// The formats of find -printf.

import type { Process } from '../fs/process.ts';
import { inodeText } from '../fs/wide-inode.ts';
import { Accounts } from './accounts.ts';
import { CONTROL_CHARACTERS } from './byte-letters.ts';
import type { FindFile } from './find-file.ts';
import { fileSystemType } from './find-mount.ts';
import { modeString, TYPE_LETTERS } from './mode-string.ts';
import { basename, dirname } from './path-name.ts';
import { formatTime } from './time-format.ts';
import { secondsOf } from './time-text.ts';

type Field = (file: FindFile, process: Process, accounts: Accounts) => string;

/** As `ls -l` has them, but for files. */
const LETTERS = { ...TYPE_LETTERS, file: 'f' } as const;

const seconds = (time: bigint): string => {
  const { seconds: whole, nanoseconds } = secondsOf(time);
  return `${whole}.${String(nanoseconds).padStart(9, '0')}0`;
};

const clock = (time: bigint): string =>
  `${formatTime('%a %b %e %H:%M:%S', time)}.${String(secondsOf(time).nanoseconds).padStart(9, '0')}0 ${formatTime('%Y', time)}`;

/** %Ak, %Ck, %Tk: `@` and `+` are find's own, the rest is strftime's. */
const timeField = (time: bigint, letter: string): string => {
  if (letter === '@') return seconds(time);
  if (letter === '+')
    return `${formatTime('%Y-%m-%d+%H:%M:%S', time)}.${String(secondsOf(time).nanoseconds).padStart(9, '0')}0`;
  const text = formatTime(`%${letter}`, time);
  return /[STXrc]/.test(letter) && letter !== 'c' && letter !== 'r'
    ? `${text}.${String(secondsOf(time).nanoseconds).padStart(9, '0')}0`
    : text;
};

const FIELDS: Readonly<Record<string, Field>> = {
  a: ({ stat }) => clock(stat.atime),
  b: ({ stat }) => String(stat.blocks),
  c: ({ stat }) => clock(stat.ctime),
  d: ({ depth }) => String(depth),
  D: ({ stat }) => String(stat.dev),
  f: ({ path }) => basename(path),
  F: ({ stat }, process) => fileSystemType(process, stat.dev),
  g: ({ stat }, _process, accounts) => accounts.groupName(stat.gid),
  G: ({ stat }) => String(stat.gid),
  h: ({ path, start, depth }) =>
    depth === 0 && !path.includes('/') ? '.' : path === start && path === '/' ? '' : dirname(path),
  H: ({ start }) => start,
  i: ({ stat }) => inodeText(stat.ino),
  k: ({ stat }) => String(Math.ceil(stat.blocks / 2)),
  l: ({ path, stat }, process) => (stat.kind === 'symlink' ? process.readlink(path) : ''),
  m: ({ stat }) => (stat.mode & 0o7777).toString(8),
  M: ({ stat }) => modeString(stat.mode),
  n: ({ stat }) => String(stat.nlink),
  p: ({ path }) => path,
  P: ({ path, start }) => path.slice(start.length).replace(/^\//, ''),
  s: ({ stat }) => String(stat.size),
  S: ({ stat }) => (stat.size === 0 ? '1' : String((stat.blocks * 512) / stat.size)),
  t: ({ stat }) => clock(stat.mtime),
  u: ({ stat }, _process, accounts) => accounts.userName(stat.uid),
  U: ({ stat }) => String(stat.uid),
  y: ({ stat }) => LETTERS[stat.kind],
  Y: ({ path, stat }, process) => {
    if (stat.kind !== 'symlink') return LETTERS[stat.kind];
    const target = process.tryStat(path);
    return target === undefined ? 'N' : LETTERS[target.kind];
  },
  Z: () => '',
};

const ESCAPES: Readonly<Record<string, string>> = { ...CONTROL_CHARACTERS, '\\': '\\' };

const TOKEN = /\\(?:([0-7]{1,3})|([\s\S]))|%([-+ #0]*)(\d*)(?:\.(\d+))?(?:([ACT])([\s\S])|([a-zA-Z%]))/g;

/** A function that prints a file by `format`. */
export const compileFormat = (process: Process, format: string): ((file: FindFile) => string) => {
  const accounts = new Accounts(process);
  const stop = format.indexOf('\\c');
  const used = stop < 0 ? format : format.slice(0, stop);
  return (file) =>
    used.replace(
      TOKEN,
      (
        whole,
        octal?: string,
        escape?: string,
        flags?: string,
        width?: string,
        precision?: string,
        kind?: string,
        unit?: string,
        letter?: string,
      ) => {
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
        if (escape !== undefined) return ESCAPES[escape] ?? whole;
        const text = letter === '%' ? '%' : fieldText(file, process, accounts, kind, unit, letter);
        if (text === undefined) return whole;
        const cut = precision === undefined ? text : text.slice(0, Number(precision));
        const wide = Number(width || 0);
        if (flags?.includes('-')) return cut.padEnd(wide);
        return cut.padStart(wide, flags?.includes('0') && (letter === 'm' || letter === 'd') ? '0' : ' ');
      },
    );
};

const fieldText = (
  file: FindFile,
  process: Process,
  accounts: Accounts,
  kind: string | undefined,
  unit: string | undefined,
  letter: string | undefined,
): string | undefined => {
  if (kind === undefined || unit === undefined) return FIELDS[letter ?? '']?.(file, process, accounts);
  const time = { A: file.stat.atime, C: file.stat.ctime, T: file.stat.mtime }[kind as 'A' | 'C' | 'T'];
  return timeField(time, unit);
};
