// kill: signals for processes and jobs.
import { isFsError } from '../../fs/errno.ts';
import { type Signal, signals } from '../../fs/signal.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import { realTimeSignals } from '../real-time-signals.ts';
import type { Dialect, Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { conditionName } from '../traps.ts';
import { type Builtin, noSuchJob, print, refuse } from './builtin.ts';
import { showUsage } from './usage.ts';

export const kill: Builtin = {
  run(shell, argv) {
    const words = [...argv.slice(1)];
    if (shell.dialect === 'dash') checkDash(words);
    if (words[0] === '-l' || (words[0] === '-L' && shell.dialect === 'bash'))
      return list(shell, words.slice(1));
    let text = 'TERM';
    if ((words[0] === '-s' && words.length > 1) || (words[0] === '-n' && shell.dialect === 'bash')) {
      text = words[1] ?? '';
      words.splice(0, 2);
    } else if (/^-./.test(words[0] ?? '') && words[0] !== '--')
      text = (words.shift() as string).slice(1).replace(/^s(?=[A-Z])/, '');
    if (text === 's' && shell.dialect !== 'ash') text = 'TERM';
    if (words[0] === '--') words.shift();
    // busybox takes any other option for a signal.
    if (shell.dialect === 'ash' && words.length === 0 && signalOf(text) === undefined && text !== '0')
      return refuse(shell, 'kill', `invalid signal number or name: ${text}`);
    if (words.length === 0)
      return chain<unknown, number>(
        shell.dialect === 'bash'
          ? showUsage(shell, 'kill')
          : shell.complain(
              'kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]',
            ),
        () => (shell.dialect === 'ash' ? 1 : 2),
      );
    const signal = text === '0' ? 0 : signalOf(text);
    if (signal === undefined)
      return refuse(
        shell,
        'kill',
        shell.dialect === 'bash'
          ? `${text}: invalid signal specification`
          : `invalid signal number or name: ${text}`,
        shell.dialect === 'dash' ? 2 : 1,
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
    if (job === undefined) return noSuchJob(shell, 'kill', target);
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
      shell.dialect === 'dash' ? 2 : 1,
    );
  const error = sendTo(shell, Number(target), signal);
  if (error === undefined) return 0;
  return refuse(shell, 'kill', FAILED[shell.dialect](target, error));
}

const FAILED: Readonly<Record<Dialect, (target: string, error: string) => string>> = {
  bash: (target, error) => `(${target}) - ${error}`,
  dash: (_target, error) => `${error}\n`,
  ash: (target, error) => `can't kill pid ${target}: ${error}`,
};

/** dash's options are letters, signals without SIG, or numbers. */
function checkDash([first = '', second]: readonly string[]): void {
  if (!/^-./.test(first) || first === '--') return;
  const illegal = (text: string): never => {
    throw new ShellError(`kill: ${text}`, { status: 2, scope: 'command' });
  };
  if (first === '-s' && second === undefined) illegal('No arg for -s option');
  const name = first.slice(1);
  if (/^[sl]/.test(name) || (!/^SIG/i.test(name) && signalOf(name) !== undefined) || name === '0') return;
  illegal(`Illegal option -${name[0]}`);
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
  if (words.length === 0 || (shell.dialect === 'bash' && words[0]?.startsWith('-')))
    return print(shell, 'kill', shell.dialect === 'bash' ? signalListing() : posixListing(shell.dialect));
  if (shell.dialect === 'dash') return listOne(shell, words[0] as string);
  let status = 0;
  let output = '';
  return chain(
    inOrder(words, (word) => {
      const number = Number(word);
      const signal = signalOf(word);
      const name = Number.isInteger(number)
        ? conditionName(String(number > 128 ? number - 128 : number), 'bash')
        : signal && String(signals[signal]);
      // Two signals of the C library's threads have no name.
      const unnamed = shell.dialect === 'bash' && /^(32|33|160|161)$/.test(word);
      if (unnamed) return;
      const realTime =
        name === undefined && shell.dialect === 'bash'
          ? realTimeName(/^\d+$/.test(word) && number > 128 ? String(number - 128) : word)
          : undefined;
      if (realTime !== undefined) output += `${realTime}\n`;
      else if (name !== undefined) output += `${name}\n`;
      else {
        status = 1;
        return shell.complain(`kill: ${word}: invalid signal specification`);
      }
    }),
    () => chain(print(shell, 'kill', output), () => status),
  );
}

/** The name of a real-time signal's number, or the number of its name. */
function realTimeName(word: string): string | undefined {
  const asked = word.toUpperCase().replace(/^SIG/, '');
  for (const [name, number] of realTimeSignals) {
    if (asked === String(number)) return name.slice(3);
    if (`SIG${asked}` === name) return String(number);
  }
  return undefined;
}

/** dash's and ash's lists: a name a line, EXIT as 0; ash numbers them. */
const posixListing = (dialect: Dialect): string =>
  (dialect === 'dash' ? '0\n' : '') +
  Object.entries(signals)
    .map(
      ([name, number]) => `${dialect === 'ash' ? `${String(number).padStart(2)}) ` : ''}${name.slice(3)}\n`,
    )
    .join('');

function listOne(shell: Shell, word: string): Maybe<number> {
  if (!/^\d+$/.test(word)) return refuse(shell, 'kill', `Illegal number: ${word}`, 2);
  const number = Number(word);
  const name = conditionName(String(number > 128 ? number - 128 : number), 'bash');
  if (name === undefined) return refuse(shell, 'kill', `invalid signal number or exit status: ${word}`, 2);
  return print(shell, 'kill', `${name}\n`);
}

/** The table that `kill -l` and `trap -l` print, five to a line. */
export function signalListing(): string {
  return [...Object.entries(signals), ...realTimeSignals]
    .map(([name, number], i) => `${String(number).padStart(2)}) ${name}${i % 5 === 4 ? '\n' : '\t'}`)
    .join('')
    .replace(/\t$/, '\t\n');
}
