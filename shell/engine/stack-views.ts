// The views of panes, computed from the disk; what was computed holds until any file of the machine changes.

import { type ContainerRecord, nameOf } from './container-record.ts';
import type { Change } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { type ImageConfig, topLayer } from './image-config.ts';
import { type Entry, LayerStack } from './layer-stack.ts';
import type { Layer } from './layer-store.ts';
import { quietly } from './quiet.ts';
import type { StorageDriver } from './storage/storage-driver.ts';
import type { BytesView, ContainerView, LayerRow, LayerView, MergedRow, Sign, Views } from './views.ts';
import { changedRows, copiedBytes, copyOf, sharedBytes } from './whole-tree-views.ts';

const ROWS = 500;

export class StackViews implements Views {
  readonly #daemon: Daemon;
  #generation = -1;
  #containers: ContainerView[] | undefined;
  #stacks = new Map<string, LayerStack>();
  #known = new Map<string, unknown>();
  /** Bytes of whole trees that change no more, by the storage driver's key. */
  readonly #sizes = new Map<string, number>();

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  containers(): ContainerView[] {
    this.#refresh();
    this.#containers ??= quietly(this.#daemon.kernel, () => this.#compute());
    return this.#containers;
  }

  layerEntries(container: string, layer: number, directory: string): LayerRow[] {
    return this.#remember(`layer ${container} ${layer} ${directory}`, () => {
      const stack = this.#stack(container);
      if (stack === undefined) return [];
      return stack.names(layer, directory).map((name) => this.#row(stack, layer, directory, name));
    });
  }

  layerTree(container: string, layer: number, limit = ROWS): LayerRow[] {
    return this.#remember(`tree ${container} ${layer} ${limit}`, () => {
      if (this.#daemon.driver.shape !== 'layers') return this.#changedRows(container, limit);
      const rows: LayerRow[] = [];
      const visit = (directory: string): void => {
        for (const row of this.layerEntries(container, layer, directory)) {
          if (rows.length >= limit) return;
          rows.push(row);
          if (row.kind === 'directory') visit(row.path);
        }
      };
      visit('/');
      return rows;
    });
  }

  mergedEntries(container: string, directory: string): MergedRow[] {
    return this.#remember(`merged ${container} ${directory}`, () => {
      const stack = this.#stack(container);
      if (stack === undefined) return [];
      const names = new Set(stack.answers(directory).flatMap((layer) => stack.names(layer, directory)));
      return [...names].sort().flatMap((name) => {
        const merges = stack.answers(join(directory, name));
        const [layer] = merges;
        return layer === undefined ? [] : [{ ...this.#row(stack, layer, directory, name), layer, merges }];
      });
    });
  }

  bytes(): BytesView {
    return this.#remember('bytes', () => {
      const { layers, driver } = this.#daemon;
      if (driver.shape === 'copies') return copiedBytes(this.#daemon, this.containers(), this.#sizes);
      if (driver.shape === 'snapshots') return sharedBytes(this.#daemon, this.containers(), this.#sizes);
      const images = layers.all().reduce((sum, chain) => sum + (layers.get(chain)?.size ?? 0), 0);
      const views = this.containers();
      const own = views.reduce((sum, view) => sum + (view.layers[0]?.size ?? 0), 0);
      const copies = views.reduce((sum, view) => sum + sizeOf(view.layers), 0);
      return { used: images + own, fullCopies: images + copies, saved: copies - own };
    });
  }

  #changedRows(container: string, limit: number): LayerRow[] {
    const view = this.#view(container);
    return view === undefined
      ? []
      : changedRows(this.#daemon, view.id, this.#changes(view.id).slice(0, limit));
  }

  #changes(id: string): readonly Change[] {
    return this.#remember(`changes ${id}`, () => {
      const { layers, driver } = this.#daemon;
      const mount = layers.mountOf(id);
      return mount === undefined ? [] : driver.changes(mount.mountId, mount.initId);
    });
  }

  #compute(): ContainerView[] {
    const { containers } = this.#daemon;
    const records = [...containers.ids()].map((id) => containers.peek(id) as ContainerRecord);
    const ordered = records.sort((a, b) => (a.Created < b.Created ? -1 : 1));
    const users = new Map<string, string[]>();
    const views = ordered.map((record) => this.#container(record));
    for (const view of views) {
      for (const layer of view.layers) users.set(layer.id, [...(users.get(layer.id) ?? []), view.name]);
    }
    return views.map((view) => ({
      ...view,
      layers: view.layers.map((layer) => ({
        ...layer,
        sharedWith: (users.get(layer.id) ?? []).filter((name) => name !== view.name),
      })),
    }));
  }

  #container(record: ContainerRecord): ContainerView {
    const { driver, layers } = this.#daemon;
    const mount = layers.mountOf(record.ID);
    const running = record.State.Running;
    return {
      id: record.ID,
      name: nameOf(record),
      image: record.Config.Image,
      running,
      paused: record.State.Paused,
      layers:
        driver.shape !== 'layers'
          ? copyOf(this.#daemon, record, this.#changes(record.ID), this.#sizes)
          : this.#layers(record),
      merged: running && mount !== undefined ? treeOf(driver, mount.mountId) : undefined,
    };
  }

  #layers(record: ContainerRecord): LayerView[] {
    const { layers, driver, images } = this.#daemon;
    const mount = layers.mountOf(record.ID);
    const config = images.get(record.Image);
    const own: LayerView[] =
      mount === undefined
        ? []
        : [
            this.#layer(mount.mountId, 'upper', driver.usage(mount.mountId, mount.initId), ''),
            this.#layer(mount.initId, 'init', 0, ''),
          ];
    const commands = layerCommands(config);
    const below = layers.stack(mount?.parent ?? (config && topLayer(config)));
    const image = below.map((layer: Layer, at) =>
      this.#layer(layer.cacheId, 'image', layer.size, commands[below.length - 1 - at] ?? ''),
    );
    return [...own, ...image];
  }

  #layer(id: string, kind: LayerView['kind'], size: number, createdBy: string): LayerView {
    const { driver } = this.#daemon;
    return {
      id,
      short: id.slice(0, 12),
      kind,
      path: driver.path(id),
      link: driver.link(id),
      createdBy,
      size,
      sharedWith: [],
    };
  }

  #row(stack: LayerStack, layer: number, directory: string, name: string): LayerRow {
    const path = join(directory, name);
    const entry = stack.entry(layer, path) as Entry;
    const { kind, size, mode } = entry.stat;
    return {
      path,
      name,
      kind,
      size,
      mode,
      ...(kind === 'symlink' ? { target: stack.target(layer, path) } : {}),
      sign: signOf(stack, layer, path, entry),
    };
  }

  #stack(container: string): LayerStack | undefined {
    const view = this.#view(container);
    if (view === undefined) return undefined;
    const known = this.#stacks.get(view.id);
    if (known !== undefined) return known;
    const stack = new LayerStack(view.layers.map(({ id }) => this.#daemon.driver.look(id)));
    this.#stacks.set(view.id, stack);
    return stack;
  }

  #view(container: string): ContainerView | undefined {
    return this.containers().find(({ id, name }) => id === container || name === container);
  }

  #remember<Result>(key: string, compute: () => Result): Result {
    this.#refresh();
    if (!this.#known.has(key)) this.#known.set(key, quietly(this.#daemon.kernel, compute));
    return this.#known.get(key) as Result;
  }

  #refresh(): void {
    const { generation } = this.#daemon.kernel;
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#containers = undefined;
    this.#stacks = new Map();
    this.#known = new Map();
  }
}

/** Where a snapshot's tree is to be seen now, without mounting it. */
const treeOf = (driver: StorageDriver, key: string): string | undefined =>
  driver.shape !== 'layers' || driver.isMounted(key) ? driver.mount(key) : undefined;

const signOf = (stack: LayerStack, layer: number, path: string, entry: Entry): Sign => {
  const directory = path.slice(0, path.lastIndexOf('/'));
  const visible =
    entry.kind === 'whiteout'
      ? stack.answers(directory).includes(layer)
      : stack.answers(path).includes(layer);
  if (!visible) return 'shadowed';
  if (entry.kind === 'whiteout' || entry.kind === 'opaque') return entry.kind;
  if (layer === stack.size - 1) return 'plain';
  const below = stack.answers(directory, layer).filter((other) => other > layer);
  const first = below.map((other) => stack.entry(other, path)).find((other) => other !== undefined);
  if (first === undefined || first.kind === 'whiteout') return 'added';
  return entry.kind === 'directory' && first.kind !== 'other' ? 'plain' : 'copied-up';
};

/** The commands of the steps that made layers, bottom first, in a person's words. */
const layerCommands = (config: ImageConfig | undefined): string[] =>
  (config?.history ?? [])
    .filter((step) => !step.empty_layer)
    .map((step) => shownCommand(step.created_by ?? ''));

/** `/bin/sh -c #(nop) ADD file:… in /` was `ADD file:… in /`; `/bin/sh -c echo` was `RUN echo`. */
const shownCommand = (createdBy: string): string => {
  const text = createdBy.replace(/^\|\d+ .*?(?=\/bin\/sh -c )/, '').trim();
  if (!text.startsWith('/bin/sh -c ')) return text;
  const command = text.slice('/bin/sh -c '.length).trim();
  return command.startsWith('#(nop)') ? command.slice('#(nop)'.length).trim() : `RUN ${command}`;
};

const sizeOf = (layers: readonly LayerView[]): number => layers.reduce((sum, { size }) => sum + size, 0);

const join = (directory: string, name: string): string => `${directory === '/' ? '' : directory}/${name}`;
