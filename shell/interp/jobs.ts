// Jobs: pipelines in the background, or stopped, with what `jobs`, `fg`, `wait` and the prompt say of them.

import type { Child, SpawnOptions } from '../fs/child.ts';
import type { ExitStatus } from '../fs/signal.ts';

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

/** How a job's process starts: in which process group, and whether time waits for it. */
export type JobOptions = Pick<SpawnOptions, 'newGroup' | 'foreground'> & {
  /** The first process of the job, whose group the others join. */
  leader?: Child;
};

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
