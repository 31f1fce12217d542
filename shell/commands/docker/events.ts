// docker events: what the daemon has done, and what it does from now on.

import type { EngineEvent } from '../../engine/event-log.ts';
import { toBytes } from '../text.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { eventLine, eventMessage } from './event-text.ts';
import { type Filters, filterFlag, passes, readPairs } from './filters.ts';
import { compileTemplate, runTemplate } from './go-template.ts';
import { goJson } from './go-value.ts';
import { badMoment, readMoment } from './moment.ts';

export const events = defineCommand({
  paths: ['docker system events', 'docker events'],
  usage: '[OPTIONS]',
  summary: 'Show what the daemon does, as it does it',
  flags: {
    filter: filterFlag,
    format: { kind: 'string', help: "How to print: 'json', or a Go template for each event" },
    since: { kind: 'string', help: 'Begin with what was told since a time, or in the last 42m' },
    until: { kind: 'string', help: 'End at a time, or 42m ago' },
  },
  count: { least: 0, most: 0 },
  request: () => 'Get events',
  run: async (docker, { filter, format, since, until }) => {
    const render = renderer(docker, format ?? '');
    const from = momentOf(docker, since);
    const to = momentOf(docker, until);
    if (from !== undefined && to !== undefined && from > to) failDocker(crossed(from, to));
    const fits = eventFilter(readPairs(filter));
    const wanted = (event: EngineEvent): boolean => (to === undefined || event.time <= to) && fits(event);
    const past = from === undefined ? [] : docker.engine.events().filter((event) => event.time >= from);
    for (const event of past.filter(wanted)) docker.line(render(event));
    await docker.out.flush();
    if (to === undefined || to > docker.now) await follow(docker, wanted, to, render);
    return 0;
  },
});

const momentOf = (docker: Docker, text: string | undefined): bigint | undefined => {
  if (text === undefined || text === '') return undefined;
  return readMoment(docker, text) ?? failDocker(badMoment(text));
};

const crossed = (since: bigint, until: bigint): string => {
  const seconds = (time: bigint): string => String(time / 1_000_000_000n);
  return `Error response from daemon: \`since\` time (${seconds(since)}) cannot be after \`until\` time (${seconds(until)})`;
};

type Render = (event: EngineEvent) => string;

const WRONG_FORMAT = 64;

/** A template that cannot be filled is found out before anything is printed. Throws DockerError. */
const renderer = (docker: Docker, format: string): Render => {
  if (format === '') return eventLine;
  if (format === 'json') return (event) => goJson(eventMessage(event), { html: true });
  const wrong = (error: string): never => failDocker(`Error parsing format: ${error}`, WRONG_FORMAT);
  const { template, error } = compileTemplate(format);
  if (!template) return wrong(error);
  const render: Render = (event) => {
    const { text, error: failure } = runTemplate(template, eventMessage(event));
    return failure === undefined ? text : wrong(failure);
  };
  render({ time: docker.now, type: 'container', action: '', id: '', attributes: {} });
  return render;
};

const kinds = ['container', 'image', 'volume', 'network'] as const;

const eventFilter =
  (filters: Filters) =>
  (event: EngineEvent): boolean =>
    passes(filters, 'type', (type) => event.type === type) &&
    passes(filters, 'event', (action) => event.action === action || event.action.startsWith(`${action}:`)) &&
    passes(filters, 'scope', (scope) => scope === 'local') &&
    passes(filters, 'daemon', () => event.type === ('daemon' as string)) &&
    kinds.every((kind) => passes(filters, kind, (name) => isAbout(event, kind, name))) &&
    (filters.get('label') ?? []).every((label) => hasLabel(event, label));

const hasLabel = ({ attributes }: EngineEvent, label: string): boolean => {
  const equals = label.indexOf('=');
  return equals === -1
    ? Object.hasOwn(attributes, label)
    : attributes[label.slice(0, equals)] === label.slice(equals + 1);
};

const isAbout = (
  { type, id, attributes }: EngineEvent,
  kind: (typeof kinds)[number],
  name: string,
): boolean => {
  const { image } = attributes;
  if (kind === 'image' && type === 'container')
    return image === name || image?.replace(/:[^:/]*$/, '') === name;
  if (type !== kind) return false;
  if (id === name || attributes.name === name) return true;
  if (kind === 'image') return attributes.name?.replace(/:[^:/]*$/, '') === name;
  return kind === 'container' && name !== '' && id.startsWith(name);
};

/** Prints what comes, until `to` or for ever. */
const follow = async (
  docker: Docker,
  wanted: (event: EngineEvent) => boolean,
  to: bigint | undefined,
  render: Render,
) => {
  const queue: EngineEvent[] = [];
  let wake = (): void => {};
  let over = false;
  const end = docker.engine.subscribe((event) => {
    if (wanted(event)) queue.push(event);
    wake();
  });
  const { clock } = docker.process.kernel;
  const ms = to === undefined ? Number.POSITIVE_INFINITY : Number((to - docker.now) / 1_000_000n);
  const forget = clock.after(
    ms,
    () => {
      over = true;
      wake();
    },
    docker.process.foreground,
  );
  try {
    while (!over) {
      await docker.until(
        new Promise<void>((resolve) => {
          wake = resolve;
          if (queue.length > 0 || over) resolve();
        }),
        true,
      );
      for (const event of queue.splice(0)) await docker.process.write(1, toBytes(`${render(event)}\n`));
    }
  } finally {
    forget();
    end();
  }
};
