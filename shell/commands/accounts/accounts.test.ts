// useradd and its kin against the machine's own, each in a copy of the same /etc: output, status and the files that result.

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { alone, mayBeAlone, runReal } from '../real-program.ts';
import { TestMachine } from '../test-machine.ts';

const FILES: Readonly<Record<string, string>> = {
  '/etc/passwd':
    'root:x:0:0:root:/root:/bin/bash\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nann:x:1000:1000::/home/ann:/bin/sh\n',
  '/etc/group': 'root:x:0:\nbin:x:2:ann\nusers:x:100:\nstaff:x:50:\nann:x:1000:\nnogroup:x:65534:\n',
  '/etc/shadow': 'root:*:19000:0:99999:7:::\nbin:*:19000:0:99999:7:::\nann:!:19000:0:99999:7:::\n',
  '/etc/gshadow': 'root:*::\nbin:*::ann\nusers:*::\nstaff:*::\nann:!::\nnogroup:*::\n',
  '/etc/subuid': 'ann:100000:65536\n',
  '/etc/subgid': 'ann:100000:65536\n',
  '/etc/login.defs':
    'UID_MIN 1000\nUID_MAX 60000\nGID_MIN 1000\nGID_MAX 60000\nUMASK 022\nUSERGROUPS_ENAB yes\nPASS_MAX_DAYS 99999\nPASS_MIN_DAYS 0\nPASS_WARN_AGE 7\n',
  '/etc/default/useradd': 'SHELL=/bin/sh\n',
  '/etc/skel/.profile': '# profile\n',
};

/** The lines of a row run one after the other. */
const rows: readonly (readonly string[])[] = [
  ['useradd app'],
  ['useradd -m app'],
  ['useradd -m -d /home/elsewhere app'],
  ['useradd -u 1500 -c Name -d /x -s /bin/sh q', 'useradd z'],
  ['useradd -r sys', 'useradd -r sys2'],
  ['useradd -M -N none'],
  ['useradd -g staff -G users,bin member'],
  ['useradd -G nosuch app'],
  ['useradd -g nosuch app'],
  ['useradd -u 0 app'],
  ['useradd -o -u 0 app'],
  ['useradd root'],
  ['useradd users'],
  ['useradd -p hash app'],
  ['groupadd grp'],
  ['groupadd -r grp', 'groupadd -r grp2'],
  ['groupadd -g 77 grp', 'groupadd -g 77 other'],
  ['groupadd staff', 'groupadd -f staff'],
  ['groupdel staff'],
  ['groupdel ann'],
  ['groupdel nosuch'],
  ['usermod -aG staff ann', 'usermod -aG staff ann'],
  ['usermod -G staff ann'],
  ['usermod -aG nosuch ann'],
  ['usermod -aG staff nosuch'],
  ['usermod -s /bin/bash ann', 'usermod -s /bin/bash ann'],
  ['usermod -L ann', 'usermod -U ann'],
  ['usermod -d /home/new -c Comment ann'],
  ['usermod -l anna ann'],
  ['usermod -g staff ann'],
  ['userdel ann'],
  ['useradd -m app', 'userdel -r app'],
  ['userdel nosuch'],
  ['gpasswd -a ann staff', 'gpasswd -d ann staff'],
  ['gpasswd -d ann staff'],
];

const DATABASES = ['passwd', 'group', 'shadow', 'gshadow', 'subuid', 'subgid'];

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const ready = mayBeAlone && spawnSync('useradd', ['--help']).status === 0;

if (!ready && process.env.COWSH_ORACLES === '1')
  test('useradd, unshare and root are here', (t) => t.fail('COWSH_ORACLES=1 asks for them'));

/** Runs the lines over a bind mount of a directory of its own: the machine's accounts stay as they are. */
const onMachine = (lines: readonly string[]): { outcomes: Outcome[]; files: string[] } => {
  const root = mkdtempSync(join(tmpdir(), 'cowsh-accounts-'));
  cpSync('/etc/pam.d', join(root, 'etc/pam.d'), { recursive: true });
  cpSync('/etc/nsswitch.conf', join(root, 'etc/nsswitch.conf'));
  mkdirSync(join(root, 'home'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
    const secret = path.endsWith('shadow');
    chmodSync(join(root, path), secret ? 0o640 : 0o644);
    chownSync(join(root, path), 0, 0);
  }
  const inside = `mount --bind ${root}/etc /etc && mount --bind ${root}/home /home && "$@"`;
  const outcomes = lines.map((line) => {
    // Alone, for usermod looks in /proc for a process that runs as the user.
    const ran = runReal(alone(['sh', '-c', inside, 'sh', ...line.split(' ')]), {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
    return { stdout: ran.stdout, stderr: ran.stderr, status: ran.status ?? 255 };
  });
  const files = DATABASES.flatMap((name) => [name, `${name}-`]).map((name) => {
    const there = spawnSync('cat', [join(root, 'etc', name)], { encoding: 'utf8' });
    return `${name}\n${steady(there.stdout)}`;
  });
  const homes = spawnSync('sh', ['-c', `cd ${root}/home && find . | sort | xargs stat -c '%A %u:%g %n'`], {
    encoding: 'utf8',
  });
  rmSync(root, { recursive: true });
  return { outcomes, files: [...files, homes.stdout] };
};

const inSandbox = async (lines: readonly string[]): Promise<{ outcomes: Outcome[]; files: string[] }> => {
  const machine = new TestMachine();
  machine.install('sh', 'bash');
  for (const path of ['/etc/default', '/etc/skel']) machine.init.mkdir(path);
  for (const [path, text] of Object.entries(FILES))
    machine.put(path, text, path.endsWith('shadow') ? 0o640 : 0o644);
  const outcomes: Outcome[] = [];
  for (const line of lines)
    outcomes.push(await machine.run(line.split(' '), { env: { LC_ALL: 'C', PATH: '/bin' } }));
  const files = DATABASES.flatMap((name) => [name, `${name}-`]).map((name) => {
    const there = machine.init.tryStat(`/etc/${name}`);
    return `${name}\n${there ? steady(machine.get(`/etc/${name}`)) : ''}`;
  });
  const homes: string[] = [];
  const list = (path: string, shown: string): void => {
    const stat = machine.init.lstat(path);
    homes.push(`${shown}|${stat.mode.toString(8)} ${stat.uid}:${stat.gid}`);
    if (stat.kind === 'directory')
      for (const { name } of machine.init.readdir(path)) list(`${path}/${name}`, `${shown}/${name}`);
  };
  list('/home', '.');
  machine.install('stat');
  const stat = await machine.run(
    ['stat', '-c', '%A %u:%g %n', ...homes.map((row) => row.split('|')[0] as string).sort()],
    { cwd: '/home' },
  );
  return { outcomes, files: [...files, stat.stdout] };
};

/** Today's day number stands in the shadow file. */
const steady = (text: string): string => text.replace(/:2\d{4}:/g, ':DAY:');

for (const lines of rows) {
  (ready ? test : test.skip)(`as shadow-utils: ${lines.join('; ')}`, async (t) => {
    t.deepEqual(await inSandbox(lines), onMachine(lines));
  });
}

test('the debian front ends tell what they do, and do it', async (t) => {
  const machine = new TestMachine();
  for (const path of ['/etc/default', '/etc/skel']) machine.init.mkdir(path);
  for (const [path, text] of Object.entries(FILES)) machine.put(path, text);
  machine.install('useradd', 'groupadd', 'usermod', 'userdel', 'groupdel');
  const run = (line: string) => machine.run(line.split(' '), { env: { PATH: '/bin' } });
  const made = await run('adduser --disabled-password --gecos Name app');
  t.is(
    made.stdout,
    [
      "Adding user `app' ...",
      "Adding new group `app' (1001) ...",
      "Adding new user `app' (1001) with group `app (1001)' ...",
      "Creating home directory `/home/app' ...",
      "Copying files from `/etc/skel' ...",
      "Adding new user `app' to supplemental / extra groups `users' ...",
      "Adding user `app' to group `users' ...\n",
    ].join('\n'),
  );
  t.regex(machine.get('/etc/passwd'), /^app:x:1001:1001:Name,,,:\/home\/app:\/bin\/bash$/m);
  t.regex(machine.get('/etc/group'), /^users:x:100:app$/m);
  t.is(machine.init.stat('/home/app').mode & 0o7777, 0o700);
  t.is((await run('adduser app staff')).stdout, "Adding user `app' to group `staff' ...\nDone.\n");
  t.is((await run('deluser app staff')).stdout, "Removing user `app' from group `staff' ...\nDone.\n");
  t.regex((await run('adduser app')).stderr, /already exists/);
  t.is((await run('deluser app')).status, 0);
  t.notRegex(machine.get('/etc/passwd'), /^app:/m);
});

test('adduser by the name addgroup makes a group', async (t) => {
  const machine = new TestMachine();
  machine.install('adduser', 'groupadd', 'deluser', 'groupdel');
  machine.init.symlink('adduser', '/bin/addgroup');
  machine.init.symlink('deluser', '/bin/delgroup');
  const env = new Map([['PATH', '/bin']]);
  t.is((await machine.init.spawn('/bin/addgroup', ['addgroup', '-q', 'grp'], { env }).exited).code, 0);
  t.regex(machine.get('/etc/group'), /^grp:x:1001:$/m);
  t.is((await machine.init.spawn('/bin/delgroup', ['delgroup', '-q', 'grp'], { env }).exited).code, 0);
  t.notRegex(machine.get('/etc/group'), /^grp:/m);
});

test('an ordinary user makes no accounts', async (t) => {
  const machine = new TestMachine();
  const learner = { uid: 1000, gid: 1000, groups: [1000] };
  const said = await machine.run(['useradd', 'app'], { cred: learner });
  t.is(said.stderr, 'useradd: Permission denied.\nuseradd: cannot lock /etc/passwd; try again later.\n');
  t.is(said.status, 1);
});
