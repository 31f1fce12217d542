// A job as `jobs`, `fg` and the prompt show it.

import { shellStatus } from '../fs/signal.ts';
import type { Job } from './jobs.ts';
import type { Dialect } from './shell.ts';
import { describeSignal } from './signal-text.ts';

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
