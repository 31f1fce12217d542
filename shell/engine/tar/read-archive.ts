// Reads a tar: ustar, PAX and GNU long names, plain or gzipped. Anything that is no tar is refused, nothing is guessed.

import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { decodeName, encodeName } from '../../fs/name.ts';
import { type ArchiveSource, inMemory, partOf, wholeOf } from './archive-source.ts';
import { type TarHeader, TYPE, type TypeFlag } from './header.ts';

const BLOCK = 512;

/** An archive that cannot be read; the message is Go's. */
export class ArchiveError extends Error {}

export interface ArchiveEntry {
  readonly header: TarHeader;
  readonly data: ArchiveSource;
  /** Where its headers and its data begin in the unzipped archive. */
  readonly start: number;
  readonly dataStart: number;
}

/** What an archive may grow to when it is unzipped. */
const MOST = 2 ** 31;
const XATTR = 'SCHILY.xattr.';

const types: ReadonlySet<string> = new Set(Object.values(TYPE));
const text = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return decodeName(end === -1 ? bytes : bytes.subarray(0, end));
};

/** Octal digits, or big-endian bytes behind a set top bit (GNU). */
const number = (bytes: Uint8Array): number => {
  if (((bytes[0] ?? 0) & 0x80) !== 0) return bytes.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
  const digits = text(bytes).trim();
  if (!/^[0-7]*$/.test(digits)) throw new ArchiveError('archive/tar: invalid tar header');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
};

/** Whether the bytes begin as a tar does, gzipped or not. */
export const looksLikeArchive = (head: Uint8Array): boolean => {
  if (head[0] === 0x1f && head[1] === 0x8b) return true;
  return head.length >= BLOCK && sumOf(head.subarray(0, BLOCK)) === headerSum(head);
};

const headerSum = (head: Uint8Array): number | undefined => {
  try {
    return number(head.subarray(148, 156));
  } catch {
    return undefined;
  }
};

/** The checksum field counts as spaces. */
const sumOf = (block: Uint8Array): number =>
  block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);

/** Throws ArchiveError, before or between entries. */
export function* readArchive(source: ArchiveSource, unpacked = inMemory): Generator<ArchiveEntry> {
  const archive = unzipped(source, unpacked);
  let extra = new Map<string, string>();
  let first = 0;
  for (let at = 0; at < archive.size; ) {
    if (at + BLOCK > archive.size) throw new ArchiveError('unexpected EOF');
    const block = archive.read(at, BLOCK);
    if (block.every((byte) => byte === 0)) return;
    if (sumOf(block) !== number(block.subarray(148, 156)))
      throw new ArchiveError('archive/tar: invalid tar header');
    const flag = String.fromCharCode(block[156] || 0x30);
    const size =
      extra.has('size') && types.has(flag) ? Number(extra.get('size')) : number(block.subarray(124, 136));
    const start = at + BLOCK;
    if (start + size > archive.size) throw new ArchiveError('unexpected EOF');
    const data = partOf(archive, start, size);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if (flag === 'x') extra = paxRecords(wholeOf(data));
    else if (flag === 'L') extra.set('path', text(wholeOf(data)));
    else if (flag === 'K') extra.set('linkpath', text(wholeOf(data)));
    if (!types.has(flag)) continue;
    yield { header: headerOf(block, flag as TypeFlag, size, extra), data, start: first, dataStart: start };
    extra = new Map();
    first = at;
  }
}

/** The archive itself, `unpacked` keeping it; one that is not compressed is given back. Throws ArchiveError. */
export const unzipped = (source: ArchiveSource, unpacked = inMemory): ArchiveSource => {
  const head = source.read(0, MAGIC);
  const unpack = unpackers.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
  if (unpack === undefined) return source;
  try {
    return unpacked(unpack.run(wholeOf(source), { maxOutputLength: MOST }));
  } catch (error) {
    throw new ArchiveError(complaint(unpack.name, error));
  }
};

interface Unpacker {
  readonly name: string;
  readonly magic: readonly number[];
  readonly run: (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;
}

/** Bytes that tell a format. */
const MAGIC = 4;

const unpackers: readonly Unpacker[] = [
  { name: 'gzip', magic: [0x1f, 0x8b], run: gunzipSync },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], run: zstdDecompressSync },
];

const complaint = (format: string, error: unknown): string => {
  const code = (error as { code?: unknown }).code;
  if (code === 'ERR_BUFFER_TOO_LARGE') return `${format}: more than ${MOST} bytes when unpacked`;
  return code === 'Z_BUF_ERROR' ? 'unexpected EOF' : `${format}: invalid header`;
};

/** `LENGTH KEY=VALUE\n`, the length counting itself. */
const paxRecords = (data: Uint8Array): Map<string, string> => {
  const records = new Map<string, string>();
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const length = space === -1 ? Number.NaN : Number(text(data.subarray(at, space)));
    if (!(length > space - at + 1) || at + length > data.length)
      throw new ArchiveError('archive/tar: invalid tar header');
    const record = decodeName(data.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
};

const headerOf = (
  block: Uint8Array,
  type: TypeFlag,
  size: number,
  extra: ReadonlyMap<string, string>,
): TarHeader => {
  const prefix = text(block.subarray(345, 500));
  const short = text(block.subarray(0, 100));
  const name = extra.get('path') ?? (prefix === '' ? short : `${prefix}/${short}`);
  const xattrs = [...extra].filter(([key]) => key.startsWith(XATTR));
  return {
    name,
    // Before ustar, a slash at the end made a directory.
    type: type === TYPE.file && name.endsWith('/') ? TYPE.directory : type,
    mode: number(block.subarray(100, 108)),
    uid: Number(extra.get('uid') ?? number(block.subarray(108, 116))),
    gid: Number(extra.get('gid') ?? number(block.subarray(116, 124))),
    size,
    mtime: Math.floor(Number(extra.get('mtime') ?? number(block.subarray(136, 148)))),
    linkname: extra.get('linkpath') ?? text(block.subarray(157, 257)),
    uname: text(block.subarray(265, 297)),
    gname: text(block.subarray(297, 329)),
    devmajor: number(block.subarray(329, 337)),
    devminor: number(block.subarray(337, 345)),
    ...(xattrs.length === 0
      ? {}
      : { xattrs: new Map(xattrs.map(([key, value]) => [key.slice(XATTR.length), encodeName(value)])) }),
  };
};
