// --filter name=value: read, checked against what the list knows, and matched.

import { failDocker } from './docker-command.ts';
import type { ListFlag } from './flags.ts';

export const filterFlag = {
  kind: 'list',
  short: 'f',
  value: 'filter',
  help: 'Show only what meets a condition (name=value)',
  check: (value) => (value.includes('=') ? undefined : 'bad format of filter (expected name=value)'),
} as const satisfies ListFlag;

export type Filters = ReadonlyMap<string, readonly string[]>;

/** Values by name. Throws DockerError for a name that the list does not know. */
export const readFilters = (given: readonly string[], known: readonly string[]): Filters => {
  const filters = readPairs(given);
  const unknown = [...filters.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) failDocker(`Error response from daemon: Invalid filter '${unknown}'`);
  return filters;
};

/** Values by name, whatever the names. */
export const readPairs = (given: readonly string[]): Filters => {
  const filters = new Map<string, string[]>();
  for (const filter of given) {
    const equals = filter.indexOf('=');
    const name = filter.slice(0, equals).trim().toLowerCase();
    filters.set(name, [...(filters.get(name) ?? []), filter.slice(equals + 1).trim()]);
  }
  return filters;
};

/** No filter of that name, or one of its values fits. */
export const passes = (filters: Filters, name: string, fits: (value: string) => boolean): boolean =>
  filters.get(name)?.some(fits) ?? true;

/** Every `label=key` or `label=key=value` has to fit. */
export const passesLabels = (
  filters: Filters,
  labels: Readonly<Record<string, string>>,
  name = 'label',
): boolean =>
  (filters.get(name) ?? []).every((wanted) => {
    const equals = wanted.indexOf('=');
    if (equals === -1) return Object.hasOwn(labels, wanted);
    return labels[wanted.slice(0, equals)] === wanted.slice(equals + 1);
  });

/** For prune: every `label`, and none of `label!`. */
export const labelsFit = (filters: Filters, labels: Readonly<Record<string, string>>): boolean =>
  passesLabels(filters, labels) &&
  !(filters.get('label!') ?? []).some((unwanted) => passesLabels(new Map([['label', [unwanted]]]), labels));

const truths = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Throws DockerError for a value that is neither true nor false. */
export const readTruth = (filters: Filters, name: string): boolean | undefined => {
  const [value] = filters.get(name) ?? [];
  if (value === undefined) return undefined;
  return truths.get(value) ?? failDocker(`Error response from daemon: Invalid filter '${name}=[${value}]'`);
};
