// One entry's header blocks, byte for byte as Go's archive/tar writes them: ustar, and PAX records where ustar has no room.

import { encodeName } from '../../fs/name.ts';

const BLOCK = 512;

/** Typeflags of POSIX ustar. */
export const TYPE = {
  file: '0',
  hardLink: '1',
  symlink: '2',
  char: '3',
  block: '4',
  directory: '5',
  fifo: '6',
} as const;

export type TypeFlag = (typeof TYPE)[keyof typeof TYPE];

export interface TarHeader {
  /** No leading slash; a directory's ends in one. */
  name: string;
  type: TypeFlag;
  /** Docker puts the file type bits into it as well. */
  mode: number;
  uid: number;
  gid: number;
  /** Bytes of data that follow. */
  size: number;
  /** Seconds since 1970. */
  mtime: number;
  linkname?: string;
  uname: string;
  gname: string;
  devmajor?: number;
  devminor?: number;
  xattrs?: ReadonlyMap<string, Uint8Array>;
}

const ascii = new TextEncoder();

/** Offset and length of each field of a ustar header. */
const field = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  linkname: [157, 100],
  uname: [265, 32],
  gname: [297, 32],
  devmajor: [329, 8],
  devminor: [337, 8],
  prefix: [345, 155],
} as const satisfies Record<string, readonly [number, number]>;

type Field = keyof typeof field;

/** The header's blocks: one, or three and more when PAX records go before it. */
export const encodeHeader = (header: TarHeader): Uint8Array => {
  const name = encodeName(header.name);
  const split = splitName(name);
  const records = paxRecords(header, name, split !== undefined);
  if (records === undefined) return ustarBlock(header, split?.suffix ?? name, split?.prefix);
  return concat([paxBlocks(name, records), ustarBlock(header, toAscii(name), undefined)]);
};

/** Bytes that fill the last block of `size` bytes of data. */
export const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

const ustarBlock = (header: TarHeader, name: Uint8Array, prefix: Uint8Array | undefined): Uint8Array => {
  const block = new Uint8Array(BLOCK);
  block.set(ascii.encode(header.type), field.type[0]);
  putString(block, 'name', name);
  putString(block, 'linkname', toAscii(encodeName(header.linkname ?? '')));
  putOctal(block, 'mode', header.mode);
  putOctal(block, 'uid', header.uid);
  putOctal(block, 'gid', header.gid);
  putOctal(block, 'size', header.size);
  putOctal(block, 'mtime', header.mtime);
  putString(block, 'uname', toAscii(encodeName(header.uname)));
  putString(block, 'gname', toAscii(encodeName(header.gname)));
  putOctal(block, 'devmajor', header.devmajor ?? 0);
  putOctal(block, 'devminor', header.devminor ?? 0);
  if (prefix !== undefined) putString(block, 'prefix', prefix);
  return seal(block);
};

/** Writes magic, version and checksum. */
const seal = (block: Uint8Array): Uint8Array => {
  block.set(ascii.encode('ustar\u000000'), 257);
  block.fill(0x20, field.checksum[0], field.checksum[0] + field.checksum[1]);
  let sum = 0;
  for (const byte of block) sum += byte;
  block.set(ascii.encode(`${sum.toString(8).padStart(6, '0')}\0 `), field.checksum[0]);
  return block;
};

const putString = (block: Uint8Array, name: Field, bytes: Uint8Array): void => {
  const [offset, length] = field[name];
  block.set(bytes.subarray(0, length), offset);
  if (bytes.length <= length || block[offset + length - 1] !== SLASH) return;
  // A cut name that ends in a slash would be read as a directory's.
  let end = offset + length;
  while (end > offset && block[end - 1] === SLASH) end--;
  block[end] = 0;
};

const putOctal = (block: Uint8Array, name: Field, value: number): void => {
  const [offset, length] = field[name];
  const digits = fitsOctal(name, value) ? value.toString(8) : '0';
  block.set(ascii.encode(digits.padStart(length - 1, '0')), offset);
};

const fitsOctal = (name: Field, value: number): boolean => value >= 0 && value < 8 ** (field[name][1] - 1);

const SLASH = 0x2f;

/** How a long ASCII name goes into prefix and name, cut at a slash; undefined when it fits or cannot be cut. */
const splitName = (name: Uint8Array): { prefix: Uint8Array; suffix: Uint8Array } | undefined => {
  const most = field.name[1];
  if (name.length <= most || !isAscii(name)) return undefined;
  const end =
    name.length > field.prefix[1] + 1
      ? field.prefix[1] + 1
      : name[name.length - 1] === SLASH
        ? name.length - 1
        : name.length;
  const cut = name.lastIndexOf(SLASH, end - 1);
  const rest = name.length - cut - 1;
  if (cut <= 0 || rest > most || rest === 0 || cut > field.prefix[1]) return undefined;
  return { prefix: name.subarray(0, cut), suffix: name.subarray(cut + 1) };
};

/** The PAX records this header needs, or undefined when ustar holds everything. */
const paxRecords = (
  header: TarHeader,
  name: Uint8Array,
  canSplit: boolean,
): Map<string, Uint8Array> | undefined => {
  const records = new Map<string, Uint8Array>();
  let needed = false;
  const text = (key: string, of: Field, bytes: Uint8Array, fits = false): void => {
    if (isAscii(bytes) && bytes.length <= field[of][1]) return;
    records.set(key, bytes);
    if (!fits) needed = true;
  };
  const number = (key: string, of: Field, value: number): void => {
    if (fitsOctal(of, value)) return;
    records.set(key, ascii.encode(String(value)));
    needed = true;
  };
  text('path', 'name', name, canSplit);
  text('linkpath', 'linkname', encodeName(header.linkname ?? ''));
  text('uname', 'uname', encodeName(header.uname));
  text('gname', 'gname', encodeName(header.gname));
  number('uid', 'uid', header.uid);
  number('gid', 'gid', header.gid);
  number('size', 'size', header.size);
  number('mtime', 'mtime', header.mtime);
  for (const [key, value] of header.xattrs ?? []) {
    records.set(`SCHILY.xattr.${key}`, value);
    needed = true;
  }
  return needed ? records : undefined;
};

/** The extended header: its own block, then the records in the order of their keys. */
const paxBlocks = (name: Uint8Array, records: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const keys = [...records.keys()].sort();
  const data = concat(keys.map((key) => paxRecord(key, records.get(key) as Uint8Array)));
  const block = new Uint8Array(BLOCK);
  block.set(paxName(name), 0);
  putOctal(block, 'mode', 0);
  putOctal(block, 'uid', 0);
  putOctal(block, 'gid', 0);
  putOctal(block, 'size', data.length);
  putOctal(block, 'mtime', 0);
  block.set(ascii.encode('x'), field.type[0]);
  return concat([seal(block), data, new Uint8Array(padding(data.length))]);
};

/** `dir/PaxHeaders.0/file`, ASCII only, cut at 100 bytes. */
const paxName = (name: Uint8Array): Uint8Array => {
  const cut = name.lastIndexOf(SLASH);
  const parts = [name.subarray(0, cut + 1), ascii.encode('PaxHeaders.0/'), name.subarray(cut + 1)];
  let path = toAscii(concat(parts)).subarray(0, field.name[1]);
  while (path[path.length - 1] === SLASH) path = path.subarray(0, path.length - 1);
  return path;
};

/** `<length> <key>=<value>\n`, where the length counts itself. */
const paxRecord = (key: string, value: Uint8Array): Uint8Array => {
  const body = concat([ascii.encode(` ${key}=`), value, ascii.encode('\n')]);
  let length = body.length + String(body.length).length;
  if (String(length).length !== String(body.length).length) length = body.length + String(length).length;
  return concat([ascii.encode(String(length)), body]);
};

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80 && byte !== 0);

const toAscii = (bytes: Uint8Array): Uint8Array =>
  isAscii(bytes) ? bytes : bytes.filter((byte) => byte < 0x80 && byte !== 0);

export const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};
