// Boxes over the panes: all keys, the list of scenarios, the question before quitting.
import type { Size } from '../state/layout.ts';
import type { Model } from '../state/model.ts';
import { type Line, line, paint, span } from '../text/line.ts';
import { helpLines } from './help.ts';

export interface OverlayBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

export function overlayBox(model: Model): OverlayBox | undefined {
  const { columns, rows } = model.size;
  if (model.overlay === 'help') {
    const lines = helpLines(model.theme.glyphs, columns);
    return framed(model, { columns, rows: rows - 1 }, 'Keys', lines.slice(model.picked));
  }
  if (model.overlay === 'scenarios')
    return framed(
      model,
      { columns: Math.min(columns, 76), rows: rows - 1 },
      'Scenarios',
      scenarioLines(model),
    );
  if (model.overlay === 'quit') {
    return framed(model, { columns: Math.min(columns, 46), rows: 5 }, 'Quit', [
      line('A scenario is under way. Quit cowsh?  y / n'),
    ]);
  }
  return undefined;
}

function scenarioLines({ scenarios, picked }: Model): Line[] {
  if (scenarios.length === 0) return [line('There are no scenarios here.', 'dim')];
  return scenarios.map(({ title }, index) => [
    span(index === picked ? ' > ' : '   ', 'key'),
    span(title, index === picked ? 'selected' : 'plain'),
  ]);
}

function framed(model: Model, most: Size, title: string, lines: readonly Line[]): OverlayBox {
  const { theme, size } = model;
  const height = Math.min(lines.length + 2, most.rows);
  const width = most.columns;
  const inner = lines.slice(0, height - 2);
  const edge = (label: string) => paint(line(label, 'focused'), width, theme, '7');
  const text = [edge(` ${title}`), ...inner.map((part) => paint(part, width, theme)), edge('')];
  return {
    x: Math.floor((size.columns - width) / 2),
    y: Math.max(0, Math.floor((size.rows - 1 - height) / 2)),
    width,
    height,
    text: text.join('\n'),
  };
}
