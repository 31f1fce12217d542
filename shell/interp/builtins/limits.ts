// ulimit and times: figures of a machine that limits little and computes nothing.
import { chain } from '../maybe.ts';
import type { ShellState } from '../shell-state.ts';
import { type Builtin, print, readFlags, refuse } from './builtin.ts';

interface Limit {
  name: string;
  unit: string;
  value: string;
}

const limits: Record<string, Limit> = {
  c: { name: 'core file size', unit: 'blocks', value: '0' },
  d: { name: 'data seg size', unit: 'kbytes', value: 'unlimited' },
  e: { name: 'scheduling priority', unit: '', value: '0' },
  f: { name: 'file size', unit: 'blocks', value: 'unlimited' },
  i: { name: 'pending signals', unit: '', value: '63432' },
  l: { name: 'max locked memory', unit: 'kbytes', value: '65536' },
  m: { name: 'max memory size', unit: 'kbytes', value: 'unlimited' },
  n: { name: 'open files', unit: '', value: '1024' },
  p: { name: 'pipe size', unit: '512 bytes', value: '8' },
  q: { name: 'POSIX message queues', unit: 'bytes', value: '819200' },
  r: { name: 'real-time priority', unit: '', value: '0' },
  s: { name: 'stack size', unit: 'kbytes', value: '8192' },
  t: { name: 'cpu time', unit: 'seconds', value: 'unlimited' },
  u: { name: 'max user processes', unit: '', value: '63432' },
  v: { name: 'virtual memory', unit: 'kbytes', value: 'unlimited' },
  x: { name: 'file locks', unit: '', value: 'unlimited' },
};

const USAGE = 'ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]';

export const ulimit: Builtin = {
  run(shell, argv) {
    const flags = readFlags(shell, argv, `SHa${Object.keys(limits).join('')}`, USAGE);
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    const { state } = shell;
    if (given.has('a')) {
      const rows = Object.entries(limits).map(([letter, limit]) =>
        row(letter, limit, valueOf(state, letter, given.has('H'))),
      );
      return print(shell, 'ulimit', rows.join(''));
    }
    const letter = [...given.keys()].find((one) => one in limits) ?? 'f';
    const [value] = operands;
    if (value === undefined) return print(shell, 'ulimit', `${valueOf(state, letter, given.has('H'))}\n`);
    const problem = change(state, letter, value, given);
    return problem === undefined ? 0 : refuse(shell, 'ulimit', problem);
  },
};

const valueOf = (state: ShellState, letter: string, hard: boolean): string =>
  (hard ? state.limits.get(`hard ${letter}`) : state.limits.get(letter)) ??
  (hard && letter === 'c' ? 'unlimited' : (limits[letter]?.value ?? 'unlimited'));

/** Sets the soft limit, the hard one, or both; what is wrong with that, if anything. */
function change(
  state: ShellState,
  letter: string,
  value: string,
  given: ReadonlyMap<string, string>,
): string | undefined {
  if (!/^(\d+|unlimited|hard|soft)$/.test(value)) return `${value}: invalid number`;
  if (/^\d+$/.test(value) && BigInt(value) > 2n ** 62n) return `${value}: limit out of range`;
  const wanted = value === 'hard' || value === 'soft' ? valueOf(state, letter, value === 'hard') : value;
  const soft = given.has('S') || !given.has('H');
  const hard = given.has('H') || !given.has('S');
  const { name = '' } = limits[letter] ?? {};
  const above = (one: string, other: string): boolean =>
    other !== 'unlimited' && (one === 'unlimited' || BigInt(one) > BigInt(other));
  if (hard && above(wanted, valueOf(state, letter, true)))
    return `${name}: cannot modify limit: Operation not permitted`;
  if (!hard && above(wanted, valueOf(state, letter, true)))
    return `${name}: cannot modify limit: Invalid argument`;
  if (soft) state.limits.set(letter, wanted);
  if (hard) state.limits.set(`hard ${letter}`, wanted);
  return undefined;
}

const row = (letter: string, { name, unit }: Limit, value: string): string =>
  `${name.padEnd(20)}${`(${unit === '' ? '' : `${unit}, `}-${letter})`.padStart(20)} ${value}\n`;

export const times: Builtin = {
  special: true,
  run: (shell) =>
    chain(
      print(
        shell,
        'times',
        shell.dialect === 'bash'
          ? '0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n'
          : '0m0.000000s 0m0.000000s\n0m0.000000s 0m0.000000s\n',
      ),
      (status) => status,
    ),
};
