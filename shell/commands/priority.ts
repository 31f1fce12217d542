// ionice, taskset and chrt: how processes are scheduled (util-linux). Here all are alike: what there is to tell is
// told, programs are run, and nothing else can be set.

import { become } from './become.ts';
import type { Command } from './command.ts';
import { execProgram } from './find-program.ts';
import { type Options, type OptionTable, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { seenProcesses } from './processes.ts';
import { quoteLocale } from './quoting.ts';
import { usageError } from './usage-error.ts';

const NO_SUCH_PROCESS = 'No such process';

type Parsed = Options<string>;

interface Program {
  readonly name: string;
  readonly about: string;
  readonly usage: string;
  readonly rows: string;
  readonly options: OptionTable;
  /** Operands before the program that is run. */
  readonly leading: (parsed: Parsed) => number;
  readonly bare: (out: Output, program: Command) => Promise<number>;
  readonly tell: (pid: string, parsed: Parsed) => string;
  readonly unknown: (pid: string) => string;
}

const isThere = (out: Output, pid: string): boolean =>
  pid === '0' || seenProcesses(out.process).some((seen) => String(seen.pid) === pid);

const make = (program: Program): Command => {
  const command: Command = {
    name: program.name,
    help: `
Usage:
${program.usage}

${program.about} All processes are scheduled alike here.

Options:
${program.rows}
     --help     display this help
     --version  display version
`,
    run: async (process, argv) => {
      const out = new Output(process);
      const parsed: Parsed | { exit: number } = await parseOptions(out, command, argv, program.options, {
        stopAtOperand: true,
      });
      if ('exit' in parsed) return parsed.exit;
      if (parsed.has('pid')) return tellAll(out, command, program, parsed);
      const rest = parsed.operands.slice(program.leading(parsed));
      return rest.length === 0 ? program.bare(out, command) : become(out, rest);
    },
  };
  return command;
};

const tellAll = async (out: Output, command: Command, program: Program, parsed: Parsed): Promise<number> => {
  const value = parsed.value('pid');
  const pids = [...(value === undefined ? [] : [value]), ...parsed.operands].slice(-1);
  if (pids.length === 0) return usageError(out, command, 'bad usage');
  for (const pid of pids) {
    if (!/^\d+$/.test(pid)) {
      await out.warn(`invalid PID argument: '${pid}'`);
      return 1;
    }
    if (isThere(out, pid)) out.line(program.tell(pid, parsed));
    else await out.warn(program.unknown(pid));
  }
  return out.end();
};

export const ionice = make({
  name: 'ionice',
  about: 'Tell how a process may use the disk, or run one.',
  usage: ' ionice [options] -p <pid>...\n ionice [options] <command>',
  rows: ' -c, --class <class>   accepted\n -n, --classdata <num> accepted\n -p, --pid <pid>...    tell about these processes\n -t, --ignore          accepted',
  options: {
    class: { short: 'c', argument: 'required' },
    classdata: { short: 'n', argument: 'required' },
    pid: { short: 'p', argument: 'required' },
    ignore: { short: 't' },
  },
  leading: () => 0,
  bare: async (out) => {
    out.line('none: prio 0');
    return out.end();
  },
  tell: () => 'none: prio 0',
  unknown: () => `ioprio_get failed: ${NO_SUCH_PROCESS}`,
});

export const taskset = make({
  name: 'taskset',
  about: 'Tell on which processors a process may run, or run one.',
  usage: ' taskset [options] [mask | cpu-list] [pid|cmd [args...]]',
  rows: ' -a, --all-tasks   accepted\n -p, --pid         tell about a process\n -c, --cpu-list    in the form of a list',
  options: { 'all-tasks': { short: 'a' }, pid: { short: 'p' }, 'cpu-list': { short: 'c' } },
  leading: () => 1,
  bare: (out, command) => usageError(out, command, 'bad usage'),
  tell: (pid, parsed) =>
    parsed.has('cpu-list')
      ? `pid ${pid}'s current affinity list: 0,1`
      : `pid ${pid}'s current affinity mask: 3`,
  unknown: (pid) => `failed to get pid ${pid}'s affinity: ${NO_SUCH_PROCESS}`,
});

export const chrt = make({
  name: 'chrt',
  about: 'Tell by which policy a process is scheduled, or run one.',
  usage: ' chrt [options] <priority> <command> [<argument>...]\n chrt [options] --pid <priority> <pid>',
  rows: ' -b -f -i -o -r   accepted\n -p, --pid        tell about a process',
  options: {
    batch: { short: 'b' },
    fifo: { short: 'f' },
    idle: { short: 'i' },
    other: { short: 'o' },
    rr: { short: 'r' },
    pid: { short: 'p' },
  },
  leading: () => 1,
  bare: (out, command) => usageError(out, command, 'bad usage'),
  tell: (pid) =>
    `pid ${pid}'s current scheduling policy: SCHED_OTHER\npid ${pid}'s current scheduling priority: 0`,
  unknown: (pid) => `failed to get pid ${pid}'s policy: ${NO_SUCH_PROCESS}`,
});

const STREAMS = {
  input: { short: 'i', argument: 'required' },
  output: { short: 'o', argument: 'required' },
  error: { short: 'e', argument: 'required' },
} as const;

const CANNOT_RUN = 125;

export const stdbuf: Command = {
  name: 'stdbuf',
  usageStatus: CANNOT_RUN,
  help: `Usage: stdbuf OPTION... COMMAND
Run COMMAND with other buffers for its streams. It has those that it has: programs
here write what they have when somebody waits for it.

  -i, --input=MODE   accepted
  -o, --output=MODE  accepted
  -e, --error=MODE   accepted
      --help        display this help and exit
      --version     output version information and exit

MODE is L for lines, 0 for none, or a size.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, stdbuf, argv, STREAMS, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const wrong = parsed.list.find(({ value = '' }) => !/^(L|\d+[kKMGT]?B?)$/.test(value));
    if (wrong !== undefined) {
      await out.warn(`invalid mode '${wrong.value}'`);
      return CANNOT_RUN;
    }
    if (parsed.value('input') === 'L') return usageError(out, stdbuf, 'line buffering stdin is meaningless');
    const [name] = parsed.operands;
    if (name === undefined) return usageError(out, stdbuf, 'missing operand');
    if (parsed.list.length === 0) return usageError(out, stdbuf, 'you must specify a buffering mode option');
    const status = await execProgram(process, parsed.operands);
    if (typeof status === 'number') return status;
    await out.complain(`failed to run command ${quoteLocale(process, name)}`, status);
    return status.code === 'ENOENT' ? 127 : 126;
  },
};
