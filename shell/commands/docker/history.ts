// docker history: the steps an image was made in, newest first.

import type { HistoryEntry } from '../../engine/contract.ts';
import { type Docker, defineCommand } from './docker-command.ts';
import type { FlagTable } from './flags.ts';
import { Methods } from './go-value.ts';
import { ellipsis, humanSize, rfc3339Seconds, shortId } from './human.ts';
import { formatFlag, printListing } from './listing.ts';
import { ago } from './ps.ts';

const flags = {
  format: formatFlag,
  human: { kind: 'bool', short: 'H', help: 'Sizes and times for people', initial: true },
  'no-trunc': { kind: 'bool', help: 'Print everything in full' },
  quiet: { kind: 'bool', short: 'q', help: 'Only image IDs' },
} satisfies FlagTable;

export const history = defineCommand({
  paths: ['docker image history', 'docker history'],
  usage: '[OPTIONS] IMAGE',
  summary: 'Show how an image came about, step by step',
  flags,
  count: { least: 1, most: 1 },
  request: ([image]) => `Get images/${image}/history`,
  run: (docker, options, [reference = '']) => {
    const entries = docker.engine.images.history(reference);
    const full = options['no-trunc'];
    if (options.quiet) {
      for (const { id } of entries) docker.line(full ? id : shortId(id));
      return 0;
    }
    const headings = {
      ID: 'IMAGE',
      CreatedSince: options.human ? 'CREATED' : 'CREATED AT',
      CreatedAt: 'CREATED AT',
      CreatedBy: 'CREATED BY',
      Size: 'SIZE',
      Comment: 'COMMENT',
    };
    const columns = ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'];
    const rows = entries.map((entry) => historyRow(docker, entry, { full, human: options.human }));
    return printListing(docker, { rows, headings, columns, format: options.format });
  },
});

const historyRow = (
  docker: Docker,
  entry: HistoryEntry,
  { full, human }: { full: boolean; human: boolean },
): Methods => {
  const by = entry.createdBy.replaceAll('\t', ' ');
  const at = rfc3339Seconds(entry.created);
  return new Methods('*formatter.historyContext', {
    ID: () => (full || entry.id === '<missing>' ? entry.id : shortId(entry.id)),
    CreatedSince: () => (human ? ago(docker, entry.created) : at),
    CreatedAt: () => at,
    CreatedBy: () => (full ? by : ellipsis(by, 45)),
    Size: () => (human ? humanSize(entry.size, 3) : String(entry.size)),
    Comment: () => entry.comment,
  });
};
