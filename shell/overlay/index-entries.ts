// The entries of an index that a mount finds: what nothing leads to any more is removed, and a mount that cannot tell is refused.
// Kernel: fs/overlayfs/readdir.c, ovl_indexdir_cleanup; namei.c, ovl_verify_index.

import { fail } from '../fs/errno.ts';
import { isDirectory, S_IFMT } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { cleanUp, removeOne } from './clean-up.ts';
import { errorNumber, type ToldError } from './error-number.ts';
import { readLinks } from './index-links.ts';
import { decodeHandle, handleError, readHandle, readOrigin, typeOf } from './origin.ts';
import { type Union, upperFiles } from './union.ts';
import { isWhiteout, putWhiteout } from './whiteout.ts';
import { workOf } from './work.ts';

/** What is wrong with an entry. Stale ones and orphans are removed, the others refuse the mount. */
type Fault = 'EINVAL' | 'ENODATA' | 'EIO' | 'ESTALE' | 'orphan';

interface Entry {
  readonly name: string;
  readonly node: NodeId;
}

/** EINVAL, ENODATA, EIO for entries that cannot be what the overlay made. */
export const cleanIndex = (union: Union): void => {
  if (union.work?.index !== true) return;
  const files = upperFiles(union);
  const { node: index } = workOf(union);
  const names = files.readdir(index).map(({ name }) => name);
  // What is made in the index meanwhile takes a name that unfinished work may have.
  for (const name of names) if (isUnfinished(name)) cleanUp(files, index, name, 1, union.log);
  for (const name of names.filter((found) => !isUnfinished(found))) {
    const entry = { name, node: files.lookup(index, name) };
    const fault = faultOf(union, entry);
    if (fault === undefined) continue;
    tellFault(union, entry, fault);
    if (fault === 'orphan' && union.options.nfsExport) putWhiteout(union, index, name);
    else if (fault === 'orphan' || fault === 'ESTALE') removeOne(files, index, name, union.log);
    else refuse(union, fault);
  }
};

const isUnfinished = (name: string): boolean => name.startsWith('#');

const tellFault = (union: Union, { name, node }: Entry, fault: Fault): void => {
  const { mode, nlink } = upperFiles(union).stat(node);
  const shown = `index/${name}, ftype=${(mode & S_IFMT).toString(16)}`;
  union.log(
    fault === 'orphan'
      ? `overlayfs: orphan index entry (${shown}, nlink=${nlink})`
      : `overlayfs: failed to verify index (${shown}, err=${errorNumber(fault)})`,
  );
};

const refuse = (union: Union, fault: ToldError & Fault): never => {
  union.log(`overlayfs: failed index dir cleanup (${errorNumber(fault)})`);
  union.log(`overlayfs: ${ADVICE}`);
  return fail(fault);
};

/** Is told where an index cannot be used. */
export const ADVICE = "try deleting index dir or mounting with '-o index=off' to disable inodes index.";

/** The name is a lower file's handle, and the copy that the entry is, or names, was made from that file. */
const faultOf = (union: Union, { name, node }: Entry): Fault | undefined => {
  const files = upperFiles(union);
  const { prefix, nfsExport } = union.options;
  const handle = parseName(name);
  if (handle === undefined) return 'EINVAL';
  const error = handleError(handle);
  if (error !== undefined) return error;
  // A whiteout says that the handle leads nowhere any more.
  if (isWhiteout(files, node, prefix)) return undefined;
  const directory = isDirectory(files.inode(node).mode);
  if (directory && !nfsExport) return undefined;
  const copy = directory ? namedCopy(union, node) : node;
  if (typeof copy === 'string') return copy;
  const origin = readHandle(union, copy, 'origin');
  if (origin === undefined) return 'ENODATA';
  if (Buffer.compare(origin, handle.subarray(0, handle[2])) !== 0) return 'ESTALE';
  return directory || files.inode(node).nlink !== 1 ? undefined : faultOfLast(union, { name, node });
};

/** A name's bytes; undefined for one that is too short or not hexadecimal. An odd letter at its end does not count. */
const parseName = (name: string): Uint8Array | undefined => {
  const even = name.slice(0, name.length & ~1);
  return name.length >= SHORTEST && /^[0-9a-f]+$/i.test(even) ? Buffer.from(even, 'hex') : undefined;
};

/** A handle of a file without a word of the file's filesystem, in hexadecimal. */
const SHORTEST = 42;

/** The upper directory that a directory's entry names, or what is wrong (ovl_index_upper). */
const namedCopy = (union: Union, entry: NodeId): NodeId | Fault => {
  const files = upperFiles(union);
  const handle = readHandle(union, entry, 'upper');
  if (handle === undefined) return 'ESTALE';
  const copy = decodeHandle(files, handle);
  const type = copy === undefined ? undefined : typeOf(files, copy);
  if (copy === undefined || type === undefined) return 'orphan';
  return isDirectory(type) ? copy : 'EIO';
};

/** Only the index has the file: it is of use as long as lower names of it are left. */
const faultOfLast = (union: Union, { name, node }: Entry): Fault | undefined => {
  const lower = readOrigin(union, node);
  if (lower === undefined) return 'ESTALE';
  return readLinks(union, node, lower, 0, () => `index/${name}`) === 0 ? 'orphan' : undefined;
};
