// setpriv, getcap, setcap, getpcaps and capsh against the real ones, and what programs say that miss a capability.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import test from 'ava';
import { runReal } from '../commands/real-program.ts';
import { namesOf } from '../fs/capability.ts';
import { DockerLab } from './docker-lab.ts';

const SETS = 'grep Cap /proc/self/status';

const setprivLines = [
  '',
  '--dump',
  '-d -d -d',
  '--list-caps',
  '--list-caps id',
  '--keep-groups --dump',
  '--bogus',
  '--reuid',
  '--reuid=nosuch id',
  '--reuid=1000 id -u',
  '--reuid=1000 --reuid=5 id -u',
  '--reuid=1000 --regid=1000 --clear-groups id -g',
  '--reuid=1000 --regid=1000 --groups=5,6 id -G',
  '--regid=1000 id',
  '--regid=nosuch --clear-groups id',
  '--groups=nosuch id',
  '--groups=1 --clear-groups id',
  '--init-groups id',
  '--reuid=4294967 --init-groups id',
  'nosuch',
  '/etc/passwd',
  `--bounding-set=-chown,-kill ${SETS}`,
  `--bounding-set=-all,+chown ${SETS}`,
  `--bounding-set=-cap_31,-NET_RAW ${SETS}`,
  '--bounding-set=bogus id',
  '--bounding-set=+bogus id',
  '--bounding-set=-cap_chown id',
  `--inh-caps=+chown ${SETS}`,
  `--ambient-caps=+chown ${SETS}`,
  `--inh-caps=+chown --ambient-caps=+chown ${SETS}`,
  `--reuid=1000 --clear-groups --inh-caps=+chown,+kill --ambient-caps=+chown ${SETS}`,
  '--reuid=1000 --clear-groups --inh-caps=+chown,+kill --ambient-caps=+chown setpriv --dump',
  '--reuid=1000 --clear-groups setpriv --inh-caps=+chown id',
  `--reuid=1000 --clear-groups setpriv --bounding-set=-chown ${SETS}`,
  '--reuid=1000 --clear-groups setpriv --clear-groups id',
  '--reuid=1000 --clear-groups setpriv --reuid=0 id',
  '--reuid=1000 --keep-groups setpriv --regid=1 --keep-groups id',
];

/** What programs say that miss a capability. */
const refused = [
  'sys_admin unshare -u true',
  'sys_admin unshare -m true',
  'sys_admin umount /nosuch',
  'sys_admin umount /usr',
  'sys_admin mount -t tmpfs t /usr',
  'sys_admin hostname x',
  'sys_chroot chroot / true',
  'setuid runuser -u daemon id',
  'setgid runuser -u daemon id',
  'setgid runuser -u root id',
  'setuid su -s /bin/sh -c "id -u"',
  'setuid su daemon -s /bin/sh -c id',
  'chown chown 5 /usr',
  'mknod mknod /tmp/cowsh-setpriv c 1 3',
].map((line) => {
  const [name, ...command] = line.split(' ');
  return `--bounding-set=-${name} ${command.join(' ')}`;
});

const MANY = 'cap_chown,cap_kill,cap_syslog';

/** In an empty directory; the usages are in words of our own. */
const fileLines = [
  'cp /bin/grep g',
  ...[
    'cap_net_raw+ep',
    'cap_net_raw=ep',
    `${MANY}=eip`,
    'cap_chown=p',
    '=ep',
    '=',
    '=ep cap_chown-ep',
  ].flatMap((text) => [`setcap '${text}' g`, 'getcap g']),
  ...['cap_chown=p cap_kill+i', 'all=i', 'cap_chown+e', '=p cap_syslog-p+i', 'cap_kill+i cap_kill-i'].flatMap(
    (text) => [`setcap '${text}' g`, 'getcap g'],
  ),
  ...['bogus', 'cap_bogus=p', 'chown=p', 'cap_chown=q', 'cap_chown', '+p', 'cap_chown+'].map(
    (text) => `setcap '${text}' g 2>&1 | head -n 1`,
  ),
  "setcap 'cap_chown+p cap_kill+ep' g",
  'setcap cap_chown=ep nosuch',
  'setcap cap_chown=ep .',
  'ln -s g sl; setcap cap_chown=ep sl; getcap sl g',
  'setcap cap_chown=p g; setcap -v cap_chown=p g; setcap -v cap_kill=eip g; setcap -q -v cap_kill=p g',
  'setcap cap_kill=p g cap_chown=ep nosuch; getcap g',
  'setpriv --bounding-set=-setfcap setcap cap_chown=ep g',
  'setpriv --reuid=1000 --clear-groups setcap cap_chown=ep g',
  'mkdir d; cp g d/x; setcap cap_kill=ep d/x; getcap -r d; getcap -v d d/x; getcap -r nosuch d',
  'getcap nosuch',
  'setcap -r g; getcap -v g; setcap -r g',
  // What a file gives to who runs it, and what ends that.
  'setcap cap_chown,cap_kill=ep g; setpriv --reuid=1000 --clear-groups ./g Cap /proc/self/status',
  `setcap ${MANY}=p g; setpriv --reuid=1000 --clear-groups ./g Cap /proc/self/status`,
  'setcap cap_kill=ei g; setpriv --reuid=1000 --clear-groups --inh-caps=+kill ./g Cap /proc/self/status',
  'setcap cap_kill=ep g; setpriv --bounding-set=-kill ./g Cap /proc/self/status',
  'setcap cap_kill=ep g; cp g h; cat h > g; getcap g',
  'setcap cap_kill=ep g; chown 5 g; getcap g',
  'setcap cap_kill=ep g; chmod 711 g; mv g h; getcap h',
];

const tellLines = [
  'getpcaps 0; getpcaps x; getpcaps 99999999',
  'sh -c \'getpcaps $$ | sed "s/^[0-9]*//"\'',
  ...['0', '3', '0x00000000a80425fb', '1ffffffffff', 'zz'].map((digits) => `capsh --decode=${digits}`),
  'capsh --has-p=cap_chown --has-b=cap_chown --supports=cap_chown; capsh --has-p=bogus; capsh --supports=cap_x',
  ...['a', 'b', 'i', 'p'].map((set) => `setpriv --bounding-set=-chown capsh --has-${set}=cap_chown`),
  'capsh --drop=cap_chown,cap_kill -- -c "grep Cap /proc/self/status; echo $0" a; capsh --drop=cap_bogus',
  'setpriv --bounding-set=-setpcap capsh --drop=cap_chown',
  'capsh --print; capsh --current',
  'setpriv --reuid=12345 --regid=1 --groups=1 --inh-caps=+chown,+kill --ambient-caps=+chown capsh --print --current',
  'setpriv --bounding-set=-all,+chown,+kill --inh-caps=+syslog capsh --print',
];

/** What this machine's root has, which need not be all; the groups of whoever runs the test are his own. */
const bounding = (): string => {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const set = Number.parseInt(/^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0', 16);
  return ['-all', ...namesOf(set).map((name) => `+${name}`)].join(',');
};
const HELD = `setpriv --bounding-set=${bounding()} --groups=0`;
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const scriptOf = (lines: readonly string[]): string =>
  [
    'cd $(mktemp -d); chmod 755 .',
    ...lines.map((line) => `${HELD} bash -c ${quoted(line)} 2>&1; echo "status $?"`),
    'rm -r "$PWD"',
  ].join('\n');

const comparisons: Readonly<Record<string, readonly string[]>> = {
  setpriv: setprivLines.map((line) => `setpriv ${line}`),
  'programs without a capability': refused.map((line) => `setpriv ${line}`),
  'capabilities of files': fileLines,
  'what is told of capabilities': tellLines,
};

const why = (): string | undefined => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  const versions = spawnSync('sh', ['-c', 'setpriv --version; setcap -h; capsh --help'], {
    encoding: 'utf8',
  });
  const said = `${versions.stdout ?? ''}${versions.stderr ?? ''}`;
  if (!said.includes('util-linux 2.3')) return 'needs setpriv of util-linux 2.38';
  return said.includes('--suggest=') ? undefined : 'needs libcap2-bin 2.66';
};

const missing = why();

for (const [what, lines] of Object.entries(comparisons)) {
  const title = `${what}: the real ones say the same`;
  if (missing === undefined) {
    test(title, async (t) => {
      const script = scriptOf(lines);
      // In name spaces of its own: should a line succeed after all, it changes nothing here.
      const { stdout } = runReal(['unshare', '-mu', 'bash', '-c', script], {
        encoding: 'utf8',
        cwd: '/',
        env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
      });
      const lab = new DockerLab();
      await lab.prepare('apt-get install -y libcap2-bin > /dev/null 2>&1');
      const ours = await lab.run(script, '/');
      t.deepEqual(ours.stdout.split('\n'), stdout.split('\n'));
    });
  } else if (process.env.COWSH_ORACLES === '1') {
    test(title, (t) => t.fail(missing));
  } else {
    test.skip(`${title} (${missing})`, () => {});
  }
}

test('an ambient capability stays with an ordinary user through execve', async (t) => {
  const lab = new DockerLab();
  const { stdout } = await lab.run(
    'setpriv --reuid=1000 --regid=1000 --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override ' +
      `sh -c 'umask 77; echo x > /root/there; stat -c "%u %a" /root/there; ${SETS}'`,
  );
  t.deepEqual(stdout.split('\n'), [
    '1000 600',
    'CapInh:\t0000000000000002',
    'CapPrm:\t0000000000000002',
    'CapEff:\t0000000000000002',
    'CapBnd:\t000001ffffffffff',
    'CapAmb:\t0000000000000002',
    '',
  ]);
});
