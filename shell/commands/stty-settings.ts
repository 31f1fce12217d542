// The settings of a terminal as stty names them: which of them the line discipline really has, what the others are.

import type { Tty } from '../fs/tty.ts';

/** The properties of a terminal that a setting stands for. */
type Property = 'canonical' | 'echo' | 'signals' | 'crToNl' | 'nlToCrNl';

export interface Setting {
  readonly name: string;
  readonly group: 'control' | 'input' | 'output' | 'local';
  /** The bit in termios; 0 for what only looks like a setting. */
  readonly bit: number;
  readonly property?: Property;
  /** Its value where nothing can change it. */
  readonly fixed?: boolean;
  /** What `stty sane` makes of it: not told by plain stty. */
  readonly sane: boolean;
}

const settingsOf = (
  group: Setting['group'],
  rows: readonly (readonly [name: string, bit: number, fixed: boolean, sane?: boolean])[],
): Setting[] =>
  rows.map(([name, bit, fixed, sane = fixed]) => {
    const property = REAL[name];
    return { name, group, bit, sane, ...(property === undefined ? { fixed } : { property }) };
  });

const REAL: Readonly<Record<string, Property>> = {
  icanon: 'canonical',
  echo: 'echo',
  isig: 'signals',
  icrnl: 'crToNl',
  onlcr: 'nlToCrNl',
};

/** In the order in which stty -a tells them; asm-generic/termbits.h. */
export const settings: readonly Setting[] = [
  ...settingsOf('control', [
    ['parenb', 0o400, false],
    ['parodd', 0o1000, false],
    ['cmspar', 0o10000000000, false],
    ['hupcl', 0o2000, false],
    ['cstopb', 0o100, false],
    ['cread', 0o200, true],
    ['clocal', 0o4000, false],
    ['crtscts', 0o20000000000, false],
  ]),
  ...settingsOf('input', [
    ['ignbrk', 0o1, false],
    ['brkint', 0o2, true],
    ['ignpar', 0o4, false],
    ['parmrk', 0o10, false],
    ['inpck', 0o20, false],
    ['istrip', 0o40, false],
    ['inlcr', 0o100, false],
    ['igncr', 0o200, false],
    ['icrnl', 0o400, true],
    ['ixon', 0o2000, false],
    ['ixoff', 0o10000, false],
    ['iuclc', 0o1000, false],
    ['ixany', 0o4000, false],
    ['imaxbel', 0o20000, true],
    ['iutf8', 0o40000, true, false],
  ]),
  ...settingsOf('output', [
    ['opost', 0o1, true],
    ['olcuc', 0o2, false],
    ['ocrnl', 0o10, false],
    ['onlcr', 0o4, true],
    ['onocr', 0o20, false],
    ['onlret', 0o40, false],
    ['ofill', 0o100, false],
    ['ofdel', 0o200, false],
  ]),
  ...settingsOf('local', [
    ['isig', 0o1, true],
    ['icanon', 0o2, true],
    ['iexten', 0o100000, true],
    ['echo', 0o10, true],
    ['echoe', 0o20, true],
    ['echok', 0o40, true],
    ['echonl', 0o100, false],
    ['noflsh', 0o200, false],
    ['xcase', 0o4, false],
    ['tostop', 0o400, false],
    ['echoprt', 0o2000, false],
    ['echoctl', 0o1000, true],
    ['echoke', 0o4000, true],
    ['flusho', 0o10000, false],
    ['extproc', 0o200000, false],
  ]),
];

export const isOn = (tty: Tty, { property, fixed }: Setting): boolean =>
  property === undefined ? fixed === true : tty[property];

/** Sets one; false when this terminal cannot. */
export const put = (tty: Tty, setting: Setting, on: boolean): boolean => {
  if (setting.property !== undefined) tty[setting.property] = on;
  return isOn(tty, setting) === on;
};

/** Words that stand for several settings: name → on or off. */
export const combinations: Readonly<Record<string, readonly string[]>> = {
  cooked: ['icanon', 'isig', 'icrnl', 'opost', 'brkint'],
  '-cooked': ['-icanon', '-isig', '-icrnl', '-ixon'],
  raw: ['-icanon', '-isig', '-icrnl', '-ixon'],
  '-raw': ['icanon', 'isig', 'icrnl', 'opost', 'brkint'],
  cbreak: ['-icanon'],
  '-cbreak': ['icanon'],
  sane: ['icanon', 'echo', 'isig', 'icrnl', 'onlcr'],
  nl: ['-icrnl', '-onlcr'],
  '-nl': ['icrnl', 'onlcr'],
  ek: [],
};

const CONTROL_BASE = 0xbf & ~0o200;

/** The four words of flags in hexadecimal, and the control characters: what stty -g prints. */
export const saved = (tty: Tty): string => {
  const word = (group: Setting['group'], base = 0): string =>
    settings
      .reduce(
        (bits, setting) => (setting.group === group && isOn(tty, setting) ? bits | setting.bit : bits),
        base,
      )
      .toString(16);
  const characters = '3:1c:7f:15:4:0:1:0:11:13:1a:0:12:f:17:16:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0';
  return [word('input'), word('output'), word('control', CONTROL_BASE), word('local'), characters].join(':');
};

/** Takes back what `saved` gave; false when it is nothing of the kind. */
export const restore = (tty: Tty, text: string): boolean => {
  const words = text.split(':');
  if (words.length !== 36 || !words.every((word) => /^[0-9a-f]+$/.test(word))) return false;
  const [input = 0, output = 0, , local = 0] = words.map((word) => Number.parseInt(word, 16));
  const groups: Partial<Record<Setting['group'], number>> = { input, output, local };
  for (const setting of settings) {
    const bits = groups[setting.group];
    if (bits !== undefined && setting.property !== undefined) put(tty, setting, (bits & setting.bit) !== 0);
  }
  return true;
};
