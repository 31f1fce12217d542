// The same keys at both desks, and what both show.
import { CowshDesk, type Place, RealDesk, type Seen } from './desk.ts';
import { bytesOf } from './key-names.ts';
import { FILES, HISTORY } from './prompt-cases.ts';

const PLACE: Place = { columns: 40, rows: 12, files: FILES, history: HISTORY };
const PATIENCE_MS = 1500;
const POLL_MS = 5;

export const same = (a: Seen, b: Seen): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Until the real screen is as wanted, or never will be. */
async function agreed(real: RealDesk, wanted: Seen): Promise<Seen> {
  for (let waited = 0; ; waited += POLL_MS) {
    const seen = await real.seen();
    if (same(seen, wanted) || waited > PATIENCE_MS) return seen;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What both show after the keys; where an Enter comes, both are waited for. */
export async function both(keys: string): Promise<{ ours: Seen; theirs: Seen }> {
  const real = new RealDesk(PLACE);
  const cowsh = new CowshDesk(PLACE);
  try {
    while ((await cowsh.seen()).rows[0] !== '$') await cowsh.keys('');
    let ours = await cowsh.seen();
    let theirs = await agreed(real, ours);
    for (const chunk of chunksOf(bytesOf(keys))) {
      await Promise.all([real.keys(chunk), cowsh.keys(chunk)]);
      ours = await cowsh.seen();
      theirs = await agreed(real, ours);
      if (!same(ours, theirs)) break;
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

export const drawn = ({ rows, cursor: [row, column] }: Seen): string =>
  rows
    .map((text, at) => (at === row ? `${text.padEnd(column).slice(0, column)}▏${text.slice(column)}` : text))
    .join('\n')
    .trimEnd();
