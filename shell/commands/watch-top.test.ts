import test from 'ava';
import { ScreenLab } from './screen-lab.ts';

test('watch shows what a command says, and q leaves', async (t) => {
  const lab = new ScreenLab();
  lab.install('echo');
  await lab.start(['watch', '-n', '1000', '-x', 'echo', 'hello']);
  const [title, gap, first] = lab.screen();
  t.regex(title ?? '', /^Every 1000\.0s: echo hello +cowsh: /);
  t.is(gap, '');
  t.is(first, 'hello');
  await lab.keys('q');
  t.is(lab.status, 0);
  t.false(lab.isAlternate());
});

test('top: a screen with a heading and every process; -b -n 1 in lines', async (t) => {
  const lab = new ScreenLab();
  await lab.start(['top', '-d', '1000']);
  t.regex(lab.screen()[0] ?? '', /^top - \d\d:\d\d:\d\d up /);
  t.regex(lab.screen()[6] ?? '', /^ +PID USER/);
  t.true(lab.screen().some((line) => / root +20 +0/.test(line)));
  await lab.keys('q');
  t.is(lab.status, 0);
  const { stdout, status } = await lab.run(['top', '-b', '-n', '1']);
  t.is(status, 0);
  t.regex(stdout, /Tasks: +\d+ total/);
  t.regex(stdout, /\n +\d+ root .* top\n/);
});
