// docker load: images out of an archive that docker save, or another tool, has written.

import type { ImageLoad } from '../../engine/contract.ts';
import type { ArchiveSource } from '../../engine/tar/archive-source.ts';
import { ArchiveError } from '../../engine/tar/read-archive.ts';
import { isFsError } from '../../fs/errno.ts';
import { archiveFile, archiveStream } from './archive-input.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { humanSize } from './human.ts';

export const load = defineCommand({
  paths: ['docker image load', 'docker load'],
  usage: '[OPTIONS]',
  summary: 'Take images out of a tar archive',
  flags: {
    input: { kind: 'string', short: 'i', help: 'File to read, instead of standard input' },
    platform: { kind: 'string', help: 'Platform of the image (accepted)' },
    quiet: { kind: 'bool', short: 'q', help: 'No progress' },
  },
  count: { least: 0, most: 0 },
  request: () => 'Post images/load',
  run: async (docker, { input, quiet }) => {
    const archive = await readInput(docker, input);
    try {
      const loaded = docker.engine.images.load(archive);
      const progress = !quiet && docker.process.tty(1) !== undefined;
      docker.print(`${progress ? progressLines(loaded) : ''}${report(loaded)}`);
      return 0;
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      return failDocker(error.message);
    }
  },
});

const readInput = async (docker: Docker, input: string | undefined): Promise<ArchiveSource> => {
  if (input === undefined) {
    if (docker.process.tty(0) !== undefined) failDocker('requested load from stdin, but stdin is empty');
    return archiveStream(docker);
  }
  try {
    return await archiveFile(docker, input);
  } catch (error) {
    if (!isFsError(error)) throw error;
    return failDocker(`${error.call} ${input}: ${error.message.toLowerCase()}`);
  }
};

const progressLines = ({ layers }: ImageLoad): string =>
  layers
    .map(
      ({ id, size }) => `${id}: Loading layer [${'='.repeat(50)}>]  ${humanSize(size)}/${humanSize(size)}\n`,
    )
    .join('');

/** The IDs are told only when the last image of the archive has no name. */
const report = ({ images }: ImageLoad): string => {
  const lines = images.flatMap(({ tags, renamed }) =>
    tags.flatMap((tag) => {
      const old = renamed.find(([name]) => name === tag)?.[1];
      const notice = `The image ${tag} already exists, renaming the old one with ID ${old} to empty string`;
      return [...(old === undefined ? [] : [notice]), `Loaded image: ${tag}`];
    }),
  );
  const nameless = (images.at(-1)?.tags.length ?? 0) === 0;
  const ids = nameless ? images.map(({ id }) => `Loaded image ID: ${id}`) : [];
  return [...lines, ...ids].map((line) => `${line}\n`).join('');
};
