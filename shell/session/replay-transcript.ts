// Runs the commands of a recorded transcript in cowsh, and compares what they print with what a real engine printed.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { DockerLab } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';
import { parseTranscript, type TranscriptStep } from './transcript.ts';
import type { Replay } from './transcript-labs.ts';

// Transcripts of a real engine lie beside the checkout; without them there is nothing to compare with.
const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/reference/docker');
const present = existsSync(folder);
const required = process.env.COWSH_ORACLES === '1';

/** Ways to write a command that mean the same here. */
const ours = (command: string): string =>
  command
    .replaceAll('/usr/bin/docker', 'docker')
    .replaceAll(' | python3 -m json.tool', '')
    .replace(/ ; docker save .*$/, '')
    .replace(/^time /, '');

/** Programs that this host has not yet: their steps say nothing about docker. */
const NOT_THERE = 'cowsh does not simulate this program';

const compact = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
};

const comparable = (text: string, command: string, { foreign, same = [], unordered }: Replay): string => {
  const lines = engineWords(
    text
      .replace(/\nreal\t.*\nuser\t.*\nsys\t.*\n/g, '\n')
      .replaceAll('/lab"', '/work"')
      .replaceAll('/lab 0 0', '/work 0 0'),
  ).split('\n');
  const dropped = foreign.filter(([pattern]) => pattern.test(command)).map(([, line]) => line);
  const kept = lines.filter((line) => !dropped.some((pattern) => pattern.test(line)));
  const plain = same.reduce((changed, [pattern, word]) => changed.replace(pattern, word), kept.join('\n'));
  if (unordered?.test(command)) return plain.split('\n').sort().join('\n');
  return command.includes('json.tool') ? compact(plain) : plain;
};

const compare = async (lab: DockerLab, replay: Replay, step: TranscriptStep): Promise<string | undefined> => {
  const command = replay.words?.reduce((text, [pattern, word]) => text.replace(pattern, word), step.command);
  const { output, status } = await lab.run(ours(command ?? step.command), replay.cwd);
  const expected = comparable(step.output, step.command, replay);
  const actual = comparable(output, step.command, replay);
  if (output.includes(NOT_THERE)) return undefined;
  if (actual === expected && status === step.status) return undefined;
  return `$ ${step.command}\n--- the engine (status ${step.status})\n${expected}\n+++ cowsh (status ${status})\n${actual}\n`;
};

/** A test for each transcript. */
export const testReplays = (replays: readonly Replay[]): void => {
  for (const replay of replays) {
    const title = `what a real engine printed: ${replay.file}`;
    if (present) test(title, (t) => runReplay(t, replay));
    else if (required) test(title, (t) => t.fail(`no transcripts in ${folder}`));
    else test.skip(title, () => {});
  }
};

/** The same commands about our directories. */
const withOurIds = async (
  lab: DockerLab,
  { ids = [] }: Replay,
  steps: readonly TranscriptStep[],
): Promise<readonly TranscriptStep[]> => {
  let changed = steps;
  for (const [theirs, script] of ids) {
    const mine = (await lab.run(script)).stdout.trim();
    changed = changed.map((step) => ({ ...step, command: step.command.replaceAll(theirs, mine) }));
  }
  return changed;
};

const runReplay = async (t: ExecutionContext, replay: Replay): Promise<void> => {
  const lab = new DockerLab(replay.driver === undefined ? {} : { storageDriver: replay.driver });
  await lab.prepare(replay.setup);
  const steps = await withOurIds(
    lab,
    replay,
    parseTranscript(readFileSync(join(folder, replay.file), 'utf8')),
  );
  const differences: string[] = [];
  let compared = 0;
  for (const step of steps) {
    const instead = replay.instead?.find(([pattern]) => pattern.test(step.command));
    if (instead) await lab.prepare(instead[1]);
    if (instead || replay.skips.some(([pattern]) => pattern.test(step.command))) continue;
    const difference = await compare(lab, replay, step);
    compared += 1;
    if (difference !== undefined) differences.push(difference);
  }
  t.deepEqual(differences, []);
  t.true(compared >= replay.least, `${compared} steps compared`);
};
