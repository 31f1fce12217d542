// A pane as terminal text: title row and the visible part of its rows, exactly as wide and high as its place.
import type { ScreenView } from '../screen/screen.ts';
import { PANES, type Place } from '../state/layout.ts';
import type { Model } from '../state/model.ts';
import { justify, type Line, line, paint, span, textOf, widthOf } from '../text/line.ts';
import { fill } from '../text/width.ts';
import { contentOf, TITLES } from './content.ts';
import type { PaneContent } from './rows.ts';

const UNDERLINE = '4';

export function paneText(model: Model, screen: ScreenView, place: Place): string {
  return place.pane === 'shell' ? shellText(model, screen, place) : contentText(model, place);
}

function shellText(model: Model, screen: ScreenView, place: Place): string {
  const command = model.running === undefined ? [] : [span(` ${model.running.split('\n')[0]} `, 'dim')];
  const back = screen.scrolled > 0 ? ` ${screen.scrolled} lines back ` : '';
  const title = titleLine(model, place, command, back);
  const rows = Array.from({ length: place.height - 1 }, (_, y) => screen.rows[y] ?? ' '.repeat(place.width));
  return [paint(title, place.width, model.theme, UNDERLINE), ...rows].join('\n');
}

function contentText(model: Model, place: Place): string {
  const { width, pane, height } = place;
  const content = contentOf(model, pane, width);
  const room = height - 1;
  const top = firstRow(model, place, content.rows.length, room);
  const focused = model.focus === pane && model.overlay !== 'help';
  const chosen = Math.min(model.positions[pane].chosen, content.rows.length - 1);
  const rows = Array.from({ length: room }, (_, y) => {
    const row = content.rows[top + y];
    if (row === undefined) return ' '.repeat(width);
    const picked = focused && pane !== 'scenario' && top + y === chosen;
    return paint(picked ? line(fill(textOf(row.line), width), 'selected') : row.line, width, model.theme);
  });
  return [paint(contentTitle(model, place, content, top), width, model.theme, UNDERLINE), ...rows].join('\n');
}

// What is not in focus shows its newest lines if it is told in order (the trace), else its first.
function firstRow(model: Model, { pane }: Place, total: number, room: number): number {
  const last = Math.max(0, total - room);
  if (pane === 'trace' && model.focus !== 'trace') return last;
  return Math.min(model.positions[pane].top, last);
}

function contentTitle(model: Model, place: Place, content: PaneContent, top: number): Line {
  const total = content.rows.length;
  const room = place.height - 1;
  const { up, down } = model.theme.glyphs;
  const below = total - top - room;
  const part = `${top > 0 ? ` ${up}${top}` : ''}${below > 0 ? ` ${down}${below}` : ''}`;
  return titleLine(model, place, content.subtitle, part === '' ? '' : `${part} `);
}

function titleLine(model: Model, { pane, width }: Place, subtitle: Line, right: string): Line {
  const { rule } = model.theme.glyphs;
  const role = model.focus === pane ? 'focused' : 'rule';
  const name = [
    span(rule, role),
    span(`[${PANES.indexOf(pane) + 1}] ${TITLES[pane]}`, model.focus === pane ? 'focused' : 'strong'),
  ];
  const start: Line = [...name, ...subtitle, span(' ')];
  const gap = width - widthOf(start) - widthOf(line(right));
  if (gap < 0) return justify(start, line(right, role), width);
  return [...start, span(rule.repeat(gap), role), span(right, 'dim')];
}
