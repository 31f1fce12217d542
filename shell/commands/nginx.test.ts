import test from 'ava';
import { findImage } from '../images/catalogue.ts';
import { findBraces } from './nginx-config.ts';
import { TestMachine } from './test-machine.ts';

const machineOf = (image: string): TestMachine => {
  const machine = new TestMachine();
  machine.init.rmdir('/bin');
  for (const layer of findImage(image)?.layers ?? []) layer.materialize(machine.init, '/');
  return machine;
};

test('nginx -t reads the configuration', async (t) => {
  const machine = machineOf('nginx');
  const right = await machine.run(['nginx', '-t']);
  t.is(right.status, 0);
  t.regex(right.stderr, /^nginx: configuration file \/etc\/nginx\/nginx\.conf test is successful$/m);
  machine.put('/etc/nginx/nginx.conf', `${machine.get('/etc/nginx/nginx.conf')}new config\n`);
  const wrong = await machine.run(['nginx', '-t']);
  t.is(wrong.status, 1);
  t.regex(
    wrong.stderr,
    /^nginx: \[emerg\] unexpected end of file, expecting ";" or "}" in \/etc\/nginx\/nginx\.conf:\d+$/m,
  );
  machine.init.unlink('/etc/nginx/nginx.conf');
  const missing = await machine.run(['nginx']);
  t.is(
    missing.stderr,
    'nginx: [emerg] open() "/etc/nginx/nginx.conf" failed (2: No such file or directory)\n',
  );
});

test('in the foreground it stays until it is told to go, and leaves its marks on the disk', async (t) => {
  const machine = machineOf('nginx');
  const running = machine.run(['nginx', '-g', 'daemon off;']);
  while (machine.init.tryStat('/run/nginx.pid') === undefined)
    await new Promise((resolve) => setTimeout(resolve, 5));
  t.is(machine.init.stat('/var/cache/nginx/client_temp').uid, 101);
  const stopped = await machine.run(['nginx', '-s', 'quit']);
  t.is(stopped.status, 0);
  t.deepEqual(await running, { stdout: '', stderr: '', status: 0 });
  t.is(machine.init.tryStat('/run/nginx.pid'), undefined);
});

test('braces and semicolons are checked', (t) => {
  t.is(findBraces('events {}\nhttp { a "}"; # }\n}\n', 'f'), undefined);
  t.is(findBraces('a b;\n}\n', 'f'), 'unexpected "}" in f:2');
  t.is(findBraces('http {\n', 'f'), 'unexpected end of file, expecting "}" in f:2');
  t.is(findBraces('a\n', 'f'), 'unexpected end of file, expecting ";" or "}" in f:2');
});
