import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { DockerLab, type Outcome } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';
import { liveCommands } from './live-commands.ts';
import { askRealEngine, type RealOutcome, whyNoEngine } from './real-engine.ts';

const missing = whyNoEngine();
const title = 'a real engine and cowsh answer the same commands with the same words';

/** The real lab's image is busybox with its links: cowsh's busybox stands in for it under the same name. */
const sameBase = `docker pull -q busybox; docker rmi -f ubuntu:20.04; docker tag busybox ubuntu:20.04; docker rmi busybox
mkdir -p /lab/work`;

const words = (text: string): string =>
  engineWords(text.replace(/\/tmp\/cowsh-live-\w+\/work/g, '/lab/work'));

/** Clients before 23 word usage errors in another way; what the daemon says is the same. */
const daemonWords = (text: string): string =>
  words(text)
    .split('\n')
    .filter((line) => line.startsWith('Error response from daemon'))
    .join('\n');

const differences = (command: string, real: RealOutcome, ours: Outcome, modern: boolean): string[] => {
  const pairs: [string, string, string][] = [
    ['stdout', words(real.stdout), words(ours.stdout)],
    ['stderr', ...([real.stderr, ours.stderr].map(modern ? words : daemonWords) as [string, string])],
    ['status', String(real.status), String(ours.status)],
  ];
  return pairs
    .filter(([, theirs, mine]) => theirs !== mine)
    .map(
      ([stream, theirs, mine]) =>
        `$ ${command}\n--- ${stream} of the engine\n${theirs}\n+++ ${stream} of cowsh\n${mine}\n`,
    );
};

interface Recorded extends RealOutcome {
  readonly command: string;
}

/** What a real engine answered once, in `words`: COWSH_RECORD=1 writes it anew. */
const recordPath = join(dirname(fileURLToPath(import.meta.url)), 'live-answers.json');

const record = (outcomes: readonly RealOutcome[]): void => {
  const answers = liveCommands.map((command, at): Recorded => {
    const { stdout, stderr, status } = outcomes[at] as RealOutcome;
    return { command, stdout: words(stdout), stderr: words(stderr), status };
  });
  writeFileSync(recordPath, `${JSON.stringify(answers, null, 2)}\n`);
};

const compareAll = async (outcomes: readonly RealOutcome[], modern: boolean): Promise<string[]> => {
  const lab = new DockerLab();
  await lab.prepare(sameBase);
  const found: string[] = [];
  for (const [at, command] of liveCommands.entries()) {
    const ours = await lab.run(command, '/lab/work');
    found.push(...differences(command, outcomes[at] as RealOutcome, ours, modern));
  }
  return found;
};

test('cowsh answers as a real engine did when it was asked', async (t) => {
  t.timeout(120_000);
  const answers = JSON.parse(readFileSync(recordPath, 'utf8')) as Recorded[];
  t.deepEqual(
    answers.map(({ command }) => command),
    [...liveCommands],
    'record the answers again',
  );
  t.deepEqual(await compareAll(answers, true), []);
});

if (missing === undefined) {
  test(title, async (t) => {
    t.timeout(600_000, 'a real engine answers hundreds of commands');
    const { outcomes, version } = await askRealEngine(liveCommands);
    const modern = Number(/version (\d+)/.exec(version)?.[1] ?? 0) >= 28;
    if (process.env.COWSH_RECORD === '1' && modern) record(outcomes);
    t.deepEqual(await compareAll(outcomes, modern), []);
    t.log(`${liveCommands.length} commands compared with ${version.trim()}`);
  });
} else if (process.env.COWSH_ORACLES === '1') {
  test(title, (t) => t.fail(missing));
} else {
  test.skip(`${title} (${missing})`, () => {});
}
