// The content of each pane but the shell, by a literal table.
import type { PaneName } from '../state/layout.ts';
import type { Model } from '../state/model.ts';
import { layersPane } from './layers.ts';
import { mergedPane } from './merged.ts';
import type { PaneContent } from './rows.ts';
import { scenarioPane } from './scenario.ts';
import { tracePane } from './trace.ts';

type Make = (model: Model, width: number) => PaneContent;

export const TITLES = {
  shell: 'Shell',
  layers: 'Layers',
  merged: 'Merged',
  trace: 'Why',
  scenario: 'Story',
} as const satisfies Record<PaneName, string>;

const CONTENT: Readonly<Record<PaneName, Make>> = {
  shell: () => ({ subtitle: [], rows: [] }),
  layers: ({ machine, ...model }, width) =>
    layersPane({ ...model, ...machine, width, glyphs: model.theme.glyphs }),
  merged: ({ machine, ...model }, width) =>
    mergedPane({
      ...model,
      ...machine,
      container: model.container ?? machine.story.container,
      width,
      glyphs: model.theme.glyphs,
    }),
  trace: ({ machine, filter, theme }, width) =>
    tracePane({ story: machine.story, filter, width, glyphs: theme.glyphs }),
  scenario: ({ scenario, theme }, width) => scenarioPane({ scenario, width, glyphs: theme.glyphs }),
};

let kept: {
  readonly model: Model;
  readonly width: number;
  readonly pane: PaneName;
  readonly content: PaneContent;
}[] = [];

/** What a pane holds at a width. The same question about the same model is answered from memory. */
export function contentOf(model: Model, pane: PaneName, width: number): PaneContent {
  const known = kept.find(
    (entry) => entry.pane === pane && entry.width === width && sameContent(entry.model, model),
  );
  if (known !== undefined) return known.content;
  const content = CONTENT[pane](model, width);
  kept = [{ model, width, pane, content }, ...kept.filter((entry) => entry.pane !== pane)];
  return content;
}

function sameContent(a: Model, b: Model): boolean {
  return (
    a.machine.revision === b.machine.revision &&
    a.machine.views === b.machine.views &&
    a.folds === b.folds &&
    a.filter === b.filter &&
    a.container === b.container &&
    a.scenario === b.scenario
  );
}
