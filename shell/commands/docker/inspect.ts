// docker inspect: everything about containers, images and volumes, as JSON or through a template.

import { isEngineError } from '../../engine/engine-error.ts';
import { typedDocument } from './api-types.ts';
import { type Docker, type DockerCommand, defineCommand, failDocker, refusalOf } from './docker-command.ts';
import type { FlagTable, TextFlag } from './flags.ts';
import { compileTemplate, runTemplate } from './go-template.ts';
import { fromApi, type GoValue, goJson } from './go-value.ts';

export const inspectFormatFlag = {
  kind: 'string',
  short: 'f',
  help: "How to print: 'json', or a Go template for each object",
} as const satisfies TextFlag;

const size = { kind: 'bool', short: 's', help: 'Add the sizes of containers' } as const;

const verbose = {
  kind: 'bool',
  short: 'v',
  help: 'More, of networks that span hosts (there are none)',
} as const;

type Look = (docker: Docker, reference: string, sized: boolean) => unknown;
type Kind = 'container' | 'image' | 'volume' | 'network';

const lookups: Readonly<Record<Kind, Look>> = {
  container: (docker, reference, sized) => docker.engine.containers.inspect(reference, { size: sized }),
  image: (docker, reference) => lookAtImage(docker, reference),
  volume: (docker, reference) => docker.engine.volumes.inspect(reference),
  network: (docker, reference) => docker.engine.networks.inspect(reference),
};
const otherKinds = ['config', 'node', 'plugin', 'secret', 'service', 'task'];

const lookAtImage = (docker: Docker, reference: string): unknown => {
  try {
    return docker.engine.images.inspect(reference);
  } catch (error) {
    if (!isEngineError(error, 'no-such-image')) throw error;
    return failDocker(`Error response from daemon: no such image: ${reference}: ${error.message}`);
  }
};

/** The first kind of object that knows the name. */
const lookAnywhere: Look = (docker, reference, sized) => {
  for (const kind of ['container', 'image', 'network', 'volume'] as const) {
    const found = tryLook(docker, kind, reference, sized);
    if ('value' in found) return found.value;
    if (!found.missing) throw found.error;
  }
  return failDocker(`Error: No such object: ${reference}`);
};

const missingCodes = [
  'no-such-container',
  'no-such-image',
  'no-such-volume',
  'no-such-network',
  'bad-reference',
  'reference-uppercase',
];

const tryLook = (docker: Docker, kind: Kind, reference: string, sized: boolean) => {
  const { containers, images } = docker.engine;
  const known =
    kind === 'container' ? containers.find(reference) : kind === 'image' ? images.find(reference) : reference;
  if (known === undefined) return { missing: true, error: undefined };
  try {
    return { value: lookups[kind](docker, reference, sized) };
  } catch (error) {
    return { missing: isEngineError(error) && missingCodes.includes(error.code), error };
  }
};

const show = async (
  docker: Docker,
  references: readonly string[],
  format: string | undefined,
  look: (reference: string) => unknown,
): Promise<number> => {
  const found: GoValue[] = [];
  const refusals: string[] = [];
  const render = format === undefined || format === '' || format === 'json' ? undefined : rendering(format);
  for (const reference of references) {
    try {
      found.push(fromApi(look(reference)));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      refusals.push(refusal.message);
    }
  }
  if (render) refusals.push(...printRendered(docker, found, render));
  else docker.line(goJson(found, { indent: format !== 'json', html: false }));
  for (const message of refusals) await docker.complain(message);
  return refusals.length > 0 ? 1 : 0;
};

type Render = (value: GoValue) => { text: string; error?: string };

const rendering = (format: string): Render => {
  const { template, error } = compileTemplate(format);
  if (!template) return failDocker(`template parsing error: ${error}`, 64);
  return (value) => runTemplate(template, typedDocument(value));
};

/** What went wrong, after everything that went right; no output at all is still one line. */
const printRendered = (docker: Docker, found: readonly GoValue[], render: Render): string[] => {
  const lines: string[] = [];
  let failure: string | undefined;
  for (const value of found) {
    const { text, error } = render(value);
    failure = error;
    if (error !== undefined) break;
    lines.push(`${text}\n`);
  }
  docker.print(lines.join('') || '\n');
  return failure === undefined ? [] : [`template parsing error: ${failure}`];
};

export const inspect = defineCommand({
  paths: ['docker inspect'],
  usage: '[OPTIONS] NAME|ID [NAME|ID...]',
  summary: 'Show everything known about containers, images and volumes',
  flags: {
    format: inspectFormatFlag,
    size,
    type: { kind: 'string', help: 'Look only among objects of this kind' },
  },
  count: { least: 1 },
  request: ([name]) => `Get containers/${name}/json`,
  run: (docker, { format, size: sized, type }, references) => {
    const ignored: string[] = [];
    if (type === undefined || type === '') {
      return show(docker, references, format, (reference) => {
        const found = lookAnywhere(docker, reference, sized);
        if (sized) ignored.push(...sizeless(found));
        return found;
      }).then((status) => warn(docker, ignored, status));
    }
    const look = Object.hasOwn(lookups, type) ? lookups[type as Kind] : undefined;
    if (look) return show(docker, references, format, (reference) => look(docker, reference, sized));
    const known = [...Object.keys(lookups), ...otherKinds].sort();
    return failDocker(
      `unknown type: "${type}": must be one of ${known.map((kind) => `"${kind}"`).join(', ')}`,
    );
  },
});

/** Only containers have a size to be asked for. */
const sizeless = (found: unknown): string[] => {
  if (typeof found !== 'object' || found === null || 'HostConfig' in found) return [];
  const kind = 'RootFS' in found ? 'image' : 'IPAM' in found ? 'network' : 'volume';
  return [`WARNING: --size ignored for ${kind}`];
};

const warn = async (docker: Docker, warnings: readonly string[], status: number): Promise<number> => {
  for (const text of warnings) await docker.complain(text);
  return status;
};

const inspectOne = (kind: Kind, usage: string): DockerCommand =>
  defineCommand({
    paths: [`docker ${kind} inspect`],
    usage: `[OPTIONS] ${usage} [${usage}...]`,
    summary: `Show everything known about one or more ${kind}s`,
    flags: {
      format: inspectFormatFlag,
      ...(kind === 'container' ? { size } : {}),
      ...(kind === 'network' ? { verbose } : {}),
    } as FlagTable & {
      format: TextFlag;
    },
    count: { least: 1 },
    request: ([name]) => `Get ${kind}s/${name}${kind === 'volume' ? '' : '/json'}`,
    run: (docker, options, references) =>
      show(docker, references, options.format, (reference) =>
        lookups[kind](docker, reference, (options as { size?: boolean }).size === true),
      ),
  });

export const containerInspect = inspectOne('container', 'CONTAINER');
export const imageInspect = inspectOne('image', 'IMAGE');
export const volumeInspect = inspectOne('volume', 'VOLUME');
export const networkInspect = inspectOne('network', 'NETWORK');
