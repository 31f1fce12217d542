// File names are bytes on Linux and strings here: bytes that are not UTF-8 become U+DC80..U+DCFF, and come back.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const SURROGATE = /[\udc80-\udcff]/;

/** The string that stands for these bytes; every byte sequence has one. */
export const decodeName = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes);
  } catch {
    return escapeInvalid(bytes);
  }
};

/** The bytes that `decodeName` read `name` from. */
export const encodeName = (name: string): Uint8Array => {
  if (!SURROGATE.test(name)) return encoder.encode(name);
  const bytes: number[] = [];
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
};

/** The length of a name in bytes, as NAME_MAX counts it. */
export const nameLength = (name: string): number => {
  if (name.length * 3 <= 255) return name.length;
  return encodeName(name).length;
};

const escapeInvalid = (bytes: Uint8Array): string => {
  let text = '';
  let valid = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    at += length || 1;
    if (length > 0) continue;
    text +=
      decoder.decode(bytes.subarray(valid, at - 1)) + String.fromCharCode(0xdc00 + byteAt(bytes, at - 1));
    valid = at;
  }
  return text + decoder.decode(bytes.subarray(valid));
};

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

/** The length of the valid UTF-8 sequence at `at`, or 0 (RFC 3629, section 4). */
const sequenceLength = (bytes: Uint8Array, at: number): number => {
  const first = byteAt(bytes, at);
  if (first < 0x80) return 1;
  const length = first > 0xf4 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  const second = byteAt(bytes, at + 1);
  if (second < (LOWEST_SECOND[first] ?? 0x80) || second > (HIGHEST_SECOND[first] ?? 0xbf)) return 0;
  for (let next = 2; next < length; next++) if (byteAt(bytes, at + next) >> 6 !== 0b10) return 0;
  return length;
};

/** What may follow these first bytes; others are followed by 0x80 to 0xbf. */
const LOWEST_SECOND: Readonly<Record<number, number>> = { 224: 0xa0, 240: 0x90 };
const HIGHEST_SECOND: Readonly<Record<number, number>> = { 237: 0x9f, 244: 0x8f };
