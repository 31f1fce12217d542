// The flags of docker run and create about rights and name spaces: checked as Docker does, kept and shown.

import type { DeviceMapping, HostConfig, Ulimit } from '../../engine/config.ts';
import { capabilityNames } from '../../fs/capability.ts';
import { failDocker } from './docker-command.ts';
import type { FlagTable, FlagValues } from './flags.ts';
import { pairs } from './pairs.ts';
import { bytesFlag, readBytes } from './resource-flags.ts';

const kept = <const Kind extends 'string' | 'list' | 'int'>(kind: Kind, help: string) =>
  ({ kind, help: `${help} (kept; nothing here depends on it)` }) as const;

const ulimits =
  'as core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
    ' ',
  );

export const ulimitProblem = (text: string): string | undefined => {
  const [name = '', limits] = text.split('=');
  if (limits === undefined) return `invalid ulimit argument: ${text}`;
  if (!ulimits.includes(name)) return `invalid ulimit type: ${name}`;
  const wrong = limits.split(':').find((word) => !/^[+-]?\d+$/.test(word));
  if (wrong !== undefined) return `strconv.ParseInt: parsing ${JSON.stringify(wrong)}: invalid syntax`;
  const [soft = 0, hard = soft] = limits.split(':').map(Number);
  return soft > hard && hard !== -1
    ? `ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`
    : undefined;
};

const SYSCTLS =
  /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|fs\.mqueue\..*|net\..*)=/;

const moreKept = Object.fromEntries(
  [
    ...['blkio-weight-device', 'device-cgroup-rule', 'device-read-bps', 'device-read-iops'],
    ...['device-write-bps', 'device-write-iops', 'ip6', 'link-local-ip'],
  ].map((name) => [name, kept('list', 'Setting of the kernel')]),
);

export const isolationFlags = {
  'cap-add': { kind: 'list', help: 'Capability to add' },
  'cap-drop': { kind: 'list', help: 'Capability to take away' },
  'cgroup-parent': kept('string', 'Parent of its control group'),
  cgroupns: kept('string', 'Name space of control groups'),
  device: { kind: 'list', help: 'Device of the host to give to it' },
  ...moreKept,
  'disable-content-trust': {
    kind: 'bool',
    help: 'Skip verification of the image',
    initial: true,
    hidden: true,
  },
  gpus: kept('string', 'GPUs to give to it'),
  'group-add': { kind: 'list', help: 'Further group of its processes' },
  init: { kind: 'bool', help: 'Run a small init as process 1, which passes signals on' },
  ipc: kept('string', 'Name space of shared memory'),
  isolation: kept('string', 'Kind of isolation'),
  'kernel-memory': kept('string', 'Limit of kernel memory'),
  'memory-swappiness': kept('int', 'How soon its memory is swapped out'),
  'log-driver': { kind: 'string', help: 'Where its output is logged: json-file or none' },
  'log-opt': kept('list', 'Option of the log driver'),
  'oom-kill-disable': { kind: 'bool', help: 'Never kill it for memory (kept)' },
  'oom-score-adj': kept('int', 'How soon it is killed for memory'),
  pid: kept('string', 'Name space of processes'),
  privileged: { kind: 'bool', help: 'Give the container all the rights of the host' },
  runtime: kept('string', 'Runtime to start it with'),
  'security-opt': kept('list', 'Security option'),
  'shm-size': bytesFlag('Size of /dev/shm'),
  'storage-opt': kept('list', 'Option of the storage driver'),
  sysctl: {
    kind: 'list',
    value: 'map',
    help: 'Kernel setting of its own (kept)',
    check: (text) => (SYSCTLS.test(text) ? undefined : `sysctl '${text}' is not allowed`),
  },
  ulimit: { kind: 'list', value: 'ulimit', help: 'Resource limit', check: ulimitProblem },
  userns: kept('string', 'Name space of users'),
  uts: kept('string', 'Name space of host names'),
  'volume-driver': kept('string', 'Driver of its volumes'),
} as const satisfies FlagTable;

type IsolationFlags = FlagValues<typeof isolationFlags>;

const capabilities = [...capabilityNames.map((name) => name.toUpperCase()), 'ALL'];

const daemonRefuses = (why: string): never => failDocker(`Error response from daemon: ${why}`);

/** With the prefix, in capitals, as the client writes them. Throws DockerError in the daemon's words. */
const readCapabilities = (names: readonly string[], key: 'CapAdd' | 'CapDrop'): string[] | null => {
  const full = names.map((name) => name.toUpperCase().replace(/^CAP_/, ''));
  const unknown = full.find((name) => !capabilities.includes(name));
  if (unknown !== undefined) daemonRefuses(`invalid ${key}: unknown capability: "CAP_${unknown}"`);
  return full.length === 0 ? null : full.map((name) => (name === 'ALL' ? name : `CAP_${name}`)).sort();
};

const isShared = (mode: string, words: readonly string[]): boolean =>
  words.includes(mode) || mode.startsWith('container:');

/** What Docker's client or its daemon would not take. Throws DockerError. */
const checkModes = (flags: IsolationFlags, hostname: string | undefined): void => {
  const { pid, userns, uts, ipc, isolation, runtime } = flags;
  if (pid !== undefined && !isShared(pid, ['', 'host'])) failDocker('--pid: invalid PID mode');
  if (userns !== undefined && !['', 'host'].includes(userns)) failDocker('--userns: invalid USER mode');
  if (uts !== undefined && !['', 'host'].includes(uts)) failDocker('--uts: invalid UTS mode');
  if (uts === 'host' && hostname !== undefined)
    daemonRefuses('conflicting options: hostname and the UTS mode');
  if (ipc !== undefined && !isShared(ipc, ['', 'none', 'private', 'shareable', 'host']))
    daemonRefuses(`Invalid IPC mode: ${ipc}`);
  if (isolation !== undefined && !['', 'default'].includes(isolation))
    daemonRefuses(`Invalid isolation: "${isolation}" - linux only supports 'default'`);
  if (runtime !== undefined && !['runc', 'io.containerd.runc.v2'].includes(runtime))
    daemonRefuses(`Unknown runtime specified ${runtime}`);
};

const checkRest = (flags: IsolationFlags): void => {
  const adjust = flags['oom-score-adj'] ?? 0;
  if (Math.abs(adjust) > 1000)
    daemonRefuses(`Invalid value ${adjust}, range for oom score adj is [-1000, 1000]`);
  const odd = flags['security-opt'].find((text) => !/[=:]/.test(text) && text !== 'no-new-privileges');
  if (odd !== undefined) failDocker(`Invalid --security-opt: "${odd}"`);
  const logger = flags['log-driver'] ?? 'json-file';
  if (!['json-file', 'none', ''].includes(logger))
    daemonRefuses(`error looking up logging plugin ${logger}: plugin "${logger}" not found`);
  if (flags.gpus !== undefined) daemonRefuses('could not select device driver "" with capabilities: [[gpu]]');
  if (flags['storage-opt'].length > 0)
    daemonRefuses("--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
  if (flags['volume-driver'] !== undefined && flags['volume-driver'] !== 'local')
    daemonRefuses(
      `error looking up volume plugin ${flags['volume-driver']}: plugin "${flags['volume-driver']}" not found`,
    );
};

/** `/dev/x[:/dev/y][:rwm]`. */
const readDevice = (text: string): DeviceMapping => {
  const [PathOnHost = '', second = PathOnHost, third] = text.split(':');
  const isRights = /^[rwm]+$/.test(second);
  return {
    PathOnHost,
    PathInContainer: isRights ? PathOnHost : second,
    CgroupPermissions: (isRights ? second : third) ?? 'rwm',
  };
};

export const readUlimit = (text: string): Ulimit => {
  const [Name = '', limits = ''] = text.split('=');
  const [Soft = 0, Hard = Soft] = limits.split(':').map(Number);
  return { Name, Hard, Soft };
};

const orNull = (list: readonly string[]): string[] | null => (list.length === 0 ? null : [...list]);

/** Throws DockerError. */
export const isolationConfig = (flags: IsolationFlags, hostname: string | undefined): Partial<HostConfig> => {
  checkModes(flags, hostname);
  checkRest(flags);
  return {
    CapAdd: readCapabilities(flags['cap-add'], 'CapAdd'),
    CapDrop: readCapabilities(flags['cap-drop'], 'CapDrop'),
    GroupAdd: orNull(flags['group-add']),
    LogConfig: { Type: flags['log-driver'] || 'json-file', Config: pairs(flags['log-opt']) },
    OomScoreAdj: flags['oom-score-adj'] ?? 0,
    OomKillDisable: flags['oom-kill-disable'],
    Privileged: flags.privileged,
    Devices: flags.device.map(readDevice),
    SecurityOpt: orNull(flags['security-opt'].map((text) => text.replace(':', '='))),
    Ulimits: flags.ulimit.map(readUlimit),
    ...(flags['cgroup-parent'] === undefined ? {} : { CgroupParent: flags['cgroup-parent'] }),
    ...(flags.cgroupns === undefined ? {} : { CgroupnsMode: flags.cgroupns }),
    ...(flags.init ? { Init: true } : {}),
    ...(flags.ipc === undefined ? {} : { IpcMode: flags.ipc }),
    ...(flags.pid === undefined ? {} : { PidMode: flags.pid }),
    ...(flags['shm-size'] === undefined ? {} : { ShmSize: readBytes(flags['shm-size']) || 67_108_864 }),
    ...(flags.sysctl.length === 0 ? {} : { Sysctls: pairs(flags.sysctl) }),
    ...(flags.userns === undefined ? {} : { UsernsMode: flags.userns }),
    ...(flags.uts === undefined ? {} : { UTSMode: flags.uts }),
    ...(flags['volume-driver'] === undefined ? {} : { VolumeDriver: flags['volume-driver'] }),
  };
};
