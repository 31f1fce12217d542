import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { DockerLab } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';
import { kitParts, kitWords } from './kit-words.ts';
import { parseTranscript } from './transcript.ts';
import { context, multi, readme } from './transcript-labs.ts';

// Transcripts of a real engine lie beside the checkout; without them there is nothing to compare with.
const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/reference/docker');
const present = existsSync(folder);
const onlyThere = present || process.env.COWSH_ORACLES === '1' ? test : test.skip;

const setup = `${readme}${multi}${context}docker build -q -t base-image /lab/readme`;

/** Where each transcript's builds were typed. */
const placeOf = (command: string): string =>
  /readme|bk-test|exit 7/.test(command) ? '/lab/readme' : '/lab/bld/ctx';
const ours = (command: string): string =>
  command.replaceAll('/usr/bin/docker', 'docker').replace(/^cd \S+ && /, '');

/** The base came about in other steps there. */
const isForeign = (line: string): boolean =>
  /ADD file:|<missing>.*#\(nop\)|LABEL org|ARG (LAUNCHPAD|RELEASE)/.test(line);
const words = (text: string): string =>
  kitWords(text)
    .split('\n')
    .filter((line) => !isForeign(line) && !/^[0-9a-z]{25}$/.test(line) && !line.startsWith('Total reclaimed'))
    .join('\n');

const steps = (file: string) => parseTranscript(readFileSync(join(folder, file), 'utf8'));

onlyThere(
  '12-errors-buildkit.txt: builds with BuildKit, their history, and what rmi and prune say of them',
  async (t) => {
    const lab = new DockerLab();
    await lab.prepare(setup);
    const all = steps('12-errors-buildkit.txt').filter(({ command }) =>
      /DOCKER_BUILDKIT=1|bk-test|bk-multi/.test(command),
    );
    t.true(all.length >= 8, `${all.length} steps`);
    for (const step of all) {
      const { output, status } = await lab.run(ours(step.command), placeOf(step.command));
      t.is(words(output), words(step.output), step.command);
      t.is(status, step.status, step.command);
    }
  },
);

/** That engine had no bridge for RUN: the step fails there, and cowsh has a network of no use but no such error. */
const NO_BRIDGE = 'network bridge not found';

onlyThere(
  '10-buildkit.txt: every vertex that did not need the network that this engine lacked',
  async (t) => {
    const lab = new DockerLab();
    await lab.prepare(setup);
    const all = steps('10-buildkit.txt').filter(({ command }) => command.includes('DOCKER_BUILDKIT=1'));
    t.true(all.length >= 6, `${all.length} steps`);
    for (const step of all) {
      const { output, status } = await lab.run(ours(step.command), placeOf(step.command));
      if (!step.output.includes(NO_BRIDGE)) {
        t.is(words(output), words(step.output), step.command);
        // Its status was that of `rm D1`.
        if (!step.command.includes('; rm ')) t.is(status, step.status, step.command);
        continue;
      }
      const mine = kitParts(output).vertices.map((vertex) => engineWords(vertex));
      const theirs = kitParts(step.output).vertices.filter((vertex) => !vertex.includes(NO_BRIDGE));
      t.true(theirs.length >= 4);
      for (const vertex of theirs) t.true(mine.includes(engineWords(vertex)), `${step.command}\n${vertex}`);
    }
  },
);
