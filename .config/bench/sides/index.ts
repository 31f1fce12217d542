// The sides of the filesystem benchmark, by name.

import type { Kind, Operations, Side } from '../side.ts';

const table: Record<Side, (kind: Kind) => Promise<Operations>> = {
  cowsh: async (kind) => (await import('./cowsh.ts')).openCowsh(kind, false),
  'cowsh traced': async (kind) => (await import('./cowsh.ts')).openCowsh(kind, true),
  memfs: async () => (await import('./memfs.ts')).openMemfs(),
  unionfs: async () => (await import('./memfs.ts')).openUnionfs(),
  'just-bash memory': async () => (await import('./just-bash.ts')).openMemory(),
  'just-bash overlay': async (kind) => (await import('./just-bash.ts')).openOverlay(kind),
  kernel: async (kind) => (await import('./kernel.ts')).openKernel(kind),
};

export const openSide = (side: Side, kind: Kind): Promise<Operations> => table[side](kind);
