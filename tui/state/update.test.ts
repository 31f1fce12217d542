import test from 'ava';
import { literalViews } from '../app/echo-session.ts';
import { FULL_THEME } from '../text/theme.ts';
import type { Message } from './message.ts';
import { initialModel, type Model, type ScenarioView } from './model.ts';
import { moved, update } from './update.ts';

const layer = (kind: 'upper' | 'image', id: string) => ({
  id,
  short: id,
  kind,
  path: `/l/${id}/diff`,
  link: undefined,
  createdBy: kind === 'image' ? 'RUN x' : '',
  size: 1,
  sharedWith: [],
});
const container = (name: string) => ({
  id: name,
  name,
  image: 'i',
  running: true,
  paused: false,
  merged: '/m',
  layers: [layer('upper', name), layer('image', 'base')],
});

const start = (): Model =>
  initialModel({ columns: 80, rows: 24 }, FULL_THEME, {
    revision: 0,
    views: literalViews([container('c1'), container('c2')], {}),
    story: { command: '', paragraphs: [], dropped: 0, container: undefined },
  });

const after = (model: Model, ...messages: Message[]): Model =>
  messages.reduce((now, message) => update(now, message).model, model);

const scenario: ScenarioView = {
  title: 'T',
  step: 0,
  steps: 2,
  narration: [],
  action: undefined,
  state: 'ready',
  auto: false,
};

test('leaving the shell is navigating, going back is typing', (t) => {
  const away = after(start(), { kind: 'next-pane', by: 1 });
  t.is(away.mode, 'navigate');
  t.is(away.focus, 'layers');
  t.is(after(away, { kind: 'focus', pane: 'shell' }).mode, 'shell');
});

test('without a scenario its pane cannot have the focus', (t) => {
  t.is(after(start(), { kind: 'focus-number', number: 5 }).focus, 'shell');
  t.is(after(start(), { kind: 'next-pane', by: -1 }).focus, 'trace');
});

test('a scenario that starts takes the focus, and gives it back', (t) => {
  const playing = after(start(), { kind: 'scenario', scenario });
  t.is(playing.focus, 'scenario');
  t.is(after(playing, { kind: 'scenario', scenario: undefined }).focus, 'shell');
});

test('the shell is told its size when the layout changes it, and only then', (t) => {
  const { model, effects } = update(start(), { kind: 'resize', size: { columns: 200, rows: 60 } });
  t.deepEqual(effects, [{ kind: 'resize-shell', size: { columns: 96, rows: 58 } }]);
  t.deepEqual(update(model, { kind: 'next-pane', by: 1 }).effects, []);
});

test('undo is asked for only when there is something to undo', (t) => {
  const nothing = update(start(), { kind: 'undo' });
  t.deepEqual(nothing.effects, []);
  t.regex(nothing.model.notice ?? '', /nothing to undo/);
  const ready = after(start(), { kind: 'history', back: 1, forward: 0 });
  t.deepEqual(update(ready, { kind: 'undo' }).effects, [{ kind: 'undo' }]);
});

test('quitting asks first while a scenario is under way', (t) => {
  t.deepEqual(update(start(), { kind: 'quit' }).effects, [{ kind: 'quit' }]);
  const playing = after(start(), { kind: 'scenario', scenario });
  const asked = update(playing, { kind: 'quit' });
  t.is(asked.model.overlay, 'quit');
  t.deepEqual(asked.effects, []);
  t.deepEqual(update(asked.model, { kind: 'quit' }).effects, [{ kind: 'quit' }]);
});

test('the merged view goes from container to container', (t) => {
  const second = after(start(), { kind: 'next-container' });
  t.is(second.container, 'c2');
  t.is(after(second, { kind: 'next-container' }).container, 'c1');
});

test('the chosen row stays among the rows, and on view', (t) => {
  t.deepEqual(moved({ top: 0, chosen: 0 }, -1, 10, 4), { top: 0, chosen: 0 });
  t.deepEqual(moved({ top: 0, chosen: 3 }, 1, 10, 4), { top: 1, chosen: 4 });
  t.deepEqual(moved({ top: 0, chosen: 0 }, Number.POSITIVE_INFINITY, 10, 4), { top: 6, chosen: 9 });
  t.deepEqual(moved({ top: 6, chosen: 9 }, Number.NEGATIVE_INFINITY, 10, 4), { top: 0, chosen: 0 });
  t.deepEqual(moved({ top: 0, chosen: 50 }, 0, 0, 4), { top: 0, chosen: 0 });
});

test('the next step comes only when its narration was read to the end', (t) => {
  const narration = Array.from({ length: 12 }, (_, at) => ({
    kind: 'paragraph' as const,
    level: 0,
    spans: [{ text: `Paragraph ${at}.`, style: 'plain' as const }],
  }));
  let model = after(start(), { kind: 'scenario', scenario: { ...scenario, narration } });
  let pages = 1;
  for (; pages < 20; pages++) {
    const next = update(model, { kind: 'scenario-next' });
    if (next.effects.length > 0) break;
    t.true(next.model.positions.scenario.top > model.positions.scenario.top);
    model = next.model;
  }
  t.true(pages > 2 && pages < 20);
});
