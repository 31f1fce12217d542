// Every scenario that comes with cowsh does what it says; so do the documents it was made from.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { openSession } from '../shell/index.ts';
import { ownScenarios, readOwnScenario } from './catalogue.ts';
import { checkScenario } from './check.ts';
import { describeFailure } from './judge.ts';
import { parseScenario } from './parse.ts';
import { createPlayer } from './player.ts';
import type { Scenario } from './scenario.ts';
import { createStage } from './stage.ts';

function own(name: (typeof ownScenarios)[number]['name']): Scenario {
  const parsed = parseScenario(readOwnScenario(name), name);
  if (!parsed.ok) throw new Error(`${name}.md:${parsed.problems[0]?.line}: ${parsed.problems[0]?.text}`);
  return parsed.scenario;
}

test('the catalogue lists every document of the folder', (t) => {
  const documents = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.md'));
  t.deepEqual(documents.sort(), ownScenarios.map(({ name }) => `${name}.md`).sort());
});

for (const { name, title } of ownScenarios) {
  test(`${name} has its title and cites what it shows`, (t) => {
    t.is(own(name).title, title);
    t.true(own(name).claims.length > 0);
  });

  test(`${name} keeps its promises`, async (t) => {
    const failures = await checkScenario(own(name), createStage(openSession({ clock: 'virtual' })));
    t.is(failures.flatMap((failure) => describeFailure(`${name}.md`, failure)).join('\n'), '');
  });
}

const seed = new URL('../../shared/seeds/readme-copy-on-write.md', import.meta.url);

test('a README found in the wild plays unedited, forward and one step back', async (t) => {
  if (!existsSync(seed)) return t.pass('skipped: that README is not beside this checkout');
  const parsed = parseScenario(readFileSync(seed, 'utf8'), 'readme');
  if (!parsed.ok) return t.fail(JSON.stringify(parsed.problems));
  const stage = createStage(openSession({ clock: 'virtual' }));
  const player = createPlayer(parsed.scenario, stage);
  const outputs = async () => {
    const played = await player.forward();
    t.deepEqual(played?.failures, []);
    return played?.outcome?.output;
  };
  const all: (string | undefined)[] = [];
  while (player.progress().state === 'ready') all.push(await outputs());
  t.true(all.includes('Modified file in container1.\n'));
  t.true(all.includes('This is the original file in the base image.\n'));
  const first = all.indexOf('Modified file in container1.\n');
  // Back to before the write: container1 reads the original; forward again: its own copy.
  while (player.progress().at > first - 1) t.true(player.back());
  t.is((await stage.type('sudo docker exec container1 cat /base_file.txt')).output, all[first + 1] ?? '');
  await outputs();
  t.is(await outputs(), 'Modified file in container1.\n');
});
