// What the classic builder stands on: a cache of steps, intermediate containers, and images made of both.

import type { Process } from '../fs/process.ts';
import { insideRoot } from './chroot.ts';
import { imageOfContainer, imageOfLayer } from './commit-container.ts';
import { type Config, type HostConfig, orderedConfig } from './config.ts';
import type { Builder } from './contract.ts';
import { buildContainer, makeWorkingDirectory } from './create-container.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { newId } from './ids.ts';
import { topLayer } from './image-config.ts';
import { removeContainer } from './remove-container.ts';
import { startContainer } from './run-container.ts';
import { sameStep } from './step-cache.ts';
import { whileMounted } from './storage/storage-driver.ts';
import { parseTime } from './time.ts';

export class BuildService implements Builder {
  readonly #daemon: Daemon;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  /** The newest child of `parent` whose container_config is the step's. */
  findCached(parent: string, step: Partial<Config>): string | undefined {
    const wanted = orderedConfig(step);
    const { images } = this.#daemon;
    const fitting = images
      .all()
      .filter((id) => images.parent(id) === parent && images.lastUpdated(id) !== '')
      .map((id) => ({ id, config: images.get(id) }))
      .filter(({ config }) => config !== undefined && sameStep(config.container_config, wanted))
      .sort((a, b) => Number(parseTime(b.config?.created ?? '') - parseTime(a.config?.created ?? '')));
    return fitting[0]?.id;
  }

  create(
    parent: string,
    config: Partial<Config>,
    host: Partial<HostConfig> = {},
  ): { id: string; config: Config } {
    const record = buildContainer(this.#daemon, {
      imageId: parent,
      config: { ...config, Image: config.Image ?? parent },
      host,
    });
    return { id: record.ID, config: record.Config };
  }

  async run(container: string, client: Process): Promise<number> {
    startContainer(this.#daemon, container, { client, stdout: 1, stderr: 2 });
    return (
      this.#daemon.live.get(container)?.ended ?? this.#daemon.containers.record(container).State.ExitCode
    );
  }

  makeWorkingDirectory(container: string): void {
    const record = this.#daemon.containers.record(container);
    const mount = this.#daemon.layers.mountOf(container) ?? refuse('no-such-container', container);
    whileMounted(this.#daemon.driver, mount.mountId, (root) =>
      insideRoot(this.#daemon.process, root, (inside) =>
        makeWorkingDirectory(inside, record.Config.WorkingDir),
      ),
    );
  }

  commitContainer(
    container: string,
    step: Partial<Config>,
    config: Partial<Config>,
    author?: string,
  ): string {
    const parent = this.#daemon.containers.record(container).Image;
    return imageOfContainer(this.#daemon, { container, parent, step, config, author });
  }

  commitFiles(
    parent: string,
    step: Partial<Config>,
    config: Partial<Config>,
    fill: (inside: Process) => void,
    author?: string,
    comment?: string,
  ): string {
    const image = parent === '' ? undefined : this.#daemon.images.get(parent);
    const layer = this.#daemon.layers.build(image && topLayer(image), (root) =>
      insideRoot(this.#daemon.process, root, fill),
    );
    return imageOfLayer(this.#daemon, layer.diffId, { parent, step, config, author, comment });
  }

  async removeContainer(container: string): Promise<void> {
    removeContainer(this.#daemon, container, { volumes: true });
  }

  withImage<Result>(image: string, use: (inside: Process) => Result): Result {
    const config = this.#daemon.images.get(image);
    const key = newId(this.#daemon.kernel.random);
    const top = config && topLayer(config);
    const cache = top === undefined ? undefined : this.#daemon.layers.get(top)?.cacheId;
    this.#daemon.driver.prepare(key, cache);
    try {
      return whileMounted(this.#daemon.driver, key, (root) => insideRoot(this.#daemon.process, root, use));
    } finally {
      this.#daemon.driver.remove(key);
    }
  }
}
