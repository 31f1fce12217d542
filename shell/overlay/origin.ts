// The origin: an attribute of a copied-up file that names the lower file it came from, by handle instead of path.
// Kernel: overlayfs.rst, "Inode properties", "NFS export"; fs/overlayfs/copy_up.c, ovl_encode_real_fh.
// The layout is the kernel's struct ovl_fb around a file handle: of ext4 (inode number, generation), or of tmpfs
// (generation, inode number in two words: shmem_encode_fh).

import { isFsError } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { S_IFMT } from '../fs/mode.ts';
import { Slab } from '../fs/slab.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Layer, Place } from './layer.ts';
import type { Union } from './union.ts';
import { getMark, writeMark } from './xattr.ts';

const MAGIC = 0xfb;
/** FILEID_INO32_GEN of include/linux/exportfs.h. */
const HANDLE_TYPE = 1;
const AT_DEVICE = 17;
/** Where the part begins that the file's filesystem has made. */
const AT_FILE = 21;
/** OVL_FH_FLAG_BIG_ENDIAN, OVL_FH_FLAG_ANY_ENDIAN, and with OVL_FH_FLAG_PATH_UPPER all there are. */
const BIG_ENDIAN = 1;
const ANY_ENDIAN = 2;
const KNOWN_FLAGS = 7;
const EXT4 = { length: 29, atInode: 21 };
const TMPFS = { length: 33, atInode: 25 };

const layoutOf = (files: FileSystem): typeof EXT4 => (files.type === 'tmpfs' ? TMPFS : EXT4);

/** Every copied-up file keeps one. */
const handles = new Slab();

/** The handle of a file: version, magic, length, flags, type, filesystem (16 bytes), and what the filesystem has there. */
export const encodeHandle = (files: FileSystem, node: NodeId): Uint8Array => {
  const { dev } = files;
  const { length, atInode } = layoutOf(files);
  const handle = handles.take(length);
  for (let at = 0; at < length; at++) handle[at] = 0;
  handle[1] = MAGIC;
  handle[2] = length;
  handle[4] = HANDLE_TYPE;
  // Byte by byte: a DataView asks for the array's buffer, which V8 then makes an allocation of its own for.
  for (let byte = 0; byte < 4; byte++) {
    handle[AT_DEVICE + byte] = dev >>> (24 - 8 * byte);
    handle[atInode + byte] = node >>> (8 * byte);
  }
  return handle;
};

/**
 * What is wrong with a stored handle (ovl_check_fb_len): EINVAL for what is none, ENODATA for one of another version, of
 * unknown flags or of a machine with another byte order, whose file is unknown.
 */
export const handleError = (handle: Uint8Array): 'EINVAL' | 'ENODATA' | undefined => {
  const [version = 0, magic, length = 0, flags = 0] = handle;
  if (handle.length < AT_FILE || handle.length < length || magic !== MAGIC) return 'EINVAL';
  const bigEndian = (flags & (ANY_ENDIAN | BIG_ENDIAN)) === BIG_ENDIAN;
  return version > 0 || (flags & ~KNOWN_FLAGS) !== 0 || bigEndian ? 'ENODATA' : undefined;
};

/** The node of the file, if it lies in this filesystem and was not removed; of a node that is gone, its number. */
export const decodeHandle = (files: FileSystem, handle: Uint8Array): NodeId | undefined => {
  const { length, atInode } = layoutOf(files);
  if (handle.length !== length) return undefined;
  const view = new DataView(handle.buffer, handle.byteOffset);
  return view.getUint32(AT_DEVICE) === files.dev ? view.getUint32(atInode, true) : undefined;
};

/** The name of the index entry: the lower file's handle in hexadecimal (ovl_get_index_name). */
export const indexName = (origin: Place): string => Buffer.from(fileHandle(origin)).toString('hex');

/** The handle of a lower file. */
export const fileHandle = ({ layer, node }: Place): Uint8Array => encodeHandle(layer.files, node);

/** Writes the origin attribute of an upper file; an empty one where there are no handles (ovl_get_origin_fh). */
export const setOrigin = (union: Union, upper: NodeId, origin: Place): void => {
  const files = union.upper?.files;
  if (files === undefined) return;
  const handle = origin.layer.files.keepsHandles === false ? '' : fileHandle(origin);
  writeMark(files, upper, union.options.prefix, 'origin', handle);
};

/** The lower file that an upper file's origin names, if it still exists and is of the same type. */
export const readOrigin = (union: Union, upper: NodeId): Place | undefined => {
  const files = union.upper?.files as FileSystem;
  const handle = readHandle(union, upper, 'origin');
  if (handle === undefined) return undefined;
  for (const layer of union.lowers) {
    const node = decodeHandle(layer.files, handle);
    if (node === undefined) continue;
    const type = files.inode(upper).mode & S_IFMT;
    return typeOf(layer.files, node) === type ? { layer, node } : undefined;
  }
  return undefined;
};

/** The handle in a mark, if it can be used; an empty one says that the file is not known (ovl_get_fh). */
export const readHandle = (union: Union, upper: NodeId, mark: 'origin' | 'upper'): Uint8Array | undefined => {
  const handle = getMark((union.upper as Layer).files, upper, union.options.prefix, mark);
  if (handle === undefined || handle.length === 0) return undefined;
  const error = handleError(handle);
  if (error === undefined) return handle;
  if (error === 'EINVAL') union.log(`overlayfs: invalid origin (${shownHandle(handle)})`);
  return undefined;
};

/** The kernel keeps three bytes free before a handle, and shows these in place of the last three. */
const shownHandle = (handle: Uint8Array): string =>
  Buffer.concat([new Uint8Array(3), handle])
    .subarray(0, handle.length)
    .toString('hex');

/** The type bits of a node that may be gone. */
export const typeOf = (files: FileSystem, node: NodeId): number | undefined => {
  try {
    return files.inode(node).mode & S_IFMT;
  } catch (error) {
    if (isFsError(error)) return undefined;
    throw error;
  }
};
