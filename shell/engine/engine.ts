// The Docker engine: its door. Everything it knows lies under /var/lib/docker of the simulated disk.

import type { Process } from '../fs/process.ts';
import type { Builder, Containers, EngineEvent, EngineInfo, Images, Volumes } from './contract.ts';
import type { Views } from './views.ts';
import type { Catalogue, EngineClock, Ids, Runtime } from './world.ts';

export interface EngineOptions {
  /** dockerd: root in the host's namespace. */
  root: Process;
  runtime: Runtime;
  ids: Ids;
  clock: EngineClock;
  catalogue: Catalogue;
}

export interface EngineApi {
  readonly images: Images;
  readonly containers: Containers;
  readonly volumes: Volumes;
  readonly builder: Builder;
  readonly views: Views;
  info(): EngineInfo;
  /** Calls back for each event until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
}
