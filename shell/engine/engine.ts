// The Docker engine: its door. Everything it knows lies under /var/lib/docker of the simulated disk.

import type { Process } from '../fs/process.ts';
import { BuildService } from './builder.ts';
import { ContainerService } from './containers.ts';
import type { Builder, Containers, EngineEvent, EngineInfo, Images, Volumes } from './contract.ts';
import { Daemon } from './daemon.ts';
import { makeDirectory } from './files.ts';
import { DOCKER_VERSION } from './image-config.ts';
import { ImageService } from './images.ts';
import { DATA_ROOT, imageSkeleton, skeleton } from './paths.ts';
import { resumeContainer } from './run-container.ts';
import { StackViews } from './stack-views.ts';
import { DEFAULT_DRIVER, type DriverName } from './storage/drivers.ts';
import type { Views } from './views.ts';
import { VolumeService } from './volumes.ts';
import type { Catalogue, Runtime } from './world.ts';

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
  readonly builder: Builder;
  readonly views: Views;
  info(): EngineInfo;
  /** Calls back for each event until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
}

export class Engine implements EngineApi {
  readonly images: Images;
  readonly containers: Containers;
  readonly volumes: Volumes;
  readonly builder: Builder;
  readonly views: Views;
  readonly #daemon: Daemon;

  constructor({ root, runtime, catalogue, storageDriver = DEFAULT_DRIVER }: EngineOptions) {
    this.#daemon = new Daemon({ root, runtime, catalogue, driver: storageDriver });
    this.images = new ImageService(this.#daemon);
    this.containers = new ContainerService(this.#daemon);
    this.volumes = new VolumeService(this.#daemon);
    this.builder = new BuildService(this.#daemon);
    this.views = new StackViews(this.#daemon);
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

  subscribe(listener: (event: EngineEvent) => void): () => void {
    return this.#daemon.subscribe(listener);
  }

  /** What a snapshot of the machine must know besides the disk: nothing but who waits for whom. */
  save(): unknown {
    return new Map(this.#daemon.live);
  }

  /** After the kernel has been restored: running containers are watched again. */
  restore(saved: unknown): void {
    this.#daemon.restore(saved as Daemon['live'], (id, live) => resumeContainer(this.#daemon, id, live));
  }
}

/** What dockerd makes when it starts, where it is not there yet. */
const layOutHome = ({ process, driver }: Daemon): void => {
  for (const [path, mode] of [...skeleton, ...imageSkeleton(driver.name)]) makeDirectory(process, path, mode);
  driver.layOut();
};
