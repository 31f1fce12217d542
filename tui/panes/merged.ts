// The merged pane: what a container sees, and which layer answers for each name.
import type { ContainerView, MergedRow, Views } from '../../shell/index.ts';
import { line, span } from '../text/line.ts';
import type { Glyphs } from '../text/theme.ts';
import { entryLine } from './entry-line.ts';
import { shortName } from './layer-names.ts';
import { type PaneContent, type Row, row } from './rows.ts';

export interface MergedRequest {
  readonly views: Views;
  readonly container: string | undefined;
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly folds: ReadonlyMap<string, boolean>;
  readonly filter: string;
}

// Directories nested deeper than this stay closed until opened by hand.
const DEEPEST = 12;

export function mergedPane(request: MergedRequest): PaneContent {
  const container = chosenContainer(request.views, request.container);
  if (container === undefined) {
    return {
      subtitle: [],
      rows: [row(line('What a container sees,', 'dim')), row(line('and which layer answers.', 'dim'))],
    };
  }
  const subtitle = [span(` ${container.name}`, 'plain')];
  if (container.merged === undefined) {
    return { subtitle, rows: [row(line(`${container.name} is stopped: nothing is mounted.`, 'dim'))] };
  }
  return { subtitle, rows: directoryRows(request, container, '/', 0) };
}

/** The container a pane is about: the one asked for while it exists, else the first. */
export function chosenContainer(views: Views, wanted: string | undefined): ContainerView | undefined {
  const containers = views.containers();
  return containers.find(({ id, name }) => id === wanted || name === wanted) ?? containers[0];
}

function directoryRows(request: MergedRequest, container: ContainerView, path: string, depth: number): Row[] {
  const entries = request.views.mergedEntries(container.id, path);
  return sorted(entries, container).flatMap((entry) => entryRows(request, container, entry, depth));
}

// What stands on top comes first: the upper's own and what it takes part in, then layer by layer down.
// Docker's init layer is in every container: its rows come just before those of the base.
function sorted(entries: readonly MergedRow[], { layers }: ContainerView): MergedRow[] {
  const rank = (entry: MergedRow) => {
    const top = highest(entry);
    return layers[top]?.kind === 'init' ? layers.length - 1.5 : top;
  };
  return [...entries].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

// In a full copy everything is the container's own: that opens nothing.
function isOwn(entry: MergedRow, { layers }: ContainerView): boolean {
  return highest(entry) === 0 && layers[0]?.kind === 'upper';
}

function highest(entry: MergedRow): number {
  return Math.min(entry.layer, ...entry.merges);
}

function entryRows(request: MergedRequest, container: ContainerView, entry: MergedRow, depth: number): Row[] {
  const fold = `${container.id}:${entry.path}`;
  const directory = entry.kind === 'directory';
  const open =
    directory &&
    depth < DEEPEST &&
    (request.folds.get(fold) ?? (isOwn(entry, container) || request.filter !== ''));
  const inner = open ? directoryRows(request, container, entry.path, depth + 1) : [];
  const matches = entry.path.toLowerCase().includes(request.filter.toLowerCase());
  if (!matches && inner.length === 0) return [];
  const mark = directory ? (open ? request.glyphs.open : request.glyphs.folded) : ' ';
  const shown = entryLine(entry, entry.name, depth * 2, '', {
    ...request,
    width: request.width - LAYER_WIDTH - 2,
  });
  const layers = answering(entry, container);
  const here = row(
    [span(`${mark} `, 'dim'), ...shown, span(layers.padStart(LAYER_WIDTH), 'shared')],
    directory ? { fold } : {},
  );
  return [here, ...inner];
}

const LAYER_WIDTH = 9;

/** `upper`, `upper+L1`; `upper+2` when more than two layers are merged. Docker's init layer is named only when alone. */
function answering(entry: MergedRow, container: ContainerView): string {
  const merged = entry.merges.length > 1 ? entry.merges : [entry.layer];
  const own = merged.filter((index) => container.layers[index]?.kind !== 'init');
  const [first = entry.layer, second, ...others] = own.length > 0 ? own : merged;
  if (second === undefined) return shortName(container, first);
  return `${shortName(container, first)}+${others.length > 0 ? others.length + 1 : shortName(container, second)}`;
}
