import test from 'ava';
import { DockerLab } from './docker-lab.ts';

test('a container that is stopped as soon as it runs has set its traps', async (t) => {
  const lab = new DockerLab();
  await lab.prepare('docker run -d --name web nginx; docker stop web');
  t.is((await lab.run("docker inspect -f '{{.State.ExitCode}}' web")).stdout, '0\n');
});
