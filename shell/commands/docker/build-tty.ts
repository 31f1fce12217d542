// --progress=tty: the progress as a block of lines, drawn over itself again and again (BuildKit: progressui, display).

import type { BuildEvent } from '../../engine/build/kit/events.ts';
import { displayWidth } from '../display-width.ts';
import {
  BuildTrace,
  errorBlocks,
  isCanceled,
  seconds,
  statusSize,
  type TracedVertex,
  warningBlock,
} from './build-trace.ts';

const ESC = '\x1b[';
const HIDE = `${ESC}?25l`;
const SHOW = `${ESC}?25h`;
const UP = `${ESC}1A`;
const COLUMN = `${ESC}0G`;
const PREFIX = ' => ';
/** Lines of a running program that are shown, and what they are indented by. */
const LOG_LINES = 6;
const LOG_PAD = 10;
const LEAST_WIDTH = 12;

interface TtyOptions {
  readonly isEngine: boolean;
  readonly write: (text: string) => void;
  readonly now: () => bigint;
  readonly size: () => { readonly columns: number; readonly rows: number };
}

interface Job {
  readonly vertex: TracedVertex | undefined;
  readonly name: string;
  readonly status: string;
  readonly started: bigint;
  readonly completed: bigint | undefined;
  readonly color: number;
  showsLog: boolean;
}

const BLUE = 34;
const YELLOW = 33;
const RED = 31;
const FAINT = 2;

export class TtyProgress {
  readonly trace = new BuildTrace();
  readonly #options: TtyOptions;
  readonly #begin: bigint;
  #lines = 0;
  #drawn = false;

  constructor(options: TtyOptions) {
    this.#options = options;
    this.#begin = options.now();
  }

  hear(event: BuildEvent): void {
    this.trace.hear(event);
  }

  /** Draws the block over the one before it; `last` leaves out nothing. */
  draw(last = false): void {
    const { columns, rows } = this.#options.size();
    const up = UP.repeat(this.#lines + 1) + (this.#drawn ? '' : `${ESC}1B`);
    this.#drawn = true;
    const lines = this.#jobLines(columns, rows, last);
    const less = this.#lines - lines.length;
    const blank = less > 0 ? `${`${' '.repeat(columns)}\n`.repeat(less)}${ESC}${less}A${COLUMN}` : '';
    this.#lines = lines.length;
    this.#options.write(
      `${up}${COLUMN}${HIDE}${this.#header(columns, last)}${lines.join('')}${blank}${SHOW}`,
    );
  }

  finish(failed: boolean): void {
    this.draw(true);
    const { isEngine } = this.#options;
    const numberOf = (vertex: TracedVertex): number => this.trace.vertices.indexOf(vertex) + 1;
    const blocks = errorBlocks(this.trace, { logs: true, ...(isEngine ? { numberOf } : {}) });
    this.#options.write(failed ? blocks : warningBlock(this.trace));
  }

  #header(columns: number, last: boolean): string {
    const { vertices } = this.trace;
    const done = vertices.filter(({ completed }) => completed !== undefined).length;
    const finished = last && done > 0 && done === vertices.length ? 'FINISHED' : '';
    const time = seconds(this.#begin, this.#options.now()).toFixed(1);
    const text = `[+] Building ${time}s (${done}/${vertices.length}) ${finished}`;
    const right = this.#options.isEngine ? '' : 'docker:default';
    return `${aligned(text, right, columns)}\n`;
  }

  #jobLines(columns: number, rows: number, last: boolean): string[] {
    const all = this.trace.vertices.flatMap((vertex) => jobsOf(vertex));
    const hidden = chooseLogs(all, rows);
    const jobs = last ? all : fitting(all, rows - 2 - hidden);
    return jobs.flatMap((job) => this.#jobLine(job, columns) ?? []);
  }

  #jobLine(job: Job, columns: number): string[] | undefined {
    const { started, completed, color, showsLog, vertex } = job;
    const took = seconds(started, completed ?? this.#options.now());
    const timer = ` ${(took < 0.05 ? 0 : took).toFixed(1)}s`;
    let left = columns - PREFIX.length - (timer.length + 1) - 1;
    const showsStatus = job.status !== '' && left + job.status.length > 20;
    if (showsStatus) left -= job.status.length + 1;
    if (left < LEAST_WIDTH) return undefined;
    const name = cut(job.name, left);
    const line = `${aligned(PREFIX + name + (showsStatus ? ` ${job.status}` : ''), timer, columns)}\n`;
    const painted = completed === undefined ? line : `${ESC}${color}m${line}${ESC}0m`;
    const log = showsLog && vertex !== undefined ? lastLines(vertex.output, columns - LOG_PAD) : [];
    const padded = log.map((text) => `${ESC}${FAINT}m => => # ${text.padEnd(columns - LOG_PAD)}\n${ESC}0m`);
    return [painted, ...padded];
  }
}

const aligned = (left: string, right: string, columns: number): string =>
  left + ' '.repeat(Math.max(0, columns - right.length - 1 - displayWidth(left))) + right;

const cut = (text: string, columns: number): string => {
  let width = 0;
  let kept = '';
  for (const letter of text) {
    width += displayWidth(letter);
    if (width > columns) break;
    kept += letter;
  }
  return kept;
};

const jobsOf = (vertex: TracedVertex): Job[] => {
  if (vertex.started === undefined) return [];
  const canceled = isCanceled(vertex);
  const mark = canceled
    ? 'CANCELED '
    : vertex.error !== undefined
      ? 'ERROR '
      : vertex.cached
        ? 'CACHED '
        : '';
  const color = canceled ? YELLOW : vertex.error !== undefined ? RED : BLUE;
  const own: Job = {
    vertex,
    name: mark + vertex.name.replaceAll('\t', ' '),
    status: '',
    started: vertex.started,
    completed: vertex.completed,
    color,
    showsLog: false,
  };
  const statuses = [...vertex.statuses.values()].map((status): Job => {
    const { started, completed } = status;
    const shown = { name: `=> ${status.name}`, status: statusSize(status), started, completed };
    return { ...shown, vertex: undefined, color: BLUE, showsLog: false };
  });
  return [own, ...statuses];
};

/** The programs whose output has room; gives the lines that this takes. */
const chooseLogs = (jobs: readonly Job[], rows: number): number => {
  const running = jobs.filter(({ completed }) => completed === undefined);
  const talking = running.filter(({ vertex }) => vertex !== undefined && vertex.output !== '');
  let free = rows - 2 - running.length;
  let taken = 0;
  for (const job of talking) {
    if (free <= LOG_LINES + 3) break;
    job.showsLog = true;
    taken += Math.min(LOG_LINES, (job.vertex?.output.match(/\n/g)?.length ?? 0) + 1);
    free -= LOG_LINES + 3;
  }
  return taken;
};

/** The last jobs that fit; unfinished ones from before take the places of finished ones. */
const fitting = (jobs: readonly Job[], limit: number): readonly Job[] => {
  if (limit < 0) return [];
  if (jobs.length <= limit) return jobs;
  const shown = jobs.slice(jobs.length - limit);
  const invisible = jobs.slice(0, jobs.length - limit).filter(({ completed }) => completed === undefined);
  let left = invisible.length;
  const kept = shown.filter(({ completed }) => {
    const stays = completed === undefined || left <= 0;
    left -= 1;
    return stays;
  });
  const room = shown.length - kept.length;
  return [...invisible.slice(invisible.length - room), ...kept];
};

/** What a small terminal would show of a program's output. */
const lastLines = (output: string, columns: number): string[] => {
  const lines = output
    .replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .split('\n')
    .map((line) => line.slice(line.replace(/\r$/, '').lastIndexOf('\r') + 1).replace(/\r$/, ''));
  const wrapped = lines.flatMap((line) => {
    const parts: string[] = [];
    for (let at = 0; at === 0 || at < line.length; at += columns) parts.push(line.slice(at, at + columns));
    return parts;
  });
  return wrapped
    .slice(-LOG_LINES - 1)
    .filter((line) => line.trim() !== '')
    .slice(-LOG_LINES);
};
