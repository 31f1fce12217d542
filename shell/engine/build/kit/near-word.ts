// The word that somebody may have meant: fewer than three letters wrong (BuildKit: util/suggest).

const LEAST_WRONG = 3;

export const nearWord = (word: string, names: readonly string[]): string | undefined => {
  let best: string | undefined;
  let least = LEAST_WRONG;
  for (const name of names) {
    const wrong = editDistance(word, name);
    if (wrong < least) {
      least = wrong;
      best = name;
    }
  }
  return best;
};

/** Letters to put in, take out or change (Levenshtein). */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
};
