import test from 'ava';
import { type Identity, ROOT } from '../fs/credentials.ts';
import { O } from '../fs/open-flags.ts';
import { Tty } from '../fs/tty.ts';
import { summary } from './command.ts';
import { runAsBusybox } from './flavor.ts';
import { commandNames, loadCommand, loadProgram } from './index.ts';
import { scanOptions } from './options.ts';
import { parseDate } from './parse-date.ts';
import { applyMode, parseMode } from './symbolic-mode.ts';
import { TestMachine } from './test-machine.ts';
import { toBytes, toText } from './text.ts';
import { formatTime } from './time-format.ts';

const LEARNER = { uid: 1000, gid: 1000, groups: [1000, 27] };

test('every command of the table loads, and its help has a usage line and a summary', async (t) => {
  for (const name of commandNames()) {
    const command = await loadCommand(name);
    t.truthy(command, name);
    if (!command) continue;
    t.regex(command.help, /^\s*usage:/im, name);
    t.not(summary(command), '', name);
  }
});

test('options: bundles, values, abbreviations, --, and the first mistake', (t) => {
  const table = {
    all: { short: 'a' },
    'block-size': { short: 'B', argument: 'required' },
    color: { argument: 'optional' },
  } as const;
  const scan = scanOptions(['-aB', '10', 'x', '--blo=3', '--color', 'y', '--', '-a'], table);
  t.deepEqual(
    scan.options.map(({ name, value }) => [name, value]),
    [
      ['all', undefined],
      ['block-size', '10'],
      ['block-size', '3'],
      ['color', undefined],
    ],
  );
  t.deepEqual(scan.operands, ['x', 'y', '-a']);
  t.is(scanOptions(['-az', '-q'], table).problem, "invalid option -- 'z'");
  t.is(scanOptions(['--all=1'], table).problem, "option '--all' doesn't allow an argument");
  t.is(scanOptions(['--block-size'], table).problem, "option '--block-size' requires an argument");
  t.deepEqual(scanOptions(['x', '-a'], table, { stopAtOperand: true }).operands, ['x', '-a']);
});

test('modes: symbolic, octal, and the set-ID bits of directories', (t) => {
  const apply = (mode: number, text: string, directory = false): string =>
    applyMode(mode, parseMode(text) ?? [], 0o022, directory).toString(8);
  t.is(apply(0o644, 'u+x,g=u'), '774');
  t.is(apply(0o644, '+w'), '644');
  t.is(apply(0o600, 'a+X'), '600');
  t.is(apply(0o700, 'a+X'), '711');
  t.is(apply(0o2755, '700', true), '2700');
  t.is(apply(0o2755, '00700', true), '700');
  t.is(parseMode('u+q'), undefined);
});

test('dates: read and written', (t) => {
  const now = 1_767_225_600_000_000_000n;
  const shown = (text: string): string | undefined => {
    const time = parseDate(text, now);
    return time === undefined ? undefined : formatTime('%Y-%m-%dT%H:%M:%S', time);
  };
  t.is(shown('2020-02-29 10:20:30'), '2020-02-29T10:20:30');
  t.is(shown('@0'), '1970-01-01T00:00:00');
  t.is(shown('yesterday'), '2025-12-31T00:00:00');
  t.is(shown('2021-02-29'), undefined);
  t.is(shown('some day'), undefined);
});

test('an output error is told once, with status 1', async (t) => {
  const machine = new TestMachine();
  machine.put('/work/f', 'x'.repeat(10_000));
  const full = machine.init.open('/dev/full', O.WRONLY);
  machine.install('cat');
  const child = machine.init.fork((process) => {
    process.dup2(full, 1);
    process.dup2(process.open('/work/err', O.WRONLY | O.CREAT), 2);
    return process.exec('/bin/cat', ['cat', 'f']);
  });
  t.is((await child.exited).code, 1);
  t.is(machine.get('/work/err'), 'cat: write error: No space left on device\n');
  const { stderr, status } = await machine.run(['dd', 'if=f', 'of=/dev/full', 'status=none']);
  t.is(stderr, "dd: writing to '/dev/full': No space left on device\n");
  t.is(status, 1);
});

test('mv of a directory that an overlay merges falls back to copying: rename(2) says EXDEV', async (t) => {
  const machine = new TestMachine();
  for (const dir of ['l', 'l/d', 'u', 'w', 'm']) machine.init.mkdir(`/work/${dir}`);
  machine.put('/work/l/d/f', 'lower');
  t.is(
    (await machine.run(['mount', '-t', 'overlay', 'overlay', '-o', 'lowerdir=l,upperdir=u,workdir=w', 'm']))
      .stderr,
    '',
  );
  const moved = await machine.run(['mv', '-v', 'm/d', 'm/e']);
  t.is(
    moved.stdout,
    "created directory 'm/e'\ncopied 'm/d/f' -> 'm/e/f'\nremoved 'm/d/f'\nremoved directory 'm/d'\n",
  );
  t.is(moved.stderr, '');
  t.is(machine.get('/work/u/e/f'), 'lower');
  t.is(machine.init.lstat('/work/u/d').kind, 'char');
});

test('touch copies a lower file up with its data, as GNU touch opens it; busybox sets the times alone', async (t) => {
  for (const flavor of ['gnu', 'busybox'] as const) {
    const machine = new TestMachine();
    machine.put('/work/f', 'data');
    const calls: string[] = [];
    machine.kernel.trace.subscribe((event) => {
      if (event.kind === 'call' && event.command === 'touch f') calls.push(event.call);
    });
    const program = await loadCommand('touch');
    const child = machine.init.fork((process) => {
      process.argv = ['touch', 'f'];
      if (flavor === 'busybox') runAsBusybox(process);
      return program?.run(process, ['touch', 'f']) ?? 1;
    });
    t.is((await child.exited).code, 0);
    t.is(calls.includes('open'), flavor === 'gnu');
  }
});

test('mount lists, complains and unmounts in util-linux words', async (t) => {
  const machine = new TestMachine();
  machine.init.mkdir('/work/m');
  machine.put('/work/file', '');
  const said = async (...argv: string[]): Promise<string> => {
    const { stdout, stderr, status } = await machine.run(argv);
    return `${stdout}${stderr.split('\n')[0]}[${status}]`;
  };
  t.is(await said('mount', '-t', 'tmpfs', '-o', 'size=1m', 'none', 'm'), '[0]');
  t.regex(
    (await machine.run(['mount'])).stdout,
    /^none on \/work\/m type tmpfs \(rw,relatime,size=1024k\)$/m,
  );
  t.is(await said('mountpoint', 'm'), 'm is a mountpoint\n[0]');
  t.is(await said('umount', 'm'), '[0]');
  t.is(await said('umount', 'm'), 'umount: m: not mounted.[32]');
  t.is(await said('mount', '-t', 'tmpfs', 'x', 'nox'), 'mount: nox: mount point does not exist.[32]');
  t.is(
    await said('mount', '-t', 'tmpfs', 'x', 'file'),
    'mount: /work/file: mount point is not a directory.[32]',
  );
  t.is(await said('mount', '-t', 'foo', 'x', 'm'), "mount: /work/m: unknown filesystem type 'foo'.[32]");
  t.is(await said('mount', '--bind', 'nope', 'm'), 'mount: /work/m: special device nope does not exist.[32]');
  const refused = await machine.run(['mount', '-t', 'tmpfs', 'x', 'm'], { cred: LEARNER });
  t.regex(refused.stderr, /^mount: \/work\/m: must be superuser to use mount\.$/m);
});

test('sudo runs as root with an environment of its own', async (t) => {
  const machine = new TestMachine();
  machine.install('env', 'id');
  const env = { PATH: '/bin', FOO: 'bar', TERM: 'xterm', HOME: '/home/learner' };
  const shown = await machine.run(['sudo', 'env'], { cred: LEARNER, env });
  t.is(shown.status, 0);
  t.regex(shown.stdout, /^SUDO_USER=learner$/m);
  t.regex(shown.stdout, /^TERM=xterm$/m);
  t.regex(shown.stdout, /^HOME=\/root$/m);
  t.notRegex(shown.stdout, /FOO/);
  t.regex((await machine.run(['sudo', '-E', 'env'], { cred: LEARNER, env })).stdout, /^FOO=bar$/m);
  t.is((await machine.run(['sudo', 'id', '-u'], { cred: LEARNER, env })).stdout, '0\n');
  t.is((await machine.run(['sudo', '-u', 'daemon', 'id', '-un'], { cred: LEARNER, env })).stdout, 'daemon\n');
  t.deepEqual(await machine.run(['sudo', 'nosuch'], { cred: LEARNER, env }), {
    stdout: '',
    stderr: 'sudo: nosuch: command not found\n',
    status: 1,
  });
  const stranger = await machine.run(['sudo', 'id'], { cred: { uid: 1, gid: 1, groups: [] }, env });
  t.is(stranger.stderr, 'daemon is not in the sudoers file.\n');
});

test('tree draws what is there and counts it', async (t) => {
  const machine = new TestMachine();
  for (const dir of ['a', 'a/b']) machine.init.mkdir(`/work/${dir}`);
  for (const file of ['a/b/f', 'a/z', '.hidden', 'top']) machine.put(`/work/${file}`, '');
  machine.init.symlink('top', '/work/link');
  t.is(
    (await machine.run(['tree'], { env: { LANG: 'C.UTF-8' } })).stdout,
    '.\n├── a\n│\u00a0\u00a0 ├── b\n│\u00a0\u00a0 │\u00a0\u00a0 └── f\n│\u00a0\u00a0 └── z\n├── link -> top\n└── top\n\n3 directories, 4 files\n',
  );
  t.is(
    (await machine.run(['tree', '-L', '1', '-a', '--noreport'], { env: { LANG: 'C.UTF-8' } })).stdout,
    '.\n├── .hidden\n├── a\n├── link -> top\n└── top\n',
  );
  t.deepEqual(await machine.run(['tree', 'nosuch'], { env: { LANG: 'C.UTF-8' } }), {
    stdout: 'nosuch  [error opening dir]\n\n0 directories, 0 files\n',
    stderr: '',
    status: 2,
  });
});

test('du counts hard links once, and holes not at all', async (t) => {
  const machine = new TestMachine();
  await machine.run(['mkdir', 'd']);
  await machine.run(['truncate', '-s', '100M', 'd/hole']);
  machine.put('/work/d/f', 'x'.repeat(8192));
  machine.init.link('/work/d/f', '/work/d/g');
  t.is((await machine.run(['du', '-s', 'd'])).stdout, '12\td\n');
  t.is((await machine.run(['du', '-sl', 'd'])).stdout, '20\td\n');
  await machine.run(['cp', 'd/hole', 'd/copy']);
  t.is(machine.init.stat('/work/d/copy').blocks, 0);
});

test('ps shows processes, a container only its own', async (t) => {
  const machine = new TestMachine();
  const all = (await machine.run(['ps', '-e', '-o', 'pid,args'])).stdout;
  t.regex(all, /^ +1 init$/m);
  t.regex(all, /ps -e -o pid,args/);
});

test('getfattr and setfattr', async (t) => {
  const machine = new TestMachine();
  machine.put('/work/f', '');
  t.is((await machine.run(['setfattr', '-n', 'user.a', '-v', 'one', 'f'])).stderr, '');
  await machine.run(['setfattr', '-n', 'trusted.b', '-v', '0x00ff', 'f']);
  t.is((await machine.run(['getfattr', 'f'])).stdout, '# file: f\nuser.a\n\n');
  t.is(
    (await machine.run(['getfattr', '-d', '-m', '-', 'f'])).stdout,
    '# file: f\ntrusted.b=0sAP8=\nuser.a="one"\n\n',
  );
  t.is((await machine.run(['getfattr', '-n', 'user.none', 'f'])).stderr, 'f: user.none: No such attribute\n');
  t.is(
    (await machine.run(['getfattr', '-e', 'hex', '-n', 'user.a', '/work/f'])).stdout,
    '# file: work/f\nuser.a=0x6f6e65\n\n',
  );
});

test('on a terminal ls makes columns, quotes names and colours when asked; rm asks before what is protected', async (t) => {
  const machine = new TestMachine();
  for (const name of ['a b', 'alpha', 'beta', 'gamma']) machine.put(`/work/${name}`, '');
  machine.init.mkdir('/work/dir');
  const tty = new Tty(machine.kernel, { columns: 30, rows: 10 });
  let screen = '';
  tty.onOutput((bytes) => {
    screen += toText(bytes);
  });
  const run = async (argv: string[], cred: Identity = ROOT): Promise<string> => {
    screen = '';
    const program = await loadProgram(argv[0] ?? '');
    const file = machine.init.install(tty.open('/dev/pts/0', O.RDWR));
    const child = machine.init.fork(
      (process) => {
        process.argv = argv;
        process.env.set('TERM', 'xterm');
        return program?.(process, argv) ?? 127;
      },
      { fds: { 0: file, 1: file, 2: file }, cred, terminal: tty },
    );
    await child.exited;
    machine.init.close(file);
    return screen;
  };
  t.is(await run(['ls']), "'a b'\t beta   gamma\r\n alpha\t dir\r\n");
  t.is(await run(['ls', '--color=auto', '-d', 'dir']), '\x1b[0m\x1b[01;34mdir\x1b[0m\r\n');
  machine.init.chmod('/work', 0o777);
  tty.input(toBytes('n\n'));
  t.regex(
    await run(['rm', 'alpha'], { uid: 1000, gid: 1000, groups: [] }),
    /rm: remove write-protected regular empty file 'alpha'\? /,
  );
  t.truthy(machine.init.tryStat('/work/alpha'));
});
