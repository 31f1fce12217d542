// The scenario pane: where one is in the story, what is told, and what will be typed next.
import type { Action, Block } from '../../scenarios/scenario.ts';
import type { ScenarioView } from '../state/model.ts';
import { visible } from '../text/escape.ts';
import { line, span } from '../text/line.ts';
import type { Glyphs, Role } from '../text/theme.ts';
import { wrap } from '../text/width.ts';
import { type PaneContent, type Row, row } from './rows.ts';

export interface ScenarioRequest {
  readonly scenario: ScenarioView | undefined;
  readonly width: number;
  readonly glyphs: Glyphs;
}

export function scenarioPane({ scenario, width, glyphs }: ScenarioRequest): PaneContent {
  if (scenario === undefined)
    return { subtitle: [], rows: [row(line('No scenario plays. Press : for the list.', 'dim'))] };
  const rows = scenario.narration.flatMap((block, index) => blockRows(block, index > 0, width, glyphs));
  if (scenario.action !== undefined && scenario.state !== 'over')
    rows.push(...actionRows(scenario.action, width, glyphs));
  if (scenario.state === 'over') {
    rows.push(
      ...textRows(
        'The end. The machine is yours: press s and try things, or b to go back.',
        '',
        width,
        'note',
      ),
    );
  }
  return { subtitle: subtitle(scenario), rows };
}

function subtitle({ title, step, steps, state, auto }: ScenarioView): PaneContent['subtitle'] {
  const number = state === 'over' ? 'the end' : `${Math.min(step + 1, steps)}/${steps}`;
  return [span(` ${number}${auto ? ' auto' : ''} `, 'note'), span(title, 'plain')];
}

const BLOCK_ROLES: Readonly<Record<Block['kind'], Role>> = {
  heading: 'strong',
  paragraph: 'plain',
  item: 'plain',
  quote: 'dim',
  code: 'key',
};

function blockRows(block: Block, spaced: boolean, width: number, glyphs: Glyphs): Row[] {
  const text = block.spans.map((part) => part.text).join('');
  const gap = spaced && block.kind !== 'item' ? [row(line(''))] : [];
  const mark = block.kind === 'item' ? `${' '.repeat(2 * (block.level - 1))}${glyphs.dot} ` : '';
  return [
    ...gap,
    ...text.split('\n').flatMap((part) => textRows(part, mark, width, BLOCK_ROLES[block.kind])),
  ];
}

function textRows(text: string, mark: string, width: number, role: Role): Row[] {
  return wrap(visible(text), Math.max(8, width - mark.length)).map((part, index) =>
    row([span(index === 0 ? mark : ' '.repeat(mark.length), 'note'), span(part, role)]),
  );
}

function actionRows(action: Action, width: number, glyphs: Glyphs): Row[] {
  const told = ACTION_TEXT[action.kind](action as never);
  return [
    row(line('')),
    ...told.split('\n').flatMap((part) => textRows(part, `${glyphs.folded} `, width, 'key')),
  ];
}

const ACTION_TEXT = {
  command: ({ command }: Extract<Action, { kind: 'command' }>) => command,
  file: ({ name, text }: Extract<Action, { kind: 'file' }>) => `write ${name}:\n${text.trimEnd()}`,
  layers: () => 'look at the layers',
} satisfies { readonly [K in Action['kind']]: (action: Extract<Action, { kind: K }>) => string };
