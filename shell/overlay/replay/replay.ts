// Replays recorded traces of filesystem suites on a fresh machine: a line a script, open-loop, ended by its first mismatch.

import { bootKernel } from '../../fs/boot.ts';
import { virtualClock } from '../../fs/clock.ts';
import type { Process } from '../../fs/process.ts';
import { createRandom } from '../../fs/random.ts';
import { mountOverlay } from '../index.ts';
import { type RecordedCalls, Relations, runRecorded } from './pjdfstest.ts';
import { type RecordedCall, UnionmountPlayer } from './unionmount.ts';

export interface ScriptResult {
  readonly script: string;
  readonly calls: number;
  /** The first call that went otherwise than recorded; undefined when all went the same. */
  readonly mismatch?: string;
}

/** Replays the text of a trace file, JSON lines of either format. Throws on lines that are neither. */
export const replay = (text: string): ScriptResult[] => {
  const lines = text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  if (!lines.every(Array.isArray)) throw new Error('a trace is JSON lines, an array each');
  return lines[0]?.length === 5 && Array.isArray(lines[0][2])
    ? replayPjdfstest(lines as unknown as RecordedCalls[])
    : replayUnionmount(lines as unknown as RecordedCall[]);
};

const boot = (
  directories: readonly string[],
): { process: Process; clock: ReturnType<typeof virtualClock> } => {
  const clock = virtualClock();
  const kernel = bootKernel({
    clock,
    random: createRandom(1),
    loader: () => undefined,
    filesystemTypes: { overlay: mountOverlay },
  });
  const process = kernel.createInit();
  for (const directory of directories) process.mkdir(directory);
  return { process, clock };
};

/** One union for all scripts, options all default, as root; each script in an empty directory of its own. */
const replayPjdfstest = (lines: readonly RecordedCalls[]): ScriptResult[] => {
  const { process, clock } = boot(['/lower', '/upper', '/work', '/m']);
  process.mount({
    source: 'overlay',
    target: '/m',
    type: 'overlay',
    options: 'lowerdir=/lower,upperdir=/upper,workdir=/work',
  });
  return byScript(lines, (line) => line[0]).map(([script, calls]) => {
    const home = calls[0]?.[1] ?? '/m';
    process.mkdir(home);
    process.chmod(home, 0o777);
    const relations = new Relations();
    return outcome(script, calls, (line) => {
      clock.advance(1000);
      const got = runRecorded(process, line);
      return relations.agree(line, got)
        ? undefined
        : `${JSON.stringify(got)}, not ${JSON.stringify(line[3])}`;
    });
  });
};

const replayUnionmount = (lines: readonly RecordedCall[]): ScriptResult[] => {
  let script = '';
  const named = lines.map((line) => {
    if (line[0] === 'script') script = String(line[1][0]);
    return { script, line };
  });
  const scripts = byScript(named, (entry) => entry.script).filter(([name]) => name !== '');
  return scripts.map(([name, entries]) => {
    const { process } = boot(['/base', '/lower', '/upper', '/mnt']);
    const player = new UnionmountPlayer(process);
    const calls = entries.map(({ line }) => line).filter(([call]) => call !== 'script');
    return outcome(name, calls, (line) => player.play(line));
  });
};

const byScript = <Line>(lines: readonly Line[], scriptOf: (line: Line) => string): [string, Line[]][] => {
  const scripts = new Map<string, Line[]>();
  for (const line of lines) {
    const script = scriptOf(line);
    const known = scripts.get(script);
    if (known === undefined) scripts.set(script, [line]);
    else known.push(line);
  }
  return [...scripts];
};

const outcome = <Line>(
  script: string,
  lines: readonly Line[],
  play: (line: Line) => string | undefined,
): ScriptResult => {
  for (const [at, line] of lines.entries()) {
    const mismatch = play(line);
    if (mismatch !== undefined)
      return { script, calls: at, mismatch: `${JSON.stringify(line).slice(0, 200)}: ${mismatch}` };
  }
  return { script, calls: lines.length };
};
