// dockerd as its parts see it: the process it runs as, its stores, the time, and the events it tells.

import type { Kernel } from '../fs/kernel.ts';
import type { Process } from '../fs/process.ts';
import { BuildCache } from './build-cache.ts';
import { type ContainerRecord, nameOf } from './container-record.ts';
import { ContainerStore } from './container-store.ts';
import { type EngineEvent, EventLog } from './event-log.ts';
import { HealthWatch } from './health/health-watch.ts';
import { ImageStore } from './image-store.ts';
import { tellLayerOf } from './layer-steps.ts';
import { LayerStore } from './layer-store.ts';
import type { Live } from './live-container.ts';
import { NetworkStore } from './network-store.ts';
import { Restarts } from './restart-policy.ts';
import type { DriverName } from './storage/driver-names.ts';
import { openDriver } from './storage/drivers.ts';
import type { StorageDriver } from './storage/storage-driver.ts';
import { rfc3339 } from './time.ts';
import { VolumeStore } from './volume-store.ts';
import type { Catalogue, Runtime } from './world.ts';

export interface DaemonOptions {
  root: Process;
  runtime: Runtime;
  catalogue: Catalogue;
  driver: DriverName;
}

export class Daemon {
  readonly process: Process;
  readonly runtime: Runtime;
  readonly catalogue: Catalogue;
  /** The storage driver, and what it knows: another one has images and containers of its own. */
  driver!: StorageDriver;
  layers!: LayerStore;
  images!: ImageStore;
  containers!: ContainerStore;
  buildCache!: BuildCache;
  readonly volumes: VolumeStore;
  readonly networks: NetworkStore;
  readonly events = new EventLog();
  readonly restarts: Restarts;
  readonly health: HealthWatch;
  /** By container ID. */
  readonly live = new Map<string, Live>();

  constructor({ root, runtime, catalogue, driver }: DaemonOptions) {
    this.process = root;
    this.runtime = runtime;
    this.catalogue = catalogue;
    this.volumes = new VolumeStore(root);
    this.networks = new NetworkStore(root);
    this.restarts = new Restarts(root.kernel.clock);
    this.health = new HealthWatch(root.kernel.clock);
    this.use(driver);
  }

  /** Turns to the images and containers of a storage driver. */
  use(driver: DriverName): void {
    this.driver = openDriver(driver, this.process);
    this.layers = new LayerStore(this.process, this.driver);
    this.images = new ImageStore(this.process, this.driver);
    this.containers?.close();
    this.containers = new ContainerStore(this.process, driver);
    this.buildCache = new BuildCache(this.process, driver);
  }

  get kernel(): Kernel {
    return this.process.kernel;
  }

  /** RFC 3339 with nanoseconds. */
  now(): string {
    return rfc3339(this.kernel.clock.now());
  }

  /**
   * After a restored snapshot: `saved` are the containers that were live then. One that has ended since is running
   * again, and is watched again; `watch` does that.
   */
  restore(saved: ReadonlyMap<string, Live>, watch: (id: string, live: Live) => void): void {
    this.restarts.forgetAll();
    const current = new Map(this.live);
    this.live.clear();
    for (const [id, live] of saved) {
      if (current.get(id) === live) this.live.set(id, live);
      else watch(id, live);
    }
  }

  tell(type: EngineEvent['type'], action: string, id: string, attributes: Record<string, string> = {}): void {
    this.events.add({ time: this.kernel.clock.now(), type, action, id, attributes });
  }

  /** An event of a container carries its labels, its image and its name. */
  tellContainer(record: Readonly<ContainerRecord>, action: string, more: Record<string, string> = {}): void {
    tellLayerOf(this, record, action);
    const { Labels, Image } = record.Config;
    this.tell('container', action, record.ID, { ...Labels, image: Image, name: nameOf(record), ...more });
  }

  /** One of an image its labels, as long as there is one, and a name. */
  tellImage(id: string, action: string, name = id): void {
    this.tell('image', action, id, { ...this.images.get(id)?.config.Labels, name });
  }
}
