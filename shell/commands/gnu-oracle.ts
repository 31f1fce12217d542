// The machine's own GNU tools as oracle: the same files, arguments and input, and the same answer is expected.

import { spawnSync } from 'node:child_process';
import test, { type ExecutionContext } from 'ava';
import { rowOf } from './gnu-lines.ts';
import { comparedOf, type Files, inSandbox, onMachine, type Row } from './gnu-sides.ts';

export type { Files, Row } from './gnu-sides.ts';

const hasGnu = (tool: string): boolean => {
  const found = spawnSync(tool, ['--version'], { encoding: 'utf8' });
  return (
    found.status === 0 &&
    /GNU|Debian|util-linux|xxd|[gs]etfacl|curl|tree v/i.test(`${found.stdout}${found.stderr}`)
  );
};

const compare = async (t: ExecutionContext, files: Files, row: Row): Promise<void> => {
  const wanted = onMachine(files, row);
  const got = await inSandbox(files, row);
  t.deepEqual(comparedOf(row, got), comparedOf(row, wanted));
};

/** One test for each row; without the GNU tool they are skipped, or fail where oracles are a must. */
export const sameAsGnu = (tool: string, files: Files, rows: readonly (Row | readonly string[])[]): void => {
  const present = hasGnu(tool);
  const seen = new Map<string, number>();
  for (const given of rows) {
    const row: Row = 'argv' in given ? given : { argv: given };
    const title = `${row.argv.map((word) => JSON.stringify(word)).join(' ')}${row.stdin === undefined ? '' : ` < ${JSON.stringify(row.stdin.slice(0, 30))}`}`;
    const count = seen.get(title) ?? 0;
    seen.set(title, count + 1);
    const name = count > 0 ? `${title} #${count + 1}` : title;
    if (present) test(name, (t) => compare(t, files, row));
    else if (process.env.COWSH_ORACLES === '1') test(name, (t) => t.fail(`GNU ${tool} is not here`));
    else test.skip(`${name} (no GNU ${tool} here)`, () => {});
  }
};

/** The same for command lines as a shell reads them; see `rowOf`. `rest` holds for all of them. */
export const sameLines = (
  tool: string,
  files: Files,
  lines: readonly string[],
  rest: Omit<Row, 'argv'> = {},
): void =>
  sameAsGnu(
    tool,
    files,
    lines.map((line) => ({ ...rest, ...rowOf(line) })),
  );
