// Where a scenario is played: a login shell on a terminal, typed at, one command after the other.

import type { Views } from '../shell/index.ts';
import type { Action } from './scenario.ts';

/** The part of a shell session that playing needs. */
export interface StageSession {
  readonly views: Views;
  input(bytes: Uint8Array): void;
  onOutput(listener: (bytes: Uint8Array) => void): () => void;
  onCommand(
    listener: (event: { kind: 'begin'; line: string } | { kind: 'end'; status: number }) => void,
  ): () => void;
  snapshot(): unknown;
  restore(saved: unknown): void;
  /** Settles when a shell waits for a line. */
  atPrompt?(): Promise<unknown>;
  readonly exited: Promise<number>;
}

export interface Outcome {
  /** Both streams as the terminal got them, without control sequences, rows ending in a newline. */
  readonly output: string;
  readonly status: number;
}

export interface Stage {
  readonly views: Views;
  /** Types at the prompt and waits until the next prompt. */
  type(command: string): Promise<Outcome>;
  snapshot(): unknown;
  restore(saved: unknown): void;
}

/** What is typed for an action: a file is written by the shell, as a person would; a check of layers types nothing. */
export function typedText(action: Action): string | undefined {
  if (action.kind === 'command') return action.command;
  return action.kind === 'file' ? hereDocument(action.name, action.text) : undefined;
}

function hereDocument(name: string, text: string): string {
  const rows = text.replace(/\n$/, '').split('\n');
  let end = 'EOF';
  while (rows.includes(end)) end += '_';
  return [`cat > ${name} <<'${end}'`, ...rows, end].join('\n');
}

/** Keys for one row of a command and Enter; a tab is quoted, or it would ask for completion. */
export const keysFor = (row: string): string => `${row.replaceAll('\t', '\x16\t')}\r`;

/** What the line editor prints when it is ready for a line: bracketed paste on. */
const READY = '\x1b[?2004h';

export function createStage(session: StageSession): Stage {
  return {
    views: session.views,
    type: (command) => type(session, command),
    snapshot: () => session.snapshot(),
    restore: (saved) => session.restore(saved),
  };
}

/** Row after row, each when the shell asks for it: what is typed earlier meets a terminal in another mode. */
async function type(session: StageSession, command: string): Promise<Outcome> {
  await session.atPrompt?.();
  const rows = command.split('\n');
  const typeRow = () => session.input(new TextEncoder().encode(keysFor(rows.shift() ?? '')));
  const decoder = new TextDecoder();
  let output = '';
  let running = false;
  const stops: (() => void)[] = [];
  return new Promise<Outcome>((resolve) => {
    const finish = (status: number) => {
      for (const stop of stops) stop();
      resolve({ output: plainText(output), status });
    };
    stops.push(
      session.onOutput((bytes) => {
        const text = decoder.decode(bytes, { stream: true });
        if (running) output += text;
        else if (rows.length > 0 && text.includes(READY)) typeRow();
      }),
      session.onCommand((event) => {
        running = event.kind === 'begin';
        if (event.kind === 'end') finish(event.status);
      }),
    );
    void session.exited.then(finish);
    typeRow();
  });
}

// CSI and OSC sequences, two-byte escapes.
const controls = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]/g;

const plainText = (output: string): string =>
  output
    .replace(controls, '')
    .split('\n')
    .map((row) => row.split('\r').reduce(overwrite))
    .join('\n');

/** What is seen of a row when the text after a carriage return is printed over it. */
const overwrite = (row: string, text: string): string => text + row.slice(text.length);
