// docker info: facts about the client and the daemon.

import { type Docker, type DockerCommand, DockerError, defineCommand, failDocker } from './docker-command.ts';
import { compileTemplate, runTemplate } from './go-template.ts';
import { fromApi, goJson } from './go-value.ts';
import { binarySize, nanoTime } from './human.ts';
import { inspectFormatFlag } from './inspect.ts';
import { hostText, totalMemory } from './memory.ts';
import { client, parts } from './version-facts.ts';

/** Facts of a daemon that has just been installed. */
const constants = {
  Plugins: {
    Volume: ['local'],
    Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
    Authorization: null,
    Log: [
      'awslogs',
      'fluentd',
      'gcplogs',
      'gelf',
      'journald',
      'json-file',
      'local',
      'logentries',
      'splunk',
      'syslog',
    ],
  },
  MemoryLimit: true,
  SwapLimit: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  PidsLimit: true,
  IPv4Forwarding: true,
  OomKillDisable: true,
  NFd: 26,
  NGoroutines: 39,
  NEventsListener: 0,
  IndexServerAddress: 'https://index.docker.io/v1/',
  HttpProxy: '',
  HttpsProxy: '',
  NoProxy: '',
  Labels: [],
  ExperimentalBuild: false,
  Runtimes: {
    'io.containerd.runc.v2': { path: 'runc' },
    'io.containerd.runtime.v1.linux': { path: 'runc' },
    runc: { path: 'runc' },
  },
  DefaultRuntime: 'runc',
  Swarm: {
    NodeID: '',
    NodeAddr: '',
    LocalNodeState: 'inactive',
    ControlAvailable: false,
    Error: '',
    RemoteManagers: null,
  },
  LiveRestoreEnabled: false,
  Isolation: '',
  InitBinary: 'docker-init',
  ContainerdCommit: { ID: parts[0].GitCommit },
  RuncCommit: { ID: parts[1].GitCommit },
  InitCommit: { ID: '' },
  SecurityOptions: ['name=seccomp,profile=default'],
  ClientInfo: { Debug: false, Context: client.Context, Plugins: [], Warnings: null },
};

/** What the daemon says of its storage driver (Docker 20.10: daemon/info.go); null for nothing. */
const warningsOf = (driver: string): string[] | null =>
  driver === 'aufs'
    ? [`WARNING: the ${driver} storage-driver is deprecated, and will be removed in a future release.`]
    : null;

/** The daemon's facts under the API's names. */
const facts = (docker: Docker) => {
  const info = docker.engine.info();
  const kernel = /version (\S+)/.exec(hostText(docker, '/proc/version'))?.[1] ?? '';
  const system = /PRETTY_NAME="?([^"\n]*)/.exec(hostText(docker, '/etc/os-release'))?.[1] ?? 'Linux';
  return {
    ID: info.id,
    Containers: info.containers,
    ContainersRunning: info.running,
    ContainersPaused: info.paused,
    ContainersStopped: info.stopped,
    Images: info.images,
    Driver: info.driver,
    DriverStatus: info.driverStatus.map((pair) => [...pair]),
    ...constants,
    SystemTime: nanoTime(docker.now),
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '1',
    KernelVersion: kernel,
    OperatingSystem: system,
    OSType: 'linux',
    Architecture: 'x86_64',
    NCPU: 2,
    MemTotal: totalMemory(docker),
    DockerRootDir: info.rootDir,
    Name: hostText(docker, '/etc/hostname').trim(),
    Debug: false,
    ServerVersion: info.serverVersion,
    Warnings: warningsOf(info.driver),
  };
};

const daemonText = (docker: Docker): string => {
  const info = facts(docker);
  const [containerd, runc] = parts;
  return ` Containers: ${info.Containers}
  Running: ${info.ContainersRunning}
  Paused: ${info.ContainersPaused}
  Stopped: ${info.ContainersStopped}
 Images: ${info.Images}
 Server Version: ${info.ServerVersion}
 Storage Driver: ${info.Driver}
${info.DriverStatus.map(([name, value]) => `  ${name}: ${value}\n`).join('')} Logging Driver: ${info.LoggingDriver}
 Cgroup Driver: ${info.CgroupDriver}
 Cgroup Version: ${info.CgroupVersion}
 Plugins:
  Volume: local
  Network: bridge host ipvlan macvlan null overlay
  Log: awslogs fluentd gcplogs gelf journald json-file local logentries splunk syslog
 Swarm: inactive
 Runtimes: io.containerd.runc.v2 io.containerd.runtime.v1.linux runc
 Default Runtime: runc
 Init Binary: docker-init
 containerd version: ${containerd.GitCommit}
 runc version: ${runc.GitCommit}
 init version: 
 Security Options:
  seccomp
   Profile: default
 Kernel Version: ${info.KernelVersion}
 Operating System: ${info.OperatingSystem}
 OSType: ${info.OSType}
 Architecture: ${info.Architecture}
 CPUs: ${info.NCPU}
 Total Memory: ${binarySize(info.MemTotal)}
 Name: ${info.Name}
 ID: ${info.ID}
 Docker Root Dir: ${info.DockerRootDir}
 Debug Mode: false
 Experimental: false
 Insecure Registries:
  127.0.0.0/8
 Live Restore Enabled: false

`;
};

const clientText = `Client:
 Version:    ${client.Version}
 Context:    default
 Debug Mode: false

Server:
`;

/** Fills a template with a document, as info and version do. Throws DockerError. */
export const printDocument = (docker: Docker, format: string, document: unknown): number => {
  if (format === 'json') {
    docker.line(goJson(fromApi(document), { html: false }));
    return 0;
  }
  const { template, error } = compileTemplate(format);
  if (!template) return failDocker(`template parsing error: ${error}`, 64);
  const result = runTemplate(template, fromApi(document));
  if (result.error !== undefined) return failDocker(`template: ${result.error.replace(/^template: /, '')}`);
  docker.line(result.text);
  return 0;
};

export const info: DockerCommand = defineCommand({
  paths: ['docker system info', 'docker info'],
  usage: '[OPTIONS]',
  summary: 'Show facts about client and daemon: storage driver, counts, versions',
  flags: { format: inspectFormatFlag },
  count: { least: 0, most: 0 },
  request: () => 'Get info',
  run: async (docker, { format }) => {
    if (format !== undefined && format !== '') return printDocument(docker, format, facts(docker));
    docker.print(clientText);
    try {
      docker.print(daemonText(docker));
      for (const warning of facts(docker).Warnings ?? []) await docker.complain(warning);
      return 0;
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      await docker.complain(error.message);
      return 1;
    }
  },
});
