// imagedb and repositories.json: which images there are, what each was made of, and their names.

import type { Process } from '../fs/process.ts';
import { ContentStore } from './content-store.ts';
import { type Digest, hexOf, sha256 } from './digest.ts';
import { listNames, makeDirectories, readText, removeTree, writeAtomically } from './files.ts';
import { goJson } from './go-json.ts';
import { decodeImageConfig, encodeImageConfig, type ImageConfig } from './image-config.ts';
import { manifestDigest, manifestOf } from './manifest.ts';
import { imageHome } from './paths.ts';
import type { StorageDriver } from './storage/storage-driver.ts';
import { WhileUnchanged } from './while-unchanged.ts';

/** Repository → reference → image ID; references are familiar ones, with a tag or a digest. */
type Repositories = Record<string, Record<string, Digest>>;

export class ImageStore {
  readonly #process: Process;
  /** Content is addressed by its digest, so what was parsed once stays right. */
  readonly #parsed = new Map<Digest, ImageConfig>();
  readonly #texts = new Map<Digest, string>();
  #names: { text: string; repositories: Repositories } = { text: '', repositories: {} };

  readonly #seen: WhileUnchanged;
  readonly #content: string;
  readonly #metadata: string;
  readonly #file: string;

  readonly #blobs: ContentStore | undefined;

  /** The images of one storage driver. */
  constructor(process: Process, { name, imageStore }: Pick<StorageDriver, 'name' | 'imageStore'>) {
    const home = imageHome(name);
    this.#blobs = imageStore === 'containerd' ? new ContentStore(process) : undefined;
    this.#process = process;
    this.#content = `${home}/imagedb/content/sha256`;
    this.#metadata = `${home}/imagedb/metadata/sha256`;
    this.#file = `${home}/repositories.json`;
    this.#seen = new WhileUnchanged(process.kernel);
  }

  /** IDs of all images. */
  all(): readonly Digest[] {
    return this.#seen.get('all', () => listNames(this.#process, this.#content).map((hex) => `sha256:${hex}`));
  }

  /** `''` is scratch: no image. */
  get(id: Digest): ImageConfig | undefined {
    if (id === '') return undefined;
    const path = `${this.#content}/${hexOf(id)}`;
    if (this.#process.tryLstat(path) === undefined) return undefined;
    const known = this.#parsed.get(id);
    if (known !== undefined) return known;
    const text = readText(this.#process, path) ?? '{}';
    const config = decodeImageConfig(text);
    this.#texts.set(id, text);
    this.#parsed.set(id, config);
    return config;
  }

  /** The configuration as it is stored, byte for byte. */
  text(id: Digest): string | undefined {
    return this.get(id) && this.#texts.get(id);
  }

  /** The ID of the image with this configuration: its digest, or that of the manifest that names it. */
  idOf(config: string): Digest {
    return this.#blobs === undefined ? sha256(config) : manifestDigest(config);
  }

  /** Bytes of all that images take beside their unpacked layers. */
  contentTotal(): number {
    return this.#blobs?.total() ?? 0;
  }

  /** Bytes that the image takes beside its unpacked layers: archives, configuration and manifest. */
  contentSize(id: Digest): number {
    const config = this.text(id) ?? '';
    const digests = [id, sha256(config), ...(this.get(id)?.rootfs.diff_ids ?? [])];
    return digests.reduce((sum, digest) => sum + (this.#blobs?.size(digest) ?? 0), 0);
  }

  /** Stores a configuration, or the JSON of one from elsewhere, and gives the ID. */
  create(config: ImageConfig | string, parent?: Digest): Digest {
    const json = typeof config === 'string' ? config : encodeImageConfig(config);
    const id = this.idOf(json);
    this.#blobs?.put(sha256(json), json);
    this.#blobs?.put(id, manifestOf(json));
    writeAtomically(this.#process, `${this.#content}/${hexOf(id)}`, json);
    if (parent !== undefined && parent !== '') this.#note(id, 'parent', parent);
    return id;
  }

  delete(id: Digest): void {
    this.#blobs?.remove(sha256(this.text(id) ?? ''));
    this.#blobs?.remove(id);
    removeTree(this.#process, `${this.#content}/${hexOf(id)}`);
    removeTree(this.#process, `${this.#metadata}/${hexOf(id)}`);
  }

  /** The image it was built on; empty for a base and for a pulled one. */
  parent(id: Digest): Digest {
    return this.#seen.get(
      `parent ${id}`,
      () => readText(this.#process, `${this.#metadata}/${hexOf(id)}/parent`) ?? '',
    );
  }

  children(id: Digest): Digest[] {
    return this.all().filter((other) => this.parent(other) === id);
  }

  /** Notes that the image was built or tagged at `time` (RFC 3339). */
  touch(id: Digest, time: string): void {
    this.#note(id, 'lastUpdated', time);
  }

  lastUpdated(id: Digest): string {
    return readText(this.#process, `${this.#metadata}/${hexOf(id)}/lastUpdated`) ?? '0001-01-01T00:00:00Z';
  }

  /** Familiar references to image IDs, sorted. */
  references(): ReadonlyMap<string, Digest> {
    return this.#seen.get('references', () => {
      const pairs = Object.values(this.#repositories()).flatMap((repository) => Object.entries(repository));
      return new Map(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
    });
  }

  referencesOf(id: Digest): string[] {
    return [...this.references()].filter(([, target]) => target === id).map(([reference]) => reference);
  }

  name(reference: string, id: Digest): void {
    const repositories = structuredClone(this.#repositories());
    const repository = repositoryOf(reference);
    repositories[repository] = { ...repositories[repository], [reference]: id };
    this.#write(repositories);
  }

  unname(reference: string): void {
    const repositories = structuredClone(this.#repositories());
    const repository = repositoryOf(reference);
    delete repositories[repository]?.[reference];
    if (Object.keys(repositories[repository] ?? {}).length === 0) delete repositories[repository];
    this.#write(repositories);
  }

  #repositories(): Repositories {
    const text = readText(this.#process, this.#file) ?? '';
    if (text !== this.#names.text) {
      const { Repositories } = JSON.parse(text || '{"Repositories":{}}') as { Repositories: Repositories };
      this.#names = { text, repositories: Repositories };
    }
    return text === '' ? {} : this.#names.repositories;
  }

  #write(repositories: Repositories): void {
    const sorted: Repositories = {};
    for (const repository of Object.keys(repositories).sort()) {
      const references = Object.entries(repositories[repository] ?? {});
      sorted[repository] = Object.fromEntries(references.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    writeAtomically(this.#process, this.#file, goJson({ Repositories: sorted }));
  }

  #note(id: Digest, file: string, text: string): void {
    const home = `${this.#metadata}/${hexOf(id)}`;
    makeDirectories(this.#process, home, 0o700);
    writeAtomically(this.#process, `${home}/${file}`, text);
  }
}

/** `ubuntu` of `ubuntu:20.04` and of `ubuntu@sha256:…`. */
export const repositoryOf = (reference: string): string => {
  const at = reference.indexOf('@');
  if (at >= 0) return reference.slice(0, at);
  return reference.slice(0, reference.lastIndexOf(':'));
};
