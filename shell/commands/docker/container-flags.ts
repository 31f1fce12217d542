// The flags that docker run and docker create share, and the container they describe.

import type { Config, HostConfig } from '../../engine/config.ts';
import type { ContainerSpec } from '../../engine/contract.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { parseReference } from '../../engine/reference.ts';
import { type Docker, failDocker } from './docker-command.ts';
import { envFlag, environment, labelsOf } from './environment.ts';
import type { FlagTable, FlagValues } from './flags.ts';
import { healthConfig, healthFlags } from './health-flags.ts';
import { isolationConfig, isolationFlags } from './isolation-flags.ts';
import { mountProblem, readMount, readTmpfs, readVolume } from './mount-flags.ts';
import { networkConfig, networkFlags } from './network-flags.ts';
import { readExposed } from './port-flags.ts';
import { newResources, readRestart, resourceFlags } from './resource-flags.ts';

export const containerFlags = {
  ...resourceFlags,
  ...networkFlags,
  ...isolationFlags,
  ...healthFlags,
  annotation: {
    kind: 'list',
    value: 'map',
    help: 'Note for the runtime (this daemon takes none)',
    hidden: true,
  },
  attach: { kind: 'list', short: 'a', help: 'Attach to STDIN, STDOUT or STDERR' },
  cidfile: { kind: 'string', help: 'File to write the container ID to' },
  domainname: { kind: 'string', help: 'Domain of the host name inside' },
  entrypoint: { kind: 'string', help: "Program to run instead of the image's ENTRYPOINT" },
  env: envFlag,
  'env-file': { kind: 'list', help: 'File with variables, one on a line' },
  hostname: { kind: 'string', short: 'h', help: 'Host name inside' },
  interactive: { kind: 'bool', short: 'i', help: 'Keep standard input open' },
  label: { kind: 'list', short: 'l', help: 'Note a name=value about the container' },
  'label-file': { kind: 'list', help: 'File with labels, one on a line' },
  mount: {
    kind: 'list',
    value: 'mount',
    help: 'Mount a volume, a host directory or a tmpfs',
    check: mountProblem,
  },
  name: { kind: 'string', help: 'Name of the container; one is made up otherwise' },
  platform: { kind: 'string', help: 'Platform of the image (accepted)' },
  pull: { kind: 'string', help: 'When to fetch the image: always, missing or never', initial: 'missing' },
  quiet: { kind: 'bool', short: 'q', help: 'Say nothing while fetching the image' },
  'read-only': { kind: 'bool', help: 'Mount the root of the container read-only' },
  restart: {
    kind: 'string',
    help: 'What to do when the container has ended: no, always, unless-stopped, on-failure[:times]',
    initial: 'no',
  },
  rm: { kind: 'bool', help: 'Remove the container and its anonymous volumes when it has ended' },
  'stop-signal': { kind: 'string', help: 'Signal that asks the container to stop' },
  'stop-timeout': { kind: 'int', help: 'Seconds between asking and killing' },
  tmpfs: { kind: 'list', help: 'Directory to mount a tmpfs on' },
  tty: { kind: 'bool', short: 't', help: 'Give the container a terminal' },
  user: { kind: 'string', short: 'u', help: 'User (and group) to run as: name or number' },
  volume: { kind: 'list', short: 'v', help: 'Mount a volume or a host directory (source:/target[:ro])' },
  'volumes-from': { kind: 'list', help: 'Container whose volumes to mount' },
  workdir: { kind: 'string', short: 'w', help: 'Working directory inside' },
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
    host: hostOf(docker, flags, binds),
    aliases: flags['network-alias'],
  };
};

const checkFlags = (flags: ContainerFlags, image: string): void => {
  if (flags.annotation.length > 0)
    failDocker('"--annotation" requires API version 1.43, but the Docker daemon API version is 1.41');
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
  const exposed = [...readExposed(flags.expose), ...Object.keys(networkConfig(flags).PortBindings ?? {})];
  return {
    Hostname: flags.hostname ?? '',
    Domainname: flags.domainname ?? '',
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
    Labels: labelsOf(docker, flags['label-file'], flags.label),
    ...(exposed.length === 0 ? {} : { ExposedPorts: Object.fromEntries(exposed.map((port) => [port, {}])) }),
    ...healthConfig(flags),
    ...(flags['stop-signal'] === undefined ? {} : { StopSignal: flags['stop-signal'] }),
    ...(flags['stop-timeout'] === undefined ? {} : { StopTimeout: flags['stop-timeout'] }),
  };
};

const hostOf = (docker: Docker, flags: ContainerFlags, binds: string[]): Partial<HostConfig> => ({
  ...networkConfig(flags),
  ...isolationConfig(flags, flags.hostname),
  ...newResources(docker, flags),
  Binds: binds.length === 0 ? null : binds,
  ContainerIDFile: flags.cidfile ?? '',
  RestartPolicy: readRestart(flags.restart ?? 'no'),
  AutoRemove: flags.rm,
  VolumesFrom: flags['volumes-from'].length === 0 ? null : [...flags['volumes-from']],
  ReadonlyRootfs: flags['read-only'],
  ...(flags.mount.length === 0 ? {} : { Mounts: flags.mount.map(readMount) }),
  ...(flags.tmpfs.length === 0 ? {} : { Tmpfs: readTmpfs(flags.tmpfs) }),
});
