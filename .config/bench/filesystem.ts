// The table of filesystem operations against the peers: every side in processes of its own, in turn, medians of CPU time.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, rate, table } from './measure.ts';
import { installPeers } from './peers.ts';
import { type Kind, rows, type Side, sides } from './side.ts';

const ROUNDS = 3;
const runner = fileURLToPath(new URL('run-side.ts', import.meta.url));

export const filesystem = async (): Promise<void> => {
  const there = sides.filter((side) => side.startsWith('cowsh') || side === 'kernel' || installPeers());
  const rates = new Map<Side, Map<string, number[]>>(there.map((side) => [side, new Map()]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of there) {
      const found = { ...runSide(side, 'ordinary'), ...runSide(side, 'layered') };
      for (const [row, value] of Object.entries(found)) {
        const known = rates.get(side)?.get(row);
        if (known === undefined) rates.get(side)?.set(row, [value]);
        else known.push(value);
      }
    }
  }
  const of = (side: Side, row: string): number => median(rates.get(side)?.get(row) ?? []);
  const peers = there.filter((side) => !side.startsWith('cowsh'));
  table(
    ['operations a CPU second', ...there, 'cowsh to the best peer'],
    Object.values(rows)
      .flat()
      .map((row) => {
        const best = Math.max(...peers.map((side) => of(side, row)).filter(Number.isFinite));
        const ratio = of('cowsh', row) / best;
        return [
          row,
          ...there.map((side) => rate(of(side, row))),
          Number.isFinite(ratio) ? `${ratio.toFixed(2)}x` : '–',
        ];
      }),
  );
  console.log(
    `\n10,000 files in one directory; rates of readdir are entries, and the directory changes before each. ${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
  );
};

const runSide = (side: Side, kind: Kind): Record<string, number> => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', runner, side, kind], {
    encoding: 'utf8',
  });
  if (status !== 0) console.error(`bench: ${side} ended with ${status}: ${stderr}`);
  return status === 0 ? (JSON.parse(stdout) as Record<string, number>) : {};
};
