// The engine's volumes: what `docker volume` asks.

import type { VolumeInspect, Volumes, VolumeUsage } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { usersOf } from './remove-container.ts';

export class VolumeService implements Volumes {
  readonly #daemon: Daemon;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  list(): VolumeInspect[] {
    return this.#daemon.volumes.names().map((name) => this.inspect(name));
  }

  inspect(name: string): VolumeInspect {
    return this.#daemon.volumes.inspect(name);
  }

  create(name?: string, labels?: Record<string, string>): VolumeInspect {
    const made = this.#daemon.volumes.create(name === '' ? undefined : name, labels ?? null);
    this.#daemon.tell('volume', 'create', made.Name, { driver: 'local' });
    return made;
  }

  remove(name: string, { force = false }: { force?: boolean } = {}): void {
    if (force && !this.#daemon.volumes.has(name)) return;
    this.inspect(name);
    const users = usersOf(this.#daemon, name);
    if (users.length > 0) refuse('volume-in-use', name, users.join(', '));
    this.#daemon.volumes.remove(name);
    this.#daemon.tell('volume', 'destroy', name, { driver: 'local' });
  }

  prune(): { names: string[]; reclaimed: number } {
    const unused = this.usage().filter(({ links }) => links === 0);
    for (const { Name } of unused) this.#daemon.volumes.remove(Name);
    return {
      names: unused.map(({ Name }) => Name),
      reclaimed: unused.reduce((sum, { size }) => sum + size, 0),
    };
  }

  usage(): VolumeUsage[] {
    return this.list().map((volume) => ({
      ...volume,
      links: usersOf(this.#daemon, volume.Name).length,
      size: this.#daemon.volumes.size(volume.Name),
    }));
  }
}
