// --progress=plain: one vertex after the other, line by line (BuildKit: progressui, textMux).

import type { BuildEvent } from '../../engine/build/kit/events.ts';
import {
  BuildTrace,
  errorBlocks,
  isCanceled,
  seconds,
  statusSize,
  type TracedStatus,
  type TracedVertex,
  warningBlock,
} from './build-trace.ts';

const NOTICEABLE = 0.01;
const DRIVER = '#0 building with "default" instance using docker driver\n';

interface PlainOptions {
  /** 20.10 prints each vertex's digest, leaves an unfinished last line as it is, and does not repeat logs. */
  readonly isEngine: boolean;
  readonly write: (text: string) => void;
}

export class PlainProgress {
  readonly trace = new BuildTrace();
  readonly #options: PlainOptions;
  readonly #numbers = new Map<TracedVertex, number>();
  readonly #printedLog = new Map<TracedVertex, number>();
  readonly #printedWarnings = new Map<TracedVertex, number>();
  readonly #printedStatus = new Set<TracedStatus>();
  readonly #waiting = new Set<TracedVertex>();
  #current: TracedVertex | undefined;

  constructor(options: PlainOptions) {
    this.#options = options;
  }

  hear(event: BuildEvent): void {
    const vertex = this.trace.hear(event);
    if (event.kind === 'vertex') return;
    const idle = this.#current === undefined || this.#current === vertex;
    // What goes on beside the vertex that is being shown waits until it ends.
    if (idle || vertex.completed !== undefined) this.#print(vertex);
    else this.#waiting.add(vertex);
    if (this.#current === undefined) this.#resume();
  }

  #resume(): void {
    for (const vertex of this.#waiting) {
      this.#waiting.delete(vertex);
      this.#print(vertex);
      if (this.#current !== undefined) return;
    }
  }

  #print(vertex: TracedVertex): void {
    const number = this.#numberOf(vertex);
    let text = this.#current === vertex ? '' : this.#heading(vertex, number);
    for (const status of vertex.statuses.values()) {
      if (this.#printedStatus.has(status)) continue;
      this.#printedStatus.add(status);
      text += `#${number} ${statusLine(status)}\n`;
    }
    for (const warning of vertex.warnings.slice(this.#printedWarnings.get(vertex) ?? 0))
      text += `#${number} WARN: ${warning}\n`;
    this.#printedWarnings.set(vertex, vertex.warnings.length);
    text += this.#newLog(vertex, number);
    this.#current = vertex;
    this.#waiting.delete(vertex);
    if (vertex.completed !== undefined) {
      this.#current = undefined;
      text += `${this.#lineEnd(vertex)}#${number} ${endOf(vertex)}\n`;
    }
    this.#options.write(text);
  }

  #numberOf(vertex: TracedVertex): number {
    const known = this.#numbers.get(vertex) ?? this.#numbers.size + 1;
    this.#numbers.set(vertex, known);
    return known;
  }

  #heading(vertex: TracedVertex, number: number): string {
    const before = this.#current;
    const left =
      before === undefined ? '' : `${this.#unfinished(before) ? '\n' : ''}#${this.#numberOf(before)} ...\n`;
    if (before !== undefined) this.#waiting.add(before);
    const blank =
      left === '' && number === 1 && this.#options.isEngine && this.#numbers.size === 1 ? '' : '\n';
    const first = !this.#options.isEngine && number === 1 && this.#numbers.size === 1 ? DRIVER : '';
    const digest = this.#options.isEngine ? `#${number} ${vertex.digest}\n` : '';
    return `${first}${left}${blank}#${number} ${vertex.name}\n${digest}`;
  }

  #newLog(vertex: TracedVertex, number: number): string {
    const from = this.#printedLog.get(vertex) ?? 0;
    const fresh = vertex.log.slice(from);
    if (fresh === '') return '';
    this.#printedLog.set(vertex, vertex.log.length);
    const begins = from === 0 || vertex.log[from - 1] === '\n';
    return (begins ? `#${number} ` : '') + fresh.replace(/\n(?=[\s\S])/g, `\n#${number} `);
  }

  #unfinished(vertex: TracedVertex): boolean {
    return vertex.log !== '' && !vertex.log.endsWith('\n');
  }

  #lineEnd(vertex: TracedVertex): string {
    return this.#unfinished(vertex) && (!this.#options.isEngine || vertex.error !== undefined) ? '\n' : '';
  }

  /** After the last event. */
  finish(failed: boolean): void {
    const below = failed
      ? errorBlocks(this.trace, { logs: !this.#options.isEngine })
      : warningBlock(this.trace);
    this.#options.write(below);
  }
}

const statusLine = (status: TracedStatus): string => {
  const { name, started, completed } = status;
  const size = statusSize(status);
  const took = completed === undefined ? 0 : seconds(started, completed);
  return [
    name,
    ...(size === '' ? [] : [size]),
    ...(took > NOTICEABLE ? [`${took.toFixed(1)}s`] : []),
    ...(completed === undefined ? [] : ['done']),
  ].join(' ');
};

const endOf = (vertex: TracedVertex): string => {
  if (isCanceled(vertex)) return 'CANCELED';
  if (vertex.error !== undefined) return `ERROR: ${vertex.error}`;
  if (vertex.cached) return 'CACHED';
  const { started, completed } = vertex;
  return started === undefined || completed === undefined
    ? 'DONE'
    : `DONE ${seconds(started, completed).toFixed(1)}s`;
};
