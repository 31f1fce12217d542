// The manifest of an image (image-spec: manifest.md; distribution: schema 2). Its digest names the image in a registry,
// and in the containerd image store. Layers are named by the digests of their uncompressed archives.

import { type Digest, sha256 } from './digest.ts';
import { goJson } from './go-json.ts';
import { decodeImageConfig } from './image-config.ts';

/** `config` is the configuration's JSON. */
export const manifestOf = (config: string): string =>
  goJson({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: Buffer.byteLength(config),
      digest: sha256(config),
    },
    layers: (decodeImageConfig(config).rootfs.diff_ids ?? []).map((digest) => ({
      mediaType: 'application/vnd.docker.image.rootfs.diff.tar',
      digest,
    })),
  });

export const manifestDigest = (config: string): Digest => sha256(manifestOf(config));
