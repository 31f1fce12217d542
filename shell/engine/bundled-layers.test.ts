// The diff IDs and sizes of the bundled layers are data, so that a pull costs nothing: here they are computed again.
// COWSH_UPDATE=1 writes them.

import { readFileSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { bootKernel } from '../fs/boot.ts';
import { virtualClock } from '../fs/clock.ts';
import type { Process } from '../fs/process.ts';
import { createRandom } from '../fs/random.ts';
import { type BundledLayer, bundledImages } from '../images/catalogue.ts';
import { writeHost } from '../images/host.ts';
import { DigestVisitor } from './digest.ts';
import { ArchiveWriter } from './tar/archive.ts';
import { archiveEntry, entriesBelow } from './tar/tree-entries.ts';

const FILE = new URL('../images/data/layers.json', import.meta.url);

const host = (): Process => {
  const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
  const init = kernel.createInit();
  writeHost(init);
  return init;
};

const measure = (layer: BundledLayer): { diffId: string; size: number } => {
  const process = host();
  process.mkdir('/layer');
  layer.materialize(process, '/layer');
  const digest = new DigestVisitor();
  const archive = new ArchiveWriter([digest]);
  let size = 0;
  for (const entry of entriesBelow(process, '/layer')) {
    size += entry.header.type === '2' ? (entry.header.linkname ?? '').length : entry.header.size;
    archiveEntry(process, archive, entry);
  }
  archive.end();
  return { diffId: digest.finish(), size };
};

const layers = new Map(
  bundledImages()
    .flatMap((image) => image.layers)
    .map((layer) => [layer.name, layer]),
);

for (const [name, layer] of layers) {
  test(`${name}: diff ID and size are those of its tar`, (t) => {
    const measured = measure(layer);
    if (process.env.COWSH_UPDATE === '1') {
      const facts = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, object>;
      facts[name] = { ...measured, compressedSize: layer.compressedSize };
      writeFileSync(FILE, `${JSON.stringify(facts, undefined, 2)}\n`);
      t.pass();
      return;
    }
    t.deepEqual({ diffId: layer.diffId, size: layer.size }, measured);
  });
}
