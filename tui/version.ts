// The version of the package this file was installed with: package.json lies one folder up, in the sources and in dist.

import { readFileSync } from 'node:fs';

export function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
