// What stands over a container's root before its program starts: /proc, /dev, /sys, the three files of /etc, volumes.

import { isFsError } from '../fs/errno.ts';
import { makedev, S_IFCHR } from '../fs/mode.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { bindInto } from './bind-mount.ts';
import type { HostConfig } from './config.ts';
import { type ContainerRecord, homeOf, type RecordMount } from './container-record.ts';
import { EngineError, refuse } from './engine-error.ts';
import { RUN_FACE } from './exec-start.ts';
import { makeDirectories } from './files.ts';

interface Standard {
  type: string;
  source: string;
  target: string;
  options: string;
  readOnly?: boolean;
  /** Options that /proc/mounts shows and no filesystem type knows. */
  flags: string;
}

/** Docker's default mounts (oci/defaults.go), in its order. */
const standard: readonly Standard[] = [
  { type: 'proc', source: 'proc', target: '/proc', options: '', flags: 'nosuid,nodev,noexec' },
  {
    type: 'tmpfs',
    source: 'tmpfs',
    target: '/dev',
    options: 'size=65536k,mode=755',
    flags: 'nosuid,strictatime',
  },
  {
    type: 'devpts',
    source: 'devpts',
    target: '/dev/pts',
    options: 'gid=5,mode=620,ptmxmode=666',
    flags: 'nosuid,noexec',
  },
  {
    type: 'sysfs',
    source: 'sysfs',
    target: '/sys',
    options: '',
    flags: 'nosuid,nodev,noexec',
    readOnly: true,
  },
  { type: 'mqueue', source: 'mqueue', target: '/dev/mqueue', options: '', flags: 'nosuid,nodev,noexec' },
  { type: 'tmpfs', source: 'shm', target: '/dev/shm', options: 'size=65536k', flags: 'nosuid,nodev,noexec' },
];

const devices: readonly (readonly [string, number, number])[] = [
  ['null', 1, 3],
  ['zero', 1, 5],
  ['full', 1, 7],
  ['random', 1, 8],
  ['urandom', 1, 9],
  ['tty', 5, 0],
];

const links: readonly (readonly [string, string])[] = [
  ['/dev/fd', '/proc/self/fd'],
  ['/dev/stdin', '/proc/self/fd/0'],
  ['/dev/stdout', '/proc/self/fd/1'],
  ['/dev/stderr', '/proc/self/fd/2'],
  ['/dev/ptmx', 'pts/ptmx'],
  ['/dev/core', '/proc/kcore'],
];

export const mountContainer = (
  daemon: Process,
  inside: Process,
  record: ContainerRecord,
  host: HostConfig,
): void => {
  for (const mount of standard) mountStandard(inside, sized(mount, host));
  for (const [name, major, minor] of devices) {
    inside.mknod(`/dev/${name}`, S_IFCHR | 0o666, makedev(major, minor));
    inside.chmod(`/dev/${name}`, 0o666);
  }
  for (const [path, target] of links) inside.symlink(target, path);
  for (const { PathOnHost, PathInContainer } of host.Devices)
    giveDevice(daemon, PathOnHost, inside, PathInContainer);
  for (const point of pointsInOrder(record, host.Tmpfs ?? {})) point(daemon, inside);
  if (host.Init) bind(daemon, HOST_INIT, inside, INIT_PATH, true);
};

/** --init: where it comes from, and where the container has it. */
const HOST_INIT = '/usr/bin/docker-init';
export const INIT_PATH = '/sbin/docker-init';

/** --device. */
const giveDevice = (host: Process, source: string, inside: Process, target: string): void => {
  const stat = host.tryStat(source) ?? refuse('no-such-device', source);
  if (stat.kind !== 'char' && stat.kind !== 'block') refuse('no-device', source);
  if (inside.tryLstat(target) !== undefined) return;
  makeDirectories(inside, target.slice(0, target.lastIndexOf('/')) || '/', 0o755);
  inside.mknod(target, stat.mode, stat.rdev);
  inside.chmod(target, stat.mode & 0o7777);
};

/** --shm-size. */
const sized = (mount: Standard, { ShmSize }: HostConfig): Standard =>
  mount.source === 'shm' ? { ...mount, options: `size=${ShmSize / 1024}k` } : mount;

/** /proc, /sys and /dev with what belongs into it. */
export const mountSystem = (inside: Process): void => {
  for (const mount of standard) mountStandard(inside, mount);
  for (const [name, major, minor] of devices) {
    inside.mknod(`/dev/${name}`, S_IFCHR | 0o666, makedev(major, minor));
    inside.chmod(`/dev/${name}`, 0o666);
  }
  for (const [path, target] of links) inside.symlink(target, path);
};

const mountStandard = (inside: Process, mount: Standard): void => {
  const { type, source, target, options, readOnly } = mount;
  if (inside.kernel.filesystemTypes[type] === undefined) return;
  makeDirectories(inside, target, 0o755);
  inside.mount({ type, source, target, options, readOnly });
  showFlags(inside, mount.flags);
};

/** Puts flags such as nosuid before the options of the newest mount, as /proc/mounts shows them. */
const showFlags = (inside: Process, flags: string): void => {
  const made = inside.namespace.mounts.at(-1);
  if (made === undefined || made.options.startsWith(flags)) return;
  made.options = [flags, made.options].filter((part) => part !== '').join(',');
};

/** Volumes and bind mounts alone, the files of /etc left out. */
export const mountVolumes = (host: Process, inside: Process, record: ContainerRecord): void => {
  const points = Object.values(record.MountPoints).filter(({ Type }) => Type !== 'tmpfs');
  for (const point of points.sort((a, b) => depth(a.Destination) - depth(b.Destination)))
    mountPoint(host, inside, point);
};

type Point = (host: Process, inside: Process) => void;

/** Mount points and the files of /etc, a parent before what is below it. */
const pointsInOrder = (record: ContainerRecord, tmpfs: Readonly<Record<string, string>>): Point[] => {
  const home = homeOf(record.ID);
  const points = new Map<string, Point>();
  for (const mount of Object.values(record.MountPoints).sort(byDestination))
    points.set(mount.Destination, (host, inside) => mountPoint(host, inside, mount));
  for (const name of ['resolv.conf', 'hostname', 'hosts']) {
    const path = `/etc/${name}`;
    // A volume in its place is what the container sees.
    if (points.has(path)) continue;
    points.set(path, (host, inside) => bind(host, `${home}/${name}`, inside, path, false));
  }
  for (const [target, options] of Object.entries(tmpfs))
    points.set(target, (_host, inside) => mountTmpfs(inside, target, options));
  return [...points].sort(([a], [b]) => depth(a) - depth(b)).map(([, point]) => point);
};

const byDestination = (a: RecordMount, b: RecordMount): number => (a.Destination < b.Destination ? -1 : 1);

const depth = (path: string): number => path.split('/').length;

const mountPoint = (host: Process, inside: Process, mount: RecordMount): void => {
  if (mount.Type === 'tmpfs') {
    const { SizeBytes, Mode } = mount.Spec.TmpfsOptions ?? {};
    const size = SizeBytes === undefined || SizeBytes === 0 ? [] : [`size=${SizeBytes}`];
    mountTmpfs(
      inside,
      mount.Destination,
      [...size, ...(Mode === undefined ? [] : [`mode=${Mode.toString(8)}`])].join(','),
    );
    return;
  }
  bind(host, mount.Source, inside, mount.Destination, !mount.RW);
};

const bind = (host: Process, source: string, inside: Process, target: string, readOnly: boolean): void => {
  if (host.stat(source).kind === 'directory') makeDirectories(inside, target, 0o755);
  else makeFile(inside, target);
  try {
    bindInto(host, source, inside, target, readOnly);
  } catch (error) {
    if (!isFsError(error)) throw error;
    throw new EngineError('mount-failed', RUN_FACE, source, target, error.message.toLowerCase());
  }
};

const makeFile = (inside: Process, target: string): void => {
  if (inside.tryStat(target) !== undefined) return;
  makeDirectories(inside, target.slice(0, target.lastIndexOf('/')) || '/', 0o755);
  inside.close(inside.open(target, O.RDONLY | O.CREAT, 0o755));
};

/** Docker adds noexec, nosuid and nodev unless told otherwise; the directory's own mode is kept. */
const mountTmpfs = (inside: Process, target: string, options: string): void => {
  makeDirectories(inside, target, 0o755);
  const { mode } = inside.stat(target);
  const words = options.split(',').filter((word) => word !== '');
  const asked = words.filter((word) => /^(size|mode)=/.test(word));
  const own = asked.some((word) => word.startsWith('mode=')) ? [] : [`mode=${(mode & 0o7777).toString(8)}`];
  const shown = [...asked, ...own].join(',');
  inside.mount({ type: 'tmpfs', source: 'tmpfs', target, options: shown, readOnly: words.includes('ro') });
  const flags = ['nosuid', 'nodev', 'noexec'].filter((flag) => !words.includes(flag.slice(2)));
  showFlags(inside, flags.join(','));
};
