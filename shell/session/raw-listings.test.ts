// What a 28.2 client prints for `--format raw`, and a state as Go prints it.

import test from 'ava';
import { DockerLab } from './docker-lab.ts';

test('--format raw: a line for each column, and an empty one after each row', async (t) => {
  const lab = new DockerLab();
  await lab.prepare(
    'docker create --name app --label a=b --label c=d ubuntu:20.04 sleep 100; docker volume create vv',
  );
  const raw = async (command: string): Promise<string> =>
    (await lab.run(`docker ${command} --format raw`)).output
      .replace(/_at: .*/g, '_at: DATE')
      .replace(/_id: .*/g, '_id: ID')
      .replace(/[\d.]+MB/g, 'SIZE')
      .replace(/,org\.open.*/, ',org');
  const container =
    'container_id: ID\nimage: ubuntu:20.04\ncommand: "sleep 100"\ncreated_at: DATE\nstate: created\n' +
    'status: Created\nnames: app\nlabels: a=b,c=d,org\nports: \n';
  t.is(await raw('ps -a'), `${container}\n`);
  t.is(await raw('ps -as'), `${container}size: 0B (virtual SIZE)\n\n`);
  const image = (digest: string): string =>
    `repository: ubuntu\ntag: 20.04\n${digest}image_id: ID\ncreated_at: DATE\nvirtual_size: SIZE\n\n`;
  t.is(await raw('images'), image(''));
  t.is((await raw('images --digests')).replace(/digest: .*/, 'digest: D'), image('digest: D\n'));
  t.is(await raw('volume ls'), 'name: vv\ndriver: local\n\n');
  t.true(
    (await raw('network ls')).startsWith('network_id: ID\nname: bridge\ndriver: bridge\nscope: local\n\n'),
  );
});

test('a state without health ends in <nil>, and its JSON has none', async (t) => {
  const lab = new DockerLab();
  await lab.prepare('docker create --name app ubuntu:20.04');
  const { output } = await lab.run(
    "docker inspect -f '{{.State}}' app; docker inspect -f '{{json .State}}' app; docker inspect app | grep -c Health",
  );
  t.is(
    output.replace(/\{"Status.*\}/, (json) => (json.includes('Health') ? json : 'JSON')),
    '{created false false false false false 0 0  0001-01-01T00:00:00Z 0001-01-01T00:00:00Z <nil>}\nJSON\n0\n',
  );
});
