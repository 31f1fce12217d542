// Bytes as the program's locale reads them: characters in a UTF-8 locale, single bytes in any other (locale(7)).

import type { Process } from '../fs/process.ts';
import { isUtf8 } from './quoting.ts';
import { toBytes, toText } from './text.ts';

export interface TextCodec {
  readonly utf8: boolean;
  decode(bytes: Uint8Array): string;
  encode(text: string): Uint8Array;
  /** An argument (a pattern, a delimiter) as `decode` would have given it. */
  argument(text: string): string;
  /** The way back: a piece of decoded text as messages and file names need it. */
  name(text: string): string;
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** One character per byte: for the C locale, and for programs that always work on bytes. */
export const byteCodec: TextCodec = {
  utf8: false,
  decode: latin1,
  encode: (text) => Buffer.from(text, 'latin1'),
  argument: (text) => latin1(toBytes(text)),
  name: (text) => toText(Buffer.from(text, 'latin1')),
};

const characterCodec: TextCodec = {
  utf8: true,
  decode: toText,
  encode: toBytes,
  argument: (text) => text,
  name: (text) => text,
};

export const codecOf = (process: Process): TextCodec => (isUtf8(process) ? characterCodec : byteCodec);
