// Keys by name, as the bytes that a terminal sends: `'text' C-a M-f Up Paste'two lines'`.

const NAMED: Readonly<Record<string, string>> = {
  Enter: '\r',
  Tab: '\t',
  Backspace: '\x7f',
  Escape: '\x1b',
  Space: ' ',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  Insert: '\x1b[2~',
  Delete: '\x1b[3~',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
  'C-Left': '\x1b[1;5D',
  'C-Right': '\x1b[1;5C',
  'M-Left': '\x1b[1;3D',
  'M-Right': '\x1b[1;3C',
  'C-Delete': '\x1b[3;5~',
  'M-Backspace': '\x1b\x7f',
  'C-_': '\x1f',
  'C-]': '\x1d',
  'C-\\': '\x1c',
  'C-@': '\0',
};

/** The bytes of each key, in order. */
export const bytesOf = (keys: string): string[] =>
  (keys.match(/Paste'[^']*'|'[^']*'|"[^"]*"|\S+/g) ?? []).flatMap((key) => {
    if (key.startsWith('Paste')) return [`\x1b[200~${key.slice(6, -1)}\x1b[201~`];
    return /^['"]/.test(key) ? [...key.slice(1, -1)] : [bytesOfName(key)];
  });

function bytesOfName(key: string): string {
  const named = NAMED[key];
  if (named !== undefined) return named;
  if (key.startsWith('C-M-')) return `\x1b${bytesOfName(`C-${key.slice(4)}`)}`;
  if (key.startsWith('M-')) return `\x1b${NAMED[key.slice(2)] ?? key.slice(2)}`;
  if (/^C-.$/.test(key)) return String.fromCharCode(key.toUpperCase().charCodeAt(2) & 0x1f);
  throw new Error(`no key ${key}`);
}
