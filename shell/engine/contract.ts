// What the engine promises to its callers (the docker command, the panes): shapes in Docker's own key names and order.

import type { Process } from '../fs/process.ts';
import type { Config, HostConfig, Resources } from './config.ts';
import type { Health, HealthResult } from './health/health.ts';
import type { PortMap } from './published-ports.ts';
import type { ArchiveSource } from './tar/archive-source.ts';

export interface ImageSummary {
  /** `sha256:…` */
  id: string;
  /** Familiar references: `ubuntu:20.04`. */
  tags: readonly string[];
  digests: readonly string[];
  parent: string;
  /** Nanoseconds since 1970. */
  created: bigint;
  size: number;
  labels: Readonly<Record<string, string>>;
  /** No tag and no child image: what `docker images` shows as <none>. */
  dangling: boolean;
  /** Has children and no tag: `docker images -a` only. */
  intermediate: boolean;
  /** Containers made from it. */
  containers: number;
}

export interface HistoryEntry {
  /** `<missing>` where no image of this machine ends with this step. */
  id: string;
  created: bigint;
  createdBy: string;
  tags: readonly string[];
  size: number;
  comment: string;
}

/** One line of `docker rmi`. */
export type Removal = { kind: 'untagged'; reference: string } | { kind: 'deleted'; id: string };

/** A step of a pull, in the order in which Docker reports them. */
export interface PulledLayer {
  /** First 12 hex digits of the blob. */
  id: string;
  /** The layer was there already. */
  exists: boolean;
  size: number;
}

export interface Pull {
  /** `library/ubuntu` */
  repository: string;
  tag: string;
  layers: readonly PulledLayer[];
  digest: string;
  /** Nothing had to be fetched. */
  upToDate: boolean;
  /** `docker.io/library/ubuntu:20.04` */
  canonical: string;
  imageId: string;
}

export interface LoadedLayer {
  readonly chain: string;
  /** First 12 digits of the diff ID. */
  readonly id: string;
  readonly size: number;
}

export interface LoadedImage {
  readonly id: string;
  readonly tags: readonly string[];
  /** Tags that named another image before, and that image. */
  readonly renamed: readonly (readonly [tag: string, id: string])[];
}

export interface ImageLoad {
  /** Those that were not there. */
  readonly layers: readonly LoadedLayer[];
  readonly images: readonly LoadedImage[];
}

export interface Images {
  /** Newest first. `all` adds intermediate images. */
  list(options?: { all?: boolean; reference?: string; dangling?: boolean }): ImageSummary[];
  /** Full ID of a reference, an ID or an ID prefix. Throws no-such-image. */
  resolve(reference: string): string;
  find(reference: string): string | undefined;
  inspect(reference: string): ImageInspect;
  /** Newest first. */
  history(reference: string): HistoryEntry[];
  tag(source: string, target: string): void;
  /** Docker's rules and order; throws the conflicts. */
  remove(reference: string, options?: { force?: boolean; noPrune?: boolean }): Removal[];
  /** Dangling images, or with `all` every image without a container. */
  prune(options?: { all?: boolean; fits?: (image: ImageSummary) => boolean }): {
    removals: Removal[];
    reclaimed: number;
  };
  /** Tells that an image came from a tar of files. */
  imported(id: string): void;
  /** From the bundled catalogue. Throws pull-denied, manifest-unknown. */
  pull(reference: string): Pull;
  /** `docker save`: the pieces of the tar, in order. Throws no-such-image. */
  save(references: readonly string[]): Uint8Array[];
  /**
   * `docker load`: a Docker archive or an OCI image layout, compressed or not; what has to be unpacked
   * is kept by `unpacked`, in memory unless told. Files are read from the archive when somebody reads them. Throws
   * ArchiveError; then nothing is loaded.
   */
  load(archive: ArchiveSource, unpacked?: (bytes: Uint8Array) => ArchiveSource): ImageLoad;
  /** The layers of an image, bottom first: chain IDs and bytes. */
  layers(reference: string): { chain: string; size: number }[];
  /** Bytes of the layers of all images, each once. */
  diskUsage(): number;
}

/** `docker image inspect`, key order as printed. */
export interface ImageInspect {
  Id: string;
  RepoTags: string[];
  RepoDigests: string[];
  Parent: string;
  Comment: string;
  Created: string;
  Container: string;
  ContainerConfig: Config;
  DockerVersion: string;
  Author: string;
  Config: Config;
  Architecture: string;
  Os: string;
  Size: number;
  VirtualSize: number;
  GraphDriver: { Data: Record<string, string> | null; Name: string };
  RootFS: { Type: 'layers'; Layers?: string[] };
  Metadata: { LastTagTime: string };
}

export type ContainerStatus =
  | 'created'
  | 'running'
  | 'paused'
  | 'restarting'
  | 'removing'
  | 'exited'
  | 'dead';

export interface ContainerState {
  Status: ContainerStatus;
  Running: boolean;
  Paused: boolean;
  Restarting: boolean;
  OOMKilled: boolean;
  Dead: boolean;
  Pid: number;
  ExitCode: number;
  Error: string;
  /** RFC 3339; `0001-01-01T00:00:00Z` = never. */
  StartedAt: string;
  FinishedAt: string;
  Health?: Health & { Log: HealthResult[] };
}

export interface ContainerSummary {
  id: string;
  /** Without the slash. */
  name: string;
  /** As given at creation; the short image ID when that name points elsewhere by now. */
  image: string;
  imageId: string;
  /** `tail -f /dev/null` */
  command: string;
  created: bigint;
  state: ContainerState;
  /** `Up 2 seconds`, `Exited (137) 3 minutes ago`, `Created`. */
  status: string;
  labels: Readonly<Record<string, string>>;
  mounts: readonly MountPoint[];
  networks: readonly string[];
  ports: PortMap;
  exposed: readonly string[];
}

export interface MountPoint {
  Type: 'bind' | 'volume' | 'tmpfs';
  Name?: string;
  Source: string;
  Destination: string;
  Driver?: string;
  Mode: string;
  RW: boolean;
  Propagation: string;
}

/** Bytes of the writable layer, and of it and the image together. */
export interface ContainerSize {
  rw: number;
  rootFs: number;
}

/** `docker diff`: C, A or D. */
export interface Change {
  kind: 'changed' | 'added' | 'deleted';
  path: string;
}

export interface ContainerSpec {
  /** Reference, ID or ID prefix. */
  image: string;
  name?: string;
  config?: Partial<Config>;
  host?: Partial<HostConfig>;
  /** Further names in a network of its own. */
  aliases?: readonly string[];
}

/** A foreground `docker run` or `docker attach`: where the container's output goes besides its log. */
export interface Attachment {
  /** Its descriptors are used. With a tty they become the container's own. */
  client: Process;
  stdin?: number;
  stdout?: number;
  stderr?: number;
  /** The keys that detach were typed: the container runs on without this client. */
  detached?: () => void;
  /** Bytes; Ctrl-P Ctrl-Q unless told. */
  detachKeys?: readonly number[];
}

export interface ExecSpec {
  argv: readonly string[];
  env?: readonly string[];
  user?: string;
  workingDir?: string;
  tty?: boolean;
  /** `-i`: the client's standard input is the program's; without it, and without a terminal, it reads nothing. */
  stdin?: boolean;
  privileged?: boolean;
  detachKeys?: readonly number[];
  /** No client: output goes nowhere. */
  detach?: boolean;
}

export interface Execution {
  pid: number;
  exited: Promise<{ code: number; signal?: string }>;
}

export interface LogEntry {
  stream: 'stdout' | 'stderr';
  /** RFC 3339 with nanoseconds. */
  time: string;
  /** With its newline, if it had one. */
  text: string;
}

export interface CommitOptions {
  reference?: string;
  author?: string;
  comment?: string;
  /** Dockerfile instructions applied to the configuration: `CMD ["echo"]`, `ENV A=b`. */
  changes?: readonly string[];
  /** Default true: the container is paused while it is read. */
  pause?: boolean;
}

export interface Containers {
  /** Newest first; running ones only unless `all`. */
  list(options?: { all?: boolean }): ContainerSummary[];
  /** Full ID of a name, an ID or an ID prefix. Throws no-such-container. */
  resolve(reference: string): string;
  find(reference: string): string | undefined;
  inspect(reference: string, options?: { size?: boolean }): ContainerInspect;
  create(spec: ContainerSpec): { id: string; warnings: string[] };
  /** Throws exec-not-found / exec-failed, after which the container stands as created with exit code 127 or 126. */
  start(reference: string, attachment?: Attachment): void;
  /** Stop signal (SIGTERM), then SIGKILL after `seconds` (10). Returns when it has stopped. */
  stop(reference: string, options?: { seconds?: number }): Promise<void>;
  restart(reference: string, options?: { seconds?: number }): Promise<void>;
  /** Limits and the restart policy. Throws little-memory. */
  update(reference: string, change: Partial<Resources & Pick<HostConfig, 'RestartPolicy'>>): void;
  /** A signal name (`KILL`, `SIGTERM`) or number. */
  kill(reference: string, signal?: string): void;
  pause(reference: string): void;
  unpause(reference: string): void;
  /** The exit code, when it has ended and is cleaned up. */
  wait(reference: string): Promise<number>;
  rename(reference: string, name: string): void;
  remove(reference: string, options?: { force?: boolean; volumes?: boolean }): Promise<void>;
  /** Those that do not run. */
  prune(fits?: (one: ContainerSummary) => boolean): { ids: string[]; reclaimed: number };
  /** Runs a process in a running container; its descriptors are the client's 0, 1 and 2. */
  exec(reference: string, spec: ExecSpec, client: Process): Execution;
  /** The exit code; 0 when the client has detached. Throws attach-stopped, attach-paused. */
  attach(reference: string, attachment: Attachment): Promise<number>;
  /** All entries so far, or the last `tail`. */
  logs(reference: string, options?: { tail?: number }): LogEntry[];
  /** Entries as they come, until the container stops. */
  followLogs(
    reference: string,
    visit: (entry: LogEntry) => void | Promise<void>,
    tail?: number,
  ): Promise<void>;
  /** Depth first, a directory before its children, deletions last; sorted by name. */
  changes(reference: string): Change[];
  size(reference: string): ContainerSize;
  /** `docker export`: the pieces of the tar, in order. */
  export(reference: string): Uint8Array[];
  /** The new image's ID. */
  commit(reference: string, options?: CommitOptions): string;
  /** How many processes it has. */
  processes(reference: string): number;
  /** Processes of a running container. */
  top(reference: string): { pid: number; ppid: number; user: string; startedAt: bigint; command: string }[];
  /** A container's tree seen through its mounts; `use` gets a process inside and the resolved path. Throws no-such-path. */
  withFiles<Result>(
    reference: string,
    use: (inside: Process) => Result,
    options?: { write?: boolean },
  ): Result;
}

/** `docker container inspect`, key order as printed. */
export interface ContainerInspect {
  Id: string;
  Created: string;
  Path: string;
  Args: string[];
  State: ContainerState;
  Image: string;
  ResolvConfPath: string;
  HostnamePath: string;
  HostsPath: string;
  LogPath: string;
  Name: string;
  RestartCount: number;
  Driver: string;
  Platform: string;
  MountLabel: string;
  ProcessLabel: string;
  AppArmorProfile: string;
  ExecIDs: string[] | null;
  HostConfig: HostConfig;
  GraphDriver: { Data: Record<string, string> | null; Name: string };
  SizeRw?: number;
  SizeRootFs?: number;
  Mounts: MountPoint[];
  Config: Config;
  NetworkSettings: Record<string, unknown>;
}

/** `docker volume inspect`, key order as printed. */
export interface VolumeInspect {
  CreatedAt: string;
  Driver: 'local';
  Labels: Record<string, string> | null;
  Mountpoint: string;
  Name: string;
  Options: Record<string, string> | null;
  Scope: 'local';
}

export interface VolumeUsage extends VolumeInspect {
  /** Containers that use it. */
  links: number;
  size: number;
}

export interface Volumes {
  /** By name. */
  list(): VolumeInspect[];
  inspect(name: string): VolumeInspect;
  /** An existing volume of that name is given back. */
  create(name?: string, labels?: Record<string, string>, options?: Record<string, string>): VolumeInspect;
  /** Throws volume-in-use, no-such-volume. */
  remove(name: string, options?: { force?: boolean }): void;
  prune(fits?: (volume: VolumeInspect) => boolean): { names: string[]; reclaimed: number };
  usage(): VolumeUsage[];
}

/** What a classic build is made of; the Dockerfile front end decides the order. Image IDs, '' = scratch. */
export interface Builder {
  /** An image whose parent and container_config match: the cached result of a step. */
  findCached(parent: string, step: Partial<Config>): string | undefined;
  /** An intermediate container of `parent`; Config is what the daemon made of `config` (hostname and labels filled in). */
  create(parent: string, config: Partial<Config>, host?: Partial<HostConfig>): { id: string; config: Config };
  /** Runs it to its end, output to the client's descriptors 1 and 2. The exit code. */
  run(container: string, client: Process): Promise<number>;
  /** Makes WORKDIR's directory in it. */
  makeWorkingDirectory(container: string): void;
  /** Image from the container's writable layer: `step` becomes container_config, `config` the image's configuration. */
  commitContainer(container: string, step: Partial<Config>, config: Partial<Config>, author?: string): string;
  /** Image from `parent` and a layer that `fill` writes into its merged root (COPY, ADD). */
  commitFiles(
    parent: string,
    step: Partial<Config>,
    config: Partial<Config>,
    fill: (inside: Process) => void,
    author?: string,
    comment?: string,
  ): string;
  removeContainer(container: string): Promise<void>;
  /** Reads a tree of an image (COPY --from). */
  withImage<Result>(image: string, use: (inside: Process) => Result): Result;
}
