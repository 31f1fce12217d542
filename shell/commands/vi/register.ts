// The text that a register holds.

export interface Register {
  /** Whole lines, each without its newline, or a piece of text that may hold newlines. */
  readonly lines: readonly string[];
  readonly linewise: boolean;
}

export const registerText = ({ lines, linewise }: Register): string =>
  lines.join('\n') + (linewise ? '\n' : '');
