// Commands from standard input that is no terminal: read only as far as each command goes,
// so that the commands themselves can read what follows.
import { parseFor } from './dialect.ts';
import { ended, type Outcome } from './outcome.ts';
import { readLine } from './read-line.ts';
import type { Shell } from './shell.ts';
import { runSource } from './source.ts';
import { isIncomplete } from './syntax.ts';

export async function runStream(shell: Shell): Promise<Outcome | number> {
  let pending = '';
  let firstLine = 1;
  for (;;) {
    const line = await readLine(shell.process, 0, { delimiter: '\n' });
    if (line.text !== '' || !line.ended) pending += line.ended ? line.text : `${line.text}\n`;
    if (!line.ended && pending.length < 1_000_000 && isIncomplete(parseFor(shell, pending).parsed)) continue;
    if (pending.trim() !== '') {
      const outcome = await runSource(shell, pending, { firstLine });
      if (outcome.leave !== undefined && outcome.leave.kind !== 'abandon') return outcome;
    }
    if (line.ended) return ended(shell.state.status);
    firstLine += pending.split('\n').length - 1;
    pending = '';
  }
}
