// Jobs: pipelines in the background, or stopped, with what `jobs`, `fg`, `wait` and the prompt say of them.

import type { Child } from '../fs/process.ts';
import { type ExitStatus, type Signal, shellStatus } from '../fs/signal.ts';
import type { Dialect } from './shell.ts';

type JobState = 'running' | 'stopped' | 'done';

export interface Job {
  number: number;
  children: readonly Child[];
  /** The command as typed. */
  text: string;
  state: JobState;
  /** Set when it is over. */
  status: ExitStatus | undefined;
  /** Settles with the last process's status. */
  exited: Promise<ExitStatus>;
  /** The change of state has been told at the prompt. */
  told: boolean;
}

export class Jobs {
  #jobs: Job[] = [];
  /** The jobs of the shell that this one was forked from: `jobs -p | ...` and `$(jobs)` still list them. */
  #parents: readonly Job[] = [];

  inherit(parent: Jobs): void {
    this.#parents = parent.listed();
  }

  /** Files a job; the numbers are the lowest above all others, as bash gives them. */
  add(children: readonly Child[], text: string): Job {
    const exited = Promise.all(children.map((child) => child.exited)).then((all) => all.at(-1) as ExitStatus);
    const number = Math.max(0, ...this.#jobs.map((job) => job.number)) + 1;
    const job: Job = { number, children, text, state: 'running', status: undefined, exited, told: false };
    void exited.then((status) => {
      job.state = 'done';
      job.status = status;
    });
    this.#jobs.push(job);
    return job;
  }

  list(): readonly Job[] {
    return this.#jobs;
  }

  /** What `jobs` shows. */
  listed(): readonly Job[] {
    return this.#jobs.length > 0 ? this.#jobs : this.#parents;
  }

  remove(job: Job): void {
    this.#jobs = this.#jobs.filter((other) => other !== job);
  }

  /** Whether the process belongs to a stopped job. */
  isStopped(child: Child): boolean {
    return this.#jobs.some((job) => job.state === 'stopped' && job.children.includes(child));
  }

  /** %1, %%, %+, %-, %name, %?text, or a pid. */
  find(spec: string, pidOf: (child: Child) => number): Job | undefined {
    const byAge = [...this.#jobs].reverse();
    if (spec === '%' || spec === '%%' || spec === '%+') return byAge[0];
    if (spec === '%-') return byAge[1] ?? byAge[0];
    if (/^%\d+$/.test(spec)) return this.#jobs.find((job) => job.number === Number(spec.slice(1)));
    if (spec.startsWith('%?')) return byAge.find((job) => job.text.includes(spec.slice(2)));
    if (spec.startsWith('%')) return byAge.find((job) => job.text.startsWith(spec.slice(1)));
    return this.#jobs.find((job) => job.children.some((child) => pidOf(child) === Number(spec)));
  }

  /** `+` for the current job, `-` for the one before. */
  mark(job: Job): string {
    const byAge = [...this.listed()].reverse();
    return job === byAge[0] ? '+' : job === byAge[1] ? '-' : ' ';
  }
}

const descriptions: Partial<Record<Signal, string>> = {
  SIGHUP: 'Hangup',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGABRT: 'Aborted',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTKFLT: 'Stack fault',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
  SIGVTALRM: 'Virtual timer expired',
  SIGPROF: 'Profiling timer expired',
  SIGIO: 'I/O possible',
  SIGPWR: 'Power failure',
  SIGSYS: 'Bad system call',
};

/** strsignal(3): what bash says of a process that a signal ended; undefined where it keeps silent. */
export const describeSignal = (signal: Signal): string | undefined => descriptions[signal];

/** The state column of `jobs`. */
function describeJob(job: Job): string {
  if (job.state === 'stopped') return 'Stopped';
  if (job.status === undefined) return 'Running';
  const { signal } = job.status;
  if (signal !== undefined) return describeSignal(signal) ?? (signal === 'SIGINT' ? 'Interrupt' : signal);
  return job.status.code === 0 ? 'Done' : `Exit ${shellStatus(job.status)}`;
}

/** A line of `jobs`: `[1]+  Running                 sleep 100 &`; dash has `[1] + Running   `, and `Done(2)`. */
export function jobLine(job: Job, mark: string, dialect: Dialect, pid?: number): string {
  if (dialect !== 'bash') return posixJobLine(job, mark, dialect, pid);
  const state = pid === undefined ? describeJob(job).padEnd(24) : `${pid} ${describeJob(job).padEnd(22)}`;
  return `[${job.number}]${mark}  ${state}${job.text}${job.state === 'running' ? ' &' : ''}`;
}

function posixJobLine(job: Job, mark: string, dialect: Dialect, pid: number | undefined): string {
  const state = describeJob(job).replace(/^Exit (\d+)$/, 'Done($1)');
  const start = `[${job.number}]${dialect === 'dash' ? ` ${mark} ` : `${mark}  `}${pid === undefined ? '' : `${pid} `}`;
  return `${(start + state).padEnd(33)}${job.text}`;
}
