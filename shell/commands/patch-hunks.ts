// Hunks of a patch, and finding where one fits.

export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  /** Lines with their mark: space, - or +. A last line without newline has none here either. */
  readonly lines: readonly string[];
  readonly header: string;
}

export const reversed = (hunk: Hunk): Hunk => ({
  oldStart: hunk.newStart,
  newStart: hunk.oldStart,
  header: hunk.header.replace(/^@@ -(\S+) \+(\S+) @@/, '@@ -$2 +$1 @@'),
  lines: hunk.lines.map((line) =>
    line[0] === '-' ? `+${line.slice(1)}` : line[0] === '+' ? `-${line.slice(1)}` : line,
  ),
});

export const oldLines = (hunk: Hunk): string[] =>
  hunk.lines.filter((line) => line[0] !== '+').map((line) => line.slice(1));

export const newLines = (hunk: Hunk): string[] =>
  hunk.lines.filter((line) => line[0] !== '-').map((line) => line.slice(1));

export interface Fit {
  /** Index of the first line that is replaced. */
  readonly at: number;
  readonly fuzz: number;
  readonly offset: number;
  /** Where the hunk with all its context begins. */
  readonly start: number;
  readonly old: readonly string[];
  readonly replacement: readonly string[];
}

export interface Place {
  /** Lines that hunks before this one added. */
  readonly shift: number;
  /** How far off the one before it was. */
  readonly drift: number;
  /** The first line that is still free. */
  readonly from: number;
}

/** Where a hunk fits in `lines`, nearest to its own place; context may be left out at its ends, up to `fuzz` lines. */
export const findFit = (
  lines: readonly string[],
  hunk: Hunk,
  { shift, drift, from }: Place,
  fuzz: number,
): Fit | undefined => {
  const context = (marks: readonly string[]): number => {
    const at = marks.findIndex((line) => line[0] !== ' ');
    return at === -1 ? marks.length : at;
  };
  const before = context(hunk.lines);
  const after = context([...hunk.lines].reverse());
  const [all, fresh] = [oldLines(hunk), newLines(hunk)];
  const most = Math.max(before, after);
  const own = Math.max(hunk.oldStart - (all.length === 0 ? 0 : 1), 0) + shift;
  for (let level = 0; level <= Math.min(fuzz, most); level++) {
    // Less context before than after means the start of the file, and the other way round its end.
    const [lead, trail] = [level + before - most, level + after - most];
    const [head, tail] = [Math.max(0, lead), Math.max(0, trail)];
    const old = all.slice(head, all.length - tail);
    const replacement = fresh.slice(head, fresh.length - tail);
    const fits = (at: number): boolean =>
      at >= from &&
      at + old.length <= lines.length &&
      (lead >= 0 || at === shift) &&
      (trail >= 0 || at + old.length === lines.length) &&
      old.every((line, index) => line === lines[at + index]);
    const wanted = own + drift + head;
    for (let distance = 0; distance <= lines.length; distance++) {
      for (const at of distance === 0 ? [wanted] : [wanted + distance, wanted - distance]) {
        if (fits(at)) return { at, fuzz: level, offset: at - own - head, start: at - head, old, replacement };
      }
    }
  }
  return undefined;
};
