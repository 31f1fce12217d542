// tput and stty against the machine's own: capabilities as they are printed, settings of a terminal before and after.

import { spawnSync } from 'node:child_process';
import test from 'ava';
import { O } from '../fs/open-flags.ts';
import { Tty } from '../fs/tty.ts';
import { sameAsGnu } from './gnu-oracle.ts';
import { loadProgram } from './index.ts';
import { runReal } from './real-program.ts';
import { TestMachine } from './test-machine.ts';
import { toText } from './text.ts';

const hasTput = spawnSync('tput', ['-V']).status === 0;

const CAPABILITIES = [
  'bold',
  'sgr0',
  'smul',
  'rmul',
  'rev',
  'smso',
  'rmso',
  'civis',
  'cnorm',
  'smcup',
  'rmcup',
  'el',
  'ed',
  'el1',
  'clear',
  'home',
  'cuu1',
  'colors',
  'setaf 1',
  'setaf 9',
  'setaf 200',
  'setab 4',
  'setab 12',
  'setab 99',
  'cup 0 0',
  'cup 3 4',
  'cuf 5',
  'sgr 1 0 1',
  'sgr 0 1 0 1 0 1',
  'am',
  'longname',
  'dim',
  'sitm',
  'blink',
  'csr 1 5',
  'rep 120 3',
  'op',
  'nosuchcap',
  'me',
  'AF 3',
  'ti',
  'hpa 3',
  'ech 4',
  'flash',
];

for (const terminal of [
  'xterm-256color',
  'xterm',
  'linux',
  'screen-256color',
  'tmux-256color',
  'vt100',
  'dumb',
  'nosuchterm',
]) {
  (hasTput ? test : test.skip)(`tput for ${terminal}`, async (t) => {
    const machine = new TestMachine();
    for (const capability of CAPABILITIES) {
      const argv = ['-T', terminal, ...capability.split(' ')];
      const real = runReal(['tput', ...argv], {
        encoding: 'latin1',
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
      });
      const ours = await machine.run(['tput', ...argv]);
      t.deepEqual(
        { capability, stdout: ours.stdout, stderr: ours.stderr, status: ours.status },
        { capability, stdout: real.stdout, stderr: real.stderr, status: real.status },
      );
    }
  });
}

/** What a program on a terminal of 80 columns shows, without carriage returns. */
const onTerminal = async (lines: readonly string[]): Promise<{ shown: string; tty: Tty }> => {
  const machine = new TestMachine();
  const tty = new Tty(machine.kernel, { columns: 80, rows: 24 });
  let shown = '';
  tty.onOutput((bytes) => {
    shown += toText(bytes);
  });
  for (const line of lines) {
    const argv = line.split(' ');
    const program = await loadProgram(argv[0] ?? '');
    const file = tty.open(tty.name, O.RDWR);
    const child = machine.init.fork(
      (process) => {
        process.argv = argv;
        process.env = new Map([
          ['TERM', 'xterm-256color'],
          ['LC_ALL', 'C'],
        ]);
        return program?.(process, argv) ?? 127;
      },
      { fds: {}, files: { 0: file, 1: file, 2: file }, terminal: tty },
    );
    await child.exited;
  }
  return { shown: shown.replaceAll('\r', ''), tty };
};

const realTerminal = (lines: readonly string[]): string => {
  const command = `stty rows 24 cols 80 iutf8 imaxbel -ixon brkint; ${lines.join('; ')}`;
  const ran = runReal(['script', '-qc', command, '/dev/null'], {
    encoding: 'utf8',
    input: '',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TERM: 'xterm-256color' },
  });
  return (
    ran.stdout
      .replaceAll('\r', '')
      // The end of script's input, echoed where the terminal was raw by then; not what `stty -a` tells of eof.
      .replace(/(?<!= )\^D/g, '')
      .replaceAll('\b', '')
  );
};

const hasScript = spawnSync('script', ['-qc', 'true', '/dev/null'], { input: '' }).status === 0;

for (const lines of [
  ['stty -a'],
  ['stty'],
  ['stty size'],
  ['stty speed'],
  ['stty -echo', 'stty'],
  ['stty -icanon', 'stty'],
  ['stty cbreak', 'stty'],
  ['stty -icrnl', 'stty'],
  ['stty -isig', 'stty', 'stty -a'],
  ['stty rows 30 cols 100', 'stty size'],
  ['stty foo'],
  ['stty -foo'],
  ['stty rows x'],
  ['stty rows'],
  ['stty -a -g'],
]) {
  (hasScript ? test : test.skip)(`stty on a terminal: ${lines.join('; ')}`, async (t) => {
    t.is((await onTerminal(lines)).shown, realTerminal(lines));
  });
}

test('stty changes the terminal itself, and -g gives what brings it back', async (t) => {
  const { shown } = await onTerminal(['stty -g']);
  const { tty } = await onTerminal(['stty raw -echo']);
  t.deepEqual([tty.canonical, tty.echo, tty.signals, tty.crToNl], [false, false, false, false]);
  const back = await onTerminal(['stty raw -echo', `stty ${shown.trim()}`]);
  t.deepEqual(
    [back.tty.canonical, back.tty.echo, back.tty.signals, back.tty.crToNl],
    [true, true, true, true],
  );
  const refused = await onTerminal(['stty -iexten']);
  t.is(refused.shown, "stty: 'standard input': unable to perform all requested operations\n");
});

test('reset makes a raw terminal sane and clears it', async (t) => {
  const { shown, tty } = await onTerminal(['stty raw -echo', 'reset']);
  t.true(tty.canonical && tty.echo && tty.signals);
  t.true(shown.startsWith('\x1bc'));
});

test('script writes down what was shown', async (t) => {
  const machine = new TestMachine();
  machine.install('echo', 'sh');
  const ran = await machine.run(['script', '-q', '-c', 'echo hi', 'out'], {
    env: { SHELL: '/bin/echo', PATH: '/bin' },
  });
  t.is(ran.stdout, '-c echo hi\r\n');
  t.regex(
    machine.get('/work/out'),
    /^Script started on .* \[COMMAND="echo hi" <not executed on terminal>\]\n-c echo hi\r\n\nScript done on .* \[COMMAND_EXIT_CODE="0"\]\n$/,
  );
});

sameAsGnu('stty', {}, [['stty'], ['stty', 'size'], ['stty', '-a'], ['stty', '-F', '/nodir/x']]);
