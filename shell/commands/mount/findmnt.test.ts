// findmnt, mountpoint, flock and fallocate as util-linux answers: tables of mounts come from a file, so that the
// answer does not depend on what the machine has mounted.

import { sameAsGnu } from '../gnu-oracle.ts';

const TABLE = `# comment
/dev/sda1 / ext4 rw,relatime,errors=remount-ro 0 1
proc /proc proc rw,nosuid 0 0
tmpfs /run/nosuch tmpfs rw,size=10% 0 0
LABEL=home /home xfs defaults,ro 0 2
UUID=12-34 /boot/nosuch vfat umask=0077 0 1
/dev/sdb1 none swap sw 0 0
overlay /var/merged overlay lowerdir=/l1:/l2,upperdir=/u,workdir=/w 0 0
/srv/data /mnt/data none bind,ro
nas:/x /mnt/na\\040s nfs soft,vers=4 0 0
tmpfs /run/nosuch/lock tmpfs noexec
`;

const PATIENT_TABLE = `proc /tmp proc defaults
proc /tmp proc ro,noauto
UUID=12 /tmp ext4 noauto
tmpfs nowhere tmpfs defaults
LABEL=no /nosuch nfs nofail
foo /tmp badtype defaults
bad line
`;

const byFile = (line: string): string[] => [
  'findmnt',
  '-F',
  't',
  ...line.split(' ').filter((word) => word !== ''),
];

sameAsGnu('findmnt', { t: TABLE, p: PATIENT_TABLE, good: 'proc /tmp proc defaults 0 0\n' }, [
  ...[
    ...[
      '',
      '-l',
      '-n',
      '-r',
      '-P',
      '-J',
      '-y -P',
      '-y -r',
      '-o TARGET',
      '-o +FREQ,PASSNO',
      '-o target,source',
    ],
    ...['-o SOURCE,TARGET,FREQ', '-t tmpfs', '-t tmpfs,xfs', '-t notmpfs', '-t notmpfs,proc', '-i -t tmpfs'],
    ...[
      '-O ro',
      '-O rw',
      '-O noro',
      '-O ro,bind',
      '-O upperdir',
      '-O lowerdir=/l1:/l2',
      '-S tmpfs',
      '-S nas:/x',
    ],
    ...[
      '-T /home',
      '-T /home/nosuch',
      '-M /home',
      '/home',
      'home',
      '/proc',
      'proc',
      'tmpfs',
      'tmpfs /run/nosuch',
    ],
    ...[
      'none',
      '-f',
      '-f tmpfs',
      '-d backward',
      '-d backward -f tmpfs',
      '-R /run/nosuch',
      '--tree',
      '-U',
      '-a',
    ],
    ...[
      '-u',
      '-v',
      '-C',
      '-c',
      '-A',
      '-m',
      '-k',
      '-e',
      '-i',
      '--real',
      '--pseudo',
      '--shadowed',
      '-l --tree',
    ],
    ...[
      '-J -o TARGET,FREQ,PASSNO,OPTIONS',
      '-n -r -o TARGET,OPTIONS',
      'LABEL=home',
      'UUID=12-34',
      '/dev/sdb1',
    ],
    ...['-o FS-OPTIONS,VFS-OPTIONS', '-o LABEL', '-o ID,PARENT,TID,MAJ:MIN,FSROOT,PROPAGATION,OPT-FIELDS'],
    ...[
      '-J -o ID,PARENT,TID,MAJ:MIN,PROPAGATION',
      '-P -o ID,PARENT,MAJ:MIN',
      '-o TARGET,TARGET',
      '-n -o SOURCE /',
    ],
    ...[
      '-o nosuch',
      '-t nosuch',
      '-O nosuchopt',
      'a b c',
      'nosuch',
      '-d x',
      '-N x',
      '-J -P',
      '-l -r',
      '-P -r',
    ],
    ...[
      '-sk',
      '-M / -T /',
      '-M / x',
      '-S a b',
      '--real --pseudo',
      '-c -C',
      '-C -e',
      '-x -J',
      '-Q',
      '--nosuch',
      '-o',
    ],
  ].map(byFile),
  ['findmnt', '-F', 't', '-r', '/mnt/na s'],
  ['findmnt', '-F', 't', '-P', '/mnt/na s'],
  ['findmnt', '-F', 't', '-o', ''],
  ['findmnt', '-F', 'nosuch'],
  ['findmnt', '-N', '99999999'],
  ['findmnt', '-F', 'good', '-x'],
  ['findmnt', '-F', 'good', '-x', '--verbose'],
  ['findmnt', '-F', 'p', '-x'],
  ['findmnt', '-F', 'p', '-x', '--verbose'],
  ['findmnt', '-F', 'p'],
]);

sameAsGnu(
  'mountpoint',
  { f: '', d: undefined, l: '-> /' },
  [
    ...['', '/', '.', 'nosuch', '-q /', '-q .', '-q nosuch', '/ /', '-x /', '-qx /', '-x /dev/null', '-x f'],
    ...[
      '-d .',
      '-d f',
      '-d nosuch',
      'f',
      '-q f',
      'd',
      '-Z',
      '--nosuch',
      'l',
      '--nofollow l',
      '--devno f',
      '--fs-devno d',
    ],
  ].map((line) => ['mountpoint', ...line.split(' ').filter((word) => word !== '')]),
);

sameAsGnu(
  'flock',
  { f: 'data\n', d: undefined, l: '-> f' },
  [
    ...[
      '',
      'f',
      'f true',
      '-n f echo hi',
      'nosuch/f true',
      'd echo dir',
      'l echo link',
      '-c',
      'f -c',
      'f -c a b',
      '9',
    ],
    ...[
      'x',
      '-E x f true',
      '-E 256 f true',
      '-E -1 f true',
      '-w x f true',
      '-w 0 f echo w',
      '-w -1 f true',
      '-sn f true',
    ],
    ...[
      '-u f true',
      'f ./nosuch',
      'f nosuchcmd',
      'f d',
      '-F f echo x',
      '-o f echo o',
      '-F -o f echo x',
      '-Z f true',
    ],
    ...[
      '--nosuch',
      '--conflict-exit-code 3 f true',
      '--nb f true',
      '--wait 1 f true',
      '--exclusive f false',
      '-F f nosuch',
    ],
  ].map((line) => ['flock', ...line.split(' ').filter((word) => word !== '')]),
);

sameAsGnu(
  'fallocate',
  { f: 'data\n' },
  [
    ...[
      '',
      'f',
      '-l 0 f',
      '-l -1 f',
      '-l x f',
      '-l 10 a b',
      '-l 10 nosuch/f',
      '-l 10 .',
      '-p f',
      '-p -l 10 nosuch',
    ],
    ...[
      '-pz -l 1 f',
      '-cd -l 1 f',
      '-c -n -l 4096 f',
      '-pd f',
      '-o x -l 1 f',
      '-o -5 -l 1 f',
      '-Z',
      '--nosuch',
      '-l',
    ],
    ...[
      '-l 9E f',
      '-l 99999999E f',
      '--dig-holes nosuch',
      '-l 10 /dev/null',
      '-v -l 100 f',
      '-v -p -l 4096 f',
    ],
  ].map((line) => ['fallocate', ...line.split(' ').filter((word) => word !== '')]),
);
