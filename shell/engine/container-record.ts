// config.v2.json: what dockerd keeps of a container, in its own keys and their order.

import type { Config, MountRequest } from './config.ts';
import type { ContainerState, ContainerStatus } from './contract.ts';
import { type Health, healthWord } from './health/health.ts';
import type { NetworkSettings } from './network-settings.ts';
import { CONTAINERS_HOME } from './paths.ts';
import { humanDuration, NEVER, parseTime } from './time.ts';

export interface RecordState {
  Running: boolean;
  Paused: boolean;
  Restarting: boolean;
  OOMKilled: boolean;
  RemovalInProgress: boolean;
  Dead: boolean;
  Pid: number;
  ExitCode: number;
  Error: string;
  StartedAt: string;
  FinishedAt: string;
  /** Of one that is asked for it, or was. */
  Health: Health | null;
}

export interface RecordMount {
  Source: string;
  Destination: string;
  RW: boolean;
  Name: string;
  Driver: string;
  Type: 'bind' | 'volume' | 'tmpfs';
  Mode?: string;
  Propagation: string;
  Spec: MountRequest;
  /** An empty volume takes what the image has there. */
  CopyData?: boolean;
  SkipMountpointCreation: boolean;
}

export interface ContainerRecord {
  StreamConfig: object;
  State: RecordState;
  ID: string;
  Created: string;
  Managed: boolean;
  Path: string;
  Args: string[];
  Config: Config;
  /** Image ID. */
  Image: string;
  NetworkSettings: NetworkSettings;
  LogPath: string;
  /** With the slash. */
  Name: string;
  Driver: string;
  OS: string;
  MountLabel: string;
  ProcessLabel: string;
  RestartCount: number;
  HasBeenStartedBefore: boolean;
  HasBeenManuallyStopped: boolean;
  MountPoints: Record<string, RecordMount>;
  SecretReferences: null;
  ConfigReferences: null;
  AppArmorProfile: string;
  HostnamePath: string;
  HostsPath: string;
  ShmPath: string;
  ResolvConfPath: string;
  SeccompProfile: string;
  NoNewPrivileges: boolean;
  LocalLogCacheMeta: { HaveNotifyEnabled: boolean };
}

export const homeOf = (id: string): string => `${CONTAINERS_HOME}/${id}`;

/** Where the record lies. */
export const documentOf = (id: string): string => `${homeOf(id)}/config.v2.json`;

/** Without the slash. */
export const nameOf = (record: ContainerRecord): string => record.Name.slice(1);

export interface NewRecord {
  id: string;
  name: string;
  created: string;
  imageId: string;
  config: Config;
  path: string;
  args: string[];
  driver: string;
  network: NetworkSettings;
}

export const newRecord = (made: NewRecord): ContainerRecord => ({
  StreamConfig: {},
  State: freshState(),
  ID: made.id,
  Created: made.created,
  Managed: false,
  Path: made.path,
  Args: made.args,
  Config: made.config,
  Image: made.imageId,
  NetworkSettings: made.network,
  LogPath: '',
  Name: `/${made.name}`,
  Driver: made.driver,
  OS: 'linux',
  MountLabel: '',
  ProcessLabel: '',
  RestartCount: 0,
  HasBeenStartedBefore: false,
  HasBeenManuallyStopped: false,
  MountPoints: {},
  SecretReferences: null,
  ConfigReferences: null,
  AppArmorProfile: '',
  HostnamePath: '',
  HostsPath: '',
  ShmPath: '',
  ResolvConfPath: '',
  SeccompProfile: '',
  NoNewPrivileges: false,
  LocalLogCacheMeta: { HaveNotifyEnabled: false },
});

const freshState = (): RecordState => ({
  Running: false,
  Paused: false,
  Restarting: false,
  OOMKilled: false,
  RemovalInProgress: false,
  Dead: false,
  Pid: 0,
  ExitCode: 0,
  Error: '',
  StartedAt: NEVER,
  FinishedAt: NEVER,
  Health: null,
});

const statusOf = (state: RecordState): ContainerStatus => {
  if (state.Running) return state.Paused ? 'paused' : state.Restarting ? 'restarting' : 'running';
  if (state.RemovalInProgress) return 'removing';
  if (state.Dead) return 'dead';
  return state.StartedAt === NEVER ? 'created' : 'exited';
};

/** State as docker inspect shows it. */
export const shownState = (state: RecordState): ContainerState => ({
  Status: statusOf(state),
  Running: state.Running,
  Paused: state.Paused,
  Restarting: state.Restarting,
  OOMKilled: state.OOMKilled,
  Dead: state.Dead,
  Pid: state.Pid,
  ExitCode: state.ExitCode,
  Error: state.Error,
  StartedAt: state.StartedAt,
  FinishedAt: state.FinishedAt,
  ...(state.Health === null ? {} : { Health: { ...state.Health, Log: state.Health.Log ?? [] } }),
});

/** The STATUS column of docker ps. */
export const statusText = (state: RecordState, now: bigint): string => {
  const since = (time: string): string => humanDuration(now - parseTime(time));
  const health = state.Health === null ? '' : ` (${healthWord(state.Health.Status)})`;
  const texts: Record<ContainerStatus, () => string> = {
    running: () => `Up ${since(state.StartedAt)}${health}`,
    paused: () => `Up ${since(state.StartedAt)} (Paused)`,
    restarting: () => `Restarting (${state.ExitCode}) ${since(state.FinishedAt)} ago`,
    removing: () => 'Removal In Progress',
    dead: () => 'Dead',
    created: () => 'Created',
    exited: () => `Exited (${state.ExitCode}) ${since(state.FinishedAt)} ago`,
  };
  return texts[statusOf(state)]();
};
