// The sides of the filesystem benchmark, by name.

import type { Operations, Side } from '../side.ts';

const table: Record<Side, () => Promise<Operations>> = {
  cowsh: async () => (await import('./cowsh.ts')).openCowsh(false),
  'cowsh traced': async () => (await import('./cowsh.ts')).openCowsh(true),
  memfs: async () => (await import('./memfs.ts')).openMemfs(),
  unionfs: async () => (await import('./memfs.ts')).openUnionfs(),
  'just-bash memory': async () => (await import('./just-bash.ts')).openMemory(),
  'just-bash overlay': async () => (await import('./just-bash.ts')).openOverlay(),
  kernel: async () => (await import('./kernel.ts')).openKernel(),
};

export const openSide = (side: Side): Promise<Operations> => table[side]();
