// timeout: run a program, and end it when it takes too long.

import type { Process } from '../fs/process.ts';
import { type Signal, shellStatus, signals } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { flavorOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { tryHelp, usageError } from './usage-error.ts';

const options = {
  foreground: {},
  'kill-after': { short: 'k', argument: 'required' },
  'preserve-status': {},
  signal: { short: 's', argument: 'required' },
  verbose: { short: 'v' },
} as const;

const UNITS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const TIMED_OUT = 124;
/** Longer than anybody waits; a timer takes no more. */
const FOREVER = 2 ** 31 - 1;

export const timeout: Command = {
  name: 'timeout',
  usageStatus: 125,
  help: `Usage: timeout [OPTION] DURATION COMMAND [ARG]...
Start COMMAND, and end it when it still runs after DURATION.

      --foreground        signal COMMAND alone, not those that it has started
  -k, --kill-after=DURATION  send KILL too when it runs that much longer
      --preserve-status   exit with COMMAND's status even when it is ended
  -s, --signal=SIGNAL     send SIGNAL, not TERM
  -v, --verbose           say what is sent
      --help        display this help and exit
      --version     output version information and exit

DURATION is a number with s (default), m, h or d behind it; 0 means no limit.
The exit status is 124 when the time was up, 125 when timeout itself fails, 126
or 127 when COMMAND cannot be run or found.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, timeout, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const [duration, name, ...rest] = parsed.operands;
    if (duration === undefined || name === undefined) {
      if (flavorOf(process) === 'busybox') return usageError(out, timeout, 'missing operand');
      await tryHelp(out);
      return 125;
    }
    const [limit, grace] = [milliseconds(duration), milliseconds(parsed.value('kill-after') ?? '0')];
    const signal = signalOf(parsed.value('signal') ?? 'TERM');
    if (limit === undefined || grace === undefined || signal === undefined) {
      if (signal === undefined) {
        return usageError(
          out,
          timeout,
          `${quoteLocale(process, parsed.value('signal') ?? '')}: invalid signal`,
        );
      }
      const wrong = limit === undefined ? duration : (parsed.value('kill-after') ?? '');
      return usageError(out, timeout, `invalid time interval ${quoteLocale(process, wrong)}`);
    }
    if (!parsed.has('foreground')) process.group = process.pid;
    const path = findProgram(process, name, process.env.get('PATH') ?? DEFAULT_PATH) ?? name;
    const started = attempt(() => process.spawn(path, [name, ...rest]));
    if (started.error) {
      await out.complain(`failed to run command ${quoteLocale(process, name)}`, started.error);
      return started.error.code === 'ENOENT' ? 127 : 126;
    }
    const child = started.value;
    let timedOut = false;
    const end = async (with_: Signal | 0): Promise<void> => {
      timedOut = true;
      if (parsed.has('verbose'))
        await out.errorText(
          `${out.name}: sending signal ${with_ === 0 ? '0' : with_.slice(3)} to command ${quoteLocale(process, name)}\n`,
        );
      if (with_ === 0) return;
      const others = parsed.has('foreground') ? [] : groupOf(process);
      for (const other of new Set([child.process, ...others])) if (other !== process) other.raise(with_);
      // A signal that nobody can ignore ends the whole group, timeout among it.
      if (!parsed.has('foreground') && with_ === 'SIGKILL') process.raise(with_);
    };
    const { clock } = process.kernel;
    const cancels = limit > 0 ? [clock.after(limit, () => void end(signal), true)] : [];
    if (limit > 0 && grace > 0) cancels.push(clock.after(limit + grace, () => void end('SIGKILL'), true));
    const status = await child.exited;
    for (const cancel of cancels) cancel();
    // What another one's signal has ended, ends timeout likewise.
    if (!timedOut && status.signal !== undefined) process.raise(status.signal);
    if (timedOut && !parsed.has('preserve-status') && status.signal !== 'SIGKILL') return TIMED_OUT;
    return shellStatus(status);
  },
};

const groupOf = (process: Process): Process[] =>
  [...process.kernel.processes.values()].filter(({ group }) => group === process.group);

/** By name with or without SIG, or by number; 0 is none. */
const signalOf = (text: string): Signal | 0 | undefined => {
  if (text === '0') return 0;
  const word = text.toUpperCase().replace(/^SIG/, '');
  const names = Object.keys(signals) as Signal[];
  return names.find((known) => known === `SIG${word}` || String(signals[known]) === word);
};

const milliseconds = (text: string): number | undefined => {
  const [, number = '', unit = ''] = /^\+?(.*?)([smhd]?)$/.exec(text) ?? [];
  if (/^inf(inity)?$/i.test(number)) return FOREVER;
  if (!/^(0x[0-9a-f]+|(\d+\.?\d*|\.\d+)(e[-+]?\d+)?)$/i.test(number)) return undefined;
  return Math.min(Number(number) * (UNITS[unit] ?? 0), FOREVER);
};
