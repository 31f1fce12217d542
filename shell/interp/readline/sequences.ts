// Key sequences as an inputrc writes them: "\C-xa", "\e[1;5C", Control-t, Meta-Rubout; and back from bytes.

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  d: '\x7f',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const NAMED: Readonly<Record<string, string>> = {
  del: '\x7f',
  rubout: '\x7f',
  esc: '\x1b',
  escape: '\x1b',
  lfd: '\n',
  newline: '\n',
  ret: '\r',
  return: '\r',
  spc: ' ',
  space: ' ',
  tab: '\t',
};

const control = (char: string): string =>
  char === '?' ? '\x7f' : String.fromCharCode(char.toUpperCase().charCodeAt(0) & 0x1f);

/** The bytes of a sequence between quotes, or of a macro's text. */
export function sequenceOf(text: string): string {
  let out = '';
  let controls = false;
  let meta = false;
  const add = (char: string): void => {
    out += (meta ? '\x1b' : '') + (controls ? control(char) : char);
    controls = meta = false;
  };
  for (let at = 0; at < text.length; at++) {
    const rest = text.slice(at);
    if (/^\\C-/.test(rest)) controls = true;
    else if (/^\\M-/.test(rest)) meta = true;
    if (/^\\[CM]-/.test(rest)) {
      at += 2;
      continue;
    }
    const number = /^\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3})/.exec(rest);
    if (number !== null) {
      const digits = number[1] as string;
      add(
        String.fromCharCode(
          digits[0] === 'x' ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 8),
        ),
      );
      at += number[0].length - 1;
    } else if (rest[0] === '\\' && rest.length > 1) {
      const letter = rest[1] as string;
      add(ESCAPES[letter] ?? letter);
      at++;
    } else add(rest[0] as string);
  }
  return out;
}

/** The bytes of a key's name: Control-x, C-Meta-Rubout, TAB; undefined when it names none. */
export function namedKey(name: string): string | undefined {
  const parts = name.split('-');
  const last = name.endsWith('-') ? '-' : (parts.at(-1) ?? '');
  const key = NAMED[last.toLowerCase()] ?? last.slice(0, 1);
  if (key === '') return undefined;
  const modifiers = parts.slice(0, -1).map((part) => part.toLowerCase());
  const held = modifiers.some((part) => part === 'control' || part === 'c' || part === 'ctrl')
    ? control(key)
    : key;
  return modifiers.some((part) => part === 'meta' || part === 'm') ? `\x1b${held}` : held;
}

/** Bytes as `bind -p` writes them. */
export function shownSequence(bytes: string): string {
  let out = '';
  for (const char of bytes) {
    const code = char.charCodeAt(0);
    if (code === 27) out += '\\e';
    else if (code === 127) out += '\\C-?';
    else if (code < 32)
      out += `\\C-${String.fromCharCode(code + 64)
        .toLowerCase()
        .replace('\\', '\\\\')}`;
    else out += char === '"' || char === '\\' ? `\\${char}` : char;
  }
  return out;
}
