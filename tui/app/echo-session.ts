// A session for tests of the app alone: it echoes what is typed and takes each line for a command. No machine behind it.
import type { ContainerView, LayerRow, TraceEvent, Views } from '../../shell/index.ts';
import type { CommandEvent, SessionPort } from './session-port.ts';

const PROMPT = '$ ';

/** What a line does: its output, and events of the trace. */
export interface Answer {
  readonly output?: string;
  readonly trace?: readonly TraceEvent[];
}

export class EchoSession implements SessionPort {
  views: Views = noViews;
  readonly exited = new Promise<number>(() => {});
  readonly lines: string[] = [];
  size = { columns: 0, rows: 0 };
  readonly #answer: (line: string) => Answer;
  readonly #output = new Set<(bytes: Uint8Array) => void>();
  readonly #trace = new Set<(event: TraceEvent) => void>();
  readonly #command = new Set<(event: CommandEvent) => void>();
  #typed = '';

  constructor(answer: (line: string) => Answer = () => ({})) {
    this.#answer = answer;
  }

  onOutput(listener: (bytes: Uint8Array) => void): () => void {
    this.#output.add(listener);
    if (this.#output.size === 1) this.#say(PROMPT);
    return () => this.#output.delete(listener);
  }

  onTrace(listener: (event: TraceEvent) => void): () => void {
    this.#trace.add(listener);
    return () => this.#trace.delete(listener);
  }

  onCommand(listener: (event: CommandEvent) => void): () => void {
    this.#command.add(listener);
    return () => this.#command.delete(listener);
  }

  resize(columns: number, rows: number): void {
    this.size = { columns, rows };
  }

  input(bytes: Uint8Array): void {
    for (const character of new TextDecoder().decode(bytes)) {
      if (character !== '\r') {
        this.#typed += character;
        this.#say(character);
        continue;
      }
      this.#say('\r\n');
      this.#run(this.#typed);
      this.#typed = '';
    }
  }

  /** Deeper while a test says so. */
  depth = 0;

  place(): { readonly depth: number } {
    return { depth: this.depth };
  }

  atPrompt(): Promise<unknown> {
    return Promise.resolve();
  }

  /** The lines so far are the whole state. */
  snapshot(): unknown {
    return [...this.lines];
  }

  restore(snapshot: unknown): void {
    this.lines.splice(0, this.lines.length, ...(snapshot as string[]));
    this.#say(PROMPT);
  }

  #run(line: string): void {
    for (const listener of this.#command) listener({ kind: 'begin', line, remembered: true });
    this.lines.push(line);
    const { output = '', trace = [] } = this.#answer(line);
    for (const event of trace) for (const listener of this.#trace) listener(event);
    if (output !== '') this.#say(output.replaceAll('\n', '\r\n'));
    for (const listener of this.#command) listener({ kind: 'end', status: 0 });
    this.#say(PROMPT);
  }

  #say(text: string): void {
    const bytes = new TextEncoder().encode(text);
    for (const listener of this.#output) listener(bytes);
  }
}

const noViews: Views = {
  containers: () => [],
  layerEntries: () => [],
  layerTree: () => [],
  mergedEntries: () => [],
  bytes: () => ({ used: 0, fullCopies: 0, saved: 0 }),
};

/** Views over literal layers: for each container its layers' rows, upper first. */
export function literalViews(
  containers: readonly ContainerView[],
  rows: Readonly<Record<string, readonly (readonly LayerRow[])[]>>,
): Views {
  const tree = (container: string, layer: number) => rows[container]?.[layer] ?? [];
  const inside = (directory: string) => (row: LayerRow) =>
    (row.path.slice(0, row.path.lastIndexOf('/')) || '/') === directory;
  return {
    containers: () => [...containers],
    layerTree: (container, layer, limit = 1000) => tree(container, layer).slice(0, limit),
    layerEntries: (container, layer, directory) => tree(container, layer).filter(inside(directory)),
    mergedEntries: (container, directory) => {
      const seen = new Set<string>();
      return (rows[container] ?? []).flatMap((layerRows, layer) =>
        layerRows
          .filter((row) => {
            if (!inside(directory)(row) || seen.has(row.path)) return false;
            seen.add(row.path);
            return row.sign !== 'whiteout';
          })
          .map((row) => ({ ...row, layer, merges: [] })),
      );
    },
    bytes: () => ({ used: 100, fullCopies: 200, saved: 100 }),
  };
}
