// The core: what the model is after a message, and what the rim is asked to do. No input or output here.
import { contentOf } from '../panes/content.ts';
import { helpLines } from '../panes/help.ts';
import { chosenContainer } from '../panes/merged.ts';
import { layout, PANES, type PaneName, type Place, type Size, shellSize } from './layout.ts';
import type { Effect, Message } from './message.ts';
import type { Model, Position } from './model.ts';

export interface Next {
  readonly model: Model;
  readonly effects: readonly Effect[];
}

type Kind = Message['kind'];
type MessageOf<K extends Kind> = Extract<Message, { kind: K }>;
type Handlers = { readonly [K in Kind]: (model: Model, message: MessageOf<K>) => Model | Next };

export function update(model: Model, message: Message): Next {
  const handle = HANDLERS[message.kind] as (model: Model, message: Message) => Model | Next;
  const answer = handle(model, message);
  const next = 'effects' in answer ? answer : { model: answer, effects: [] };
  if (next.model === model) return next;
  const size = newShellSize(model, next.model);
  return size === undefined
    ? next
    : { model: next.model, effects: [...next.effects, { kind: 'resize-shell', size }] };
}

export function places(model: Model): readonly Place[] {
  return layout({ ...model, playing: model.scenario !== undefined });
}

function newShellSize(before: Model, after: Model): Size | undefined {
  if (
    before.size === after.size &&
    before.zoomed === after.zoomed &&
    before.focus === after.focus &&
    (before.scenario === undefined) === (after.scenario === undefined)
  )
    return undefined;
  const old = shellSize(places(before));
  const size = shellSize(places(after));
  return size === undefined || (old?.columns === size.columns && old.rows === size.rows) ? undefined : size;
}

const HANDLERS = {
  resize: (model, { size }) => ({ ...model, size }),
  focus: (model, { pane }) => focus(model, pane),
  'focus-number': (model, { number }) => {
    const pane = PANES[number - 1];
    return pane === undefined ? model : focus(model, pane);
  },
  'next-pane': (model, { by }) => nextPane(model, by),
  move: (model, { by }) => move(model, by),
  page: (model, { by }) => move(model, by * Math.max(1, Math.floor(contentHeight(model) / 2))),
  fold: (model, { open }) => fold(model, open),
  'next-container': (model) => nextContainer(model),
  zoom: (model) => ({ ...model, zoomed: !model.zoomed }),
  open: (model, { overlay }) => ({ ...model, overlay, picked: 0 }),
  // Leaving the filter's dialog by Esc drops the filter; Enter keeps it.
  close: (model) => ({
    ...model,
    overlay: undefined,
    filter: model.overlay === 'filter' ? '' : model.filter,
  }),
  choose: (model) => choose(model),
  filter: (model, { text }) => ({ ...model, filter: text, positions: home(model) }),
  'scroll-shell': (model, { pages }) => scrollShell(model, pages),
  typed: (model) =>
    model.scrolled === 0 && model.notice === undefined ? model : { ...model, scrolled: 0, notice: undefined },
  machine: (model, { machine }) => ({ ...model, machine }),
  history: (model, { back, forward }) => ({ ...model, history: { back, forward } }),
  running: (model, { command }) => ({ ...model, running: command }),
  notice: (model, { text }) => ({ ...model, notice: text }),
  undo: (model) =>
    model.history.back > 0 ? ask(model, { kind: 'undo' }) : { ...model, notice: 'nothing to undo ' },
  redo: (model) =>
    model.history.forward > 0 ? ask(model, { kind: 'redo' }) : { ...model, notice: 'nothing to redo ' },
  scenario: (model, { scenario }) => setScenario(model, scenario),
  scenarios: (model, { list }) => ({ ...model, scenarios: list }),
  'scenario-next': (model) => readOn(model) ?? ask(model, { kind: 'scenario-next' }),
  'turn-page': (model) => readOn(model) ?? model,
  'scenario-back': (model) => ask(model, { kind: 'scenario-back' }),
  'scenario-auto': (model) => ask(model, { kind: 'scenario-auto' }),
  'scenario-close': (model) => ask(model, { kind: 'scenario-close' }),
  suspend: (model) => ask(model, { kind: 'suspend' }),
  quit: (model) =>
    model.overlay !== 'quit' && model.scenario !== undefined && model.scenario.state !== 'over'
      ? { ...model, overlay: 'quit' }
      : ask(model, { kind: 'quit' }),
} satisfies Handlers;

function ask(model: Model, effect: Effect): Next {
  return { model: { ...model, notice: undefined, overlay: undefined }, effects: [effect] };
}

function focus(model: Model, pane: PaneName): Model {
  if (pane === 'scenario' && model.scenario === undefined) return model;
  if (pane === 'shell') return { ...model, focus: pane, mode: 'shell', zoomed: false, notice: undefined };
  return { ...model, focus: pane, mode: 'navigate' };
}

function nextPane(model: Model, by: number): Model {
  const order = PANES.filter((pane) => pane !== 'scenario' || model.scenario !== undefined);
  const at = order.indexOf(model.focus);
  return focus(model, order[(at + by + order.length) % order.length] ?? 'shell');
}

function home({ positions }: Model): Model['positions'] {
  const top: Position = { top: 0, chosen: 0 };
  return { ...positions, layers: top, merged: top, trace: top };
}

function contentHeight(model: Model): number {
  const place = places(model).find(({ pane }) => pane === model.focus);
  return place === undefined ? 1 : place.height - 1;
}

function move(model: Model, by: number): Model {
  if (model.overlay !== undefined) return { ...model, picked: clamp(model.picked + by, overlayRows(model)) };
  if (model.focus === 'shell') return model;
  const place = places(model).find(({ pane }) => pane === model.focus);
  if (place === undefined) return model;
  const total = contentOf(model, model.focus, place.width).rows.length;
  const here = model.positions[model.focus];
  const room = place.height - 1;
  const position =
    model.focus === 'scenario' ? scrolled(here, by, total, room) : moved(here, by, total, room);
  return { ...model, positions: { ...model.positions, [model.focus]: position } };
}

// Text has no chosen row: it moves as a whole.
function scrolled({ top }: Position, by: number, total: number, height: number): Position {
  const next = Math.max(0, Math.min(top + by, total - height));
  return { top: next, chosen: next };
}

/** The next page of a narration that does not fit its pane; undefined when its end is on view or it has not the focus. */
export function readOn(model: Model): Model | undefined {
  const place = places(model).find(({ pane }) => pane === 'scenario');
  if (place === undefined || model.focus !== 'scenario' || model.scenario?.state !== 'ready')
    return undefined;
  const room = place.height - 1;
  const total = contentOf(model, 'scenario', place.width).rows.length;
  if (model.positions.scenario.top + room >= total) return undefined;
  const position = scrolled(model.positions.scenario, Math.max(1, room - 1), total, room);
  return { ...model, positions: { ...model.positions, scenario: position } };
}

/** The chosen row moves within the rows there are, and the view follows it. */
export function moved({ top, chosen }: Position, by: number, total: number, height: number): Position {
  const next = clamp(Math.min(chosen, Math.max(0, total - 1)) + by, total);
  return { chosen: next, top: Math.min(Math.max(top, next - height + 1), next) };
}

function clamp(value: number, total: number): number {
  return Math.max(0, Math.min(value, total - 1));
}

function overlayRows(model: Model): number {
  if (model.overlay === 'scenarios') return model.scenarios.length;
  if (model.overlay !== 'help') return 1;
  const hidden = helpLines(model.theme.glyphs, model.size.columns).length - (model.size.rows - 3);
  return Math.max(1, hidden + 1);
}

function fold(model: Model, open: boolean): Model {
  const place = places(model).find(({ pane }) => pane === model.focus);
  if (place === undefined) return model;
  const rows = contentOf(model, model.focus, place.width).rows;
  const key = rows[model.positions[model.focus].chosen]?.fold;
  return key === undefined ? model : { ...model, folds: new Map(model.folds).set(key, open) };
}

function nextContainer(model: Model): Model {
  const containers = model.machine.views.containers();
  const shown = chosenContainer(model.machine.views, model.container ?? model.machine.story.container);
  const at = containers.findIndex(({ id }) => id === shown?.id);
  const next = containers[(at + 1) % containers.length];
  return next === undefined ? model : { ...model, container: next.id, positions: home(model) };
}

function choose(model: Model): Model | Next {
  if (model.overlay !== 'scenarios') return { ...model, overlay: undefined };
  const name = model.scenarios[model.picked]?.name;
  return name === undefined ? { ...model, overlay: undefined } : ask(model, { kind: 'start-scenario', name });
}

function scrollShell(model: Model, pages: number): Model {
  const rows = shellSize(places(model))?.rows ?? 1;
  return { ...model, scrolled: Math.max(0, model.scrolled + pages * Math.max(1, rows - 1)) };
}

// A scenario takes the focus when it starts and gives it back to the shell when it is closed.
function setScenario(model: Model, scenario: Model['scenario']): Model {
  const next = { ...model, scenario };
  if (model.scenario === undefined && scenario !== undefined) return focus(next, 'scenario');
  if (scenario === undefined && model.focus === 'scenario') return focus(next, 'shell');
  const fresh = scenario?.step === model.scenario?.step ? model.positions.scenario : { top: 0, chosen: 0 };
  return { ...next, positions: { ...model.positions, scenario: fresh } };
}
