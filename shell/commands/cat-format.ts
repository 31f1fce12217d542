// What cat's options do to the bytes: numbers, squeezed blank lines, visible ends, tabs and control bytes.

import { joinBytes, toBytes } from './text.ts';

export interface CatStyle {
  readonly numbers: 'none' | 'all' | 'nonblank';
  readonly squeeze: boolean;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly nonprinting: boolean;
}

const NEWLINE = 10;
const RETURN = 13;
const TAB = 9;

export class CatFormat {
  /** Nothing to do: bytes go through untouched. */
  readonly plain: boolean;
  readonly #style: CatStyle;
  /** What each byte shows as; made when something is shown. */
  #shown: readonly Uint8Array[] | undefined;
  #lineStart = true;
  #blankLines = 0;
  #number = 0;
  /** A CR that may yet turn out to end a line, which `-E` shows as ^M$. */
  #heldReturn = false;

  constructor(style: CatStyle) {
    this.#style = style;
    this.plain =
      style.numbers === 'none' && !style.squeeze && !style.ends && !style.tabs && !style.nonprinting;
  }

  convert(chunk: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    for (const byte of chunk) this.#byte(byte, parts);
    return joinBytes(parts.length === 0 ? [new Uint8Array(0)] : parts);
  }

  /** What is still held back at the end of the last file. */
  end(): Uint8Array {
    return this.#heldReturn ? Uint8Array.of(RETURN) : new Uint8Array(0);
  }

  #byte(byte: number, parts: Uint8Array[]): void {
    if (byte === NEWLINE) {
      this.#newline(parts);
      return;
    }
    if (this.#lineStart && this.#style.numbers !== 'none') parts.push(this.#nextNumber());
    this.#releaseReturn(parts);
    this.#lineStart = false;
    this.#blankLines = 0;
    if (byte === RETURN && this.#style.ends && !this.#style.nonprinting) this.#heldReturn = true;
    else {
      this.#shown ??= Array.from({ length: 256 }, (_, one) => showByte(one, this.#style));
      parts.push(this.#shown[byte] as Uint8Array);
    }
  }

  #newline(parts: Uint8Array[]): void {
    if (this.#lineStart) {
      this.#blankLines += 1;
      if (this.#style.squeeze && this.#blankLines > 1) return;
      if (this.#style.numbers === 'all') parts.push(this.#nextNumber());
    }
    if (this.#heldReturn) parts.push(toBytes('^M'));
    this.#heldReturn = false;
    parts.push(toBytes(this.#style.ends ? '$\n' : '\n'));
    this.#lineStart = true;
  }

  #releaseReturn(parts: Uint8Array[]): void {
    if (this.#heldReturn) parts.push(Uint8Array.of(RETURN));
    this.#heldReturn = false;
  }

  #nextNumber(): Uint8Array {
    this.#number += 1;
    return toBytes(`${String(this.#number).padStart(6)}\t`);
  }
}

const showByte = (byte: number, style: CatStyle): Uint8Array => {
  if (byte === TAB) return style.tabs ? toBytes('^I') : Uint8Array.of(TAB);
  if (!style.nonprinting) return Uint8Array.of(byte);
  const meta = byte >= 128 ? 'M-' : '';
  const low = byte & 0x7f;
  if (low === 127) return toBytes(`${meta}^?`);
  return low < 32
    ? toBytes(`${meta}^${String.fromCharCode(low + 64)}`)
    : toBytes(meta + String.fromCharCode(low));
};
