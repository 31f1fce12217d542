// What the engine is given: the process it runs as, the time, ids, images to pull, and the runtime that starts processes.

import type { Child, Process } from '../fs/process.ts';
import type { Config } from './config.ts';

/** Ids and random choices; the same seed gives the same ones. */
export interface Ids {
  /** `digits` random lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** A whole number from 0 to `below - 1`. */
  pick(below: number): number;
}

export interface EngineClock {
  /** Nanoseconds since 1970. */
  now(): bigint;
  /** Milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** An image that can be had without a network. */
export interface CatalogueImage {
  /** Docker's familiar name: `ubuntu`. */
  readonly repository: string;
  readonly tags: readonly string[];
  readonly architecture: string;
  /** RFC 3339. */
  readonly created: string;
  readonly config: Partial<Config>;
  /** Bottom first. */
  readonly layers: readonly CatalogueLayer[];
  /** Bottom first, layerless steps included. */
  readonly history: readonly { createdBy: string; created: string; comment?: string; emptyLayer?: boolean }[];
}

export interface CatalogueLayer {
  /** `sha256:…` of the layer's uncompressed tar. */
  readonly diffId: string;
  /** Bytes as Docker counts them: files once, symlinks their target's length. */
  readonly size: number;
  /** Bytes of the compressed blob that a pull would fetch. */
  readonly compressedSize?: number;
  /** Makes the layer's tree in the existing directory `path` (owner, mode and times too). */
  materialize(process: Process, path: string): void;
}

export interface Catalogue {
  /** `ubuntu:20.04` in familiar form; undefined = no registry has it. */
  findImage(reference: string): CatalogueImage | undefined;
}

/** Where a process of a container reads and writes: descriptors of the process that spawns it. */
export interface Stdio {
  /** The process whose descriptors 0, 1 and 2 are passed on. */
  process: Process;
  stdin: number | undefined;
  stdout: number;
  stderr: number;
}

export interface SpawnRequest {
  argv: readonly string[];
  env: ReadonlyMap<string, string>;
  cwd: string;
  user: { uid: number; gid: number; groups: readonly number[] };
  stdio: Stdio;
}

/** The inside of one running container: its mount namespace, its root and what runs there. */
export interface Sandbox {
  /** A process (root, in the container's namespace) for lookups and mounts; it runs no program. */
  readonly inside: Process;
  /** Finds argv[0] on the PATH of `env` and runs it. Throws FsError ENOENT (not found), EACCES (not executable) or ENOEXEC. */
  spawn(request: SpawnRequest): Child;
  /** Sends a signal to every process of the container. */
  signalAll(signal: string): void;
  /** Ends everything that still runs inside and gives up the namespace. */
  close(): void;
}

/** What runc is to Docker. */
export interface Runtime {
  /** A new mount namespace whose root is the directory `rootfs`. */
  open(host: Process, rootfs: string, container: { id: string; name: string }, hostname: string): Sandbox;
}
