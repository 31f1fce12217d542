// The flags that docker run and docker create share, and the container they describe.

import type { Config, HostConfig } from '../../engine/config.ts';
import type { ContainerSpec } from '../../engine/contract.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { parseReference } from '../../engine/reference.ts';
import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import { toText } from '../text.ts';
import { type Docker, failDocker } from './docker-command.ts';
import type { FlagTable, FlagValues } from './flags.ts';
import { mountProblem, readMount, readTmpfs, readVolume } from './mount-flags.ts';

const accepted = (kind: 'string' | 'list' | 'int', help: string) =>
  ({ kind, help: `${help} (accepted; nothing here is limited by it)` }) as const;

export const containerFlags = {
  attach: { kind: 'list', short: 'a', help: 'Attach to STDIN, STDOUT or STDERR' },
  cidfile: { kind: 'string', help: 'File to write the container ID to' },
  entrypoint: { kind: 'string', help: "Program to run instead of the image's ENTRYPOINT" },
  env: { kind: 'list', short: 'e', help: 'Set a variable (name=value, or a name of yours)' },
  'env-file': { kind: 'list', help: 'File with variables, one on a line' },
  expose: { kind: 'list', help: 'Port that the container says it serves' },
  hostname: { kind: 'string', short: 'h', help: 'Host name inside' },
  interactive: { kind: 'bool', short: 'i', help: 'Keep standard input open' },
  label: { kind: 'list', short: 'l', help: 'Note a name=value about the container' },
  mount: {
    kind: 'list',
    value: 'mount',
    help: 'Mount a volume, a host directory or a tmpfs',
    check: mountProblem,
  },
  name: { kind: 'string', help: 'Name of the container; one is made up otherwise' },
  privileged: { kind: 'bool', help: 'Give the container all the rights of the host' },
  pull: { kind: 'string', help: 'When to fetch the image: always, missing or never', initial: 'missing' },
  quiet: { kind: 'bool', short: 'q', help: 'Say nothing while fetching the image' },
  'read-only': { kind: 'bool', help: 'Mount the root of the container read-only' },
  restart: { kind: 'string', help: 'What to do when the container has ended', initial: 'no' },
  rm: { kind: 'bool', help: 'Remove the container and its anonymous volumes when it has ended' },
  'stop-signal': { kind: 'string', help: 'Signal that asks the container to stop' },
  'stop-timeout': { kind: 'int', help: 'Seconds between asking and killing' },
  tmpfs: { kind: 'list', help: 'Directory to mount a tmpfs on' },
  tty: { kind: 'bool', short: 't', help: 'Give the container a terminal' },
  user: { kind: 'string', short: 'u', help: 'User (and group) to run as: name or number' },
  volume: { kind: 'list', short: 'v', help: 'Mount a volume or a host directory (source:/target[:ro])' },
  'volumes-from': { kind: 'list', help: 'Container whose volumes to mount' },
  workdir: { kind: 'string', short: 'w', help: 'Working directory inside' },
  'add-host': accepted('list', 'Line for /etc/hosts'),
  'cap-add': accepted('list', 'Capability to add'),
  'cap-drop': accepted('list', 'Capability to take away'),
  cpus: accepted('string', 'Number of CPUs'),
  dns: accepted('list', 'Name server'),
  init: { kind: 'bool', help: 'Run a small init as process 1 (accepted)' },
  memory: { ...accepted('string', 'Memory limit'), short: 'm' },
  network: accepted('string', 'Network to join'),
  'pids-limit': accepted('int', 'Limit of processes'),
  platform: accepted('string', 'Platform of the image'),
  publish: { ...accepted('list', 'Port to show on the host'), short: 'p' },
  'publish-all': { kind: 'bool', short: 'P', help: 'Show all exposed ports on the host (accepted)' },
  'security-opt': accepted('list', 'Security option'),
  'shm-size': accepted('string', 'Size of /dev/shm'),
  ulimit: accepted('list', 'Resource limit'),
} as const satisfies FlagTable;

export type ContainerFlags = FlagValues<typeof containerFlags>;

/** Throws DockerError for flags that contradict each other or the image's name. */
export const containerSpec = (
  docker: Docker,
  flags: ContainerFlags,
  [image = '', ...command]: readonly string[],
  { detach = false } = {},
): ContainerSpec => {
  checkFlags(flags, image);
  const volumes = flags.volume.map((spec) => readVolume(spec, docker.process.getcwd()));
  const anonymous = volumes.flatMap((volume) => (volume.kind === 'anonymous' ? [volume.target] : []));
  const binds = volumes.flatMap((volume) => (volume.kind === 'bind' ? [volume.bind] : []));
  return {
    image,
    ...(flags.name === undefined ? {} : { name: flags.name }),
    config: { ...configOf(docker, flags, command, detach), Volumes: volumeSet(anonymous) },
    host: hostOf(flags, binds),
  };
};

const checkFlags = (flags: ContainerFlags, image: string): void => {
  if (!['always', 'missing', 'never'].includes(flags.pull ?? '')) {
    failDocker(`invalid pull option: '${flags.pull}': must be one of "always", "missing" or "never"`);
  }
  if (flags.rm && flags.restart !== 'no')
    failDocker('conflicting options: cannot specify both --restart and --rm');
  try {
    if (!/^(sha256:)?[0-9a-f]{64}$/.test(image)) parseReference(image);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    failDocker(error.message);
  }
};

const volumeSet = (targets: readonly string[]): Record<string, object> | null =>
  targets.length === 0 ? null : Object.fromEntries(targets.map((target) => [target, {}]));

const configOf = (
  docker: Docker,
  flags: ContainerFlags,
  command: readonly string[],
  detach: boolean,
): Partial<Config> => {
  const { entrypoint } = flags;
  const attached = !detach;
  return {
    Hostname: flags.hostname ?? '',
    User: flags.user ?? '',
    AttachStdin: attached && flags.interactive,
    AttachStdout: attached,
    AttachStderr: attached,
    Tty: flags.tty,
    OpenStdin: flags.interactive,
    StdinOnce: attached && flags.interactive,
    Env: environment(docker, flags['env-file'], flags.env),
    Cmd: command.length === 0 ? null : [...command],
    WorkingDir: flags.workdir ?? '',
    Entrypoint: entrypoint === undefined ? null : entrypoint === '' ? [] : [entrypoint],
    Labels: pairs(flags.label),
    ...(flags.expose.length === 0 ? {} : { ExposedPorts: exposed(flags.expose) }),
    ...(flags['stop-signal'] === undefined ? {} : { StopSignal: flags['stop-signal'] }),
    ...(flags['stop-timeout'] === undefined ? {} : { StopTimeout: flags['stop-timeout'] }),
  };
};

const exposed = (ports: readonly string[]): Record<string, object> =>
  Object.fromEntries(ports.map((port) => [port.includes('/') ? port : `${port}/tcp`, {}]));

export const pairs = (list: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    list.map((text) => {
      const equals = text.indexOf('=');
      return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );

const hostOf = (flags: ContainerFlags, binds: string[]): Partial<HostConfig> => {
  const [policy = 'no', retries = '0'] = (flags.restart ?? 'no').split(':');
  return {
    Binds: binds.length === 0 ? null : binds,
    RestartPolicy: { Name: policy, MaximumRetryCount: Number(retries) },
    AutoRemove: flags.rm,
    VolumesFrom: flags['volumes-from'].length === 0 ? null : [...flags['volumes-from']],
    Privileged: flags.privileged,
    ReadonlyRootfs: flags['read-only'],
    ...(flags.mount.length === 0 ? {} : { Mounts: flags.mount.map(readMount) }),
    ...(flags.tmpfs.length === 0 ? {} : { Tmpfs: readTmpfs(flags.tmpfs) }),
  };
};

/** `name=value` as it is; a bare name takes its value from the caller, and is dropped where there is none. */
export const environment = (
  docker: Docker,
  files: readonly string[],
  given: readonly string[],
): string[] | null => {
  const list = [...files.flatMap((file) => variableLines(docker, file)), ...given].flatMap((text) => {
    if (text.includes('=')) return [text];
    const value = docker.process.env.get(text);
    return value === undefined ? [] : [`${text}=${value}`];
  });
  return list.length === 0 ? null : list;
};

const variableLines = (docker: Docker, file: string): string[] => {
  try {
    const fd = docker.process.open(file, O.RDONLY);
    const text = toText(docker.process.pread(fd, docker.process.fstat(fd).size, 0));
    docker.process.close(fd);
    return text
      .split('\n')
      .map((line) => line.trimStart())
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch (error) {
    if (!isFsError(error)) throw error;
    return failDocker(`open ${file}: ${error.message.toLowerCase()}`);
  }
};
