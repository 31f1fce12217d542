// The strings of tr: ranges, classes, repeats and escapes as lists of bytes.

/** A string that tr cannot read. */
export class SetError extends Error {
  /** The complaint is followed by "Try …". */
  readonly usage: boolean;

  constructor(message: string, usage = false) {
    super(message);
    this.usage = usage;
  }
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

interface Piece {
  readonly bytes: readonly number[];
  /** `[c*]`: as often as needed. */
  readonly fill?: number;
}

/** The bytes of a string; `length` is what a `[c*]` in it fills up to. Throws SetError. */
export const readSet = (text: string, length: number | undefined): number[] => {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    const [piece, next] = readPiece(text, at, length !== undefined);
    pieces.push(piece);
    at = next;
  }
  const fixed = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0);
  if (pieces.filter((piece) => piece.fill !== undefined).length > 1) {
    throw new SetError('only one [c*] repeat construct may appear in string2');
  }
  return pieces.flatMap((piece) =>
    piece.fill === undefined
      ? piece.bytes
      : new Array<number>(Math.max(0, (length ?? 0) - fixed)).fill(piece.fill),
  );
};

const readPiece = (text: string, at: number, second: boolean): [Piece, number] => {
  const special = text[at] === '[' ? readBracketed(text, at, second) : undefined;
  if (special !== undefined) return special;
  const [low, next] = readByte(text, at);
  if (text[next] !== '-' || next + 1 >= text.length) return [{ bytes: [low] }, next];
  const [high, end] = readByte(text, next + 1);
  if (high < low) {
    throw new SetError(`range-endpoints of '${text.slice(at, end)}' are in reverse collating sequence order`);
  }
  return [{ bytes: Array.from({ length: high - low + 1 }, (_none, index) => low + index) }, end];
};

const readBracketed = (text: string, at: number, second: boolean): [Piece, number] | undefined => {
  const rest = text.slice(at);
  const named = /^\[:([^\]]*?):\]/.exec(rest);
  if (named) {
    const pattern = CLASSES[named[1] ?? ''];
    if (pattern === undefined) throw new SetError(`invalid character class '${named[1]}'`);
    const bytes = Array.from({ length: 128 }, (_none, byte) => byte).filter((byte) =>
      pattern.test(String.fromCharCode(byte)),
    );
    return [{ bytes }, at + named[0].length];
  }
  const same = /^\[=([\s\S])=\]/.exec(rest);
  if (same) return [{ bytes: [(same[1] ?? '').charCodeAt(0)] }, at + same[0].length];
  const [byte, next] = readByte(text, at + 1);
  const repeat = /^\*(\d*)\]/.exec(text.slice(next));
  if (!repeat || at + 1 >= text.length) return undefined;
  if (!second) throw new SetError('the [c*] repeat construct may not appear in string1');
  const digits = repeat[1] ?? '';
  const count = digits.startsWith('0') ? Number.parseInt(digits, 8) : Number(digits);
  const end = next + repeat[0].length;
  return count > 0 ? [{ bytes: new Array<number>(count).fill(byte) }, end] : [{ bytes: [], fill: byte }, end];
};

const readByte = (text: string, at: number): [byte: number, next: number] => {
  if (text[at] !== '\\' || at + 1 >= text.length) return [text.charCodeAt(at), at + 1];
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1));
  if (octal) {
    const value = Number.parseInt(octal[0], 8);
    return value < 256 ? [value, at + 1 + octal[0].length] : [value >> 3, at + octal[0].length];
  }
  const letter = text[at + 1] as string;
  return [ESCAPES[letter] ?? letter.charCodeAt(0), at + 2];
};
