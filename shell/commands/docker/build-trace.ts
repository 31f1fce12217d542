// What has been heard of a build with BuildKit so far, as its progress is drawn from it.

import { type BuildEvent, CANCELED } from '../../engine/build/kit/events.ts';
import { toText } from '../text.ts';

export interface TracedStatus {
  readonly name: string;
  readonly current: number;
  readonly total: number;
  readonly started: bigint;
  readonly completed: bigint | undefined;
}

export interface TracedVertex {
  readonly id: string;
  readonly name: string;
  readonly digest: string;
  started: bigint | undefined;
  completed: bigint | undefined;
  cached: boolean;
  error: string | undefined;
  readonly statuses: Map<string, TracedStatus>;
  /** Everything that its program printed, with the time of each line before it; the last line may be unfinished. */
  log: string;
  /** The same without times. */
  output: string;
  readonly warnings: string[];
}

export class BuildTrace {
  readonly vertices: TracedVertex[] = [];
  readonly #byId = new Map<string, TracedVertex>();

  /** The vertex that the event is about. */
  hear(event: BuildEvent): TracedVertex {
    const vertex = this.#byId.get(event.id) ?? this.#add(event);
    if (event.kind === 'started') vertex.started ??= event.at;
    else if (event.kind === 'completed') {
      vertex.completed = event.at;
      vertex.cached = event.cached;
      vertex.error = event.error;
    } else if (event.kind === 'status') vertex.statuses.set(event.name, event);
    else if (event.kind === 'warning') vertex.warnings.push(event.text);
    else if (event.kind === 'log') this.#log(vertex, toText(event.bytes), event.at);
    return vertex;
  }

  #add(event: BuildEvent): TracedVertex {
    const { name, digest } = event.kind === 'vertex' ? event : { name: event.id, digest: event.id };
    const vertex: TracedVertex = {
      id: event.id,
      name,
      digest,
      started: undefined,
      completed: undefined,
      cached: false,
      error: undefined,
      statuses: new Map(),
      log: '',
      output: '',
      warnings: [],
    };
    this.#byId.set(event.id, vertex);
    this.vertices.push(vertex);
    return vertex;
  }

  #log(vertex: TracedVertex, text: string, at: bigint): void {
    const time = seconds(vertex.started ?? at, at).toFixed(3);
    const fresh = vertex.log === '' || vertex.log.endsWith('\n');
    const timed = text.replace(/\r\n/g, '\n').replace(/\n(?=[\s\S])/g, `\n${time} `);
    vertex.log += (fresh ? `${time} ` : '') + timed;
    vertex.output += text;
  }
}

export const seconds = (from: bigint, to: bigint): number => Number(to - from) / 1e9;

export const isCanceled = ({ error }: TracedVertex): boolean => error?.endsWith(CANCELED) ?? false;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `111B`, `10.63kB`: two digits behind the point, none for bytes. */
export const sizeText = (bytes: number): string => {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(2)}${UNITS[unit]}`;
};

/** ` 1.00MB / 2.00MB`, ` 111B`, or nothing. */
export const statusSize = ({ current, total }: TracedStatus): string => {
  if (total !== 0) return `${sizeText(current)} / ${sizeText(total)}`;
  return current === 0 ? '' : sizeText(current);
};

/** What stands below the progress of a build that failed: each failed step; with `logs` what it printed. */
export const errorBlocks = (
  trace: BuildTrace,
  { logs, numberOf }: { logs: boolean; numberOf?: (vertex: TracedVertex) => number },
): string =>
  trace.vertices
    .filter((vertex) => vertex.error !== undefined && !isCanceled(vertex))
    .map((vertex) => {
      const lines = vertex.log === '' || !logs ? [] : vertex.log.replace(/\n$/, '').split('\n');
      const marked = lines.map((line) => `${numberOf === undefined ? '' : `#${numberOf(vertex)} `}${line}\n`);
      return `------\n > ${vertex.name}:\n${marked.join('')}------\n`;
    })
    .join('');

const YELLOW = '\x1b[33m';
const PLAIN = '\x1b[0m';

/** What stands below the progress of a build that went well, but not quite. */
export const warningBlock = (trace: BuildTrace): string => {
  const warnings = trace.vertices.flatMap((vertex) => vertex.warnings);
  if (warnings.length === 0) return '';
  const count = `${warnings.length} warning${warnings.length === 1 ? '' : 's'} found (use --debug to expand):`;
  return `\n ${YELLOW}${count}\n${PLAIN}${warnings.map((text) => ` - ${text}\n`).join('')}`;
};
