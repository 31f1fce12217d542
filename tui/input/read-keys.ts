// Bytes from the real terminal to keys. A key keeps the bytes it came as: with the shell in focus
// they go to the program unchanged.
import { CSI_FINAL, CSI_NUMBER, SS3_FINAL } from './key-names.ts';

export interface Key {
  readonly kind: 'key';
  /** `a`, `G`, `enter`, `ctrl-d`, `alt-1`, `shift-f6`, … */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Text between the bracketed-paste marks, which are not part of it. */
export interface Paste {
  readonly kind: 'paste';
  readonly bytes: Uint8Array;
}

export type Token = Key | Paste;

export interface Reading {
  readonly tokens: readonly Token[];
  /** The start of a sequence that has not ended: to be put before the next bytes. */
  readonly rest: Uint8Array;
}

const ESC = 0x1b;
const PASTE_END = new TextEncoder().encode('\x1b[201~');
// No key sequence is longer; what does not end by then is no sequence.
const LONGEST = 32;

/** `final` says that nothing follows: a lone ESC is then the Escape key. */
export function readKeys(bytes: Uint8Array, final = false): Reading {
  const tokens: Token[] = [];
  let at = 0;
  while (at < bytes.length) {
    const next = one(bytes, at, final);
    if (next === undefined) break;
    tokens.push(next.token);
    at = next.end;
  }
  return { tokens, rest: bytes.subarray(at) };
}

interface Read {
  readonly token: Token;
  readonly end: number;
}

function one(bytes: Uint8Array, at: number, final: boolean): Read | undefined {
  const first = bytes[at] as number;
  if (first !== ESC)
    return first < 0x80 ? key(bytes, at, at + 1, plainName(first)) : character(bytes, at, final);
  if (at + 1 >= bytes.length) return final ? key(bytes, at, at + 1, 'esc') : undefined;
  const second = bytes[at + 1] as number;
  if (second === ESC) return key(bytes, at, at + 1, 'esc');
  if (second === 0x5b) return controlSequence(bytes, at, final);
  if (second === 0x4f) return singleShift(bytes, at, final);
  if (second >= 0x80) return key(bytes, at, at + 1, 'esc');
  return key(bytes, at, at + 2, `alt-${plainName(second)}`);
}

function key(bytes: Uint8Array, at: number, end: number, name: string): Read {
  return { token: { kind: 'key', name, bytes: bytes.slice(at, end) }, end };
}

function plainName(code: number): string {
  if (code === 0x0d) return 'enter';
  if (code === 0x09) return 'tab';
  if (code === 0x7f) return 'backspace';
  if (code === 0x00) return 'ctrl-space';
  if (code === 0x20) return 'space';
  if (code < 0x20) return `ctrl-${String.fromCharCode(code + 0x40).toLowerCase()}`;
  return String.fromCharCode(code);
}

function character(bytes: Uint8Array, at: number, final: boolean): Read | undefined {
  const first = bytes[at] as number;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  if (at + length > bytes.length && !final) return undefined;
  const end = Math.min(at + length, bytes.length);
  return key(bytes, at, end, new TextDecoder().decode(bytes.subarray(at, end)));
}

// ESC [ parameters final
function controlSequence(bytes: Uint8Array, at: number, final: boolean): Read | undefined {
  let end = at + 2;
  // The Linux console's function keys: ESC [ [ A
  if (bytes[end] === 0x5b) end++;
  while (end < bytes.length && end - at < LONGEST && (bytes[end] as number) < 0x40) end++;
  if (end >= bytes.length) return final ? key(bytes, at, bytes.length, 'unknown') : undefined;
  const body = latin(bytes.subarray(at + 2, end));
  const last = String.fromCharCode(bytes[end] as number);
  if (body === '200' && last === '~') return paste(bytes, end + 1, final);
  return key(bytes, at, end + 1, sequenceName(body, last));
}

function sequenceName(body: string, last: string): string {
  if (body.startsWith('[')) return CSI_NUMBER[String(11 + last.charCodeAt(0) - 0x41)] ?? 'unknown';
  const [number = '', modifier] = body.split(';');
  const base = last === '~' ? CSI_NUMBER[number] : CSI_FINAL[last];
  return base === undefined ? 'unknown' : modified(base, Number(modifier ?? 1));
}

// xterm sends 1 plus a bit each for shift, alt and ctrl.
function modified(base: string, modifier: number): string {
  const bits = modifier - 1;
  return `${bits & 4 ? 'ctrl-' : ''}${bits & 2 ? 'alt-' : ''}${bits & 1 ? 'shift-' : ''}${base}`;
}

function singleShift(bytes: Uint8Array, at: number, final: boolean): Read | undefined {
  const last = bytes[at + 2];
  if (last === undefined) return final ? key(bytes, at, at + 2, 'alt-O') : undefined;
  return key(bytes, at, at + 3, SS3_FINAL[String.fromCharCode(last)] ?? 'unknown');
}

function paste(bytes: Uint8Array, start: number, final: boolean): Read | undefined {
  const stop = indexOf(bytes, PASTE_END, start);
  if (stop < 0 && !final) return undefined;
  const end = stop < 0 ? bytes.length : stop;
  return {
    token: { kind: 'paste', bytes: bytes.slice(start, end) },
    end: stop < 0 ? end : stop + PASTE_END.length,
  };
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(ESC, from); at >= 0; at = bytes.indexOf(ESC, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
