// An archive of images as a whole: the files in it by name, and the images that its manifest.json or index.json names.

import type { Digest } from './digest.ts';
import { cleanPath, joinPath, parentPath } from './go-path.ts';
import { type ArchiveSource, inMemory, wholeOf } from './tar/archive-source.ts';
import { type TarHeader, TYPE } from './tar/header.ts';
import { digestOf } from './tar/layer-archive.ts';
import { ArchiveError, readArchive } from './tar/read-archive.ts';

/** One image of an archive. */
export interface ArchivedImage {
  /** JSON, byte for byte: its digest is the image ID. */
  readonly config: string;
  readonly tags: readonly string[];
  /** Tars, bottom first, compressed or not; told apart by name. */
  readonly layers: readonly { readonly name: string; readonly data: ArchiveSource }[];
  readonly parent: string | undefined;
}

/** `directory` is where Docker would have unpacked it. Throws ArchiveError. */
export const readImageArchive = (
  source: ArchiveSource,
  directory: string,
  unpacked = inMemory,
): ArchivedImage[] => {
  const files = new ArchiveFiles(source, unpacked);
  if (files.has('manifest.json')) return dockerImages(files);
  if (files.has('index.json')) return ociImages(files);
  throw new ArchiveError(`open ${directory}/repositories: no such file or directory`);
};

const LINKS = 40;

class ArchiveFiles {
  readonly #files = new Map<string, { header: TarHeader; data: ArchiveSource }>();

  constructor(source: ArchiveSource, unpacked: typeof inMemory) {
    try {
      for (const { header, data } of readArchive(source, unpacked))
        this.#files.set(inside(header.name), { header, data });
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      throw new ArchiveError(`Error processing tar file(exit status 1): ${error.message}`);
    }
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  /** A second place for one layer is a symbolic link to the first. */
  data(name: string): ArchiveSource {
    let path = inside(name);
    for (let links = 0; links < LINKS; links += 1) {
      const file = this.#files.get(path);
      if (file?.header.type === TYPE.file) return file.data;
      const isLink = file?.header.type === TYPE.symlink || file?.header.type === TYPE.hardLink;
      if (file === undefined || !isLink) break;
      const target = file.header.linkname ?? '';
      if (target.startsWith('/'))
        throw new ArchiveError(`invalid symlink ${quote(name)} -> ${quote(target)}`);
      path = inside(file.header.type === TYPE.symlink ? joinPath(parentPath(path), target) : target);
    }
    throw new ArchiveError(`open ${name}: no such file or directory`);
  }

  json(name: string): unknown {
    try {
      return JSON.parse(this.text(name));
    } catch (error) {
      if (error instanceof SyntaxError) throw new ArchiveError(`${name} is no valid JSON`);
      throw error;
    }
  }

  text(name: string): string {
    return new TextDecoder().decode(wholeOf(this.data(name)));
  }
}

const quote = (text: string): string => JSON.stringify(text);

/** A clean name below the archive's root. */
const inside = (name: string): string => {
  const clean = cleanPath(name);
  if (name.startsWith('/') || clean === '..' || clean.startsWith('../')) {
    throw new ArchiveError(`invalid tar header: ${quote(name)} is outside of the archive`);
  }
  return clean;
};

const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
const stringsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** Docker's own format: manifest.json. */
const dockerImages = (files: ArchiveFiles): ArchivedImage[] => {
  const manifest = files.json('manifest.json');
  if (!Array.isArray(manifest)) throw new ArchiveError('manifest.json is no list of images');
  return listOf(manifest).map((item) => ({
    config: files.text(String(item.Config ?? '')),
    tags: stringsOf(item.RepoTags),
    layers: stringsOf(item.Layers).map((name) => ({ name, data: files.data(name) })),
    parent: typeof item.Parent === 'string' ? item.Parent : undefined,
  }));
};

interface Descriptor {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly platform: Readonly<Record<string, unknown>>;
}

const descriptorOf = (value: Record<string, unknown>): Descriptor => ({
  digest: String(value.digest ?? ''),
  mediaType: String(value.mediaType ?? ''),
  annotations: (value.annotations ?? {}) as Record<string, unknown>,
  platform: (value.platform ?? {}) as Record<string, unknown>,
});

/** A blob whose content is what its name says. */
const blob = (files: ArchiveFiles, digest: Digest): ArchiveSource => {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new ArchiveError(`invalid digest ${quote(digest)}`);
  const data = files.data(`blobs/${digest.replace(':', '/')}`);
  const actual = digestOf(data);
  if (actual !== digest) throw new ArchiveError(`invalid blob: expected digest ${digest}, got ${actual}`);
  return data;
};

const blobJson = (files: ArchiveFiles, digest: Digest): Record<string, unknown> => {
  try {
    return JSON.parse(new TextDecoder().decode(wholeOf(blob(files, digest)))) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) throw new ArchiveError(`blob ${digest} is no valid JSON`);
    throw error;
  }
};

/** The OCI image layout: index.json, which may lead to an index of platforms. */
const ociImages = (files: ArchiveFiles): ArchivedImage[] =>
  listOf((files.json('index.json') as Record<string, unknown> | null)?.manifests)
    .map(descriptorOf)
    .map((named) => ociImage(files, named, tagsOf(named)));

const tagsOf = ({ annotations }: Descriptor): string[] => {
  const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'];
  return typeof name === 'string' && name.includes(':') ? [name] : [];
};

const ociImage = (files: ArchiveFiles, from: Descriptor, tags: string[], depth = 0): ArchivedImage => {
  const manifest = blobJson(files, from.digest);
  if (Array.isArray(manifest.manifests) && depth < 4) {
    const list = listOf(manifest.manifests).map(descriptorOf);
    const mine = list.find(({ platform }) => platform.os === 'linux' && platform.architecture === 'amd64');
    const chosen = mine ?? list[0];
    if (chosen === undefined) throw new ArchiveError(`index ${from.digest} names no image`);
    return ociImage(files, chosen, tags, depth + 1);
  }
  const config = descriptorOf((manifest.config ?? {}) as Record<string, unknown>);
  const layers = listOf(manifest.layers).map(descriptorOf);
  return {
    config: new TextDecoder().decode(wholeOf(blob(files, config.digest))),
    tags,
    layers: layers.map(({ digest }) => ({ name: digest, data: blob(files, digest) })),
    parent: undefined,
  };
};
