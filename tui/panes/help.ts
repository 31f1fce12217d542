// The overlay with all keys, made from the bindings.
import { BINDINGS, type Binding } from '../state/bindings.ts';
import { type Line, line, span } from '../text/line.ts';
import type { Glyphs } from '../text/theme.ts';
import { fill } from '../text/width.ts';

const KEY_WIDTH = 16;

export function helpLines(glyphs: Glyphs, width: number): Line[] {
  const columns = width >= 96 ? 2 : 1;
  const left = [
    ...section('In the shell every key goes to it, except', (binding) => binding.mode === 'shell'),
    ...section('While a scenario plays', ({ pane }) => pane === 'scenario'),
    ...signs(glyphs),
  ];
  const right = section('In the panes', ({ mode, pane }) => mode === 'navigate' && pane === undefined);
  right.push([
    span(fill('  1-5, Alt-1…5', KEY_WIDTH + 2), 'key'),
    span('to the pane of that number (Alt everywhere)'),
  ]);
  if (columns === 1) return [...left.slice(0, -signs(glyphs).length), ...right, ...signs(glyphs)];
  const half = Math.floor(width / 2) - 1;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    beside(left[index] ?? [], right[index] ?? [], half),
  );
}

function section(title: string, belongs: (binding: Binding) => boolean): Line[] {
  const lines = BINDINGS.filter(belongs).map(
    ({ shown, help }): Line => [span(fill(`  ${shown}`, KEY_WIDTH + 2), 'key'), span(help)],
  );
  return [line(title, 'note'), ...lines, line('')];
}

function signs(glyphs: Glyphs): Line[] {
  const meanings: readonly (readonly [string, string])[] = [
    [glyphs.added, 'added: nowhere below'],
    [glyphs.copied, 'copied up: stands over a copy below'],
    [glyphs.whiteout, 'whiteout: hides the name below'],
    [glyphs.opaque, 'opaque directory: hides all below it'],
    [glyphs.hidden, 'hidden by a layer above'],
  ];
  return [
    line('Signs', 'note'),
    ...meanings.map(([sign, words]): Line => [span(`  ${sign} `, 'key'), span(words)]),
  ];
}

function beside(left: Line, right: Line, half: number): Line {
  const text = left.map((part) => part.text).join('');
  return [...left, span(' '.repeat(Math.max(1, half - text.length))), ...right];
}
