// A layer's tar from elsewhere: looked through before anything is written, and kept in a tar-split.

import { type Digest, DigestVisitor } from '../digest.ts';
import { cleanPath } from '../go-path.ts';
import { type ArchiveSource, inMemory, piecesOf } from './archive-source.ts';
import { type TarHeader, TYPE } from './header.ts';
import { type ArchiveEntry, ArchiveError, readArchive, unzipped } from './read-archive.ts';
import { TarSplit } from './tar-split.ts';
import { OPAQUE_MARKER, type TreeEntry, WHITEOUT_PREFIX } from './tree-entries.ts';

export interface LayerArchive {
  /** Of the tar when it is not compressed. */
  readonly diffId: Digest;
  readonly entries: readonly TreeEntry[];
  /** The tar-split document, gzipped. */
  split(): Uint8Array;
}

/** Throws ArchiveError for a tar that is none, and for one with an entry that leads out of its layer. */
export const readLayerArchive = (source: ArchiveSource, unpacked = inMemory): LayerArchive => {
  const archive = unzipped(source, unpacked);
  const list = [...readArchive(archive)];
  const way = new Way();
  const entries = list.map(({ header, data }): TreeEntry => {
    const name = way.take(header);
    const place = header.type === TYPE.directory ? `${name}/` : name;
    const linkname = header.type === TYPE.hardLink ? cleanPath(header.linkname ?? '') : header.linkname;
    return { header: { ...header, name: place, linkname }, data };
  });
  return { diffId: digestOf(archive), entries, split: () => splitOf(archive, list) };
};

/** Of all bytes of a source. */
export const digestOf = (source: ArchiveSource): Digest => {
  const digest = new DigestVisitor();
  for (const piece of piecesOf(source)) digest.data(piece);
  return digest.finish();
};

const splitOf = (archive: ArchiveSource, list: readonly ArchiveEntry[]): Uint8Array => {
  const split = new TarSplit();
  let at = 0;
  for (const { header, data, dataStart } of list) {
    split.raw(archive.read(at, dataStart - at));
    split.entry(header);
    for (const piece of piecesOf(data)) split.data(piece);
    at = dataStart + data.size;
  }
  split.raw(archive.read(at, archive.size - at));
  return split.finish();
};

/** Follows what the entries make, so that none is written through a link that leads out of the layer. */
class Way {
  /** Symbolic links by path. */
  readonly #links = new Map<string, string>();

  /** The clean name of an entry. */
  take(header: TarHeader): string {
    const name = this.#inside(header.name, header.name);
    if (header.type === TYPE.hardLink) this.#inside(header.linkname ?? '', header.name);
    const base = name.slice(name.lastIndexOf('/') + 1);
    const hides = base.startsWith(WHITEOUT_PREFIX) && base !== OPAQUE_MARKER;
    this.#links.delete(hides ? name.slice(0, -base.length) + base.slice(WHITEOUT_PREFIX.length) : name);
    if (header.type === TYPE.symlink) this.#links.set(name, header.linkname ?? '');
    return name;
  }

  #inside(path: string, entry: string): string {
    const clean = cleanPath(path);
    if (path.startsWith('/') || clean === '..' || clean.startsWith('../')) {
      throw new ArchiveError(`invalid tar header: ${JSON.stringify(path)} is outside of the layer`);
    }
    this.#follow(clean, entry);
    return clean;
  }

  /** Where the directories of `path` lead, link by link. */
  #follow(path: string, entry: string): void {
    let waiting = path.split('/').slice(0, -1);
    const done: string[] = [];
    for (let steps = 0; waiting.length > 0; steps += 1) {
      const [part = '', ...rest] = waiting;
      const here = [...done, part].join('/');
      const target = this.#links.get(here);
      const leaves = target?.startsWith('/') || (part === '..' && done.length === 0) || steps > 1000;
      if (leaves) {
        throw new ArchiveError(
          `invalid symlink on the way to ${JSON.stringify(entry)}: it leads out of the layer`,
        );
      }
      waiting = target === undefined ? rest : [...target.split('/'), ...rest];
      if (target !== undefined || part === '' || part === '.') continue;
      if (part === '..') done.pop();
      else done.push(part);
    }
  }
}
