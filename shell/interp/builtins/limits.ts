// ulimit and times: the limits of this process, which its children inherit.
import { isFsError } from '../../fs/errno.ts';
import { type Resource, setLimit } from '../../fs/limits.ts';
import { chain } from '../maybe.ts';
import type { Dialect, Shell } from '../shell.ts';
import { type Builtin, print, readFlags, refuse } from './builtin.ts';

interface Row {
  /** Undefined: told, but nothing that could be set. */
  resource: Resource | undefined;
  name: string;
  unit: string;
  /** Bytes, or whatever it is, in one. */
  scale: number;
}

const row = (resource: Resource | undefined, name: string, unit = '', scale = 1): Row => ({
  resource,
  name,
  unit,
  scale,
});

/** In the order of bash's list. */
const rows: Readonly<Record<string, Row>> = {
  R: row('rttime', 'real-time non-blocking time', 'microseconds'),
  c: row('core', 'core file size', 'blocks', 1024),
  d: row('data', 'data seg size', 'kbytes', 1024),
  e: row('nice', 'scheduling priority'),
  f: row('fsize', 'file size', 'blocks', 1024),
  i: row('sigpending', 'pending signals'),
  l: row('memlock', 'max locked memory', 'kbytes', 1024),
  m: row('rss', 'max memory size', 'kbytes', 1024),
  n: row('nofile', 'open files'),
  p: row(undefined, 'pipe size', '512 bytes'),
  q: row('msgqueue', 'POSIX message queues', 'bytes'),
  r: row('rtprio', 'real-time priority'),
  s: row('stack', 'stack size', 'kbytes', 1024),
  t: row('cpu', 'cpu time', 'seconds'),
  u: row('nproc', 'max user processes'),
  v: row('as', 'virtual memory', 'kbytes', 1024),
  x: row('locks', 'file locks'),
};

/** What dash calls them, in the order of its list. */
const DASH_NAMES: Readonly<Record<string, string>> = {
  t: 'time(seconds)',
  f: 'file(blocks)',
  d: 'data(kbytes)',
  s: 'stack(kbytes)',
  c: 'coredump(blocks)',
  m: 'memory(kbytes)',
  l: 'locked memory(kbytes)',
  p: 'process',
  n: 'nofiles',
  v: 'vmemory(kbytes)',
  w: 'locks',
  r: 'rtprio',
};

/** dash and ash count blocks of 512 bytes, and dash has letters of its own. */
function rowOf(letter: string, dialect: Dialect): Row {
  const own = dialect === 'dash' ? { p: 'u', w: 'x' }[letter] : undefined;
  const found = rows[own ?? letter] as Row;
  return dialect !== 'bash' && found.unit === 'blocks' ? { ...found, scale: 512 } : found;
}

const PIPE_SIZE = '8';

export const ulimit: Builtin = {
  run(shell, argv) {
    const letters = shell.dialect === 'dash' ? Object.keys(DASH_NAMES) : Object.keys(rows);
    const flags = readFlags(shell, argv, `SHa${letters.join('')}`);
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    if (given.has('a')) return print(shell, 'ulimit', listing(shell, given.has('H')));
    const letter = [...given.keys()].filter((one) => letters.includes(one)).at(-1) ?? 'f';
    const [value] = operands;
    if (value === undefined) return print(shell, 'ulimit', `${shown(shell, letter, given.has('H'))}\n`);
    if (operands.length > 1 && shell.dialect === 'dash')
      return refuse(shell, 'ulimit', 'too many arguments', 2);
    const problem = change(shell, letter, value, given);
    return problem === undefined ? 0 : refuse(shell, 'ulimit', problem, shell.dialect === 'dash' ? 2 : 1);
  },
};

function shown({ process, dialect }: Shell, letter: string, hard: boolean): string {
  const { resource, scale } = rowOf(letter, dialect);
  if (resource === undefined) return PIPE_SIZE;
  const value = process.limits[resource][hard ? 'hard' : 'soft'];
  return value === Number.POSITIVE_INFINITY ? 'unlimited' : String(Math.floor(value / scale));
}

function listing(shell: Shell, hard: boolean): string {
  const value = (letter: string): string => `${shown(shell, letter, hard)}\n`;
  if (shell.dialect === 'dash')
    return Object.entries(DASH_NAMES)
      .map(([letter, name]) => `${name.padEnd(20)} ${value(letter)}`)
      .join('');
  const shared = Object.entries(rows);
  if (shell.dialect === 'ash')
    return shared
      .filter(([letter]) => letter !== 'R' && letter !== 'p')
      .map(([letter, { name, unit }]) => {
        const title = unit === '' ? name : `${name} (${unit === 'kbytes' ? 'kb' : unit})`;
        return `${title.padEnd(32)}(-${letter}) ${value(letter)}`;
      })
      .join('');
  return shared
    .map(
      ([letter, { name, unit }]) =>
        `${name.padEnd(20)}${`(${unit === '' ? '' : `${unit}, `}-${letter})`.padStart(20)} ${value(letter)}`,
    )
    .join('');
}

/** Sets the soft limit, the hard one, or both; what is wrong with that, if anything. */
function change(
  { process, dialect }: Shell,
  letter: string,
  value: string,
  given: ReadonlyMap<string, string>,
): string | undefined {
  const { resource, name, scale } = rowOf(letter, dialect);
  if (!(dialect === 'bash' ? /^(\d+|unlimited|hard|soft)$/ : /^(\d+|unlimited)$/).test(value))
    return dialect === 'bash'
      ? `${value}: invalid number`
      : dialect === 'ash'
        ? `invalid number '${value}'`
        : 'bad number';
  if (/^\d+$/.test(value) && BigInt(value) > 2n ** 62n) return `${value}: limit out of range`;
  const cannot = (why: string): string =>
    dialect === 'bash'
      ? `${name}: cannot modify limit: ${why}`
      : dialect === 'dash'
        ? `error setting limit (${why})`
        : `error setting limit: ${why}`;
  if (resource === undefined) return cannot('Invalid argument');
  const { soft, hard } = process.limits[resource];
  const wanted =
    value === 'hard'
      ? hard
      : value === 'soft'
        ? soft
        : value === 'unlimited'
          ? Number.POSITIVE_INFINITY
          : Number(value) * scale;
  const limit = {
    soft: given.has('S') || !given.has('H') ? wanted : soft,
    hard: given.has('H') || !given.has('S') ? wanted : hard,
  };
  try {
    setLimit(process, resource, limit);
    return undefined;
  } catch (error) {
    if (!isFsError(error)) throw error;
    return cannot(error.message);
  }
}

export const times: Builtin = {
  special: true,
  run: (shell) =>
    chain(
      print(
        shell,
        'times',
        shell.dialect === 'dash'
          ? '0m0.000000s 0m0.000000s\n0m0.000000s 0m0.000000s\n'
          : '0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n',
      ),
      (status) => status,
    ),
};
