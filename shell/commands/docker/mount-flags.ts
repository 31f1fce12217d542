// -v, --mount and --tmpfs: what is mounted into a container, as the client reads it.

import type { MountRequest } from '../../engine/config.ts';
import { resolvePath } from '../../engine/go-path.ts';
import { failDocker } from './docker-command.ts';
import { pairs } from './pairs.ts';

export type VolumeFlag =
  | { readonly kind: 'anonymous'; readonly target: string }
  | { readonly kind: 'bind'; readonly bind: string };

/** Throws DockerError: `invalid spec: …`. */
export const readVolume = (spec: string, cwd: string): VolumeFlag => {
  // The client's parser takes one or two characters for a path as they are.
  if (spec.length <= 2) return { kind: 'anonymous', target: spec };
  const fields = spec.split(':');
  if (fields.includes('')) failDocker(`invalid spec: ${spec}: empty section between colons`);
  if (fields.length > 3) failDocker(`invalid spec: ${spec}: too many colons`);
  const [source = '', ...rest] = fields;
  if (rest.length === 0) return { kind: 'anonymous', target: source };
  const isHere = source === '.' || source === '..' || /^\.\.?\//.test(source);
  return { kind: 'bind', bind: [isHere ? resolvePath(cwd, source) : source, ...rest].join(':') };
};

/** Target to options. Throws DockerError for a target that is not absolute: the daemon's words. */
export const readTmpfs = (specs: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    specs.map((spec) => {
      const colon = spec.indexOf(':');
      const target = colon === -1 ? spec : spec.slice(0, colon);
      if (!target.startsWith('/')) {
        failDocker(`Error response from daemon: invalid mount path: '${target}' mount path must be absolute`);
      }
      return [target, colon === -1 ? '' : spec.slice(colon + 1)];
    }),
  );

class MountSyntax extends Error {}

const refuse = (message: string): never => {
  throw new MountSyntax(message);
};

const truths = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);
const truth = (key: string, value: string): boolean =>
  truths.get(value) ?? refuse(`invalid value for ${key}: ${value}`);

interface Draft {
  type: string;
  source?: string;
  target?: string;
  readOnly?: boolean;
  noCopy?: boolean;
  labels?: Record<string, string>;
  propagation?: string;
  tmpfsSize?: number;
  tmpfsMode?: number;
}

const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

const bytes = (key: string, value: string): number => {
  const [, count, unit = ''] = /^(\d+)([bkmg]?)b?$/i.exec(value) ?? [];
  return count === undefined
    ? refuse(`invalid value for ${key}: ${value}`)
    : Number(count) * (units[unit.toLowerCase()] ?? 1);
};

const setters: Readonly<Record<string, (draft: Draft, value: string, key: string) => void>> = {
  type: (draft, value) => Object.assign(draft, { type: value.toLowerCase() }),
  source: (draft, value) => Object.assign(draft, { source: value }),
  target: (draft, value) => Object.assign(draft, { target: value }),
  readonly: (draft, value, key) => Object.assign(draft, { readOnly: truth(key, value) }),
  'volume-nocopy': (draft, value, key) => Object.assign(draft, { noCopy: truth(key, value) }),
  'tmpfs-size': (draft, value, key) => Object.assign(draft, { tmpfsSize: bytes(key, value) }),
  'tmpfs-mode': (draft, value) => Object.assign(draft, { tmpfsMode: Number.parseInt(value, 8) }),
  consistency: () => {},
  'bind-propagation': (draft, value) => Object.assign(draft, { propagation: value }),
  'bind-recursive': () => {},
  'volume-label': (draft, value) => {
    draft.labels = { ...draft.labels, ...pairs([value]) };
  },
  'volume-driver': () => {},
  'volume-opt': () => {},
};
const synonyms: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
};
const switches = ['readonly', 'ro', 'volume-nocopy'];

const draftOf = (text: string): Draft => {
  const draft: Draft = { type: 'volume' };
  for (const field of text.split(',')) {
    const equals = field.indexOf('=');
    const key = (equals === -1 ? field : field.slice(0, equals)).toLowerCase();
    if (equals === -1 && !switches.includes(key)) refuse(`invalid field '${field}' must be a key=value pair`);
    const name = synonyms[key] ?? key;
    const set = Object.hasOwn(setters, name) ? setters[name] : undefined;
    if (!set) refuse(`unexpected key '${key}' in '${field}'`);
    set?.(draft, equals === -1 ? 'true' : field.slice(equals + 1), key);
  }
  if (draft.target === undefined || draft.target === '') refuse('target is required');
  return draft;
};

/** Why a --mount cannot be read; undefined when it can. */
export const mountProblem = (text: string): string | undefined => {
  try {
    draftOf(text);
    return undefined;
  } catch (error) {
    if (error instanceof MountSyntax) return error.message;
    throw error;
  }
};

/** Throws DockerError for a type nobody knows: the daemon's words. */
export const readMount = (text: string): MountRequest => {
  const draft = draftOf(text);
  const { type } = draft;
  if (type !== 'bind' && type !== 'volume' && type !== 'tmpfs') {
    return failDocker(
      `Error response from daemon: invalid mount config for type "${type}": mount type unknown`,
    );
  }
  const tmpfs = {
    ...(draft.tmpfsSize === undefined ? {} : { SizeBytes: draft.tmpfsSize }),
    ...(draft.tmpfsMode === undefined ? {} : { Mode: draft.tmpfsMode }),
  };
  return {
    Type: type,
    ...(draft.source === undefined ? {} : { Source: draft.source }),
    Target: draft.target ?? '',
    ...(draft.readOnly ? { ReadOnly: true } : {}),
    ...(draft.noCopy || draft.labels
      ? {
          VolumeOptions: {
            ...(draft.noCopy ? { NoCopy: true } : {}),
            ...(draft.labels ? { Labels: draft.labels } : {}),
          },
        }
      : {}),
    ...(draft.propagation === undefined ? {} : { BindOptions: { Propagation: draft.propagation } }),
    ...(Object.keys(tmpfs).length > 0 ? { TmpfsOptions: tmpfs } : {}),
  };
};
