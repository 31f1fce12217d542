// Where each pane stands on the screen: a pure function of the size and of what is open.

export const PANES = ['shell', 'layers', 'merged', 'trace', 'scenario'] as const;
export type PaneName = (typeof PANES)[number];

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Columns and rows of a pane with its title row; content starts one row below `y`. */
export interface Place {
  readonly pane: PaneName;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutRequest {
  readonly size: Size;
  readonly focus: PaneName;
  readonly zoomed: boolean;
  readonly playing: boolean;
}

export const SMALLEST: Size = { columns: 60, rows: 16 };
const THREE_COLUMNS = 120;
const SIDE_BY_SIDE = 160;

export function tooSmall(size: Size): boolean {
  return size.columns < SMALLEST.columns || size.rows < SMALLEST.rows;
}

/** The panes on view. The last row of the screen is the hint line and belongs to none. */
export function layout(request: LayoutRequest): readonly Place[] {
  const { columns, rows } = request.size;
  const all: Place = { pane: 'shell', x: 0, y: 0, width: columns, height: rows - 1 };
  if (tooSmall(request.size)) return [];
  if (request.zoomed) return [{ ...all, pane: request.focus }];
  if (columns >= SIDE_BY_SIDE) return sideBySide(request, all);
  return columns >= THREE_COLUMNS ? threeColumns(request, all) : twoColumns(request, all);
}

/** The shell's own columns and rows, or undefined when it is not on view. */
export function shellSize(places: readonly Place[]): Size | undefined {
  const place = places.find(({ pane }) => pane === 'shell');
  return place === undefined ? undefined : { columns: place.width, rows: place.height - 1 };
}

// The shell below, over the whole width; above it layers beside one column of the rest.
function twoColumns({ focus, playing }: LayoutRequest, all: Place): Place[] {
  const top = Math.ceil(all.height * (playing ? 0.6 : 0.54));
  const left = Math.round(all.width * (playing ? 0.5 : 0.56));
  const right = { ...all, x: left + 1, width: all.width - left - 1, height: top };
  const upper: PaneName = playing && focus !== 'merged' ? 'scenario' : 'merged';
  return [
    { ...all, pane: 'layers', width: left, height: top },
    ...split(right, upper, 'trace', upper === 'scenario' ? 0.6 : 0.42),
    { ...all, y: top, height: all.height - top },
  ];
}

// Layers, merged view and trace beside each other above the shell; a scenario goes above merged and trace.
function threeColumns({ playing }: LayoutRequest, all: Place): Place[] {
  const top = Math.ceil(all.height * 0.58);
  const left = Math.round(all.width * 0.42);
  const shell = { ...all, y: top, height: all.height - top };
  const rest = { ...all, x: left + 1, width: all.width - left - 1, height: top };
  const layers: Place = { ...all, pane: 'layers', width: left, height: top };
  if (!playing) return [layers, ...beside(rest, 'merged', 'trace'), shell];
  const story = Math.ceil(top * 0.5);
  return [
    layers,
    { ...rest, pane: 'scenario', height: story },
    ...beside({ ...rest, y: story, height: top - story }, 'merged', 'trace'),
    shell,
  ];
}

// The shell on the left over the whole height, the panes on the right.
function sideBySide({ playing }: LayoutRequest, all: Place): Place[] {
  const left = Math.max(80, Math.floor(all.width * 0.48));
  const shell = { ...all, width: left };
  const right = { ...all, x: left + 1, width: all.width - left - 1 };
  const story = playing ? Math.min(16, Math.ceil(all.height * 0.28)) : 0;
  const layers = Math.ceil((all.height - story) * 0.56);
  const places: Place[] = [shell];
  if (playing) places.push({ ...right, pane: 'scenario', height: story });
  places.push({ ...right, pane: 'layers', y: story, height: layers });
  const low = { ...right, y: story + layers, height: all.height - story - layers };
  return [...places, ...beside(low, 'merged', 'trace')];
}

function beside(area: Place, first: PaneName, second: PaneName): Place[] {
  const left = Math.floor((area.width - 1) * 0.46);
  return [
    { ...area, pane: first, width: left },
    { ...area, pane: second, x: area.x + left + 1, width: area.width - left - 1 },
  ];
}

function split(area: Place, first: PaneName, second: PaneName, share: number): Place[] {
  const upper = Math.round(area.height * share);
  return [
    { ...area, pane: first, height: upper },
    { ...area, pane: second, y: area.y + upper, height: area.height - upper },
  ];
}
