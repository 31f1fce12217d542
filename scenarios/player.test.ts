import test from 'ava';
import { checkScenario } from './check.ts';
import { describeFailure } from './judge.ts';
import { parseScenario } from './parse.ts';
import { createPlayer } from './player.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** A stage whose machine is the list of what was typed. */
function recordingStage(answers: Record<string, [string, number]> = {}): Stage & { typed: string[] } {
  const stage = {
    typed: [] as string[],
    views: { containers: () => [] } as unknown as Stage['views'],
    async type(command: string) {
      stage.typed.push(command);
      const [output, status] = answers[command] ?? ['', 0];
      return { output, status };
    },
    snapshot: () => [...stage.typed],
    restore: (saved: unknown) => {
      stage.typed = [...(saved as string[])];
    },
  };
  return stage;
}

function scenario(...rows: string[]): Scenario {
  const result = parseScenario(rows.join('\n'), 'test');
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

test('forward plays step after step, back restores the machine before the step', async (t) => {
  const stage = recordingStage();
  const player = createPlayer(scenario('```', 'one', 'two', '```', 'The end.'), stage);
  await player.forward();
  await player.forward();
  t.deepEqual(stage.typed, ['one', 'two']);
  t.true(player.back());
  t.deepEqual(stage.typed, ['one']);
  t.is(player.progress().at, 1);
  await player.forward();
  await player.forward();
  t.deepEqual(stage.typed, ['one', 'two']);
  t.is(player.progress().state, 'over');
  t.is(await player.forward(), undefined);
  for (let left = 3; left > 0; left--) t.true(player.back());
  t.deepEqual(stage.typed, []);
  t.false(player.back());
});

test('while a step is under way there is no other', async (t) => {
  const stage = recordingStage();
  const player = createPlayer(scenario('```', 'one', 'two', '```'), stage);
  const first = player.forward();
  t.is(player.progress().state, 'typing');
  t.is(await player.forward(), undefined);
  t.false(player.back());
  await first;
  t.deepEqual(stage.typed, ['one']);
});

test('a Dockerfile is written by the shell, whatever it contains', async (t) => {
  const stage = recordingStage();
  await createPlayer(scenario('```', 'FROM busybox', 'RUN cat <<EOF', 'EOF', '```'), stage).forward();
  t.deepEqual(stage.typed, ["cat > Dockerfile <<'EOF_'\nFROM busybox\nRUN cat <<EOF\nEOF\nEOF_"]);
});

test('a promise that does not hold is told with its line and the difference', async (t) => {
  const source = scenario(
    '```console',
    '$ docker diff web',
    'C /etc',
    'A /etc/motd',
    '$ false',
    '$ ls /no',
    '[exit 2]',
    '```',
  );
  const stage = recordingStage({
    'docker diff web': ['C /etc\r\nD /etc/motd\r\n', 0],
    false: ['', 1],
    'ls /no': ['', 0],
  });
  const failures = await checkScenario(source, stage);
  t.deepEqual(
    failures.flatMap((failure) => describeFailure('x.md', failure)),
    [
      'x.md:2: $ docker diff web',
      '    C /etc',
      '  - A /etc/motd',
      '  + D /etc/motd',
      'x.md:5: $ false',
      '  exit status 1, expected 0',
      'x.md:6: $ ls /no',
      '  exit status 0, expected 2',
    ],
  );
});

test('a command without a promise must succeed', async (t) => {
  const stage = recordingStage({ 'docker rm web': ['Error: No such container: web\n', 1] });
  const failures = await checkScenario(scenario('```', 'docker rm web', '```'), stage);
  t.deepEqual(
    failures.flatMap((failure) => describeFailure('x.md', failure)),
    ['x.md:2: $ docker rm web', '  exit status 1, expected 0', '    Error: No such container: web'],
  );
});

test('a layer check names what is wrong', async (t) => {
  const rows = [{ name: 'motd', sign: 'whiteout' }];
  const stage = recordingStage();
  const views = {
    containers: () => [{ name: 'web' }],
    layerEntries: (_name: string, _layer: number, directory: string) => (directory === '/etc' ? rows : []),
  };
  const source = scenario(
    '```layers',
    'web whiteout /etc/motd',
    'web has /etc/motd',
    'web lacks /bin',
    'db empty',
    'web empty',
    '```',
  );
  const failures = await checkScenario(source, { ...stage, views: views as unknown as Stage['views'] });
  t.deepEqual(
    failures.flatMap((failure) => describeFailure('x.md', failure)),
    [
      'x.md:3: web: its upper layer should have /etc/motd, and there is a whiteout',
      'x.md:5: db: there is no such container',
    ],
  );
});
