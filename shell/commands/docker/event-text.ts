// An event of the engine, as `docker events` prints it.

import type { EngineEvent } from '../../engine/event-log.ts';
import { type GoValue, Methods } from './go-value.ts';
import { nanoTime } from './human.ts';

const sorted = (attributes: EngineEvent['attributes']): [string, string][] =>
  Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));

/** `TIME TYPE ACTION ID (key=value, …)`. */
export const eventLine = ({ time, type, action, id, attributes }: EngineEvent): string => {
  const pairs = sorted(attributes).map(([key, value]) => `${key}=${value}`);
  return `${nanoTime(time)} ${type} ${action} ${id}${pairs.length > 0 ? ` (${pairs.join(', ')})` : ''}`;
};

/** What a template sees, and what JSON is made of: the API keeps the old names of containers and images too. */
export const eventMessage = (event: EngineEvent): Methods => {
  const { time, type, action, id, attributes } = event;
  const old = type === 'container' || type === 'image';
  const from = type === 'container' ? (attributes.image ?? '') : '';
  const actor: GoValue = { ID: id, Attributes: new Map(sorted(attributes)) };
  const seconds = Number(time / 1_000_000_000n);
  return new Methods(
    '*events.Message',
    {
      Status: () => (old ? action : ''),
      ID: () => (old ? id : ''),
      From: () => from,
      Type: () => type,
      Action: () => action,
      Actor: () => actor,
      Scope: () => 'local',
      Time: () => seconds,
      TimeNano: () => time,
    },
    {
      ...(old ? { status: action, id } : {}),
      ...(from === '' ? {} : { from }),
      Type: type,
      Action: action,
      Actor: actor,
      scope: 'local',
      time: seconds,
      timeNano: time,
    },
  );
};
