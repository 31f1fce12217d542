// The same keys at both desks, and what both show.
import { type Seen, sameScreen } from '../../../commands/real-terminal.ts';
import { CowshDesk, type Place, realDesk } from './desk.ts';
import { bytesOf } from './key-names.ts';
import { FILES, HISTORY } from './prompt-cases.ts';

const PLACE: Place = { columns: 40, rows: 12, files: FILES, history: HISTORY };

/** What both show after the keys; where an Enter comes, both are waited for, the real one `patience` ms at most. */
export async function both(keys: string, patience?: number): Promise<{ ours: Seen; theirs: Seen }> {
  const real = realDesk(PLACE);
  const cowsh = new CowshDesk(PLACE);
  try {
    while ((await cowsh.seen()).rows[0] !== '$') await cowsh.keys('');
    let ours = await cowsh.seen();
    let theirs = await real.agreed(ours, patience);
    for (const chunk of chunksOf(bytesOf(keys))) {
      real.keys(chunk);
      await cowsh.keys(chunk);
      ours = await cowsh.seen();
      theirs = await real.agreed(ours, patience);
      if (!sameScreen(ours, theirs)) break;
    }
    return { ours, theirs };
  } finally {
    real.close();
    cowsh.close();
  }
}

/** Keys that start something or throw waiting input away stand alone. */
const ALONE = /^(?:[\r\n\x03\x0f\x1a\x1c]|\x1b#)$/;

function chunksOf(keys: readonly string[]): string[] {
  const chunks: string[] = [''];
  for (const key of keys) {
    if (ALONE.test(key)) chunks.push(key, '');
    else chunks.push((chunks.pop() ?? '') + key);
  }
  return chunks.filter((chunk) => chunk !== '');
}
