// The shell's terminal: an xterm without a display. Programs' bytes go in, rows for the shell pane come out.
import graphemes from '@xterm/addon-unicode-graphemes';
import xterm from '@xterm/headless';
import { type PaintedRow, paintRow } from './row.ts';

const SCROLLBACK = 5000;

/** What of the terminal is on view: its rows as terminal text, and where the cursor is if it is in view. */
export interface ScreenView {
  readonly rows: readonly PaintedRow[];
  readonly cursor: { readonly x: number; readonly y: number } | undefined;
  /** Lines above the view, and lines the view is scrolled up from the bottom. */
  readonly above: number;
  readonly scrolled: number;
  /** What programs asked the window to be called, or ''. */
  readonly title: string;
}

export class Screen {
  readonly #terminal: xterm.Terminal;
  #title = '';
  #backlog = 0;

  /** `answer` gets what the terminal itself replies to queries of programs (cursor position and the like). */
  constructor(columns: number, rows: number, answer: (bytes: Uint8Array) => void) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: SCROLLBACK,
      allowProposedApi: true,
      logLevel: 'off',
    });
    this.#terminal.loadAddon(new graphemes.UnicodeGraphemesAddon() as never);
    this.#terminal.onData((text) => answer(new TextEncoder().encode(text)));
    this.#terminal.onTitleChange((title) => {
      this.#title = title;
    });
  }

  /** Feeds output; resolves when the screen shows it. */
  write(bytes: Uint8Array | string): Promise<void> {
    this.#backlog += bytes.length;
    return new Promise((resolve) => {
      this.#terminal.write(bytes, () => {
        this.#backlog -= bytes.length;
        resolve();
      });
    });
  }

  /** Bytes written that the screen does not show yet. */
  get backlog(): number {
    return this.#backlog;
  }

  resize(columns: number, rows: number): void {
    if (columns !== this.#terminal.cols || rows !== this.#terminal.rows) this.#terminal.resize(columns, rows);
  }

  reset(): void {
    this.#terminal.reset();
  }

  /** How pastes and arrow keys reach the program: it decides by terminal modes. */
  get bracketedPaste(): boolean {
    return this.#terminal.modes.bracketedPasteMode;
  }

  get applicationCursorKeys(): boolean {
    return this.#terminal.modes.applicationCursorKeysMode;
  }

  /** The visible rows, `scrolled` lines up from the bottom (clamped to what there is). */
  view(scrolled = 0): ScreenView {
    const buffer = this.#terminal.buffer.active;
    const up = Math.min(scrolled, buffer.baseY);
    const top = buffer.baseY - up;
    const cell = buffer.getNullCell();
    const rows: PaintedRow[] = [];
    for (let y = 0; y < this.#terminal.rows; y++) {
      rows.push(paintRow(buffer.getLine(top + y), this.#terminal.cols, cell));
    }
    const y = buffer.cursorY + up;
    return {
      rows,
      cursor:
        y < this.#terminal.rows ? { x: Math.min(buffer.cursorX, this.#terminal.cols - 1), y } : undefined,
      above: top,
      scrolled: up,
      title: this.#title,
    };
  }
}
