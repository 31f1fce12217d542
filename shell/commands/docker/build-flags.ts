// The flags of docker build, and those that only BuildKit knows.

import { isEngineError } from '../../engine/engine-error.ts';
import { parseReference } from '../../engine/reference.ts';
import type { FlagTable, FlagValues } from './flags.ts';
import { ulimitProblem } from './isolation-flags.ts';

const tagProblem = (text: string): string | undefined => {
  try {
    parseReference(text);
    return undefined;
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return error.message;
  }
};

export const classicFlags = {
  'build-arg': { kind: 'list', help: 'Value for an ARG (name=value, or a name of yours)' },
  'cache-from': { kind: 'list', help: 'Image to take cached steps from (accepted)' },
  compress: { kind: 'bool', help: 'Compress the context on its way (accepted)' },
  file: { kind: 'string', short: 'f', help: 'The Dockerfile; "Dockerfile" in the context otherwise' },
  'force-rm': { kind: 'bool', help: 'Remove intermediate containers after failed steps too' },
  iidfile: { kind: 'string', help: 'File to write the image ID to' },
  label: { kind: 'list', help: 'Note a name=value about the image' },
  memory: { kind: 'string', short: 'm', help: 'Memory limit of steps (accepted)' },
  network: { kind: 'string', help: 'Network of steps (accepted)', initial: 'default' },
  'no-cache': { kind: 'bool', help: 'Do every step anew' },
  platform: { kind: 'string', help: 'Platform of the image (accepted)' },
  pull: { kind: 'bool', help: 'Fetch base images again' },
  quiet: { kind: 'bool', short: 'q', help: 'Print only the image ID' },
  rm: { kind: 'bool', help: 'Remove intermediate containers after each step', initial: true },
  tag: { kind: 'list', short: 't', help: 'Name for the image, several allowed', check: tagProblem },
  target: { kind: 'string', help: 'Stage to stop after' },
  ulimit: { kind: 'list', help: 'Limit of the processes of steps (classic builder)', check: ulimitProblem },
} as const satisfies FlagTable;

/** What `docker build` takes besides when it builds with BuildKit. */
export const kitFlags = {
  'add-host': { kind: 'list', help: 'Add a name=address to /etc/hosts of steps (accepted)' },
  output: {
    kind: 'list',
    short: 'o',
    help: 'Where the result goes: a directory, or type=local|tar,dest=PATH (BuildKit)',
  },
  progress: { kind: 'string', help: 'auto, plain or tty (BuildKit)', initial: 'auto' },
  secret: { kind: 'list', help: 'A file that RUN --mount=type=secret shows: id=NAME,src=PATH (BuildKit)' },
  ssh: { kind: 'list', help: 'SSH agent for steps (accepted)' },
} as const satisfies FlagTable;

export const buildFlags = {
  ...classicFlags,
  ...kitFlags,
  squash: {
    kind: 'bool',
    help: 'Make one layer of the new ones (needs an experimental daemon)',
    hidden: true,
  },
} as const satisfies FlagTable;

/** docker buildx build. */
export const buildxFlags = {
  ...classicFlags,
  ...kitFlags,
  builder: { kind: 'string', help: 'The builder; there is one, default' },
  load: { kind: 'bool', help: 'Put the result among the images, as it is anyway' },
  'no-cache-filter': { kind: 'list', help: 'Do the steps of these stages anew' },
  push: { kind: 'bool', help: 'Send the image to a registry' },
} as const satisfies FlagTable;

export type BuildFlags = FlagValues<typeof buildFlags>;
