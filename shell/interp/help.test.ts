// help: the shell's own list, each builtin's text, and the way to the program that tells about the machine.
import test from 'ava';
import { ShellMachine } from './test-machine.ts';

const machine = new ShellMachine();

test.serial('every builtin of bash has a synopsis, a summary and what its status tells', async (t) => {
  const { stdout, stderr } = await machine.run(
    'bash',
    'for b in $(compgen -b); do help "$b" > told || echo "no $b"; grep -q "^ *Exit Status:" told || echo "$b"; done',
  );
  t.deepEqual(stdout.split('\n'), ['exit', 'logout', '']);
  t.is(stderr, '');
});

test.serial('the list points to cowsh where the program is, and only there', async (t) => {
  const here = await machine.run('bash', 'help; help cowsh');
  t.regex(here.stdout, /`help cowsh' tells about this machine/);
  t.regex(here.stdout, /^This is cowsh: .*^ {2}cat {2,}\S/ms);
  const without = await machine.run('bash', 'PATH=/nowhere; help; help cowsh; echo $?');
  t.notRegex(without.stdout, /cowsh' tells/);
  t.regex(without.stdout, /\n1\n$/);
  t.regex(without.stderr, /no help topics match `cowsh'/);
});

test.serial('in dash the program answers to the same words', async (t) => {
  const { stdout, status } = await machine.run('dash', 'help cowsh');
  t.regex(stdout, /^This is cowsh: /);
  t.is(status, 0);
});

test.serial("ash lists its builtins in busybox's layout", async (t) => {
  const { stdout } = await machine.run('ash', 'help');
  const [title, rule, ...lines] = stdout.split('\n');
  t.deepEqual([title, rule], ['Built-in commands:', '------------------']);
  t.is(lines[0], '\t. : [ [[ alias bg break cd chdir command continue echo eval exec');
  t.is(lines.at(-3), '\ttrap true type ulimit umask unalias unset wait');
});
