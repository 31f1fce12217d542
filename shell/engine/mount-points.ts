// From -v, --mount, VOLUME and --volumes-from to mount points (Docker: volume/mounts, linux parser).

import { isFsError } from '../fs/errno.ts';
import type { Config, HostConfig, MountRequest } from './config.ts';
import type { ContainerRecord, RecordMount } from './container-record.ts';
import type { MountPoint } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { EngineError, refuse } from './engine-error.ts';
import { makeDirectories } from './files.ts';
import { dataPath } from './volume-store.ts';

/** All mount points of a new container by destination; named volumes and missing bind sources are made. */
export const planMounts = (
  daemon: Daemon,
  config: Config,
  host: Pick<HostConfig, 'Binds' | 'Mounts' | 'VolumesFrom'>,
): Record<string, RecordMount> => {
  const points: Record<string, RecordMount> = {};
  const explicit = new Set<string>();
  for (const source of host.VolumesFrom ?? []) Object.assign(points, mountsFrom(daemon, source));
  const asked = [
    ...(host.Binds ?? []).map(parseBind),
    ...(host.Mounts ?? []).map((mount) => checkMount(daemon, mount)),
  ];
  for (const point of asked) {
    if (explicit.has(point.Destination)) refuse('duplicate-mount', point.Destination);
    explicit.add(point.Destination);
    points[point.Destination] = point;
  }
  for (const destination of Object.keys(config.Volumes ?? {}).sort()) {
    if (points[destination] === undefined) points[destination] = anonymous(destination);
  }
  for (const point of Object.values(points)) provide(daemon, point);
  return points;
};

const mountsFrom = (daemon: Daemon, source: string): Record<string, RecordMount> => {
  const [reference = '', mode = 'rw'] = source.split(':');
  const record = daemon.containers.record(reference);
  if (!['ro', 'rw', 'z', 'Z'].includes(mode)) refuse('bad-mount-mode', mode);
  const writable = mode !== 'ro';
  return Object.fromEntries(
    Object.entries(record.MountPoints).map(([destination, point]) => [
      destination,
      { ...point, RW: point.RW && writable, CopyData: false },
    ]),
  );
};

/** `-v` with one to three parts. */
const parseBind = (text: string): RecordMount => {
  const invalid = (why: string): never => {
    throw new EngineError('bad-volume-specification', text, why);
  };
  const parts = text.split(':');
  if (parts.length > 3 || parts[0] === '') return refuse('bad-volume-form', text);
  const [source, target, modes = ''] =
    parts.length === 1 ? [undefined, parts[0] as string] : (parts as [string, string, string?]);
  const flags = modes.split(',').filter((flag) => flag !== '');
  const unknown = flags.find((flag) => !knownModes.has(flag));
  if (unknown !== undefined) return refuse('bad-mount-mode', modes);
  const type = source?.startsWith('/') ? 'bind' : 'volume';
  const wrong = wrongTarget(type, target);
  if (wrong !== undefined) return invalid(wrong);
  const mount: MountRequest = {
    Type: type,
    ...(source === undefined ? {} : { Source: source }),
    Target: clean(target),
  };
  return {
    ...pointOf({
      ...mount,
      ReadOnly: flags.includes('ro'),
      VolumeOptions: { NoCopy: flags.includes('nocopy') },
    }),
    Mode: modes !== '' ? modes : type === 'volume' && source !== undefined ? 'z' : '',
    SkipMountpointCreation: false,
  };
};

const knownModes = new Set([
  ...['ro', 'rw', 'z', 'Z', 'nocopy', 'consistent', 'cached', 'delegated'],
  ...['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'],
]);

/** `--mount`: a bind's source must be there. */
const checkMount = (daemon: Daemon, mount: MountRequest): RecordMount => {
  const wrong = wrongTarget(mount.Type, mount.Target);
  if (wrong !== undefined) throw new EngineError('plain', wrong);
  checkFields(mount);
  if (mount.Type === 'bind') {
    const source = mount.Source ?? '';
    if (!source.startsWith('/'))
      refuse('bad-mount', 'bind', `invalid mount path: '${source}' mount path must be absolute`);
    if (daemon.process.tryStat(source) === undefined)
      refuse('bad-mount', 'bind', `bind source path does not exist: ${source}`);
  }
  return {
    ...pointOf({ ...mount, Target: clean(mount.Target) }),
    Mode: mount.Type === 'volume' ? 'z' : '',
    SkipMountpointCreation: true,
  };
};

const propagations = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'];

const checkFields = ({ Type, Source, ReadOnly, BindOptions }: MountRequest): void => {
  const mode = BindOptions?.Propagation;
  if (mode !== undefined && !propagations.includes(mode))
    refuse('bad-mount', 'bind', `invalid propagation mode: ${mode}`);
  if (Type === 'volume' && Source === undefined && ReadOnly)
    refuse('bad-mount', 'volume', 'must not set ReadOnly mode when using anonymous volumes');
  if (Type === 'tmpfs' && Source !== undefined)
    refuse('bad-mount', 'tmpfs', 'field Source must not be specified');
};

const wrongTarget = (type: string, target: string): string | undefined => {
  const head = `invalid mount config for type "${type}": `;
  if (!target.startsWith('/')) return `${head}invalid mount path: '${target}' mount path must be absolute`;
  return clean(target) === '/' ? `${head}invalid specification: destination can't be '/'` : undefined;
};

const pointOf = (mount: MountRequest): RecordMount => ({
  Source: mount.Type === 'bind' ? clean(mount.Source ?? '') : '',
  Destination: mount.Target,
  RW: mount.ReadOnly !== true,
  Name: mount.Type === 'volume' ? (mount.Source ?? '') : '',
  Driver: mount.Type === 'volume' ? 'local' : '',
  Type: mount.Type,
  Propagation: mount.Type === 'bind' ? 'rprivate' : '',
  Spec: mount,
  CopyData: mount.Type === 'volume' && mount.VolumeOptions?.NoCopy !== true,
  SkipMountpointCreation: false,
});

const anonymous = (destination: string): RecordMount => ({
  ...pointOf({ Type: 'volume', Target: clean(destination) }),
  Mode: '',
});

/** Makes the volume or the host directory behind a mount point. */
const provide = (daemon: Daemon, point: RecordMount): void => {
  if (point.Type === 'volume') {
    const labels = point.Spec.VolumeOptions?.Labels ?? null;
    const volume = daemon.volumes.create(point.Name === '' ? undefined : point.Name, {
      labels,
      options: null,
    });
    daemon.tell('volume', 'create', volume.Name, { driver: 'local' });
    point.Name = volume.Name;
    point.Source = dataPath(volume.Name);
  } else if (point.Type === 'bind' && !point.SkipMountpointCreation) {
    provideSource(daemon, point.Source);
  }
};

/** Before a start: a bind's directory that has gone since is made again, or missed; so is a volume's. */
export const checkSources = (daemon: Daemon, record: ContainerRecord): void => {
  for (const { Type, Source, SkipMountpointCreation } of Object.values(record.MountPoints)) {
    if (Type === 'tmpfs' || daemon.process.tryStat(Source) !== undefined) continue;
    if (Type === 'bind' && !SkipMountpointCreation) provideSource(daemon, Source);
    else if (Type === 'bind') refuse('bad-mount', 'bind', `bind source path does not exist: ${Source}`);
    else refuse('volume-gone', Source);
  }
};

const provideSource = (daemon: Daemon, path: string): void => {
  try {
    makeDirectories(daemon.process, path, 0o755);
  } catch (error) {
    throw isFsError(error) ? new EngineError('mount-source', path, error.message.toLowerCase()) : error;
  }
};

/** No doubled or trailing slashes, no dots. */
const clean = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/** Mounts as docker inspect lists them. */
export const shownMounts = (record: ContainerRecord): MountPoint[] =>
  Object.values(record.MountPoints)
    .sort((a, b) => (a.Destination < b.Destination ? -1 : 1))
    .map((point) => ({
      Type: point.Type,
      ...(point.Name === '' ? {} : { Name: point.Name }),
      Source: point.Source,
      Destination: point.Destination,
      ...(point.Driver === '' ? {} : { Driver: point.Driver }),
      Mode: point.Mode ?? '',
      RW: point.RW,
      Propagation: point.Propagation,
    }));
