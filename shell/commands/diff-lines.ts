// The longest common subsequence of two lists of lines (Myers 1986), as the edits between them.

/** A run of lines that differ: [from, to) in the first list against [from, to) in the second. */
export interface Hunk {
  readonly from1: number;
  readonly to1: number;
  readonly from2: number;
  readonly to2: number;
}

/** The hunks in order; lines are equal when their keys are. */
export const diffLines = (a: readonly string[], b: readonly string[]): Hunk[] => {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let tail = 0;
  while (
    tail < a.length - start &&
    tail < b.length - start &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const matches = commonLines(a.slice(start, a.length - tail), b.slice(start, b.length - tail));
  const hunks: Hunk[] = [];
  let [at1, at2] = [start, start];
  for (const [x, y] of [
    ...matches.map(([i, j]) => [i + start, j + start] as const),
    [a.length - tail, b.length - tail] as const,
  ]) {
    if (x > at1 || y > at2) hunks.push({ from1: at1, to1: x, from2: at2, to2: y });
    [at1, at2] = [x + 1, y + 1];
  }
  return shifted(hunks, a, b);
};

/** Pairs of equal lines, in order: the path that Myers' algorithm finds. */
const commonLines = (a: readonly string[], b: readonly string[]): [number, number][] => {
  const [n, m] = [a.length, b.length];
  const trail: Map<number, number>[] = [];
  let front = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= n + m; d++) {
    trail.push(new Map(front));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (front.get(k - 1) ?? -1) < (front.get(k + 1) ?? -1));
      let x = down ? (front.get(k + 1) ?? 0) : (front.get(k - 1) ?? 0) + 1;
      while (x < n && x - k < m && a[x] === b[x - k]) x++;
      front.set(k, x);
      if (x >= n && x - k >= m) return backtrack(trail, n, m);
    }
    front = new Map(front);
  }
  return [];
};

const backtrack = (trail: readonly Map<number, number>[], n: number, m: number): [number, number][] => {
  const pairs: [number, number][] = [];
  let [x, y] = [n, m];
  for (let d = trail.length - 1; d >= 0; d--) {
    const front = trail[d] as Map<number, number>;
    const k = x - y;
    const down = k === -d || (k !== d && (front.get(k - 1) ?? -1) < (front.get(k + 1) ?? -1));
    const previous = down ? k + 1 : k - 1;
    const x0 = d === 0 ? 0 : (front.get(previous) ?? 0);
    const y0 = d === 0 ? 0 : x0 - previous;
    while (x > x0 && y > y0) pairs.push([--x, --y]);
    [x, y] = [x0, y0];
  }
  return pairs.reverse();
};

/** GNU's habit: a hunk that only adds or only removes slides down as far as its lines repeat. */
const shifted = (hunks: readonly Hunk[], a: readonly string[], b: readonly string[]): Hunk[] => {
  const result: Hunk[] = [];
  for (const [index, hunk] of hunks.entries()) {
    const limit = hunks[index + 1];
    let { from1, to1, from2, to2 } = hunk;
    const room = (): boolean =>
      (limit === undefined || (to1 < limit.from1 && to2 < limit.from2)) && to1 < a.length && to2 < b.length;
    if (from1 === to1)
      while (room() && b[from2] === b[to2])
        [from1, to1, from2, to2] = [from1 + 1, to1 + 1, from2 + 1, to2 + 1];
    else if (from2 === to2)
      while (room() && a[from1] === a[to1])
        [from1, to1, from2, to2] = [from1 + 1, to1 + 1, from2 + 1, to2 + 1];
    result.push({ from1, to1, from2, to2 });
  }
  return result;
};
