// watch: runs a command again and again and shows what it says, a screenful.

import type { Process } from '../fs/process.ts';
import { captureOutput } from './capture-output.ts';
import type { Command } from './command.ts';
import { FullScreen } from './full-screen.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { runProgram } from './run-program.ts';
import { clockText, dayText } from './time-text.ts';
import { untilKey } from './until-key.ts';

const options = {
  interval: { short: 'n', argument: 'required' },
  differences: { short: 'd' },
  'no-title': { short: 't' },
  exec: { short: 'x' },
  errexit: { short: 'e' },
  chgexit: { short: 'g' },
  beep: { short: 'b' },
  color: { short: 'c' },
} as const;

const LEAST_SECONDS = 0.1;

const safe = (line: string, columns: number): string =>
  line
    .replaceAll('\t', '        ')
    .replace(/[\x00-\x1f\x7f]/g, '')
    .slice(0, columns);

/** What changed since last time, inverse. */
const compare = (line: string, before: string | undefined): string =>
  before === undefined
    ? line
    : [...line]
        .map((character, at) =>
          character === (before[at] ?? ' ') ? character : `\x1b[7m${character}\x1b[27m`,
        )
        .join('');

export const watch: Command = {
  name: 'watch',
  help: `Usage: watch [OPTION]... COMMAND...
Run COMMAND again and again, and show its output on the whole screen.

  -n, --interval=SECONDS  wait that long in between (2)
  -d, --differences       show what changed
  -t, --no-title          without the line at the top
  -x, --exec              run COMMAND itself, not with sh -c
  -e, --errexit           stop when COMMAND fails
  -g, --chgexit           leave when the output changes
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, watch, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const seconds = Math.max(LEAST_SECONDS, Number(parsed.value('interval') ?? 2));
    if (parsed.operands.length === 0 || Number.isNaN(seconds)) {
      await out.errorText(
        Number.isNaN(seconds)
          ? `watch: failed to parse argument: '${parsed.value('interval')}'\n`
          : '\nUsage:\n watch [options] command\n',
      );
      return 1;
    }
    const shown = parsed.operands.join(' ');
    const command = parsed.has('exec') ? parsed.operands : ['sh', '-c', shown];
    const screen = new FullScreen(process);
    process.onSignal('SIGINT', () => {});
    await screen.enter();
    let before: readonly string[] | undefined;
    try {
      for (;;) {
        let status = 0;
        const text = await captureOutput(process, async (fds) => {
          status = await runProgram(process, command, { fds });
        });
        const { columns, rows } = screen;
        const head = parsed.has('no-title') ? [] : [title(process, seconds, shown, columns), ''];
        const lines = text
          .replace(/\n$/, '')
          .split('\n')
          .slice(0, rows - head.length)
          .map((line) => safe(line, columns));
        const body = parsed.has('differences')
          ? lines.map((line, at) => compare(line, before && (before[at] ?? '')))
          : lines;
        await screen.draw({ rows: Array.from({ length: rows }, (_, at) => [...head, ...body][at] ?? '') });
        if (parsed.has('errexit') && status !== 0) return 8;
        if (parsed.has('chgexit') && before !== undefined && before.join('\n') !== lines.join('\n')) return 0;
        before = lines;
        const key = await untilKey(process, screen, seconds * 1000);
        if (key === '\x03' || key === 'q' || key === 'closed') return key === '\x03' ? 130 : 0;
      }
    } finally {
      await screen.leave();
    }
  },
};

const title = (process: Process, seconds: number, command: string, columns: number): string => {
  const left = `Every ${seconds.toFixed(1)}s: ${command}`;
  const now = process.kernel.clock.now();
  const right = `${process.uts.hostname}: ${dayText(now)} ${clockText(now)}`;
  const room = columns - right.length - 1;
  return room < 10 ? left.slice(0, columns) : `${left.slice(0, room).padEnd(room)} ${right}`;
};
