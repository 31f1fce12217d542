// The trace of one command, told path by path while it runs. Memory is bounded: a long command keeps its last paragraphs.
import type { CopyUpStep, LayerStep, LookupStep, TraceEvent } from '../../shell/index.ts';
import { type Clause, clauseOf, type LayerNames } from './trace-words.ts';

/** What happened to one path, in the order it happened. */
export interface Paragraph {
  readonly container: string | undefined;
  readonly path: string;
  readonly clauses: readonly Clause[];
  /** Nothing but looked up. */
  readonly lookedUp: boolean;
}

interface Draft {
  readonly container: string | undefined;
  readonly path: string;
  readonly clauses: Clause[];
  readonly pid: number;
  lookedUp: boolean;
}

const LONGEST = 400;

// What the engine looks up to start a process, and does to layers that are no container's yet, is not the command's doing.
const ENGINE = /^\/usr\/bin\/(?:dockerd|containerd)/;

export class Story {
  readonly #drafts = new Map<string, Draft>();
  readonly #names: LayerNames;
  /** The last name looked for and not found, and where a new one would be put, by process. */
  readonly #missing = new Map<number, { readonly draft: Draft; upper: string }>();
  #dropped = 0;
  #container: string | undefined;

  constructor(names: LayerNames) {
    this.#names = names;
  }

  add(event: TraceEvent): void {
    this.#container = event.container?.name ?? this.#container;
    if (ENGINE.test(event.command) && event.kind !== 'layer' && !this.#concernsContainer(event)) return;
    if (event.kind === 'exec') this.#forgetSearch(event.pid);
    else if (event.kind === 'lookup') this.#lookup(event);
    else if (event.kind === 'call' && event.errno === undefined) this.#created(event);
    else {
      if (event.kind === 'copy-up') this.#parentCopied(event);
      this.#tell(event);
    }
  }

  #concernsContainer(event: TraceEvent): boolean {
    if (event.kind === 'copy-up') return this.#names.known(event.to);
    return (event.kind === 'whiteout' || event.kind === 'opaque') && this.#names.known(event.layer);
  }

  get paragraphs(): readonly Paragraph[] {
    return [...this.#drafts.values()];
  }

  /** The container that was worked in last. */
  get container(): string | undefined {
    return this.#container;
  }

  /** Paragraphs that were told and are no longer kept. */
  get dropped(): number {
    return this.#dropped;
  }

  // How a program was found is not what it does: its search ends with exec.
  #forgetSearch(pid: number): void {
    for (const [key, draft] of this.#drafts) {
      if (draft.pid === pid && draft.lookedUp) this.#drafts.delete(key);
    }
  }

  #lookup(event: LookupStep & TraceEvent): void {
    const draft = this.#tell(event);
    const upper = event.layers[0]?.layer;
    if (draft !== undefined && event.answer === undefined && upper !== undefined) {
      this.#missing.set(event.pid, { draft, upper });
    }
  }

  // A directory that only lower layers had was searched there; what is made in it comes to lie in the upper layer.
  #parentCopied({ pid, cause, to }: CopyUpStep & TraceEvent): void {
    const missing = this.#missing.get(pid);
    if (missing !== undefined && cause === `parent of ${missing.draft.path}`) missing.upper = to;
  }

  // A name that was missing and then made by a call is new in the upper layer.
  #created(event: TraceEvent & { readonly kind: 'call' }): void {
    const missing = this.#missing.get(event.pid);
    if (missing === undefined || !makes(event.call, event.args)) return;
    const { draft, upper } = missing;
    this.#missing.delete(event.pid);
    if (!event.args.some((arg) => typeof arg === 'string' && sameName(arg, draft.path))) return;
    if (draft.lookedUp) draft.clauses.push({ text: `made in ${this.#names.of(upper)}`, role: 'added' });
    draft.lookedUp = false;
  }

  #tell(event: TraceEvent): Draft | undefined {
    const clause = clauseOf(event, this.#names.of);
    if (clause === undefined) return undefined;
    const draft = this.#draft(event);
    const lookup = event.kind === 'lookup';
    // Once something was done to the path, finding it again says nothing new.
    if (lookup && !draft.lookedUp) return draft;
    if (!draft.clauses.some(({ text }) => text === clause.text)) draft.clauses.push(clause);
    draft.lookedUp &&= lookup;
    return draft;
  }

  // A layer that no container has yet is told by its height and by the beginning of its directory's name.
  #nameOf({ name, layer, below }: LayerStep): string {
    if (name !== undefined) return name;
    if (this.#names.known(layer)) return this.#names.of(layer);
    const id = /[0-9a-f]{12}(?=[0-9a-f]{52})/.exec(layer)?.[0] ?? layer;
    return `layer ${below + 1} (${id})`;
  }

  #draft(event: TraceEvent): Draft {
    const path = event.kind === 'layer' ? this.#nameOf(event) : pathOf(event);
    const container = event.container?.name;
    const key = `${container ?? ''}\0${path}`;
    const known = this.#drafts.get(key);
    if (known !== undefined) return known;
    const draft: Draft = { container, path, clauses: [], pid: event.pid, lookedUp: true };
    this.#drafts.set(key, draft);
    if (this.#drafts.size > LONGEST) this.#drop();
    return draft;
  }

  #drop(): void {
    const [oldest] = this.#drafts.keys();
    if (oldest === undefined) return;
    this.#drafts.delete(oldest);
    this.#dropped++;
  }
}

const MAKING: ReadonlySet<string> = new Set(['mkdir', 'mknod', 'symlink', 'link', 'rename']);

function makes(call: string, args: readonly (string | number)[]): boolean {
  return MAKING.has(call) || (call === 'open' && args.some((arg) => String(arg).includes('O_CREAT')));
}

// Arguments may be relative to a directory the event does not name.
function sameName(arg: string, path: string): boolean {
  return arg.replace(/\/+$/, '').split('/').at(-1) === path.split('/').at(-1);
}

function pathOf(event: TraceEvent): string {
  if (event.kind === 'mount' || event.kind === 'umount') return event.target;
  if (event.kind === 'call') return String(event.args.find((arg) => typeof arg === 'string') ?? '');
  if (event.kind === 'snapshot') return event.to;
  return 'path' in event ? event.path : '';
}
