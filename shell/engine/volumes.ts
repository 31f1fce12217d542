// The engine's volumes: what `docker volume` asks.

import type { VolumeInspect, Volumes, VolumeUsage } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { removeVolume, usersOf } from './remove-container.ts';

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

  create(
    name?: string,
    labels: Record<string, string> | null = null,
    options: Record<string, string> | null = null,
  ): VolumeInspect {
    const wanted = name === '' ? undefined : name;
    if (wanted?.length === 1) refuse('short-volume-name', wanted);
    const made = this.#daemon.volumes.create(wanted, { labels, options });
    this.#daemon.tell('volume', 'create', made.Name, { driver: 'local' });
    return made;
  }

  remove(name: string, { force = false }: { force?: boolean } = {}): void {
    if (force && !this.#daemon.volumes.has(name)) return;
    this.inspect(name);
    const users = usersOf(this.#daemon, name);
    if (users.length > 0) refuse('volume-in-use', name, users.join(', '));
    removeVolume(this.#daemon, name);
  }

  prune(fits: (volume: VolumeInspect) => boolean = () => true): { names: string[]; reclaimed: number } {
    const unused = this.usage().filter((volume) => volume.links === 0 && fits(volume));
    for (const { Name } of unused) removeVolume(this.#daemon, Name);
    const reclaimed = unused.reduce((sum, { size }) => sum + size, 0);
    this.#daemon.tell('volume', 'prune', '', { reclaimed: String(reclaimed) });
    return { names: unused.map(({ Name }) => Name), reclaimed };
  }

  usage(): VolumeUsage[] {
    return this.list().map((volume) => ({
      ...volume,
      links: usersOf(this.#daemon, volume.Name).length,
      size: this.#daemon.volumes.size(volume.Name),
    }));
  }
}
