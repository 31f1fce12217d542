// Expected output against real output, line by line.
//   [..]  any text within a line      [id]  a hexadecimal id of 12 or 64 digits      ...  (alone) any lines, even none
// Spaces at the end of a line do not matter, nor do blank lines at the end.

export interface Difference {
  /** `=` in both, `-` expected and not found, `+` found and not expected. */
  readonly sign: '=' | '-' | '+';
  readonly text: string;
}

export function matches(expected: readonly string[], actual: readonly string[]): boolean {
  return compare(expected, actual).every(({ sign }) => sign === '=');
}

/** Output text as lines, without the blank end. */
export function linesOf(output: string): string[] {
  const text = output.replace(/\r\n/g, '\n').replace(/\s+$/, '');
  return text === '' ? [] : text.split('\n');
}

/** The shortest edit from what was expected to what came, both told in order. */
export function compare(expected: readonly string[], actual: readonly string[]): Difference[] {
  const cost = costs(expected, actual);
  const at = (i: number, j: number) => cost[i]?.[j] ?? Number.POSITIVE_INFINITY;
  const edits: Difference[] = [];
  let [i, j] = [0, 0];
  while (i < expected.length || j < actual.length) {
    const want = expected[i];
    const got = actual[j];
    const here = at(i, j);
    if (want !== undefined && isGap(want) && here === at(i + 1, j)) i++;
    else if (want !== undefined && isGap(want) && got !== undefined && here === at(i, j + 1)) {
      edits.push({ sign: '=', text: got });
      j++;
    } else if (
      want !== undefined &&
      got !== undefined &&
      lineMatches(want, got) &&
      here === at(i + 1, j + 1)
    ) {
      edits.push({ sign: '=', text: got });
      i++;
      j++;
    } else if (want !== undefined && here === 1 + at(i + 1, j)) {
      edits.push({ sign: '-', text: want });
      i++;
    } else {
      edits.push({ sign: '+', text: got ?? '' });
      j++;
    }
  }
  return edits;
}

/** cost[i][j]: edits needed for the lines from i and j on. */
function costs(expected: readonly string[], actual: readonly string[]): number[][] {
  const cost = Array.from({ length: expected.length + 1 }, () =>
    new Array<number>(actual.length + 1).fill(0),
  );
  const at = (i: number, j: number) => cost[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = expected.length; i >= 0; i--)
    for (let j = actual.length; j >= 0; j--) {
      const want = expected[i];
      const got = actual[j];
      if (want === undefined && got === undefined) continue;
      const gap = want !== undefined && isGap(want);
      const choices = [
        got === undefined ? Number.POSITIVE_INFINITY : at(i, j + 1) + (gap ? 0 : 1),
        want === undefined ? Number.POSITIVE_INFINITY : at(i + 1, j) + (gap ? 0 : 1),
        want !== undefined && got !== undefined && lineMatches(want, got)
          ? at(i + 1, j + 1)
          : Number.POSITIVE_INFINITY,
      ];
      (cost[i] as number[])[j] = Math.min(...choices);
    }
  return cost;
}

const isGap = (line: string) => line.trim() === '...';

const wildcards: Record<string, string> = { '[..]': '.*', '[id]': '(?:[0-9a-f]{64}|[0-9a-f]{12})' };

function lineMatches(want: string, got: string): boolean {
  const wanted = want.trimEnd();
  if (!wanted.includes('[')) return wanted === got.trimEnd();
  const pattern = wanted
    .split(/(\[\.\.\]|\[id\])/)
    .map((part) => wildcards[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${pattern.join('')}$`, 's').test(got.trimEnd());
}
