// bash's usage line of a builtin; the table of synopses is loaded when one is needed.
import { loading } from '../../fs/loading.ts';
import type { Shell } from '../shell.ts';

/** Writes it on standard error; gives the status of a wrong call, 2. */
export async function showUsage(shell: Shell, name: string): Promise<number> {
  const { synopsisOf } = await loading(import('./synopses.ts'));
  await shell.write(2, `${name}: usage: ${synopsisOf(name)}\n`);
  return 2;
}
