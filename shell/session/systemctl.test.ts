import test from 'ava';
import { runScript } from './run-script.ts';

const run = async (script: string): Promise<string> => {
  let text = '';
  const add = (bytes: Uint8Array): void => {
    text += Buffer.from(bytes).toString();
  };
  const stdin = (async function* (): AsyncGenerator<Uint8Array> {})();
  const status = await runScript({ script, stdin, stdout: add, stderr: add });
  return `${text}[${status}]`;
};

test('docker is stopped, asked for and started again; its containers stay', async (t) => {
  const text = await run(`docker run -d --name box ubuntu:20.04 sleep 1d >/dev/null
systemctl is-active docker; systemctl stop docker; systemctl is-active docker.service; docker ps 2>&1 | head -1
systemctl start docker; docker ps -a --format '{{.Names}} {{.State}}'`);
  t.regex(text, /^active\ninactive\nCannot connect to the Docker daemon/);
  t.regex(text, /\nbox exited\n\[0\]$/);
});

test('a restart reads daemon.json, and another driver hides what the first one has', async (t) => {
  const text =
    await run(`docker images -q >/dev/null; echo '{"storage-driver": "vfs"}' > /etc/docker/daemon.json; service docker restart
docker info -f '{{.Driver}}'; docker images -q | wc -l`);
  t.is(text, 'vfs\n0\n[0]');
});

test('strangers and unknown units are told', async (t) => {
  t.is(
    await run('systemctl restart nginx'),
    'Failed to restart nginx.service: Unit nginx.service not found.\n[5]',
  );
  t.is(
    await run('sudo -u learner systemctl restart docker'),
    'Failed to restart docker.service: Interactive authentication required.\n[1]',
  );
});
