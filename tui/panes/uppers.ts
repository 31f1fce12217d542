// The writable layers: one under the other, or beside each other where there is room, same path in the same row.
import type { ContainerView, LayerRow } from '../../shell/index.ts';
import { bytes } from '../text/bytes.ts';
import { justify, type Line, line, span, widthOf } from '../text/line.ts';
import { entryLine } from './entry-line.ts';
import { leaves, matching, UPPER_LIMIT } from './layer-entries.ts';
import type { LayersRequest } from './layers-request.ts';
import { type Row, row } from './rows.ts';

// Narrower columns would cut most names.
const COLUMN = 38;

export function upperRows(request: LayersRequest, containers: readonly ContainerView[]): Row[] {
  const perRow = Math.max(1, Math.min(containers.length, Math.floor((request.width + 1) / (COLUMN + 1))));
  const rows: Row[] = [];
  for (let at = 0; at < containers.length; at += perRow) {
    rows.push(...besideEachOther(request, containers.slice(at, at + perRow), perRow));
  }
  return rows;
}

function besideEachOther(
  request: LayersRequest,
  containers: readonly ContainerView[],
  perRow: number,
): Row[] {
  const width = Math.floor((request.width - (perRow - 1)) / perRow);
  const column = { ...request, width };
  const entries = containers.map(
    ({ id }) => new Map(upperEntries(request, id).map((entry) => [entry.path, entry])),
  );
  const paths = [...new Set(entries.flatMap((own) => [...own.keys()]))].sort();
  const lines = paths.map((path) => entries.map((own) => cell(own.get(path), column)));
  if (entries.some((own) => own.size === 0)) noteEmpty(lines, entries, request.filter);
  const heads = containers.map((container) => head(container, column));
  return [heads, ...lines].map((cells) =>
    row(joined(cells, width, request), { container: containers[0]?.id ?? '' }),
  );
}

function upperEntries({ views, filter }: LayersRequest, container: string): LayerRow[] {
  return matching(leaves(views.layerTree(container, 0, UPPER_LIMIT)), filter);
}

const cell = (entry: LayerRow | undefined, column: LayersRequest): Line =>
  entry === undefined ? [] : entryLine(entry, entry.path, 2, '', column);

// An empty upper says so in its first row, which no entry of its own can need.
function noteEmpty(lines: Line[][], entries: readonly ReadonlyMap<string, LayerRow>[], filter: string): void {
  const note = line(`  nothing written${filter === '' ? '' : ' that matches'}`, 'dim');
  const first = entries.map((own, index): Line => (own.size === 0 ? note : (lines[0]?.[index] ?? [])));
  lines.splice(0, 1, first);
}

function joined(cells: readonly Line[], width: number, { glyphs }: LayersRequest): Line {
  return cells.flatMap((own, index) => {
    const gap = index === cells.length - 1 ? 0 : width - widthOf(own);
    return [...own, ...(index === cells.length - 1 ? [] : [span(' '.repeat(gap)), span(glyphs.bar, 'rule')])];
  });
}

function head(container: ContainerView, { glyphs, width }: LayersRequest): Line {
  const kind = container.layers[0]?.kind ?? 'upper';
  const name: Line = [
    span(`${container.running ? glyphs.running : glyphs.stopped} `, container.running ? 'added' : 'dim'),
    span(container.name, 'strong'),
    span(kind === 'copy' ? ' full copy' : ` ${kind}`),
    span(container.running ? '' : ' (stopped)', 'dim'),
  ];
  const image = container.layers.reduce((sum, layer) => sum + (layer.kind === 'image' ? layer.size : 0), 0);
  const size = bytes(container.layers[0]?.size ?? 0);
  const rest = kind === 'snapshot' ? 'shares the rest' : `saves ${bytes(image)}`;
  const long = `${size} ${kind === 'copy' ? 'copied' : 'own'} ${glyphs.dot} ${rest}`;
  const short = widthOf(name) + long.length + 1 > width;
  return justify(name, line(short ? size : long, 'size'), width);
}
