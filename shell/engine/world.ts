// What the engine is given: images to pull, and the runtime that starts processes. Time and random numbers are the kernel's.

import type { CapabilitySet } from '../fs/capability.ts';
import type { Child } from '../fs/child.ts';
import type { Process } from '../fs/process.ts';
import type { BundledImage } from '../images/catalogue.ts';

/** Where images come from when this machine has not got them. */
export interface Catalogue {
  /** By familiar reference (`ubuntu:20.04`); undefined = no registry has it. */
  findImage(reference: string): BundledImage | undefined;
  /** Whether there is such a repository, whatever its tags. */
  hasRepository?(repository: string): boolean;
}

/** Where a process of a container reads and writes: descriptors of the process that spawns it. */
interface Stdio {
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
  /** What it can have at most; root has all of it. */
  capabilities: CapabilitySet;
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
