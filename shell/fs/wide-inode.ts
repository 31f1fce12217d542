// Inode numbers of 64 bits: an overlay with xino puts the number of a filesystem into the highest of them. Such a number
// is too large for a JavaScript number; it is kept packed, and unpacked where it is shown.

const LOW = 2 ** 40;
const IDS = 2 ** 9;

/** Packs an inode number and what stands `bits` down from the 64th bit; undefined where it cannot be packed. */
export const wideInode = (ino: number, id: number, bits: number): number | undefined => {
  if (id === 0) return ino;
  return ino < LOW ? ino + LOW * (id + IDS * (bits - 1)) : undefined;
};

/** The number as stat(2) gives it, in decimal. */
export const inodeText = (ino: number): string => {
  const bits = Math.floor(ino / (LOW * IDS)) + 1;
  if (bits === 1) return String(ino);
  const id = Math.floor(ino / LOW) % IDS;
  return String(BigInt(ino % LOW) + (BigInt(id) << BigInt(65 - bits)));
};
