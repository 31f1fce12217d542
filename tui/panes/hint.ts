// The hint line at the bottom: what the keys do right now.
import { bindingsFor } from '../state/keys.ts';
import type { Model } from '../state/model.ts';
import { justify, type Line, line, span, widthOf } from '../text/line.ts';

const OVERLAY_HINTS = {
  help: 'j k scroll · Esc back',
  scenarios: 'j k choose · Enter play · Esc back',
  quit: 'y quit · n stay',
  filter: '',
} as const;

/** `columns` wide; words that do not fit are left out from the end. */
export function hintLine(model: Model, columns: number): Line {
  const right = status(model);
  if (model.overlay !== undefined) return justify(line(OVERLAY_HINTS[model.overlay], 'dim'), right, columns);
  const left: Line[number][] = [span(model.mode === 'shell' ? ' SHELL ' : ' PANES ', 'selected')];
  const room = columns - widthOf(right) - 2;
  for (const { shown, hint } of bindingsFor(model.mode, model.focus, model.scenario !== undefined)) {
    if (hint === undefined) continue;
    const part = [span(`  ${shown.split(' or ')[0]?.split(' ')[0]}`, 'key'), span(` ${hint}`, 'dim')];
    if (widthOf([...left, ...part]) > room) break;
    left.push(...part);
  }
  return justify(left, right, columns);
}

function status({ notice, running, history, filter, mode }: Model): Line {
  if (notice !== undefined) return line(notice, 'note');
  if (filter !== '') return [span('filter ', 'dim'), span(filter, 'note'), span(' ', 'dim')];
  if (running !== undefined && mode === 'navigate') return line('running ', 'dim');
  return mode === 'navigate' && history.back + history.forward > 0
    ? line(`undo ${history.back} redo ${history.forward} `, 'dim')
    : [];
}
