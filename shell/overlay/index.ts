// The door of this room: the filesystem type for the kernel's table.

export { mountOverlay } from './mount-overlay.ts';
