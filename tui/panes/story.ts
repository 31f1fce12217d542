// The trace of one command, told path by path while it runs. Memory is bounded: a long command keeps its last paragraphs.
import type { TraceEvent } from '../../shell/index.ts';
import { type Clause, clauseOf, type NameLayer } from './trace-words.ts';

/** What happened to one path, in the order it happened. */
export interface Paragraph {
  readonly container: string | undefined;
  /** Empty for a heading: then `command` is the program that started. */
  readonly path: string;
  readonly command: string;
  readonly clauses: readonly Clause[];
  readonly times: number;
}

interface Draft {
  container: string | undefined;
  path: string;
  command: string;
  clauses: Clause[];
  times: number;
  pid: number;
  /** Only looked up so far: a longer path through it replaces it. */
  passing: boolean;
}

const LONGEST = 400;
// How far back clauses about one path are joined.
const NEAR = 6;

export class Story {
  readonly #drafts: Draft[] = [];
  readonly #name: NameLayer;
  #dropped = 0;
  #container: string | undefined;

  constructor(name: NameLayer) {
    this.#name = name;
  }

  add(event: TraceEvent): void {
    this.#container = event.container?.name ?? this.#container;
    if (event.kind === 'exec') this.#heading(event.pid, event.container?.name, event.argv.join(' '));
    else this.#tell(event);
  }

  #tell(event: TraceEvent): void {
    const clause = clauseOf(event, this.#name);
    if (clause === undefined) return;
    const path = pathOf(event);
    const container = event.container?.name;
    const passing = event.kind === 'lookup';
    const near = this.#near(event.pid, container, path);
    if (near !== undefined) {
      join(near, clause, passing);
      return;
    }
    this.#dropPassed(event.pid, path);
    this.#push({
      container,
      path,
      command: event.command,
      clauses: [clause],
      times: 1,
      pid: event.pid,
      passing,
    });
  }

  get paragraphs(): readonly Paragraph[] {
    return this.#drafts;
  }

  /** The container that was worked in last. */
  get container(): string | undefined {
    return this.#container;
  }

  /** Paragraphs that were told and are no longer kept. */
  get dropped(): number {
    return this.#dropped;
  }

  #heading(pid: number, container: string | undefined, command: string): void {
    this.#push({ container, path: '', command, clauses: [], times: 1, pid, passing: false });
  }

  #near(pid: number, container: string | undefined, path: string): Draft | undefined {
    for (let at = this.#drafts.length - 1; at >= Math.max(0, this.#drafts.length - NEAR); at--) {
      const draft = this.#drafts[at] as Draft;
      if (draft.path === path && draft.container === container && draft.pid === pid) return draft;
    }
    return undefined;
  }

  // A path walk looks up /etc, then /etc/nginx: only the end of the walk is worth a line.
  #dropPassed(pid: number, path: string): void {
    const last = this.#drafts.at(-1);
    if (last?.passing && last.pid === pid && path.startsWith(`${last.path === '/' ? '' : last.path}/`))
      this.#drafts.pop();
  }

  #push(draft: Draft): void {
    this.#drafts.push(draft);
    if (this.#drafts.length <= LONGEST) return;
    this.#drafts.splice(0, LONGEST / 4);
    this.#dropped += LONGEST / 4;
  }
}

function join(draft: Draft, clause: Clause, passing: boolean): void {
  draft.passing &&= passing;
  if (draft.clauses.some(({ text }) => text === clause.text)) {
    draft.times++;
    return;
  }
  draft.clauses.push(clause);
}

function pathOf(event: TraceEvent): string {
  if (event.kind === 'mount' || event.kind === 'umount') return event.target;
  if (event.kind === 'call') return String(event.args.find((arg) => typeof arg === 'string') ?? '');
  return 'path' in event ? event.path : '';
}
