// setpriv against the real one: what it says, and what the program that it runs then has.

import { spawnSync } from 'node:child_process';
import test from 'ava';
import { DockerLab } from './docker-lab.ts';

const SETS = 'grep Cap /proc/self/status';

const lines = [
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

/** Not every host has sys_resource to give; the groups of whoever runs the test are his own. */
const script = [...lines, ...refused]
  .map((line) => `setpriv --bounding-set=-sys_resource --groups=0 setpriv ${line} 2>&1; echo "status $?"`)
  .join('\n');

const why = (): string | undefined => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  const version = spawnSync('setpriv', ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return version.includes('util-linux 2.3') ? undefined : 'needs setpriv of util-linux 2.38';
};

const missing = why();
const title = 'setpriv and the programs that it keeps capabilities from say what the real ones say';

if (missing === undefined) {
  test(title, async (t) => {
    t.timeout(120_000);
    // In name spaces of its own: should a line succeed after all, it changes nothing here.
    const { stdout } = spawnSync('unshare', ['-mu', 'bash', '-c', script], {
      encoding: 'utf8',
      cwd: '/',
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    });
    const ours = await new DockerLab().run(script, '/');
    t.deepEqual(ours.stdout.split('\n'), stdout.split('\n'));
  });
} else if (process.env.COWSH_ORACLES === '1') {
  test(title, (t) => t.fail(missing));
} else {
  test.skip(`${title} (${missing})`, () => {});
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
