import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { DockerLab } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';
import { kitWords } from './kit-words.ts';
import { classicBuilds } from './live-classic-builds.ts';
import { currentBuilds, kitBuilds, kitSetup } from './live-kit-builds.ts';
import { differingFromEngine, type RealOutcome, whyNoEngine } from './real-engine.ts';

interface Recorded extends RealOutcome {
  readonly command: string;
}

/**
 * What BuildKit answered, in `words`: `engine` is Docker 20.10.24 asked by its own client (COWSH_RECORD=1 writes it
 * anew), `buildx` is Docker 26.1.5 with buildx 0.13.1, `classic` is the classic builder of 20.10.24.
 */
const recordPath = join(dirname(fileURLToPath(import.meta.url)), 'kit-answers.json');
const recorded = JSON.parse(readFileSync(recordPath, 'utf8')) as Record<
  'engine' | 'buildx' | 'classic',
  Recorded[]
>;

const asWords = ({ stdout, stderr, status }: RealOutcome): RealOutcome => ({
  stdout: kitWords(stdout),
  stderr: kitWords(stderr),
  status,
});

const ENVIRONMENT = 'export DOCKER_BUILDKIT=1 BUILDKIT_PROGRESS=plain';

const withKit = (command: string): string => `${ENVIRONMENT}; ${command}`;

/** The real lab's image is busybox with its links: cowsh's busybox stands in for it under the same name. */
const sameBase = `docker pull -q busybox; docker rmi -f ubuntu:20.04; docker tag busybox ubuntu:20.04; docker rmi busybox
mkdir -p /lab/work; cd /lab/work; ${kitSetup}`;

const differences = async (
  answers: readonly Recorded[],
  ours: (command: string) => string,
  words = asWords,
): Promise<string[]> => {
  const lab = new DockerLab();
  await lab.prepare(sameBase);
  const found: string[] = [];
  for (const { command, ...theirs } of answers) {
    const mine = words(await lab.run(ours(command), '/lab/work'));
    for (const part of ['stdout', 'stderr', 'status'] as const)
      if (mine[part] !== theirs[part])
        found.push(`$ ${command}\n--- ${part} of Docker\n${theirs[part]}\n+++ of cowsh\n${mine[part]}\n`);
  }
  return found;
};

test('what BuildKit of a 20.10 engine answered: words, vertices and statuses are the same', async (t) => {
  t.deepEqual(
    recorded.engine.map(({ command }) => command),
    [...kitBuilds],
    'record the answers again',
  );
  t.deepEqual(await differences(recorded.engine, withKit), []);
});

test('what buildx answered: words, vertices and statuses are the same', async (t) => {
  const commands = [...kitBuilds, ...currentBuilds];
  t.deepEqual(
    recorded.buildx.map(({ command }) => command),
    commands,
    'record the answers again',
  );
  const asBuildx = (command: string): string =>
    withKit(command.replaceAll('docker build ', 'docker buildx build '));
  t.deepEqual(await differences(recorded.buildx, asBuildx), []);
});

test('what the classic builder answered: instructions, flags and refusals', async (t) => {
  t.deepEqual(
    recorded.classic.map(({ command }) => command),
    [...classicBuilds],
    'record the answers again',
  );
  const words = ({ stdout, stderr, status }: RealOutcome): RealOutcome => ({
    stdout: engineWords(stdout),
    stderr: engineWords(stderr),
    status,
  });
  t.deepEqual(await differences(recorded.classic, (command) => command, words), []);
});

/** A client that asks the engine's own BuildKit: later ones want buildx for it. */
const client = ['/usr/bin/docker', '/usr/local/bin/docker'].find((path) =>
  spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.includes(' 20.10.'),
);
const missing = whyNoEngine() ?? (client === undefined ? 'no docker client of 20.10' : undefined);
const title = 'BuildKit of a real engine and cowsh’s answer the same builds with the same words';

if (missing === undefined) {
  test(title, async (t) => {
    t.timeout(600_000, 'a real engine does a hundred builds');
    const prefix = `${ENVIRONMENT} PATH=${dirname(client ?? '')}:$PATH`;
    const asked = [kitSetup, ...kitBuilds.map((command) => `${prefix}; ${command}`)];
    const found = await differingFromEngine(asked, ([, ...outcomes]) => {
      const answers = kitBuilds.map((command, at) => ({ command, ...asWords(outcomes[at] as RealOutcome) }));
      if (process.env.COWSH_RECORD === '1')
        writeFileSync(recordPath, `${JSON.stringify({ ...recorded, engine: answers }, null, 2)}\n`);
      return differences(answers, withKit);
    });
    t.deepEqual(found, []);
    t.log(`${kitBuilds.length} commands compared`);
  });
} else if (process.env.COWSH_ORACLES === '1' && whyNoEngine() !== undefined) {
  test(title, (t) => t.fail(missing));
} else {
  test.skip(`${title} (${missing})`, () => {});
}
