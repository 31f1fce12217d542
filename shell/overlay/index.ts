// The door of this room: the filesystem type for the kernel's table.

export { BranchFiles } from './aufs/branch-files.ts';
export { mountAufs } from './aufs/mount-aufs.ts';
export { mountOverlay } from './mount-overlay.ts';
