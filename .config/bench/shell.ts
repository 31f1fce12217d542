// `npm run bench -- shell`: scripts in cowsh, in just-bash and in the machine's dash and busybox, CPU time as ratios.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, table } from './measure.ts';
import { installPeers } from './peers.ts';
import { filesOf, type Row, rows } from './shell-rows.ts';

const ROUNDS = 3;
const runner = fileURLToPath(new URL('run-shell.ts', import.meta.url));

interface Answer {
  seconds: number;
  answer: string;
}

const SIMULATED = ['cowsh', 'just-bash'] as const;
const REAL = { dash: ['dash'], busybox: ['busybox', 'sh'] } as const;

const simulated = (side: string, at: number): Answer | undefined => {
  const { status, stdout } = spawnSync(process.execPath, [runner, side, String(at)], {
    encoding: 'utf8',
    timeout: 600_000,
  });
  return status === 0 ? (JSON.parse(stdout) as Answer) : undefined;
};

/** A directory of the machine's disk with the row's files, which the row only reads; an empty one for the others. */
const directoryFor = ({ needs }: Row): string => {
  const directory = mkdtempSync(join(tmpdir(), 'cowsh-bench-'));
  for (const [path, text] of needs === undefined ? [] : filesOf(needs)) {
    if (text === undefined) mkdirSync(join(directory, path));
    else writeFileSync(join(directory, path), text);
  }
  return directory;
};

/** A shell of the machine; bash's `time` tells what it and its children took. */
const real = (command: readonly string[], { script }: Row, cwd: string): Answer | undefined => {
  const timed = 'TIMEFORMAT="%3U %3S"; { time "$@" 2>&3; } 3>&1';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', timed, 'bash', ...command, '-c', script], {
    cwd,
    encoding: 'utf8',
  });
  const [user = 0, system = 0] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return status === 0 ? { seconds: user + system, answer: `${status} ${stdout}` } : undefined;
};

const isThere = (command: readonly string[]): boolean =>
  spawnSync(command[0] as string, [...command.slice(1), '-c', ':']).status === 0;

/** What each side took in each round, and all answers there were. */
const measure = (sides: readonly string[], row: Row, at: number): Measured => {
  const taken = new Map<string, number[]>(sides.map((side) => [side, []]));
  const answers = new Set<string>();
  const directory = directoryFor(row);
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const side of sides) {
        const command = (REAL as Record<string, readonly string[]>)[side];
        const found = command === undefined ? simulated(side, at) : real(command, row, directory);
        if (found === undefined) continue;
        taken.get(side)?.push(found.seconds);
        answers.add(found.answer);
      }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return { taken, answers };
};

interface Measured {
  readonly taken: ReadonlyMap<string, readonly number[]>;
  readonly answers: ReadonlySet<string>;
}

const tell = (row: Row, sides: readonly string[], { taken, answers }: Measured): string[] => {
  const of = (side: string): number => median(taken.get(side) ?? []);
  const ratio = (side: string): string => {
    const value = of(side) / of('cowsh');
    return Number.isFinite(value) ? `${value.toFixed(value < 10 ? 1 : 0)}x` : '–';
  };
  return [
    row.forks ? `${row.name} (dash forks)` : row.name,
    ...sides.map((side) => (Number.isFinite(of(side)) ? `${(of(side) * 1000).toFixed(0)} ms` : '–')),
    ...sides.slice(1).map(ratio),
    answers.size > 1 && !row.name.startsWith('du') ? 'answers differ' : '',
  ];
};

export const shell = async (): Promise<void> => {
  const peers = Object.entries(REAL).filter(([, command]) => isThere(command));
  const sides = [
    ...SIMULATED.filter((side) => side === 'cowsh' || installPeers()),
    ...peers.map(([name]) => name),
  ];
  const lines = rows.map((row, at) => {
    const line = tell(row, sides, measure(sides, row, at));
    console.error(line.join('  '));
    return line;
  });
  table(['CPU time', ...sides, ...sides.slice(1).map((side) => `${side} to cowsh`), ''], lines);
  console.log(`\n${ROUNDS} rounds in turn, medians; start-up is not counted for cowsh and just-bash.`);
};
