// script: a record of all that a terminal shows (util-linux). The program runs on a pseudo-terminal of its own.

import { attachTerminal } from '../engine/terminal-attachment.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import { Tty } from '../fs/tty.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { toBytes } from './text.ts';
import { formatTime } from './time-format.ts';

const options = {
  append: { short: 'a' },
  command: { short: 'c', argument: 'required' },
  return: { short: 'e' },
  flush: { short: 'f' },
  force: {},
  echo: { short: 'E', argument: 'required' },
  quiet: { short: 'q' },
  'log-out': { short: 'O', argument: 'required' },
  'output-limit': { short: 'o', argument: 'required' },
} as const;

type Parsed = Options<keyof typeof options>;

export const script: Command = {
  name: 'script',
  help: `
Usage:
 script [options] [file]

Write down all that the terminal shows, in file or in 'typescript'.

Options:
 -a, --append             add to the file
 -c, --command <command>  run command, not a shell
 -e, --return             end with the status of the command
 -f, --flush              accepted: everything is written at once
 -O, --log-out <file>     the file
 -q, --quiet              say nothing at the beginning and the end
     --help               display this help
     --version            display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, script, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const file = parsed.value('log-out') ?? parsed.operands[0] ?? 'typescript';
    const quiet = parsed.has('quiet');
    if (!quiet) out.line(`Script started, output log file is '${file}'.`);
    await out.flush();
    const flags = O.WRONLY | O.CREAT | (parsed.has('append') ? O.APPEND : O.TRUNC);
    const opened = attempt(() => process.open(file, flags, 0o666));
    if (opened.error) {
      await out.complain(`cannot open ${file}`, opened.error);
      if (!quiet) out.line('Script done.');
      await out.flush();
      return 1;
    }
    const status = await record(out, parsed, opened.value);
    if (!quiet) out.line('Script done.');
    await out.flush();
    return parsed.has('return') ? status : 0;
  },
};

const now = (process: Process): string => formatTime('%Y-%m-%d %H:%M:%S+00:00', process.kernel.clock.now());

/** What stands in brackets behind the time. */
const circumstances = (process: Process, command: string | undefined): string => {
  const tty = process.tty(1);
  const run = command === undefined ? '' : `COMMAND="${command}" `;
  if (tty === undefined) return `${run}<not executed on terminal>`;
  const term = process.env.get('TERM');
  return `${run}${term === undefined ? '' : `TERM="${term}" `}TTY="${tty.name}" COLUMNS="${tty.columns}" LINES="${tty.rows}"`;
};

const record = async (out: Output, parsed: Parsed, log: number): Promise<number> => {
  const { process } = out;
  const command = parsed.value('command');
  const outer = process.tty(1);
  const size = { columns: outer?.columns ?? 80, rows: outer?.rows ?? 24 };
  const tty = new Tty(process.kernel, { ...size, number: freeNumber(process) });
  await process.write(
    log,
    toBytes(`Script started on ${now(process)} [${circumstances(process, command)}]\n`),
  );
  tty.onOutput((bytes) => {
    if (process.fds.has(log)) void process.write(log, bytes);
  });
  const terminal = tty.open(tty.name, O.RDWR);
  const shell = process.env.get('SHELL') || '/bin/sh';
  const argv = command === undefined ? [shell, '-i'] : [shell, '-c', command];
  const started = attempt(() =>
    process.spawn(shell, argv, {
      fds: {},
      files: { 0: terminal, 1: terminal, 2: terminal },
      terminal: tty,
      newGroup: true,
    }),
  );
  if (started.error) {
    await out.complain(`failed to execute ${shell}`, started.error);
    return 1;
  }
  tty.foreground = started.value.process.group;
  const typed = process.tty(0) !== undefined;
  const detach = attachTerminal(tty, { client: process, stdout: 1, ...(typed ? { stdin: 0 } : {}) });
  const feeder = typed ? undefined : feed(process, tty);
  const status = shellStatus(await started.value.exited);
  detach();
  feeder?.raise('SIGKILL');
  const code = parsed.has('return') || command !== undefined ? ` [COMMAND_EXIT_CODE="${status}"]` : '';
  await process.write(log, toBytes(`\nScript done on ${now(process)}${code}\n`));
  process.close(log);
  return status;
};

const EOT = 0x04;

/** Input that is no terminal is typed, and ends with an end of file. */
const feed = (process: Process, tty: Tty): Process =>
  process.fork(async (reader) => {
    for (;;) {
      const bytes = await reader.read(0, 4096);
      tty.input(bytes.length === 0 ? Uint8Array.of(EOT) : bytes);
      if (bytes.length === 0) return 0;
    }
  }).process;

/** The lowest /dev/pts number that no process has open. */
const freeNumber = (process: Process): number => {
  const used = new Set<string>();
  for (const { fds } of process.kernel.processes.values())
    for (const { tty } of fds.values()) if (tty !== undefined) used.add(tty.name);
  let number = 0;
  while (used.has(`/dev/pts/${number}`)) number++;
  return number;
};
