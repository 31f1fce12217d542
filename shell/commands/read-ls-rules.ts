// The rules that ls's options add up to.

import type { Process } from '../fs/process.ts';
import { environmentBlockSize, plainBlockSize, readBlockSize } from './block-size.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { type Mutable, quotingFromEnvironment, readChoices } from './ls-choices.ts';
import { colorsAreWell, mayColor } from './ls-colors.ts';
import type { LsOptions } from './ls-options.ts';
import type { Layout, LsRules } from './ls-rules.ts';
import { TIME_STYLES } from './ls-time.ts';
import type { Output } from './output.ts';
import { isUtf8, quoteLocale } from './quoting.ts';
import { columnsOf, isTerminal } from './terminal.ts';
import { usageError } from './usage-error.ts';

/** The rules; a number is the exit status of a complaint. */
export const readLsRules = async (out: Output, ls: Command, parsed: LsOptions): Promise<LsRules | number> => {
  const { process } = out;
  const tty = isTerminal(process, 1);
  const layout = layoutOf(parsed, tty);
  const rules: Mutable = {
    layout,
    hidden:
      parsed.last('all', 'almost-all') === 'all' || parsed.has('f')
        ? 'all'
        : parsed.has('almost-all')
          ? 'almost'
          : 'none',
    sort: 'name',
    reverse: parsed.has('reverse'),
    directoriesFirst: parsed.has('group-directories-first'),
    time: parsed.last('c', 'u') === 'c' ? 'ctime' : parsed.has('u') ? 'atime' : 'mtime',
    timeStyle: 'locale',
    indicators: 'none',
    quoting: quotingOf(process, parsed, tty),
    question: parsed.last('hide-control-chars', 'show-control-chars') === 'hide-control-chars',
    color: false,
    hyperlink: false,
    dired: parsed.has('dired'),
    context: parsed.has('context'),
    utf8: isUtf8(process),
    inode: parsed.has('inode'),
    blocks: parsed.has('size'),
    blockSize: 1024,
    sizeUnit: 1,
    blockSuffix: '',
    sizeSuffix: '',
    human: humanOf(parsed),
    numeric: parsed.has('numeric-uid-gid'),
    owner: !parsed.has('g'),
    group: !parsed.has('o') && !parsed.has('no-group'),
    author: parsed.has('author'),
    directory: parsed.has('directory'),
    recursive: parsed.has('recursive'),
    dereference: 'never',
    ignore: [...parsed.values('ignore'), ...(parsed.has('ignore-backups') ? ['*~', '.*~'] : [])],
    hide: parsed.values('hide'),
    width: columnsOf(process, 1),
    tab: 8,
    end: parsed.has('zero') ? '\0' : '\n',
  };
  const wrong =
    (await readChoices(out, parsed, rules, tty)) ??
    (await readNumbers(out, ls, parsed, rules)) ??
    (await readTimeStyle(out, ls, parsed, rules));
  if (wrong !== undefined) return wrong;
  await warnOfEnvironment(out, parsed, rules);
  rules.dired &&= rules.layout === 'long' && !rules.hyperlink;
  rules.dereference = dereferenceOf(parsed, rules);
  if (flavorOf(process) === 'gnu') rules.color &&= mayColor(process) && (await colorsAreWell(out));
  else if (!parsed.has('color'))
    rules.color = tty && !/^(none)?$/.test(process.env.get('LS_COLORS') ?? 'yes');
  // Tabs would carry a background colour along.
  if (rules.color) rules.tab = 0;
  rules.sort = rules.sort === 'name' ? sortOf(parsed, rules) : rules.sort;
  return rules;
};

const QUOTING_OPTIONS = ['literal', 'quote-name', 'escape', 'quoting-style'] as const;

/** Values of the environment that make no sense are told of and not followed. */
const warnOfEnvironment = async (out: Output, parsed: LsOptions, rules: Mutable): Promise<void> => {
  const { process } = out;
  if (flavorOf(process) === 'busybox') return;
  const tell = (what: string, value: string): Promise<void> =>
    out.errorText(`${out.name}: ignoring invalid ${what}: ${quoteLocale(process, value)}\n`);
  const quoting = process.env.get('QUOTING_STYLE');
  const unquoted = !QUOTING_OPTIONS.some((name) => parsed.has(name));
  if (quoting && unquoted && quotingFromEnvironment(process) === undefined)
    await tell('value of environment variable QUOTING_STYLE', quoting);
  if (rules.layout === 'long' || rules.layout === 'lines') return;
  const columns = process.env.get('COLUMNS');
  if (columns && !parsed.has('width') && !/^\d+$/.test(columns))
    await tell('width in environment variable COLUMNS', columns);
  const tab = process.env.get('TABSIZE');
  if (tab === undefined || parsed.has('tabsize') || rules.layout === 'commas') return;
  if (/^\d+$/.test(tab)) rules.tab = Number(tab);
  else await tell('tab size in environment variable TABSIZE', tab);
};

const humanOf = (parsed: LsOptions): LsRules['human'] => {
  const given = parsed.last('human-readable', 'si', 'block-size');
  return given === undefined || given === 'block-size' ? 'no' : given === 'si' ? 'si' : 'binary';
};

const layoutOf = (parsed: LsOptions, tty: boolean): Layout => {
  const layouts: Readonly<Record<string, Layout>> = {
    l: 'long',
    g: 'long',
    o: 'long',
    'numeric-uid-gid': 'long',
    'full-time': 'long',
    C: 'columns',
    x: 'across',
    m: 'commas',
    1: 'lines',
    zero: 'lines',
  };
  const given = parsed.last('l', 'g', 'o', 'numeric-uid-gid', 'full-time', 'C', 'x', 'm', '1', 'zero');
  if (given === '1' && parsed.list.some(({ name }) => layouts[name] === 'long')) return 'long';
  return given === undefined ? (tty ? 'columns' : 'lines') : (layouts[given] ?? 'lines');
};

const quotingOf = (process: Process, parsed: LsOptions, tty: boolean): LsRules['quoting'] => {
  const styles = { literal: 'literal', 'quote-name': 'c', escape: 'escape' } as const;
  const given = parsed.last('literal', 'quote-name', 'escape') as keyof typeof styles | undefined;
  if (given !== undefined) return styles[given];
  if (flavorOf(process) === 'busybox') return 'literal';
  return quotingFromEnvironment(process) ?? (tty ? 'shell-escape' : 'literal');
};

const dereferenceOf = (parsed: LsOptions, rules: LsRules): LsRules['dereference'] => {
  if (parsed.has('dereference')) return 'always';
  if (parsed.has('dereference-command-line')) return 'operands';
  if (parsed.has('dereference-command-line-symlink-to-dir')) return 'directories';
  return rules.directory || rules.layout === 'long' || rules.indicators === 'classify'
    ? 'never'
    : 'directories';
};

const sortOf = (parsed: LsOptions, rules: LsRules): LsRules['sort'] => {
  const sorts: Readonly<Record<string, LsRules['sort']>> = {
    S: 'size',
    t: 'time',
    v: 'version',
    X: 'extension',
    U: 'none',
    f: 'none',
  };
  const given = parsed.last('S', 't', 'v', 'X', 'U', 'f');
  if (given !== undefined) return sorts[given] ?? 'name';
  const timed = parsed.has('c') || parsed.has('u') || parsed.has('time');
  return timed && rules.layout !== 'long' ? 'time' : 'name';
};

const readNumbers = async (
  out: Output,
  _ls: Command,
  parsed: LsOptions,
  rules: Mutable,
): Promise<number | undefined> => {
  const numbers = [
    [
      'width',
      'line width',
      (value: number) => {
        rules.width = value;
      },
    ],
    [
      'tabsize',
      'tab size',
      (value: number) => {
        rules.tab = value;
      },
    ],
  ] as const;
  for (const [name, noun, set] of numbers) {
    const text = parsed.value(name);
    if (text === undefined) continue;
    if (!/^\d+$/.test(text)) {
      await out.warn(`invalid ${noun}: ${quoteLocale(out.process, text)}`);
      return 2;
    }
    set(Number(text));
  }
  return readBlocks(out, parsed, rules);
};

/** --block-size, else the environment; -h and --si stand above them, and -k counts blocks only. */
const readBlocks = async (out: Output, parsed: LsOptions, rules: Mutable): Promise<number | undefined> => {
  const text = parsed.value('block-size');
  const given = text === undefined ? undefined : await readBlockSize(out, '--block-size', text);
  if (text !== undefined && given === undefined) return 2;
  const both = given ?? environmentBlockSize(out, 'LS');
  const plain = parsed.has('kibibytes') ? undefined : plainBlockSize(out);
  const blocks = both ?? plain;
  if (rules.human !== 'no' || blocks === undefined) return undefined;
  if (blocks.unit === 'human' || blocks.unit === 'si') {
    if (both !== undefined) rules.human = blocks.unit === 'si' ? 'si' : 'binary';
    return undefined;
  }
  rules.blockSize = blocks.unit;
  rules.sizeUnit = both === undefined ? 1 : blocks.unit;
  rules.blockSuffix = blocks.suffix;
  rules.sizeSuffix = both === undefined ? '' : blocks.suffix;
  return undefined;
};

const readTimeStyle = async (
  out: Output,
  ls: Command,
  parsed: LsOptions,
  rules: Mutable,
): Promise<number | undefined> => {
  const { process } = out;
  const given = parsed.last('time-style', 'full-time');
  const style =
    given === 'full-time' ? 'full-iso' : (parsed.value('time-style') ?? environmentStyle(process));
  if (rules.layout !== 'long' || style === undefined) return undefined;
  const name = style.replace(/^posix-/, '');
  // POSIX's locale has its own layout.
  if (name !== style && isPosix(process)) return undefined;
  const near = Object.keys(TIME_STYLES).filter((known) => known.startsWith(name));
  const [match] = name in TIME_STYLES ? [name] : near;
  if (style.startsWith('+')) {
    if (style.split('\n').length > 2) {
      await out.warn(`invalid time style format ${quoteLocale(process, style.slice(1))}`);
      return 2;
    }
    rules.timeStyle = style;
    return undefined;
  }
  if (match !== undefined && (name in TIME_STYLES || near.length === 1)) {
    rules.timeStyle = match;
    return undefined;
  }
  const wrong = near.length > 1 ? 'ambiguous' : 'invalid';
  const rows = [
    '[posix-]full-iso',
    '[posix-]long-iso',
    '[posix-]iso',
    '[posix-]locale',
    "+FORMAT (e.g., +%H:%M) for a 'date'-style format",
  ];
  const list = rows.map((row) => `\n  - ${row}`).join('');
  const [value, what] = [quoteLocale(process, style), quoteLocale(process, 'time style')];
  return usageError(out, ls, `${wrong} argument ${value} for ${what}\nValid arguments are:${list}`);
};

const isPosix = ({ env }: Process): boolean =>
  /^(?:C|POSIX|)$/.test(env.get('LC_ALL') || env.get('LC_TIME') || env.get('LANG') || '');

const environmentStyle = (process: Process): string | undefined => process.env.get('TIME_STYLE');
