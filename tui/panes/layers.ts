// The layers pane: each container's writable layer, and every image layer once, with who shares it.
import type { ContainerView, LayerRow, LayerView, Views } from '../../shell/index.ts';
import { bytes } from '../text/bytes.ts';
import { cutLine, justify, type Line, line, span } from '../text/line.ts';
import type { Role } from '../text/theme.ts';
import { cut, width as widthOf, wrap } from '../text/width.ts';
import { entryLine } from './entry-line.ts';
import { leaves, matching, UPPER_LIMIT } from './layer-entries.ts';
import { height, origin } from './layer-names.ts';
import type { LayersRequest } from './layers-request.ts';
import { type PaneContent, type Row, row } from './rows.ts';
import { upperRows } from './uppers.ts';

/** An image layer, and where in the stacks of the containers on it it lies. */
interface SharedLayer {
  readonly layer: LayerView;
  readonly users: readonly { readonly container: ContainerView; readonly index: number }[];
}

// An image layer with more entries than this starts closed.
const SMALL = 6;
const OPEN_LIMIT = 400;

export function layersPane(request: LayersRequest): PaneContent {
  const containers = request.views.containers();
  if (containers.length === 0) return { subtitle: [], rows: emptyRows(request.width) };
  const rows: Row[] = [];
  const shared = sharedLayers(containers);
  rows.push(...upperRows(request, containers));
  for (const layer of shared) rows.push(...imageRows(request, layer));
  rows.push(...totalRows(request));
  return { subtitle: [], rows };
}

function emptyRows(width: number): Row[] {
  const told = wrap(
    'Each container will show its writable layer here, above the image layers it shares with others. Try:',
    width,
  );
  return [
    row(line('No containers yet.')),
    row(line('')),
    ...told.map((text) => row(line(text, 'dim'))),
    row(line('docker run -d --name c1 nginx', 'key')),
  ];
}

/** Every image layer once, each after all those that stand on it. */
function sharedLayers(containers: readonly ContainerView[]): SharedLayer[] {
  const found = new Map<string, { layer: LayerView; users: { container: ContainerView; index: number }[] }>();
  for (const container of containers) {
    container.layers.forEach((layer, index) => {
      if (layer.kind !== 'image') return;
      const known = found.get(layer.id) ?? { layer, users: [] };
      known.users.push({ container, index });
      // Set again at the end: the last container that uses a layer decides its place.
      found.delete(layer.id);
      found.set(layer.id, known);
    });
  }
  return [...found.values()];
}

function imageRows(request: LayersRequest, shared: SharedLayer): Row[] {
  const { views, folds } = request;
  const first = shared.users[0];
  if (first === undefined) return [];
  const small = leaves(views.layerTree(first.container.id, first.index, SMALL * 4));
  const open = folds.get(shared.layer.id) ?? (small.length <= SMALL && !cutOff(small));
  const rows = imageTitle(request, shared, first, open);
  const entries = open
    ? leaves(views.layerTree(first.container.id, first.index, OPEN_LIMIT))
    : coveredEntries(request, shared);
  for (const entry of matching(entries, request.filter)) {
    const hidden = hiddenIn(request.views, shared, entry.path);
    const everywhere = hidden.length === shared.users.length;
    const sign = hidden.length > 0 && !everywhere && entry.sign === 'shadowed' ? 'added' : entry.sign;
    const note = hidden.length === 0 ? '' : `${request.glyphs.hidden} hidden in ${hidden.join(', ')}`;
    rows.push(...entryRows({ ...entry, sign: everywhere ? 'shadowed' : sign }, note, request));
  }
  return rows;
}

// layerTree stops at its limit: then the layer is not small, however few leaves came before.
function cutOff(entries: readonly LayerRow[]): boolean {
  return entries.length >= SMALL * 4;
}

function imageTitle(
  request: LayersRequest,
  { layer, users }: SharedLayer,
  first: SharedLayer['users'][number],
  open: boolean,
): Row[] {
  const { glyphs, width } = request;
  const names = users.map(({ container }) => container.name);
  const many = names.length > 1;
  const sharing = many ? `shared by ${names.join(', ')}` : `of ${names[0] ?? ''}`;
  const fold = open ? glyphs.open : glyphs.folded;
  const title = `${fold} L${height(first.container, first.index)} `;
  const size = bytes(layer.size);
  const room = width - widthOf(title) - widthOf(size) - 2;
  const role: Role = many ? 'shared' : 'plain';
  const wide = width >= 72 && widthOf(sharing) + 30 <= room;
  const what = cut(origin(layer), wide ? room - widthOf(sharing) - 4 : room, glyphs.more);
  const start: Line = [span(title, role), span(what, 'plain')];
  const mark = many ? `${glyphs.shared} ` : '';
  if (wide) {
    return [
      row(justify([...start, span(`  ${mark}${sharing}`, role)], line(size, 'size'), width), {
        fold: layer.id,
      }),
    ];
  }
  return [
    row(justify(start, line(size, 'size'), width), { fold: layer.id }),
    row(cutLine(line(`  ${mark}${sharing}`, role), width)),
  ];
}

/** Entries of a closed layer that an upper layer above it hides: the reason to look at it. */
function coveredEntries({ views }: LayersRequest, { users }: SharedLayer): LayerRow[] {
  const found = new Map<string, LayerRow>();
  for (const { container, index } of users) {
    for (const over of leaves(views.layerTree(container.id, 0, UPPER_LIMIT))) {
      if (over.sign !== 'copied-up' && over.sign !== 'whiteout') continue;
      const entry = entryAt(views, container.id, index, over.path);
      if (entry?.sign === 'shadowed') found.set(entry.path, entry);
    }
  }
  return [...found.values()];
}

function hiddenIn(views: Views, { users }: SharedLayer, path: string): string[] {
  return users
    .filter(({ container, index }) => entryAt(views, container.id, index, path)?.sign === 'shadowed')
    .map(({ container }) => container.name);
}

function entryAt(views: Views, container: string, layer: number, path: string): LayerRow | undefined {
  const directory = path.slice(0, path.lastIndexOf('/')) || '/';
  return views.layerEntries(container, layer, directory).find((entry) => entry.path === path);
}

function totalRows({ views, width, glyphs }: LayersRequest): Row[] {
  const { used, fullCopies, saved } = views.bytes();
  const share = fullCopies > 0 ? ` (${Math.round((saved / fullCopies) * 100)}%)` : '';
  const long = `on disk ${bytes(used)} ${glyphs.dot} a full copy each ${bytes(fullCopies)} ${glyphs.dot} saved ${bytes(saved)}${share}`;
  const short = `disk ${bytes(used)}, full copies ${bytes(fullCopies)}`;
  const lines = widthOf(long) <= width ? [long] : [short, `saved ${bytes(saved)}${share}`];
  return lines.map((text) => row(line(text, 'note')));
}

function entryRows(entry: LayerRow, note: string, request: LayersRequest): Row[] {
  const fits = widthOf(entry.path) + widthOf(note) + 18 <= request.width;
  if (note === '' || fits) return [row(entryLine(entry, entry.path, 2, note, request))];
  return [
    row(entryLine(entry, entry.path, 2, '', request)),
    row(cutLine(line(`    ${note}`, 'hidden'), request.width)),
  ];
}
