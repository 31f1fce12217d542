// The two clients of BuildKit and their words: `docker build` of 20.10, which has BuildKit in the engine, and buildx
// (0.13 on Docker 26.1), which is today's `docker build`.

import type { DockerfileProblem } from '../instructions.ts';
import { nearWord } from './near-word.ts';

export interface Manner {
  readonly name: 'engine' | 'buildx';
  /** Whether here-docs, COPY --link and their like need a `# syntax=` line. */
  readonly frontEnd: 'buildkit' | 'current';
  /** The vertex's error of a program that ended badly; `reason` may be `exit code: 7`. */
  readonly programFailed: (argv: readonly string[], reason: string) => string;
  readonly sourceMissing: (path: string, ref: string) => { readonly vertex: string; readonly whole: string };
  readonly parseError: (problem: DockerfileProblem) => string;
  readonly noTarget: (target: string) => string;
  readonly noDockerfile: (name: string, mount: string) => string;
  readonly noSecret: (id: string) => string;
  readonly badSignal: (name: string) => string;
  /** The last line of a build that failed. */
  readonly lastWords: (failure: { readonly message: string; readonly early: boolean }) => string;
  /** What docker says of flags: secrets that it cannot take, outputs without a place, a progress that is none. */
  readonly flagWords: {
    readonly secret: (texts: readonly string[], reason: string) => string;
    readonly noDest: (type: string) => string;
    readonly badOutput: (reason: string) => string;
    readonly badProgress: (kind: string) => string;
  };
  readonly exportNames: Readonly<Record<'image' | 'local' | 'tar', string>>;
  readonly noBase: (reference: string, canonical: string, reason: string) => string;
}

const numbered = (word: string, { kind, message, lines }: DockerfileProblem, text = message): string =>
  kind === 'instruction' ? `dockerfile parse error ${word} ${lines?.first}: ${text}` : message;

export const engineManner: Manner = {
  name: 'engine',
  frontEnd: 'buildkit',
  programFailed: (argv, reason) => `executor failed running [${argv.join(' ')}]: ${reason}`,
  sourceMissing: (path) => {
    const vertex = `"${path}" not found: not found`;
    return { vertex, whole: `failed to compute cache key: ${vertex}` };
  },
  parseError: (problem) => numbered('line', problem),
  noTarget: (target) => `target stage ${target} could not be found`,
  noDockerfile: (name, mount) =>
    `failed to solve with frontend dockerfile.v0: failed to read dockerfile: open ${mount}/${name}: no such file or directory`,
  lastWords: ({ message, early }) =>
    early
      ? `failed to solve with frontend dockerfile.v0: failed to create LLB definition: ${message}`
      : message,
  noSecret: (id) => `secret ${id} not found: not found`,
  badSignal: (name) => `Invalid signal: ${name}`,
  flagWords: {
    secret: (texts, reason) => `could not parse secrets: [${texts.join(' ')}]: ${reason}`,
    noDest: (type) => `dest is required for ${type} output`,
    badOutput: (reason) => `failed to parse outputs: ${reason}`,
    badProgress: (kind) => `invalid value "${kind}" passed to --progress, valid values are: auto, plain, tty`,
  },
  exportNames: { image: 'exporting to image', local: 'exporting to client', tar: 'exporting to client' },
  noBase: (_reference, _canonical, reason) => reason,
};

/** Today's front end writes what it refuses in small letters, and guesses what was meant. */
const currentWords = ({ message, known }: DockerfileProblem): string => {
  const small = message.replace(/^(Unknown flag|Missing a value)/, (words) => words.toLowerCase());
  const [, name] = /^unknown (?:instruction|flag): (\S+)$/.exec(small) ?? [];
  const near = name === undefined ? undefined : nearWord(name, known);
  return near === undefined ? small : `${small} (did you mean ${near}?)`;
};

export const buildxManner: Manner = {
  name: 'buildx',
  frontEnd: 'current',
  programFailed: (argv, reason) => `process "${argv.join(' ')}" did not complete successfully: ${reason}`,
  sourceMissing: (path, ref) => {
    const vertex = `failed to calculate checksum of ref ${ref}: "${path}": not found`;
    return { vertex, whole: `failed to compute cache key: ${vertex}` };
  },
  parseError: (problem) => numbered('on line', problem, currentWords(problem)),
  noTarget: (target) => `target stage "${target}" could not be found`,
  noDockerfile: (name) => `failed to read dockerfile: open ${name}: no such file or directory`,
  lastWords: ({ message }) => `ERROR: failed to solve: ${message}`,
  noSecret: (id) => `secret ${id}: not found`,
  badSignal: (name) => `invalid signal: ${name}`,
  flagWords: {
    secret: (_texts, reason) => `ERROR: ${reason}`,
    noDest: (type) => `ERROR: dest is required for ${type} exporter`,
    badOutput: (reason) => `ERROR: ${reason}`,
    badProgress: (kind) => `ERROR: invalid progress mode ${kind}`,
  },
  exportNames: {
    image: 'exporting to image',
    local: 'exporting to client directory',
    tar: 'exporting to client tarball',
  },
  noBase: (reference, canonical, reason) =>
    `${reference}: failed to resolve source metadata for ${canonical}: ${reason}`,
};
