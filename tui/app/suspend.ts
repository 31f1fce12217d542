// Ctrl-Z and SIGTSTP: the terminal is given back, the whole job stops, and all is drawn again when it goes on.
import type { RealTerminal } from './terminal.ts';

/** Ink's own: leaves the alternate screen for the callback's time and draws every cell afterwards. */
export type SuspendInk = (callback: () => Promise<void>) => Promise<void>;

// Longer than a stop signal takes to arrive.
const STOP_MS = 30;

export class Suspension {
  readonly #terminal: RealTerminal;
  readonly #signalled = (): void => void this.suspend();
  #ink: SuspendInk | undefined;

  constructor(terminal: RealTerminal) {
    this.#terminal = terminal;
    process.on('SIGTSTP', this.#signalled);
  }

  /** Ink hands its part over when it is mounted. */
  readonly mounted = (ink: SuspendInk): void => {
    this.#ink = ink;
  };

  async suspend(): Promise<void> {
    await this.#ink?.(async () => {
      this.#terminal.close();
      process.off('SIGTSTP', this.#signalled);
      // The whole process group, as the terminal's own Ctrl-Z would: npm and launchers stop with us.
      process.kill(0, 'SIGTSTP');
      // Ends after SIGCONT; in a group that nobody can continue the stop is ignored and it ends soon.
      await new Promise((resolve) => setTimeout(resolve, STOP_MS));
      process.on('SIGTSTP', this.#signalled);
      this.#terminal.open();
    });
  }

  dispose(): void {
    process.off('SIGTSTP', this.#signalled);
  }
}
