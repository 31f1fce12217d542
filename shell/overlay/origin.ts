// The origin: an attribute of a copied-up file that names the lower file it came from, by handle instead of path.
// Kernel: overlayfs.rst, "Inode properties", "NFS export"; fs/overlayfs/copy_up.c, ovl_encode_real_fh.
// The layout is the kernel's struct ovl_fb around a file handle: of ext4 (inode number, generation), or of tmpfs
// (generation, inode number in two words: shmem_encode_fh).

import { isFsError } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { S_IFMT } from '../fs/mode.ts';
import { Slab } from '../fs/slab.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Place } from './layer.ts';
import type { Union } from './union.ts';
import { getMark, writeMark } from './xattr.ts';

const MAGIC = 0xfb;
/** FILEID_INO32_GEN of include/linux/exportfs.h. */
const HANDLE_TYPE = 1;
const AT_DEVICE = 17;
const EXT4 = { length: 29, atInode: 21 };
const TMPFS = { length: 33, atInode: 25 };

const layoutOf = (files: FileSystem): typeof EXT4 => (files.type === 'tmpfs' ? TMPFS : EXT4);

/** Every copied-up file keeps one. */
const handles = new Slab();

/** The handle of a file: version, magic, length, flags, type, filesystem (16 bytes), and what the filesystem has there. */
export const encodeHandle = (files: FileSystem, node: NodeId): Uint8Array => {
  const { dev } = files;
  const { length, atInode } = layoutOf(files);
  const handle = handles.take(length).fill(0);
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

/** The handle of a lower file. */
export const fileHandle = ({ layer, node }: Place): Uint8Array => encodeHandle(layer.files, node);

/** Writes the origin attribute of an upper file. */
export const setOrigin = (union: Union, upper: NodeId, origin: Place): void => {
  const files = union.upper?.files;
  if (files === undefined) return;
  writeMark(files, upper, union.options.prefix, 'origin', fileHandle(origin));
};

/** The lower file that an upper file's origin names, if it still exists and is of the same type. */
export const readOrigin = (union: Union, upper: NodeId): Place | undefined => {
  const files = union.upper?.files as FileSystem;
  const handle = getMark(files, upper, union.options.prefix, 'origin');
  if (handle === undefined || handle.length < EXT4.length || handle[1] !== MAGIC) return undefined;
  const view = new DataView(handle.buffer, handle.byteOffset);
  const dev = view.getUint32(AT_DEVICE);
  const layer = union.lowers.find((lower) => lower.files.dev === dev);
  if (layer === undefined || handle.length !== layoutOf(layer.files).length) return undefined;
  const node = view.getUint32(layoutOf(layer.files).atInode, true);
  const type = files.inode(upper).mode & S_IFMT;
  return typeOf(layer.files, node) === type ? { layer, node } : undefined;
};

/** The type bits of a node that may be gone. */
const typeOf = (files: FileSystem, node: NodeId): number | undefined => {
  try {
    return files.inode(node).mode & S_IFMT;
  } catch (error) {
    if (isFsError(error)) return undefined;
    throw error;
  }
};
