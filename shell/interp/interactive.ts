// placeholder to be replaced
import type { Outcome } from './outcome.ts';
import { ended } from './outcome.ts';
import type { Shell } from './shell.ts';
export async function runInteractive(_shell: Shell): Promise<Outcome> {
  return ended(0);
}
