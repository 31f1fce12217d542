// docker build with the classic builder: the context is read and measured, the builder does the rest.

import { BuildError } from '../../engine/build/build-error.ts';
import { buildImage } from '../../engine/build/classic-builder.ts';
import { normalizeReference } from '../../engine/reference.ts';
import { buildArguments, writeId } from './build-answers.ts';
import { prepareContext } from './build-context.ts';
import type { BuildFlags } from './build-flags.ts';
import { BuildReport } from './build-report.ts';
import type { Docker } from './docker-command.ts';
import { humanSize } from './human.ts';
import { readUlimit } from './isolation-flags.ts';
import { pairs } from './pairs.ts';

export const buildClassic = async (docker: Docker, options: BuildFlags, place: string): Promise<number> => {
  const context = await prepareContext(docker, place, options.file);
  const { images, builder, containers } = docker.engine;
  const report = new BuildReport(docker, options.quiet);
  await report.say(`Sending build context to Docker daemon ${humanSize(context.bytes).padStart(8)}\r\r\n`);
  try {
    if (context.problem !== undefined) throw new BuildError(context.problem, { early: true });
    const id = await buildImage({
      engine: { images, builder, containers },
      context: context.tree,
      dockerfile: context.dockerfile,
      dockerfileName: context.dockerfileName,
      tags: options.tag.map(normalizeReference),
      arguments: buildArguments(docker, options['build-arg']),
      labels: Object.entries(pairs(options.label)).sort(),
      target: options.target,
      useCache: !options['no-cache'],
      pull: options.pull,
      remove: options.rm,
      forceRemove: options['force-rm'],
      host: { Ulimits: options.ulimit.map(readUlimit) },
      output: report,
    });
    if (options.quiet) docker.line(id);
    if (options.iidfile !== undefined) writeId(docker, options.iidfile, id);
    return 0;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    await report.showHeldBack();
    await docker.complain(error.early ? `Error response from daemon: ${error.message}` : error.message);
    return error.status;
  } finally {
    context.release();
  }
};
