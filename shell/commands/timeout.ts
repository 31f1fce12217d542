// timeout: run a program, and end it when it takes too long.

import { type Signal, shellStatus, signals } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { flavorOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
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

export const timeout: Command = {
  name: 'timeout',
  usageStatus: 125,
  help: `Usage: timeout [OPTION] DURATION COMMAND [ARG]...
Start COMMAND, and end it when it still runs after DURATION.

      --foreground        (accepted)
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
    const word = (parsed.value('signal') ?? 'TERM').toUpperCase().replace(/^SIG/, '');
    const names = Object.keys(signals) as Signal[];
    const signal = names.find((known) => known === `SIG${word}` || signals[known] === Number(word));
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
    const path = findProgram(process, name, process.env.get('PATH') ?? DEFAULT_PATH) ?? name;
    const started = attempt(() => process.spawn(path, [name, ...rest]));
    if (started.error) {
      await out.complain(`failed to run command ${quoteLocale(process, name)}`, started.error);
      return started.error.code === 'ENOENT' ? 127 : 126;
    }
    const child = started.value;
    let timedOut = false;
    const end = (with_: Signal): void => {
      timedOut = true;
      attempt(() => child.process.raise(with_));
    };
    const { clock } = process.kernel;
    const cancels = limit > 0 ? [clock.after(limit, () => end(signal), true)] : [];
    if (limit > 0 && grace > 0) cancels.push(clock.after(limit + grace, () => end('SIGKILL'), true));
    const status = await child.exited;
    for (const cancel of cancels) cancel();
    if (timedOut && parsed.has('verbose')) {
      await out.errorText(
        `${out.name}: sending signal ${signal.slice(3)} to command ${quoteAlways(process, name)}\n`,
      );
    }
    if (timedOut && !parsed.has('preserve-status') && status.signal !== 'SIGKILL') return TIMED_OUT;
    return shellStatus(status);
  },
};

const milliseconds = (text: string): number | undefined => {
  const match = /^(\d*\.?\d+|\d+\.)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1000) : undefined;
};
