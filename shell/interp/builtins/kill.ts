// kill: signals for processes and jobs.
import { isFsError } from '../../fs/errno.ts';
import { type Signal, signals } from '../../fs/signal.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { conditionName } from '../traps.ts';
import { type Builtin, print, refuse } from './builtin.ts';

const USAGE =
  'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n';

export const kill: Builtin = {
  run(shell, argv) {
    const words = [...argv.slice(1)];
    if (words[0] === '-l' || words[0] === '-L') return list(shell, words.slice(1));
    let text = 'TERM';
    if (/^-[sn]$/.test(words[0] ?? '')) {
      text = words[1] ?? '';
      words.splice(0, 2);
    } else if (/^-./.test(words[0] ?? '') && words[0] !== '--')
      text = (words.shift() as string).slice(1).replace(/^s(?=[A-Z])/, '');
    if (words[0] === '--') words.shift();
    if (words.length === 0)
      return chain(
        shell.write(
          2,
          shell.dialect === 'bash'
            ? USAGE
            : `${shell.prefix()}Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]\n`,
        ),
        () => 2,
      );
    const signal = text === '0' ? 0 : signalOf(text);
    if (signal === undefined)
      return refuse(
        shell,
        'kill',
        shell.dialect === 'bash'
          ? `${text}: invalid signal specification`
          : `invalid signal number or name: ${text}`,
      );
    return sendAll(shell, words, signal);
  },
};

function signalOf(text: string): Signal | undefined {
  const name = conditionName(text, 'bash');
  return name === undefined || !Object.hasOwn(signals, `SIG${name}`) ? undefined : (`SIG${name}` as Signal);
}

function sendAll(shell: Shell, targets: readonly string[], signal: Signal | 0): Maybe<number> {
  let status = 0;
  return chain(
    inOrder(targets, (target) =>
      chain(send(shell, target, signal), (one) => {
        status ||= one;
      }),
    ),
    () => status,
  );
}

function send(shell: Shell, target: string, signal: Signal | 0): Maybe<number> {
  if (target.startsWith('%')) {
    const job = shell.jobs.find(target, (child) => shell.pidOf(child.process));
    if (job === undefined) return refuse(shell, 'kill', `${target}: no such job`);
    for (const child of job.children) sendTo(shell, shell.pidOf(child.process), signal);
    return 0;
  }
  if (!/^-?\d+$/.test(target))
    return refuse(
      shell,
      'kill',
      shell.dialect === 'bash'
        ? `${target}: arguments must be process or job IDs`
        : `Illegal number: ${target}`,
    );
  const error = sendTo(shell, Number(target), signal);
  if (error === undefined) return 0;
  return refuse(shell, 'kill', shell.dialect === 'bash' ? `(${target}) - ${error}` : error);
}

/** Sends the signal; the text of what went wrong, if anything. */
function sendTo({ process }: Shell, pid: number, signal: Signal | 0): string | undefined {
  try {
    process.kill(pid, signal);
    return undefined;
  } catch (error) {
    if (isFsError(error)) return error.message;
    throw error;
  }
}

function list(shell: Shell, words: readonly string[]): Maybe<number> {
  if (words.length === 0)
    return print(
      shell,
      'kill',
      shell.dialect === 'bash'
        ? signalListing()
        : `${Object.keys(signals)
            .map((name) => name.slice(3))
            .join('\n')}\n`,
    );
  let status = 0;
  let output = '';
  return chain(
    inOrder(words, (word) => {
      const number = Number(word);
      const signal = signalOf(word);
      const name = Number.isInteger(number)
        ? conditionName(String(number > 128 ? number - 128 : number), 'bash')
        : signal && String(signals[signal]);
      if (name !== undefined) output += `${name}\n`;
      else {
        status = 1;
        return shell.complain(`kill: ${word}: invalid signal specification`);
      }
    }),
    () => chain(print(shell, 'kill', output), () => status),
  );
}

/** The table that `kill -l` and `trap -l` print, five to a line. */
export function signalListing(): string {
  const cells = Object.entries(signals).map(([name, number]) => `${String(number).padStart(2)}) ${name}`);
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += 5) rows.push(`${cells.slice(i, i + 5).join('\t')}\n`);
  return rows.join('');
}
