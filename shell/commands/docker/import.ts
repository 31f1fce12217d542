// docker import: the files of a tar become an image of one layer.

import { applyChanges } from '../../engine/build/commit-changes.ts';
import { emptyConfig } from '../../engine/config.ts';
import type { ArchiveSource } from '../../engine/tar/archive-source.ts';
import { extractArchive } from '../../engine/tar/extract-archive.ts';
import { ArchiveError } from '../../engine/tar/read-archive.ts';
import { isFsError } from '../../fs/errno.ts';
import { archiveFile, archiveStream } from './archive-input.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { checkReference } from './tag.ts';

export const importCommand = defineCommand({
  paths: ['docker image import', 'docker import'],
  usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
  summary: 'Make an image of the files in a tar archive',
  flags: {
    change: { kind: 'list', short: 'c', help: 'Dockerfile instruction to apply to the image' },
    message: { kind: 'string', short: 'm', help: 'A note about it' },
    platform: { kind: 'string', help: 'Platform of the image (accepted)' },
  },
  count: { least: 1 },
  request: ([file]) => `Post images/create?fromSrc=${file}`,
  run: async (docker, { change, message }, [file = '', reference]) => {
    if (reference !== undefined) checkReference(reference, (reason) => reason);
    const archive = await readArchive(docker, file);
    const config = applyChanges(emptyConfig(), change);
    const { builder, images } = docker.engine;
    try {
      const fill = (inside: typeof docker.process): void => extractArchive(inside, archive, '/');
      const id = builder.commitFiles('', {}, config, fill, '', message ?? `Imported from ${file}`);
      if (reference !== undefined) images.tag(id, reference);
      images.imported(id);
      docker.line(id);
      return 0;
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      return failDocker(`Error response from daemon: ${error.message}`);
    }
  },
});

const readArchive = async (docker: Docker, file: string): Promise<ArchiveSource> => {
  if (file === '-') return archiveStream(docker);
  if (/^https?:/.test(file))
    return failDocker(`Error response from daemon: cannot fetch ${file}: cowsh has no network`);
  try {
    return await archiveFile(docker, file);
  } catch (error) {
    if (!isFsError(error)) throw error;
    return failDocker(`open ${file}: ${error.message.toLowerCase()}`);
  }
};
