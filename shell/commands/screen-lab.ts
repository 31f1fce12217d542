// A command on a terminal, for tests: keys are typed, the screen is read as a person sees it.

import xterm from '@xterm/headless';
import { isLoading } from '../fs/loading.ts';
import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import { Tty } from '../fs/tty.ts';
import { runAsBusybox } from './flavor.ts';
import { loadProgram } from './index.ts';
import { TestMachine } from './test-machine.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const QUIET_TURNS = 12;

interface StartOptions {
  readonly busybox?: boolean;
  /** What standard input has, which is then no terminal. */
  readonly input?: string;
}

export class ScreenLab extends TestMachine {
  readonly terminal: xterm.Terminal;
  readonly tty: Tty;
  /** Set when the command has ended. */
  status: number | undefined;
  #output = 0;

  constructor({ columns = 60, rows = 10 } = {}) {
    super();
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.tty = new Tty(this.kernel, { columns, rows });
    this.tty.onOutput((bytes) => {
      this.#output++;
      this.terminal.write(bytes);
    });
  }

  /** Starts a command in the foreground of the terminal. */
  async start(argv: readonly string[], { busybox = false, input }: StartOptions = {}): Promise<void> {
    const program = await loadProgram(argv[0] as string);
    if (program === undefined) throw new Error(`no command ${argv[0]}`);
    const file = this.tty.open('/dev/pts/0', 2);
    const child = this.init.fork(
      (process) => {
        this.tty.foreground = process.group;
        process.argv = argv;
        process.env = new Map([['PATH', '/bin']]);
        if (busybox) runAsBusybox(process);
        if (input !== undefined) feedInput(process, input);
        return program(process, argv);
      },
      { fds: {}, files: { 0: file, 1: file, 2: file }, terminal: this.tty, newGroup: true, foreground: true },
    );
    this.status = undefined;
    void child.exited.then((status) => {
      this.status = shellStatus(status);
    });
    await this.quiet();
  }

  /** Types, and waits until nothing more happens. */
  async keys(...typed: string[]): Promise<void> {
    for (const text of typed) {
      this.tty.input(Buffer.from(text));
      await this.quiet();
    }
  }

  /** Until the program waits: nothing was drawn for some turns of the event loop. */
  async quiet(): Promise<void> {
    for (let calm = 0, before = this.#output; calm < QUIET_TURNS; calm++) {
      await turn();
      if (this.#output !== before || isLoading()) calm = 0;
      before = this.#output;
    }
    await new Promise<void>((resolve) => this.terminal.write('', resolve));
  }

  /** The rows of the screen, without blanks at their ends. */
  screen(): string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, at) =>
      (active.getLine(active.viewportY + at)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  cursor(): readonly [row: number, col: number] {
    const { cursorY, cursorX } = this.terminal.buffer.active;
    return [cursorY, cursorX];
  }

  isAlternate(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }
}

function feedInput(process: Process, input: string): void {
  const fd = process.open('/tmp/input', 0o102, 0o600);
  process.write(fd, Buffer.from(input));
  process.lseek(fd, 0, 'set');
  process.dup2(fd, 0);
}
