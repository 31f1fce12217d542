// Makes names and contents from the sandbox visible: nothing that leaves here can steer a terminal.
// Everything a pane draws passes through `visible`, whatever it believes about its source.

// Controls, surrogates without a partner, line separators, and formatting characters (zero width, bidirectional).
// U+200D (joiner) stays: it only joins the emoji around it.
const HOSTILE = /\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|(?!\u200d)\p{Cf}/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** The text with every character that has no shape of its own written as an escape (`\x1b`, `\u202e`). */
export function visible(text: string): string {
  return plainAscii(text) ? text : text.replace(HOSTILE, escapeOf);
}

/** Whether the text is printable ASCII only: such text is as wide as it is long. */
export function plainAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

function escapeOf(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  // U+DC80..U+DCFF stand for single bytes that are no UTF-8.
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`;
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 5)}}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
