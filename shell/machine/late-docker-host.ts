// Docker is half of the shell's code, and most scripts never come near it: it is loaded by the first call that needs it,
// and within that call, since calls do not wait. The bundle loads it in its own way (.config/bundle-plugins.mjs).

import { createRequire } from 'node:module';

export const dockerHost = (): typeof import('./docker-host.ts') =>
  createRequire(import.meta.url)('./docker-host.ts');
