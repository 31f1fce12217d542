// The Docker engine: its door. Everything it knows lies under /var/lib/docker of the simulated disk.

import type { Process } from '../fs/process.ts';
import { BuildWorker } from './build-worker.ts';
import { BuildService } from './builder.ts';
import { limitProcesses } from './container-limits.ts';
import { ContainerService } from './containers.ts';
import type { Builder, Containers, Images, Volumes } from './contract.ts';
import { Daemon } from './daemon.ts';
import type { EngineEvent } from './event-log.ts';
import { DOCKER_VERSION } from './image-config.ts';
import { ImageService } from './images.ts';
import type { Networks } from './network-contract.ts';
import { NetworkService } from './networks.ts';
import { DATA_ROOT } from './paths.ts';
import { planRestart, resumeContainer } from './run-container.ts';
import { DaemonService, layOutHome, type Service } from './service.ts';
import { StackViews } from './stack-views.ts';
import { DEFAULT_DRIVER, type DriverName } from './storage/driver-names.ts';
import type { Views } from './views.ts';
import { VolumeService } from './volumes.ts';
import type { Catalogue, Runtime } from './world.ts';

/** Facts for `docker info` and `docker version`. */
interface EngineInfo {
  id: string;
  driver: string;
  driverStatus: readonly (readonly [string, string])[];
  containers: number;
  running: number;
  paused: number;
  stopped: number;
  images: number;
  rootDir: string;
  serverVersion: string;
}

export interface EngineOptions {
  /** dockerd: root in the host's namespace. Time and random numbers are those of its kernel. */
  root: Process;
  runtime: Runtime;
  catalogue: Catalogue;
  /** overlay2 unless told. */
  storageDriver?: DriverName;
}

export interface EngineApi {
  readonly images: Images;
  readonly containers: Containers;
  readonly volumes: Volumes;
  readonly networks: Networks;
  readonly builder: Builder;
  readonly buildkit: BuildWorker;
  readonly views: Views;
  readonly service: Service;
  info(): EngineInfo;
  /** The last 256, oldest first. */
  events(): readonly EngineEvent[];
  /** Calls back for each event until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
}

export class Engine implements EngineApi {
  readonly images: Images;
  readonly containers: Containers;
  readonly volumes: Volumes;
  readonly networks: Networks;
  readonly builder: Builder;
  readonly buildkit: BuildWorker;
  readonly views: Views;
  readonly service: DaemonService;
  readonly #daemon: Daemon;

  constructor({ root, runtime, catalogue, storageDriver = DEFAULT_DRIVER }: EngineOptions) {
    this.#daemon = new Daemon({ root, runtime, catalogue, driver: storageDriver });
    this.images = new ImageService(this.#daemon);
    this.containers = new ContainerService(this.#daemon);
    this.volumes = new VolumeService(this.#daemon);
    this.networks = new NetworkService(this.#daemon);
    this.builder = new BuildService(this.#daemon);
    this.buildkit = new BuildWorker(this.#daemon);
    this.views = new StackViews(this.#daemon);
    this.service = new DaemonService(this.#daemon);
  }

  /** Makes what lies under /var/lib/docker after a first start, with these images. Nothing else has looked there yet. */
  layOut(images: readonly string[]): void {
    layOutHome(this.#daemon);
    for (const image of images) this.images.pull(image);
  }

  info(): EngineInfo {
    const containers = this.containers.list({ all: true });
    const count = (status: string): number =>
      containers.filter(({ state }) => state.Status === status).length;
    return {
      id: 'COWS:HSIM:ULAT:ESAL:INUX:HOST:WITH:DOCK:ERAN:DOVE:RLAY:FSXX',
      driver: this.#daemon.driver.name,
      driverStatus: this.#daemon.driver.status(),
      containers: containers.length,
      running: count('running'),
      paused: count('paused'),
      stopped: containers.length - count('running') - count('paused'),
      images: this.#daemon.images.all().length,
      rootDir: DATA_ROOT,
      serverVersion: DOCKER_VERSION,
    };
  }

  events(): readonly EngineEvent[] {
    return this.#daemon.events.recent;
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    return this.#daemon.events.subscribe(listener);
  }

  /** What a snapshot of the machine must know besides the disk: who waits for whom, and how dockerd was started. */
  save(): unknown {
    return {
      live: new Map(this.#daemon.live),
      service: this.service.save(),
      events: this.#daemon.events.recent,
      health: this.#daemon.health.save(),
    } satisfies SavedEngine;
  }

  /** After the kernel has been restored: running containers are watched again. */
  restore(saved: unknown): void {
    const { live, service, events, health } = saved as SavedEngine;
    this.service.restore(service);
    this.#daemon.events.restore(events);
    this.#daemon.health.restore(health);
    this.#daemon.restore(live, (id, container) => resumeContainer(this.#daemon, id, container));
    for (const [id, { sandbox }] of this.#daemon.live)
      limitProcesses(sandbox, this.#daemon.containers.hostConfig(id));
    for (const id of this.#daemon.containers.ids())
      if (this.#daemon.containers.peek(id)?.State.Restarting) planRestart(this.#daemon, id);
  }
}

interface SavedEngine {
  readonly live: Daemon['live'];
  readonly service: ReturnType<DaemonService['save']>;
  readonly events: readonly EngineEvent[];
  readonly health: ReturnType<Daemon['health']['save']>;
}
