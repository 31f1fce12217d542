// The gzip file format (RFC 1952): its header with name and time, which node:zlib leaves empty, and what files hold.

import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { joinBytes, toBytes, toText } from './text.ts';

export interface GzipHeader {
  readonly level: number;
  readonly name?: string;
  /** Seconds since 1970. */
  readonly mtime?: number;
}

export const gzipBytes = (bytes: Uint8Array, { level, name, mtime = 0 }: GzipHeader): Uint8Array => {
  const header = new Uint8Array(10);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x1f8b0800);
  if (name !== undefined) header[3] = 8;
  view.setUint32(4, mtime, true);
  header[8] = level === 9 ? 2 : level === 1 ? 4 : 0;
  header[9] = 3;
  const tail = new DataView(new ArrayBuffer(8));
  tail.setUint32(0, crc32(bytes), true);
  tail.setUint32(4, bytes.length >>> 0, true);
  const body = deflateRawSync(bytes, { level, memLevel: 9 });
  const title = name === undefined ? [] : [toBytes(`${name}\0`)];
  return joinBytes([header, ...title, body, new Uint8Array(tail.buffer)]);
};

export type Unzipped =
  | {
      readonly bytes: Uint8Array;
      readonly name: string | undefined;
      readonly mtime: number;
      /** Bytes of headers and trailers. */
      readonly overhead: number;
    }
  | { readonly problem: string };

/** All members of a gzip file, one after the other. */
export const gunzipBytes = (bytes: Uint8Array): Unzipped => {
  const parts: Uint8Array[] = [];
  let name: string | undefined;
  let mtime = 0;
  let used = 0;
  for (let at = 0; at < bytes.length || parts.length === 0; ) {
    if (bytes.length - at < 2 && parts.length === 0)
      return { problem: bytes.length === 0 ? 'unexpected end of file' : 'not in gzip format' };
    if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b) {
      if (parts.length === 0) return { problem: 'not in gzip format' };
      break;
    }
    const header = readHeader(bytes, at);
    if (header === undefined) return { problem: 'unexpected end of file' };
    if (parts.length === 0) ({ name, mtime } = header);
    const member = inflate(bytes.subarray(header.end));
    if ('problem' in member) return member;
    parts.push(member.bytes);
    used += member.used;
    at = header.end + member.used + 8;
    if (at > bytes.length) return { problem: 'unexpected end of file' };
    const view = new DataView(bytes.buffer, bytes.byteOffset + at - 8, 8);
    if (view.getUint32(0, true) !== crc32(member.bytes))
      return { problem: 'invalid compressed data--crc error' };
  }
  return { bytes: joinBytes(parts), name, mtime, overhead: bytes.length - used };
};

const readHeader = (
  bytes: Uint8Array,
  start: number,
): { end: number; name: string | undefined; mtime: number } | undefined => {
  const flags = bytes[start + 3] ?? 0;
  let at = start + 10;
  if (at > bytes.length) return undefined;
  if ((flags & 4) !== 0) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  let name: string | undefined;
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end === -1) return undefined;
    if (flag === 8) name = toText(bytes.subarray(at, end));
    at = end + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  const mtime = new DataView(bytes.buffer, bytes.byteOffset + start, 10).getUint32(4, true);
  return { end: at, name, mtime };
};

const inflate = (bytes: Uint8Array): { bytes: Uint8Array; used: number } | { problem: string } => {
  try {
    // With `info` node:zlib answers an object: its engine knows how much of the input it took.
    const { buffer, engine } = inflateRawSync(bytes, { info: true }) as unknown as {
      buffer: Uint8Array;
      engine: { bytesWritten: number };
    };
    return { bytes: buffer, used: engine.bytesWritten };
  } catch (error) {
    const { code } = error as { code?: unknown };
    return {
      problem: code === 'Z_BUF_ERROR' ? 'unexpected end of file' : 'invalid compressed data--format violated',
    };
  }
};
