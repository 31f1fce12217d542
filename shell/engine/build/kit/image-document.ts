// The configuration of an image that BuildKit made: sorted keys, the history of base and stage, and when each step was done.

import type { BaseImage } from '../../build-worker.ts';
import type { Config } from '../../config.ts';
import { goJson } from '../../go-json.ts';
import type { HistoryLine, KitStage } from './kit-stage.ts';

interface HistoryEntry {
  created?: string;
  author?: string;
  created_by?: string;
  comment?: string;
  empty_layer?: boolean;
}

const COMMENT = 'buildkit.dockerfile.v0';
/** A time in Go that nobody has set, as an image without any layer has it. */
const NO_TIME = '0001-01-01T00:00:00Z';

/** What the image of a target is made of; `createdOf` says when a step's layer was made. */
export interface ImageParts {
  readonly stage: KitStage;
  readonly base: BaseImage | undefined;
  readonly diffIds: readonly string[];
  readonly createdOf: (line: HistoryLine) => string | undefined;
}

/** The JSON that is stored and hashed. */
export const imageDocument = ({ stage, base, diffIds, createdOf }: ImageParts): string => {
  const own = stage.history.map(
    (line): HistoryEntry => ({
      ...present('created', line.vertex === undefined ? undefined : createdOf(line)),
      created_by: line.createdBy,
      comment: COMMENT,
      ...(line.vertex === undefined ? { empty_layer: true } : {}),
    }),
  );
  const history = datedHistory([...(base?.config.history ?? []), ...own]);
  const author = stage.maintainer || base?.config.author;
  return goJson({
    architecture: base?.config.architecture ?? 'amd64',
    ...present('author', author),
    config: imageConfig(stage.config),
    created: history.findLast(({ created }) => created !== undefined)?.created ?? NO_TIME,
    ...(history.length > 0 ? { history } : {}),
    os: 'linux',
    rootfs: { type: 'layers', ...(diffIds.length > 0 ? { diff_ids: diffIds } : {}) },
  });
};

/** Steps without a layer are dated as the first new layer, or as the one before them. */
const datedHistory = (entries: readonly HistoryEntry[]): HistoryEntry[] => {
  const firstWithout = entries.findIndex(({ created }) => created === undefined);
  if (firstWithout === -1) return [...entries];
  const next = entries.slice(firstWithout).find(({ created }) => created !== undefined);
  const last = entries.slice(0, firstWithout).findLast(({ created }) => created !== undefined);
  let time = next?.created ?? last?.created ?? NO_TIME;
  return entries.map((entry, at) => {
    if (at >= firstWithout && entry.created !== undefined) time = entry.created;
    return { created: entry.created ?? time, ...without(entry) };
  });
};

const without = ({ created: _created, ...rest }: HistoryEntry): Omit<HistoryEntry, 'created'> => rest;

/** In the key order of the OCI's type, with Docker's own keys after it. */
const imageConfig = (config: Config): Record<string, unknown> => ({
  ...present('User', config.User),
  ...present('ExposedPorts', config.ExposedPorts && sorted(config.ExposedPorts)),
  ...present('Env', config.Env),
  ...present('Entrypoint', config.Entrypoint),
  ...present('Cmd', config.Cmd),
  ...present('Volumes', config.Volumes && sorted(config.Volumes)),
  ...present('WorkingDir', config.WorkingDir),
  ...present('Labels', config.Labels && sorted(config.Labels)),
  ...present('StopSignal', config.StopSignal),
  ...present('Healthcheck', config.Healthcheck),
  ...present('ArgsEscaped', config.ArgsEscaped),
  OnBuild: config.OnBuild,
  ...present('StopTimeout', config.StopTimeout),
  ...present('Shell', config.Shell),
});

const sorted = <Value>(map: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

const present = (key: string, value: unknown): Record<string, unknown> => {
  const isEmpty =
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0);
  return isEmpty ? {} : { [key]: value };
};
