// Trace events in words: one clause per event, by a table over the event's kind.
import type { CopyUpStep, LayerStep, LookupStep, TraceEvent, WhiteoutStep } from '../../shell/index.ts';
import { bytes, count } from '../text/bytes.ts';
import type { Role } from '../text/theme.ts';

/** What a layer's directory on the disk is called on the screen: `container1's upper`, `L1 (RUN echo …)`. */
export type NameLayer = (directory: string) => string;

export interface LayerNames {
  readonly of: NameLayer;
  /** Whether the directory is a layer of a container there is. */
  known(directory: string): boolean;
}

/** `text` follows "path: "; clauses about the same path are joined by commas. */
export interface Clause {
  readonly text: string;
  readonly role: Role;
}

type Kind = TraceEvent['kind'];
type EventOf<K extends Kind, E = TraceEvent> = E extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? E
    : never
  : never;
type Words = { readonly [K in Kind]: (event: EventOf<K>, name: NameLayer) => Clause | undefined };

/** The clause for an event; undefined when it says nothing a person asked about. */
export function clauseOf(event: TraceEvent, name: NameLayer): Clause | undefined {
  const words = WORDS[event.kind] as (event: TraceEvent, name: NameLayer) => Clause | undefined;
  return words(event, name);
}

const WORDS = {
  lookup: (event, name) => lookupWords(event, name),
  'copy-up': (event, name) => copyUpWords(event, name),
  whiteout: (event, name) => whiteoutWords(event, name),
  opaque: (event, name) => ({
    text: `marked opaque in ${name(event.layer)}: what lower layers hold in it no longer shows`,
    role: 'removed',
  }),
  merge: (event) => ({
    text: `listed as one from ${plural(event.layers.length, 'layer')}: ${plural(event.entries, 'entry', 'entries')}`,
    role: 'plain',
  }),
  snapshot: (event) => ({
    text: `snapshot of ${name12(event.from)}: every block is shared, none is copied`,
    role: 'plain',
  }),
  unshare: (event) => ({
    text: `${bytes(event.bytes)} of its own now, the rest of ${bytes(event.size)} stays shared`,
    role: 'copied',
  }),
  layer: (event) => LAYERS[event.action](event),
  mount: (event) => ({ text: `${event.type} mounted (${event.options || event.source})`, role: 'dim' }),
  umount: (event) => ({ text: `${event.type} unmounted`, role: 'dim' }),
  call: (event) => {
    const reason = event.errno === undefined ? undefined : REFUSALS[event.errno];
    return reason === undefined
      ? undefined
      : { text: `${event.call} refused with ${event.errno}: ${reason}`, role: 'problem' };
  },
  exec: () => undefined,
  exit: () => undefined,
} satisfies Words;

/** A subvolume or dataset by its last name, cut as ids are. */
const name12 = (path: string): string =>
  (path.split('/').at(-1) ?? '').replace(/^([0-9a-f]{12})[0-9a-f]+/, '$1');

// The refusals that copy-on-write is the reason for, or that are about space; others are the program's to report.
const REFUSALS: Readonly<Record<string, string>> = {
  EXDEV: 'part of it is in a lower layer, and a rename cannot move what is read-only',
  EROFS: 'the file system is mounted read-only',
  ENOSPC: 'no space is left on the disk',
  ESTALE: 'the layers below changed under the mount',
};

function lookupWords(event: LookupStep, name: NameLayer): Clause | undefined {
  const answer = event.answer === undefined ? undefined : event.layers[event.answer];
  // Directories are looked up on the way to something: by itself that is not worth telling.
  if (answer !== undefined)
    return { text: `found in ${name(answer.layer)}`, role: onTheWay(answer.found) ? 'dim' : 'plain' };
  const whiteout = event.layers.find(({ found }) => found === 'whiteout');
  if (whiteout !== undefined)
    return { text: `hidden by a whiteout in ${name(whiteout.layer)}`, role: 'removed' };
  if (event.layers.length === 0) return undefined;
  const [first] = event.layers;
  const where =
    first !== undefined && event.layers.length === 1
      ? name(first.layer)
      : `any of ${event.layers.length} layers`;
  return { text: `not in ${where}`, role: 'dim' };
}

function onTheWay(found: LookupStep['layers'][number]['found']): boolean {
  return found === 'directory' || found === 'opaque directory';
}

function copyUpWords(event: CopyUpStep, name: NameLayer): Clause {
  const to = name(event.to);
  const because = `because ${causeWords(event.cause)}`;
  return { text: `${COPIES[copyKind(event)](to, event)} ${because}`, role: 'copied' };
}

type CopyKind = 'directory' | 'emptied' | 'file' | 'other';

function copyKind({ file, cause }: CopyUpStep): CopyKind {
  if (file === 'directory') return 'directory';
  if (file !== 'file') return 'other';
  return cause.includes('O_TRUNC') ? 'emptied' : 'file';
}

const COPIES = {
  directory: (to) => `directory made in ${to}`,
  // The kernel leaves out data that would be cut off at once.
  emptied: (to, event) => `copied up to ${to} without its data (${bytes(event.bytes)})`,
  file: (to, event) => `copied up ${bytes(event.bytes)} to ${to}`,
  other: (to, event) => `${event.file} copied up to ${to}`,
} satisfies Record<CopyKind, (to: string, event: CopyUpStep) => string>;

const LAYERS = {
  made: (event) => ({ text: MADE[event.shape](event), role: 'added' }),
  kept: (event) => ({ text: `ended; its layer stays, with the ${bytes(event.bytes)} in it`, role: 'plain' }),
  stored: (event) => ({
    text: `${bytes(event.bytes)} stored ${onLayers(event)}; it never changes from now on`,
    role: 'added',
  }),
  removed: (event) => ({
    text:
      event.name === undefined
        ? `removed: ${bytes(event.bytes)} freed`
        : `gone with its layer: ${bytes(event.bytes)}`,
    role: 'removed',
  }),
} satisfies Record<LayerStep['action'], (event: LayerStep) => Clause>;

const MADE = {
  layers: (event) => `one thin writable layer made ${onLayers(event)}, which it shares; nothing was copied`,
  copies: (event) =>
    `${plural(event.below, 'layer')} copied for it, ${bytes(event.bytes)}: this driver shares nothing`,
  snapshots: (event) =>
    `a snapshot of ${plural(event.below, 'layer')} made for it, which shares their blocks`,
} satisfies Record<LayerStep['shape'], (event: LayerStep) => string>;

const onLayers = ({ below }: LayerStep): string =>
  below === 0 ? 'on nothing' : `on ${plural(below, 'layer')} of its image`;

function whiteoutWords(event: WhiteoutStep, name: NameLayer): Clause {
  if (event.action === 'lifted') {
    return {
      text: `whiteout lifted from ${name(event.layer)} because ${causeWords(event.cause)}`,
      role: 'added',
    };
  }
  return {
    text: `whiteout put in ${name(event.layer)} because ${causeWords(event.cause)}`,
    role: 'removed',
  };
}

// First match wins; `$1` stands for what the pattern caught.
const CAUSES: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^open.*O_TRUNC/, 'it was opened to be overwritten'],
  [/^open/, 'it was opened for writing'],
  [/^parent of (.+)/, '$1 needs it there'],
  [/^f?truncate/, 'its size was changed'],
  [/^(?:f|l)?chmod/, 'its mode was changed'],
  [/^(?:f|l)?chown/, 'its owner was changed'],
  [/^(?:utimens|futimens|utime|touch)/, 'its times were set'],
  [/^(?:set|remove)xattr/, 'an attribute was changed'],
  [/^link/, 'a hard link was made to it'],
  [/^rename/, 'it was renamed'],
  [/^(?:unlink|rmdir|remove)/, 'it was removed'],
  [/^(?:create|mknod|mkdir|symlink)/, 'something was made by that name'],
  [/^write/, 'it was written to'],
];

export function causeWords(cause: string): string {
  for (const [pattern, words] of CAUSES) {
    const found = pattern.exec(cause);
    if (found !== null) return words.replace('$1', found[1] ?? '');
  }
  return `of ${cause}`;
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
