// Text to bytes and back where speed matters: ASCII goes the short way, odd names keep their bytes.

import { decodeName, encodeName } from '../fs/name.ts';

/** The bytes of a text; characters that stand for bytes outside UTF-8 become those bytes again. */
export const toBytes = (text: string): Uint8Array => encodeName(text);

/** The text of some bytes; every byte sequence has one, and `toBytes` gives it back. */
export const toText = (bytes: Uint8Array): string => decodeName(bytes);

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  if (parts.length === 1) return parts[0] as Uint8Array;
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};
