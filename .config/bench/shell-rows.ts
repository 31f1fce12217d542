// The rows of the shell's benchmark: what people's scripts do much of. Scripts are of the kind that every shell runs.

export interface Row {
  readonly name: string;
  readonly script: string;
  /** The files that must be there: a tree of 100,000 entries, or 200,000 lines in `lines`. */
  readonly needs?: 'tree' | 'lines' | 'texts';
  /** dash forks here for each turn: cowsh is to be ahead of it. */
  readonly forks?: boolean;
}

const loop = (turns: number, body: string): string =>
  `i=0; while [ $i -lt ${turns} ]; do ${body}; i=$((i+1)); done`;

export const rows: readonly Row[] = [
  { name: 'loop, 100,000 turns', script: loop(100_000, 'x=$i') },
  { name: '$(...), 1,000 times', script: loop(1_000, 'x=$(echo $i)'), forks: true },
  { name: 'pipe, 1,000 times', script: loop(1_000, 'echo $i | cat > /dev/null'), forks: true },
  { name: '10,000 appends', script: loop(10_000, 'echo $i >> out') },
  { name: 'find, 100,000 entries', script: 'find tree | wc -l', needs: 'tree' },
  { name: 'du, 100,000 entries', script: 'du -s tree', needs: 'tree' },
  { name: 'grep -r, 1,000 files of 20 KB', script: 'grep -r needle texts | wc -l', needs: 'texts' },
  { name: 'sort, 200,000 lines', script: 'sort lines | tail -n 1', needs: 'lines' },
  { name: '64 MB through a pipe', script: 'head -c 67108864 /dev/zero | wc -c' },
];

/** The files of each need, as (path, text) one after the other; undefined stands for a directory. */
export function* filesOf(
  need: NonNullable<Row['needs']>,
): Generator<[path: string, text: string | undefined]> {
  if (need === 'lines') return yield ['lines', numbers(200_000).join('')];
  const [directory, count, each, text] =
    need === 'tree' ? ['tree', 100, 999, ''] : ['texts', 10, 100, paragraph()];
  yield [directory as string, undefined];
  for (let i = 0; i < (count as number); i++) {
    yield [`${directory}/d${i}`, undefined];
    for (let k = 0; k < (each as number); k++) yield [`${directory}/d${i}/f${k}`, text as string];
  }
}

/** Numbers in an order that is no order, always the same. */
const numbers = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${(at * 7_919) % 1_000_003} line\n`);

const paragraph = (): string =>
  Array.from({ length: 400 }, (_, at) =>
    at === 200 ? 'a needle in the hay\n' : `hay ${at}, and some more of it, and a blade of grass\n`,
  ).join('');
