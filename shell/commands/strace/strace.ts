// strace: runs a command and tells of every call it makes, out of the kernel's trace.

import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { shellStatus } from '../../fs/signal.ts';
import type { CallStep, TraceEvent } from '../../fs/trace.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { DEFAULT_PATH, findProgram } from '../find-program.ts';
import { parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { toBytes } from '../text.ts';
import { CALLS, callText } from './call-text.ts';

const options = {
  'follow-forks': { short: 'f' },
  trace: { short: 'e', argument: 'required' },
  output: { short: 'o', argument: 'required' },
  'string-limit': { short: 's', argument: 'required' },
  'decode-fds': { short: 'yv' },
  quiet: { short: 'q' },
} as const;

const CLASSES: Readonly<Record<string, string>> = {
  '%file': 'file',
  file: 'file',
  '%desc': 'desc',
  desc: 'desc',
  '%process': 'process',
  process: 'process',
};

/** Whether a call is wanted, by `-e trace=...`: names, classes, a `!` before them for all others. */
const chooser = (value: string | undefined): ((call: string) => boolean) => {
  if (value === undefined) return () => true;
  const list = value.replace(/^trace=/, '');
  const inverted = list.startsWith('!');
  const words = list.replace(/^!/, '').split(',');
  const holds = (call: string): boolean => {
    const { name, kind } = CALLS[call] ?? { name: call, kind: 'process' };
    return words.some(
      (word) =>
        word === 'all' ||
        word === name ||
        (word === 'open' && call === 'open') ||
        (/^%?(?:new)?(?:f|l)?stat$/.test(word) && /stat$/.test(call) && call !== 'statfs') ||
        CLASSES[word] === kind,
    );
  };
  return (call) => holds(call) !== inverted;
};

/** Follows one command, and its children when asked to. */
class Tracer {
  readonly lines: string[] = [];
  readonly #process: Process;
  readonly #wanted: (call: string) => boolean;
  readonly #follow: boolean;
  readonly #pids = new Set<number>();
  /** Descriptors by process and path, for calls whose descriptor is gone when they are told. */
  readonly #descriptors = new Map<string, number>();
  #first = 0;

  constructor(process: Process, wanted: (call: string) => boolean, follow: boolean) {
    this.#process = process;
    this.#wanted = wanted;
    this.#follow = follow;
  }

  see(event: TraceEvent): void {
    if (!this.#isTraced(event)) return;
    const text = this.#text(event);
    if (text === undefined) return;
    const prefix =
      event.pid === this.#first || event.pid === this.#process.pid
        ? ''
        : `[pid ${String(event.pid).padStart(5)}] `;
    this.lines.push(prefix + text);
  }

  /** The start of a program is told of the process that starts it: of strace itself at first. */
  #isTraced({ pid, kind }: TraceEvent): boolean {
    if (this.#pids.has(pid)) return true;
    if (pid === this.#process.pid) return kind === 'exec' && this.#first === 0;
    const ppid = this.#process.kernel.processes.get(pid)?.ppid;
    const isFirst = ppid === this.#process.pid && this.#first === 0;
    if (isFirst) this.#first = pid;
    else if (ppid === undefined || !this.#follow || !this.#pids.has(ppid)) return false;
    this.#pids.add(pid);
    return true;
  }

  #text(event: TraceEvent): string | undefined {
    if (event.kind === 'exec') {
      if (!this.#wanted('execve') && !this.#wanted('open')) return undefined;
      const argv = event.argv.map((word) => JSON.stringify(word)).join(', ');
      const count = this.#process.env.size;
      return `execve(${JSON.stringify(event.path)}, [${argv}], 0x7ffd00001000 /* ${count} vars */) = 0`;
    }
    if (event.kind === 'exit') {
      return event.signal === undefined
        ? `+++ exited with ${event.status} +++`
        : `+++ killed by ${event.signal} +++`;
    }
    if (event.kind !== 'call' || !this.#wanted(event.call)) {
      if (event.kind === 'call') this.#descriptor(event, event.pid);
      return undefined;
    }
    return callText(event, this.#descriptor(event, event.pid));
  }

  /** The number of the descriptor that a call's first argument names by its path. */
  #descriptor({ call, args, result }: CallStep, pid: number): string {
    const process = this.#process.kernel.processes.get(pid);
    const path = String(args[0]);
    const key = `${pid} ${path}`;
    if (call === 'open' && typeof result === 'number') {
      this.#descriptors.set(`${pid} ${process?.fds.get(result)?.path ?? path}`, result);
      return path;
    }
    if (typeof args[0] === 'number')
      return String([...this.#descriptors].find(([, fd]) => fd === args[0])?.[1] ?? args[0]);
    const candidates = [...(process?.fds ?? [])].filter(([, file]) => file.path === path).map(([fd]) => fd);
    const standard = call === 'write' && candidates.includes(1) ? 1 : candidates[0];
    return String(this.#descriptors.get(key) ?? standard ?? path);
  }
}

export const strace: Command = {
  name: 'strace',
  help: `Usage: strace [OPTION]... COMMAND [ARG]...
Run COMMAND and print the system calls that it makes of the simulated kernel. What
was read and written is not shown, only how much.

  -f           tell of children too
  -e trace=LIST  only these: names of calls, %file, %desc, %process; ! means all others
  -o FILE      into FILE instead of standard error
  -s N, -y, -v, -q  (accepted)
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, strace, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const [name] = parsed.operands;
    if (name === undefined) {
      await out.errorText(`strace: must have PROG [ARGS] or -p PID\nTry 'strace -h' for more information.\n`);
      return 1;
    }
    const path = name.includes('/')
      ? name
      : findProgram(process, name, process.env.get('PATH') ?? DEFAULT_PATH);
    if (path === undefined || process.tryStat(path) === undefined) {
      await out.errorText(`strace: Can't stat '${name}': No such file or directory\n`);
      return 1;
    }
    const target = parsed.value('output');
    const fd = target === undefined ? 2 : process.open(target, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    if (fd !== 2) process.setCloseOnExec(fd, true);
    const tracer = new Tracer(process, chooser(parsed.value('trace')), parsed.has('follow-forks'));
    const lines = new LineWriter(process, fd);
    const stop = process.kernel.trace.subscribe((event) => {
      tracer.see(event);
      lines.write(tracer.lines.splice(0));
    });
    try {
      const started = attempt(() => process.spawn(path, parsed.operands));
      if (started.error) {
        await out.errorText(`strace: exec: ${started.error.message}\n`);
        return 1;
      }
      for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.onSignal(signal, 'ignore');
      const status = await started.value.exited;
      await lines.written;
      return shellStatus(status);
    } finally {
      stop();
    }
  },
};

/** Writes at once, before the call that is told about returns; only where nobody reads do lines wait. */
class LineWriter {
  readonly #process: Process;
  readonly #fd: number;
  #waiting: string[] = [];
  /** The write that has not ended yet, and those after it. */
  written: Promise<void> | undefined;

  constructor(process: Process, fd: number) {
    this.#process = process;
    this.#fd = fd;
  }

  write(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#waiting.push(...lines);
    if (this.written === undefined) this.#flush();
  }

  #flush(): void {
    const bytes = toBytes(`${this.#waiting.join('\n')}\n`);
    this.#waiting = [];
    const wrote = this.#process.write(this.#fd, bytes);
    if (typeof wrote === 'number') return;
    this.written = wrote.then(() => {
      this.written = undefined;
      if (this.#waiting.length > 0) this.#flush();
      return this.written;
    });
  }
}
