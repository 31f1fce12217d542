// ulimit and times: figures of a machine that limits little and computes nothing.
import { chain } from '../maybe.ts';
import { type Builtin, print, refuse } from './builtin.ts';

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

export const ulimit: Builtin = {
  run(shell, argv) {
    const letters = argv
      .slice(1)
      .filter((word) => word.startsWith('-'))
      .join('')
      .replace(/[-HS]/g, '');
    const value = argv.slice(1).find((word) => !word.startsWith('-'));
    if (letters.includes('a'))
      return print(
        shell,
        'ulimit',
        Object.entries(limits)
          .map(([letter, limit]) => row(letter, limit))
          .join(''),
      );
    const letter = letters[0] ?? 'f';
    const limit = limits[letter];
    if (limit === undefined) return refuse(shell, 'ulimit', `-${letter}: invalid option`, 2);
    if (value === undefined)
      return print(shell, 'ulimit', `${shell.state.limits.get(letter) ?? limit.value}\n`);
    if (!/^(\d+|unlimited|hard|soft)$/.test(value))
      return refuse(shell, 'ulimit', `${value}: invalid number`);
    shell.state.limits.set(letter, value);
    return 0;
  },
};

const row = (letter: string, { name, unit, value }: Limit): string =>
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
