// The three kinds of options of ps: with a hyphen (Unix), without one (BSD), and long ones.

import { psColumn } from './ps-columns.ts';

type ListKind = 'pid' | 'ppid' | 'session' | 'tty' | 'command' | 'user' | 'group' | 'session or group';

export interface Listed {
  readonly kind: ListKind;
  readonly words: readonly string[];
}

export interface FormatWord {
  readonly name: string;
  readonly width?: number;
  /** Another heading than the usual one. */
  readonly heading: string | undefined;
}

export interface Asked {
  /** `e`, `f`, `l`, … of the Unix kind. */
  readonly unix: Set<string>;
  /** `a`, `u`, `x`, … of the BSD kind. */
  readonly bsd: Set<string>;
  readonly lists: Listed[];
  readonly format: FormatWord[];
  /** -O: columns besides the usual ones. */
  readonly extra: FormatWord[];
  readonly sort: string[];
  /** A bare number among the words, which is in the BSD way. */
  bare: boolean;
  deselect: boolean;
  forest: boolean;
  indent: boolean;
  headings: boolean;
  columns: number | undefined;
  wide: number;
  help: boolean;
}

type Result = Asked | { readonly problem: string };

const LIST_OPTIONS: Readonly<Record<string, readonly [ListKind, string]>> = {
  C: ['command', 'list of command names must follow -C'],
  G: ['group', 'list of real groups must follow -G'],
  U: ['user', 'list of real users must follow -U'],
  g: ['session or group', 'list of session leaders OR effective group names must follow -g'],
  p: ['pid', 'list of process IDs must follow -p'],
  q: ['pid', 'list of process IDs must follow -q'],
  s: ['session', 'list of session IDs must follow -s'],
  t: ['tty', 'list of terminals (pty, tty...) must follow -t'],
  u: ['user', 'list of users must follow -u'],
};

const BSD_LISTS: Readonly<Record<string, readonly [ListKind, string]>> = {
  U: ['user', 'list of users must follow U'],
  p: ['pid', 'list of process IDs must follow p'],
  q: ['pid', 'list of process IDs must follow q'],
};

const LONG_LISTS: Readonly<Record<string, readonly [ListKind, string]>> = {
  Group: ['group', 'list of real groups must follow --Group'],
  User: ['user', 'list of real users must follow --User'],
  group: ['group', 'list of effective groups must follow --group'],
  pid: ['pid', 'list of process IDs must follow --pid'],
  ppid: ['ppid', 'list of process IDs must follow --ppid'],
  'quick-pid': ['pid', 'List of process IDs must follow --quick-pid.'],
  sid: ['session', 'some sid thing(s) must follow --sid'],
  tty: ['tty', 'list of ttys must follow --tty'],
  user: ['user', 'list of effective users must follow --user'],
};

/** A mistake in the words, as a message. */
class Mistake extends Error {}

const mistake = (text: string): never => {
  throw new Mistake(text);
};

export const readPsWords = (given: readonly string[]): Result => {
  const asked: Asked = {
    unix: new Set(),
    bsd: new Set(),
    lists: [],
    format: [],
    extra: [],
    sort: [],
    bare: false,
    deselect: false,
    forest: false,
    indent: false,
    headings: true,
    columns: undefined,
    wide: 0,
    help: false,
  };
  const queue = [...given];
  try {
    for (let word = queue.shift(); word !== undefined; word = queue.shift()) readWord(word, queue, asked);
    checkFormats(asked);
    return asked;
  } catch (error) {
    if (error instanceof Mistake) return { problem: error.message };
    throw error;
  }
};

const readWord = (word: string, queue: string[], asked: Asked): void => {
  if (word.startsWith('--')) return readLong(word, queue, asked);
  if (/^-[^-]/.test(word)) return readUnixOrBsd(word, queue, asked);
  if (/^[\d,]+$/.test(word)) {
    asked.bare = true;
    // Whatever is behind it belongs to the list.
    addList(asked, 'pid', [word, ...queue.splice(0)].join(','), '');
  } else readBsd(word, queue, asked);
};

/** `-aux` is no Unix option: it is read once more as a BSD one, and the first complaint stays when that fails too. */
const readUnixOrBsd = (word: string, queue: string[], asked: Asked): void => {
  const before = { unix: new Set(asked.unix), queue: [...queue] };
  try {
    readUnix(word.slice(1), queue, asked);
  } catch (error) {
    if (!(error instanceof Mistake) || error.message !== UNSUPPORTED) throw error;
    asked.unix.clear();
    for (const letter of before.unix) asked.unix.add(letter);
    queue.splice(0, queue.length, ...before.queue);
    try {
      readBsd(word.slice(1), queue, asked);
    } catch {
      throw error;
    }
  }
};

const UNSUPPORTED = 'unsupported SysV option';

const readUnix = (letters: string, queue: string[], asked: Asked): void => {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    const rest = letters.slice(at + 1);
    const list = LIST_OPTIONS[letter];
    if (list !== undefined) {
      // Without a list these may be BSD's.
      if (rest === '' && queue.length === 0 && /[gstu]/.test(letter)) mistake(UNSUPPORTED);
      return addList(asked, list[0], rest || queue.shift() || '', list[1]);
    }
    if (letter === 'o' || letter === 'O') {
      const kind = letter === 'o' ? 'format' : 'format or sort';
      const words = rest || queue.shift() || mistake(`${kind} specification must follow -${letter}`);
      return void (letter === 'o' ? asked.format : asked.extra).push(...formatWords(words));
    }
    if (letter === 'N') asked.deselect = true;
    else if (letter === 'H') asked.indent = true;
    else if (letter === 'w') asked.wide++;
    else if (/[AFLMPTVacdefjlymZ]/.test(letter) && letter !== 'Z') asked.unix.add(letter);
    else mistake(UNSUPPORTED);
  }
};

const readBsd = (letters: string, queue: string[], asked: Asked): void => {
  if (/^\d+$/.test(letters)) return addList(asked, 'pid', letters, '');
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    const rest = letters.slice(at + 1);
    const list = BSD_LISTS[letter];
    if (list !== undefined) {
      asked.bare = true;
      return addList(asked, list[0], rest || queue.shift() || '', list[1]);
    }
    if (/[oOk]/.test(letter)) {
      const kind = {
        k: "long sort specification must follow 'k'",
        o: 'format specification must follow o',
        O: 'format or sort specification must follow O',
      }[letter as 'k' | 'o' | 'O'];
      const words = rest || queue.shift() || mistake(kind);
      if (letter === 'k') asked.sort.push(...sortWords(words));
      else (letter === 'o' ? asked.format : asked.extra).push(...formatWords(words));
      return;
    }
    if (letter === 't') {
      if (rest === '') asked.bsd.add('T');
      else addList(asked, 'tty', rest, '');
      return;
    }
    if (/\d/.test(letter)) return addList(asked, 'pid', letters.slice(at), '');
    if (letter === 'f') asked.forest = true;
    else if (letter === 'h') asked.headings = false;
    else if (letter === 'w') asked.wide++;
    else if (!/[HLSTVXZacegjlmnrsuvx]/.test(letter)) mistake('unsupported option (BSD syntax)');
    asked.bsd.add(letter);
  }
};

const readLong = (word: string, queue: string[], asked: Asked): void => {
  const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const list = LONG_LISTS[name];
  if (list !== undefined) return addList(asked, list[0], value ?? queue.shift() ?? '', list[1]);
  if (name === 'sort')
    asked.sort.push(
      ...sortWords(value ?? queue.shift() ?? mistake('long sort specification must follow --sort')),
    );
  else if (name === 'format')
    asked.format.push(
      ...formatWords(value ?? queue.shift() ?? mistake('format specification must follow --format')),
    );
  else if (/^(cols|columns|width)$/.test(name)) {
    const number = value ?? queue.shift() ?? '';
    if (!/^\d+$/.test(number)) mistake('number of columns must follow --cols, --width, or --columns');
    asked.columns = Number(number);
  } else if (/^(lines|rows)$/.test(name)) {
    if (!/^\d+$/.test(value ?? queue.shift() ?? '')) mistake('number of rows must follow --rows or --lines');
  } else if (name === 'deselect') asked.deselect = true;
  else if (name === 'forest') asked.forest = true;
  else if (/^no-?head(ers?|ings?)?$/.test(name)) asked.headings = false;
  else if (name === 'context') asked.unix.add('M');
  else if (name === 'help') {
    asked.help = true;
    queue.length = 0;
  } else if (name === 'version') asked.unix.add('V');
  else if (!/^(headers?|headings?|cumulative)$/.test(name)) mistake('unknown gnu long option');
};

const addList = (asked: Asked, kind: ListKind, text: string, missing: string): void => {
  const words = text.split(/[ ,\t]+/).filter((word) => word !== '');
  if (words.length === 0) mistake(missing);
  const numbers = kind === 'pid' || kind === 'ppid' || kind === 'session';
  if (numbers && !words.every((word) => /^\d+$/.test(word))) mistake('process ID list syntax error');
  if (numbers && words.some((word) => Number(word) > PID_LIMIT || (kind !== 'session' && Number(word) === 0)))
    mistake('process ID out of range');
  asked.lists.push({ kind, words });
};

const PID_LIMIT = 0x7fffffff;

/** AIX's letters for columns, behind a percent sign. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ C: 'pcpu', G: 'group', P: 'ppid', U: 'user', a: 'args', c: 'comm', g: 'rgroup', n: 'nice' },
  ...{ p: 'pid', r: 'pgid', t: 'etime', u: 'ruser', x: 'time', y: 'tty', z: 'vsz' },
};

/** `pid,comm=NAME,user:12` or `%p %c`. */
const formatWords = (text: string): FormatWord[] =>
  text
    .split(/[ ,\t]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [, given = '', width, heading] = /^([^=:]*)(?::(\d+))?(?:=(.*))?$/s.exec(word) ?? [];
      const name = /^%.$/.test(given) ? (LETTERS[given[1] as string] ?? given) : given;
      if (psColumn(name) === undefined)
        mistake(`unknown user-defined format specifier "${word.replace(/=.*$/, '')}"`);
      return { name, heading, ...(width === undefined ? {} : { width: Number(width) }) };
    });

const sortWords = (text: string): string[] =>
  text.split(',').map((word) => {
    if (psColumn(word.replace(/^[-+]/, '')) === undefined) mistake('unknown sort specifier');
    return word;
  });

const checkFormats = ({ unix, bsd, format, extra }: Asked): void => {
  const bsdFormats = [...bsd].filter((letter) => /[jlsuvX]/.test(letter));
  const unixFormats = [...unix].filter((letter) => /[Ffjl]/.test(letter));
  const own = format.length > 0 || extra.length > 0;
  if (bsdFormats.length > 1 || (bsdFormats.length > 0 && (own || unixFormats.length > 0)))
    mistake('conflicting format options');
  if (unix.has('y') && !unix.has('l')) mistake('modifier -y without format -l makes no sense');
};
