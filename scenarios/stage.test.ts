import test from 'ava';
import { openSession } from '../shell/index.ts';
import { createStage, keysFor } from './stage.ts';

const stage = () => createStage(openSession({ clock: 'virtual' }));

test('a command gives what the terminal shows of it, and its status', async (t) => {
  const { type } = stage();
  t.deepEqual(await type('echo one; echo two >&2; false'), { output: 'one\ntwo\n', status: 1 });
  t.deepEqual(await type("printf '10%%\\r100%%\\n\\033[31mred\\033[0m'"), { output: '100%\nred', status: 0 });
});

test('commands share their shell, over several lines too', async (t) => {
  const { type } = stage();
  await type('mkdir lab && cd lab && word=here');
  t.is(
    (await type('for place in $word there\ndo\n\tpwd; echo $place\ndone')).output,
    '/home/learner/lab\nhere\n/home/learner/lab\nthere\n',
  );
});

test('a snapshot brings back files, directory and variables', async (t) => {
  const { type, snapshot, restore } = stage();
  await type('word=old; echo old > file');
  const before = snapshot();
  await type('word=new; echo new > file; mkdir sub; cd sub');
  restore(before);
  t.is((await type('echo $word; cat file; pwd; ls')).output, 'old\nold\n/home/learner\nfile\n');
});

test('a row ends with Enter, tabs are quoted', (t) => {
  t.is(keysFor('\tb'), '\x16\tb\r');
});
