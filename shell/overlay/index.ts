// The door of this room: the filesystem type for the kernel's table.

export { mountAufs } from './aufs/mount-aufs.ts';
export { mountOverlay } from './mount-overlay.ts';
