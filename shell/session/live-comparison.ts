// Commands that a real engine and cowsh answer side by side, each in its own lab; what the real one said once is kept.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { DockerLab, type Outcome } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';
import { clientVersion, differingFromEngine, type RealOutcome, whyNoEngine } from './real-engine.ts';

const missing = whyNoEngine();

/** The real lab's image is busybox with its links: cowsh's busybox stands in for it under the same name. */
const sameBase = `docker pull -q busybox; docker rmi -f ubuntu:20.04; docker tag busybox ubuntu:20.04; docker rmi busybox
mkdir -p /lab/work`;

const words = (text: string): string =>
  engineWords(
    text
      .replace(/\/tmp\/cowsh-live-\w+\/work/g, '/lab/work')
      .replace(/\/tmp\/real-docker\.\w+\/docker\//g, '/var/lib/docker/')
      .replace(/\/tmp\/real-docker\.\w+\/exec\//g, '/run/docker/'),
  );

const MODERN = 28;

/** What older clients do in another way; the daemon is the same, and so are its outputs and statuses. */
const changedSince = [/--pull foo/, /-v :\/x/, /prune </];

const differences = (command: string, real: RealOutcome, ours: Outcome, modern: boolean): string[] => {
  const pairs: [string, string, string][] = [
    ['stdout', words(real.stdout), words(ours.stdout)],
    ['status', String(real.status), String(ours.status)],
  ];
  if (modern) pairs.push(['stderr', words(real.stderr), words(ours.stderr)]);
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

const record = (path: string, commands: readonly string[], outcomes: readonly RealOutcome[]): void => {
  const answers = commands.map((command, at): Recorded => {
    const { stdout, stderr, status } = outcomes[at] as RealOutcome;
    return { command, stdout: words(stdout), stderr: words(stderr), status };
  });
  writeFileSync(path, `${JSON.stringify(answers, null, 2)}\n`);
};

const compareAll = async (
  commands: readonly string[],
  outcomes: readonly RealOutcome[],
  modern = true,
): Promise<string[]> => {
  const lab = new DockerLab();
  await lab.prepare(sameBase);
  const found: string[] = [];
  for (const [at, command] of commands.entries()) {
    const ours = await lab.run(command, '/lab/work');
    found.push(...differences(command, outcomes[at] as RealOutcome, ours, modern));
  }
  return found;
};

/** What a real engine answered once, in `words`, lies in the file `answers`: COWSH_RECORD=1 writes it anew. */
export const declareLiveTests = (what: string, liveCommands: readonly string[], answers: string): void => {
  const path = join(dirname(fileURLToPath(import.meta.url)), answers);
  test(`${what}: cowsh answers as a real engine did when it was asked`, async (t) => {
    const recorded = JSON.parse(readFileSync(path, 'utf8')) as Recorded[];
    t.deepEqual(
      recorded.map(({ command }) => command),
      [...liveCommands],
      'record the answers again',
    );
    t.deepEqual(await compareAll(liveCommands, recorded), []);
  });
  const title = `${what}: a real engine and cowsh answer the same commands with the same words`;
  if (missing !== undefined) {
    if (process.env.COWSH_ORACLES === '1') test(title, (t) => t.fail(missing));
    else test.skip(`${title} (${missing})`, () => {});
    return;
  }
  test(title, async (t) => {
    t.timeout(1_800_000, 'a real engine answers hundreds of commands');
    const version = clientVersion();
    const modern = version >= MODERN;
    const commands = liveCommands.filter(
      (command) => modern || !changedSince.some((change) => change.test(command)),
    );
    const found = await differingFromEngine(commands, (outcomes) => {
      if (process.env.COWSH_RECORD === '1' && modern) record(path, commands, outcomes);
      return compareAll(commands, outcomes, modern);
    });
    t.deepEqual(found, []);
    t.log(`${commands.length} commands compared, client ${version}`);
  });
};
