// What a program on the simulated tty receives for a key or a paste, by the modes it asked its terminal for.
import type { Token } from './read-keys.ts';

export interface TerminalModes {
  readonly bracketedPaste: boolean;
  readonly applicationCursorKeys: boolean;
}

const CURSOR_KEYS: Readonly<Record<string, string>> = {
  up: 'A',
  down: 'B',
  right: 'C',
  left: 'D',
  home: 'H',
  end: 'F',
};

const encoder = new TextEncoder();

export function forProgram(token: Token, modes: TerminalModes): Uint8Array {
  if (token.kind === 'paste') return paste(token.bytes, modes.bracketedPaste);
  const letter = CURSOR_KEYS[token.name];
  if (letter === undefined) return token.bytes;
  return encoder.encode(`\x1b${modes.applicationCursorKeys ? 'O' : '['}${letter}`);
}

// A terminal pastes line ends as the Enter key does. An ESC inside a paste could end the bracket early.
function paste(bytes: Uint8Array, bracketed: boolean): Uint8Array {
  const clean = bytes.filter((byte) => byte !== 0x1b).map((byte) => (byte === 0x0a ? 0x0d : byte));
  if (!bracketed) return clean;
  const out = new Uint8Array(clean.length + 12);
  out.set(encoder.encode('\x1b[200~'));
  out.set(clean, 6);
  out.set(encoder.encode('\x1b[201~'), clean.length + 6);
  return out;
}
