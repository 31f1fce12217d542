// Undo and redo: a snapshot before each command line, and how far the terminal's output had come by then.

import type { Screen } from '../screen/screen.ts';
import { type LogPlace, OutputLog } from './output-log.ts';
import type { SessionPort } from './session-port.ts';

/** The machine and the screen at one time. */
export interface Moment {
  readonly snapshot: unknown;
  /** Where the output had come to before the prompt that stood there: going back prints the prompt anew. */
  readonly output: LogPlace;
}

interface Step {
  readonly line: string;
  readonly before: Moment;
}

const DEEPEST = 200;

export class History {
  readonly #session: SessionPort;
  readonly #screen: Screen;
  readonly #log = new OutputLog();
  #prompt = this.#log.place;
  #back: Step[] = [];
  #forward: Step[] = [];
  #running: Step | undefined;
  #ready: Moment | undefined;

  constructor(session: SessionPort, screen: Screen) {
    this.#session = session;
    this.#screen = screen;
  }

  get depth(): { readonly back: number; readonly forward: number } {
    return { back: this.#back.length, forward: this.#forward.length };
  }

  output(bytes: Uint8Array): void {
    this.#log.append(bytes);
  }

  /** A shell waits at its prompt: the place to come back to. */
  ready(): void {
    this.#ready = this.#now();
  }

  begin(line: string): void {
    // Inside a shell that a command started, all is part of that command.
    if (line.trim() !== '' && this.#running === undefined)
      this.#running = { line: line.trim(), before: this.#ready ?? this.#now() };
  }

  /** A command ended at the prompt of the login shell, or of one inside: then nothing can be gone back to yet. */
  end(): void {
    if ((this.#session.place()?.depth ?? 0) > 0) return;
    this.#prompt = this.#log.place;
    this.ready();
    if (this.#running === undefined) return;
    this.#back.push(this.#running);
    if (this.#back.length > DEEPEST) this.#back.shift();
    this.#forward = [];
    this.#running = undefined;
  }

  /** The command line that was undone, if there was one and nothing runs. */
  undo(): string | undefined {
    return this.#swap(this.#back, this.#forward);
  }

  redo(): string | undefined {
    return this.#swap(this.#forward, this.#back);
  }

  // Where we are becomes the moment the other direction leads to.
  #swap(from: Step[], to: Step[]): string | undefined {
    if (this.#running !== undefined) return undefined;
    const step = from.pop();
    if (step === undefined) return undefined;
    to.push({ line: step.line, before: this.#now() });
    this.goTo(step.before);
    return step.line;
  }

  /** Where one can come back to: inside a shell that a command started, the prompt before that command. */
  moment(): Moment {
    return this.#running?.before ?? this.#now();
  }

  goTo(moment: Moment): void {
    this.#replay(moment.output);
    this.#session.restore(moment.snapshot);
    this.#ready = moment;
  }

  /** A new line of history starts here: what was undone or done before can no longer be reached. */
  clear(): void {
    this.#back = [];
    this.#forward = [];
    this.#running = undefined;
  }

  #now(): Moment {
    return { snapshot: this.#session.snapshot(), output: this.#prompt };
  }

  // The screen is what its output makes of it: written again up to the moment.
  #replay(place: LogPlace): void {
    this.#prompt = place;
    this.#screen.reset();
    for (const chunk of this.#log.goTo(place)) void this.#screen.write(chunk);
  }
}
