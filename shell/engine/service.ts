// dockerd as something that is started and stopped: with another storage driver it has other images and containers.

import type { Daemon } from './daemon.ts';
import { isEngineError } from './engine-error.ts';
import { listNames, makeDirectory } from './files.ts';
import { DATA_ROOT, imageSkeleton, skeleton } from './paths.ts';
import { wantsStart } from './restart-policy.ts';
import { startContainer } from './run-container.ts';
import { stopContainer } from './stop-container.ts';
import { chooseDriver } from './storage/choose-driver.ts';
import type { DriverName } from './storage/driver-names.ts';

export interface DaemonFlags {
  readonly storageDriver?: string;
}

export interface Service {
  readonly running: boolean;
  readonly driver: DriverName;
  /** Stops the containers, each with its own grace time, and then answers nobody. */
  stop(): Promise<void>;
  /** Reads /etc/docker/daemon.json. Throws what a daemon says that cannot start; it stays stopped then. */
  start(flags?: DaemonFlags): void;
  /** The one and then the other, as `systemctl restart docker` does it. Rejects as start throws. */
  restart(flags?: DaemonFlags): Promise<void>;
}

export class DaemonService implements Service {
  readonly #daemon: Daemon;
  #running = true;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  get running(): boolean {
    return this.#running;
  }

  get driver(): DriverName {
    return this.#daemon.driver.name;
  }

  async stop(): Promise<void> {
    const live = [...this.#daemon.live.keys()];
    await Promise.all(live.map((id) => stopContainer(this.#daemon, id, undefined)));
    for (const id of live) notManually(this.#daemon, id);
    this.#daemon.restarts.forgetAll();
    this.#running = false;
  }

  start(flags: DaemonFlags = {}): void {
    if (this.#running) return;
    // What is left for later there belongs to the driver before.
    listNames(this.#daemon.process, DATA_ROOT);
    this.#daemon.use(chooseDriver(this.#daemon.process, flags.storageDriver));
    layOutHome(this.#daemon);
    this.#running = true;
    startByPolicy(this.#daemon);
  }

  async restart(flags: DaemonFlags = {}): Promise<void> {
    if (this.#running) await this.stop();
    this.start(flags);
  }

  save(): { running: boolean; driver: DriverName } {
    return { running: this.#running, driver: this.#daemon.driver.name };
  }

  restore({ running, driver }: ReturnType<DaemonService['save']>): void {
    if (driver !== this.#daemon.driver.name) this.#daemon.use(driver);
    this.#running = running;
  }
}

/** What dockerd makes when it starts, where it is not there yet. */
export const layOutHome = ({ process, driver }: Daemon): void => {
  for (const [path, mode] of [...skeleton, ...imageSkeleton(driver.name)]) makeDirectory(process, path, mode);
  driver.layOut();
};

/** dockerd's own end is nobody's wish to stop a container. */
const notManually = (daemon: Daemon, id: string): void => {
  if (daemon.containers.peek(id) === undefined) return;
  daemon.containers.update(id, (record) => {
    record.HasBeenManuallyStopped = false;
  });
};

const startByPolicy = (daemon: Daemon): void => {
  for (const id of daemon.containers.ids()) {
    const record = daemon.containers.record(id);
    if (record.State.Restarting) {
      daemon.containers.update(id, ({ State }) =>
        Object.assign(State, { Running: false, Restarting: false }),
      );
    }
    if (record.HasBeenStartedBefore && wantsStart(record, daemon.containers.hostConfig(id)))
      planStart(daemon, id);
  }
};

const planStart = (daemon: Daemon, id: string): void => {
  try {
    startContainer(daemon, id, undefined, true);
  } catch (error) {
    if (!isEngineError(error)) throw error;
  }
};
