import { spawnSync } from 'node:child_process';
import test from 'ava';
import { man } from './man.ts';
import { runReal } from './real-program.ts';
import { ScreenLab } from './screen-lab.ts';
import { TestMachine } from './test-machine.ts';

const machine = (): TestMachine => {
  const made = new TestMachine();
  made.install('man', 'ls', 'cp', 'mount', 'docker', 'rename');
  return made;
};
const env = { PATH: '/bin' };
const run = (...argv: string[]) => machine().run(['man', ...argv], { env });

/** The heading lines of a page. */
const headings = (text: string): string[] => text.split('\n').filter((line) => /^[A-Z]/.test(line));

test('a page is the help of the program in the clothes of a page', async (t) => {
  const { stdout, status } = await run('ls');
  t.is(status, 0);
  t.deepEqual(headings(stdout).slice(1), ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'NOTE']);
  t.regex(stdout, /^LS\(1\) +User Commands +LS\(1\)\n\nNAME\n {7}ls - list /);
  t.is(stdout.split('\n')[0]?.length, 80);
  t.regex(stdout, /\nSYNOPSIS\n {7}ls \[OPTION\]/);
});

test('a subcommand of docker has a page, a word that is none has not', async (t) => {
  const page = await run('docker-run');
  t.is(page.status, 0);
  t.regex(page.stdout, /NAME\n {7}docker-run - /);
  t.deepEqual(await run('docker-walk'), {
    stdout: '',
    stderr: 'No manual entry for docker-walk\n',
    status: 16,
  });
});

test('sections: a call and a program of one name', async (t) => {
  t.regex((await run('mount')).stdout, /^MOUNT\(1\)/);
  for (const argv of [['2', 'mount'], ['-s', '2', 'mount'], ['mount(2)'], ['mount.2']]) {
    t.regex((await run(...argv)).stdout, /^MOUNT\(2\) +System Calls +MOUNT\(2\)\n/, argv.join(' '));
  }
  t.regex((await run('umount2')).stdout, /ON AN OVERLAY/);
  t.regex((await run('5', 'overlayfs')).stdout, /^OVERLAYFS\(5\) +File Formats/);
  t.regex((await run('cowsh')).stdout, /^COWSH\(7\)/);
});

test('no line of a written page is wider than the terminal', async (t) => {
  const { stdout } = await run('2', 'open', 'rename', 'mount', 'chown');
  t.deepEqual(
    stdout.split('\n').filter((line) => line.length > 80),
    [],
  );
  t.deepEqual(
    (await run('overlayfs')).stdout.split('\n').filter((line) => line.length > 80),
    [],
  );
});

test('-f and -k', async (t) => {
  t.regex(
    (await run('-f', 'mount')).stdout,
    /^mount \(1\) {12}- .*\nmount \(2\) {12}- attach a filesystem\n$/,
  );
  t.is(
    (await run('-k', 'working.directory|^overlayfs$')).stdout.split('\n').at(-2)?.slice(0, 13),
    'overlayfs (5)',
  );
  t.is((await run('-k', '-s', '5:7', 'RENAME')).stdout, '');
  t.regex((await run('-k', 'name or place')).stdout, /^rename \(2\) +- change the name or place of a file\n/);
});

const mistakes = [
  [],
  ['nosuch'],
  ['2'],
  ['2', 'nosuch'],
  ['-s', '5', 'nosuch'],
  ['-k'],
  ['-f'],
  ['-k', 'nosuchzz'],
  ['-f', 'nosuchzz', 'nosuchyy'],
];
const realEnv = { PATH: process.env.PATH, LC_ALL: 'C' };
const real = spawnSync('man', ['nosuch'], { encoding: 'utf8', env: realEnv });
const declare =
  process.env.COWSH_ORACLES !== '1' && !/^No manual entry/.test(real.stderr ?? '') ? test.skip : test;
declare(`${mistakes.length} mistakes as man tells them`, async (t) => {
  for (const argv of mistakes) {
    const { stdout, stderr, status } = runReal(['man', ...argv], { encoding: 'utf8', env: realEnv });
    t.deepEqual(await run(...argv), { stdout, stderr, status: status ?? -1 }, argv.join(' '));
  }
});

test('Tab offers pages, and those of a section', (t) => {
  const { init } = machine();
  init.env = new Map([['PATH', '/bin']]);
  const all = man.words?.(init, []) ?? [];
  t.true(['ls', 'open', 'overlayfs', 'cowsh'].every((name) => all.includes(name)));
  t.false(all.includes('cat'), 'a program that is not there');
  t.deepEqual(man.words?.(init, ['5']), ['overlayfs']);
  t.true(man.words?.(init, ['2'])?.includes('unlink'));
  t.is(man.words?.(init, ['-P']), undefined);
});

test('on a terminal the page is read through less', async (t) => {
  const lab = new ScreenLab();
  lab.install('man', 'ls', 'less');
  await lab.start(['man', '2', 'rename']);
  t.true(lab.isAlternate());
  t.regex(lab.screen()[0] ?? '', /^RENAME\(2\) +System Calls +RENAME\(2\)$/);
  t.is(lab.status, undefined);
  await lab.keys('G');
  t.is(lab.screen().at(-1), '(END)');
  await lab.keys('q');
  t.is(lab.status, 0);
  t.false(lab.isAlternate());
});
