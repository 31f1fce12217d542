// Kinds of digests, and the lines that show them.

import { createHash } from 'node:crypto';
import type { Process } from '../fs/process.ts';
import { Blake2b } from './blake2b.ts';
import { chunks } from './input.ts';

export interface DigestKind {
  /** As --tag shows it. */
  readonly title: string;
  /** Hexadecimal digits. */
  readonly digits: number;
  start(): { update(bytes: Uint8Array): unknown; hex(): string };
}

const known = (title: string, algorithm: string, digits: number): DigestKind => ({
  title,
  digits,
  start: () => {
    const hash = createHash(algorithm);
    return { update: (bytes) => hash.update(bytes), hex: () => hash.digest('hex') };
  },
});

export const digestKinds = {
  md5: known('MD5', 'md5', 32),
  sha1: known('SHA1', 'sha1', 40),
  sha224: known('SHA224', 'sha224', 56),
  sha256: known('SHA256', 'sha256', 64),
  sha384: known('SHA384', 'sha384', 96),
  sha512: known('SHA512', 'sha512', 128),
  sm3: known('SM3', 'sm3', 64),
} as const;

/** BLAKE2b of so many bits. */
export const blake2b = (bits: number): DigestKind => ({
  title: bits === 512 ? 'BLAKE2b' : `BLAKE2b-${bits}`,
  digits: bits / 4,
  start: () => new Blake2b(bits / 8),
});

export const digestOf = async (process: Process, fd: number, kind: DigestKind): Promise<string> => {
  const hash = kind.start();
  for await (const chunk of chunks(process, fd)) hash.update(chunk);
  return hash.hex();
};

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

export interface DigestStyle {
  /** In BSD's style, with the kind's title. */
  readonly tag: boolean;
  readonly binary: boolean;
  readonly zero: boolean;
}

export const digestLine = (digest: string, file: string, kind: DigestKind, style: DigestStyle): string => {
  const escaped = file.replace(/[\\\n\r]/g, (character) => ESCAPED[character] ?? character);
  const mark = escaped === file || style.zero ? '' : '\\';
  const shown = style.zero ? file : escaped;
  const text = style.tag
    ? `${kind.title} (${shown}) = ${digest}`
    : `${digest} ${style.binary ? '*' : ' '}${shown}`;
  return `${mark}${text}${style.zero ? '\0' : '\n'}`;
};
