// All that the screen shows, in one value. Nothing here moves by itself: update.ts makes the next one.
import type { Action, Block } from '../../scenarios/scenario.ts';
import type { Views } from '../../shell/index.ts';
import type { Paragraph } from '../panes/story.ts';
import type { Theme } from '../text/theme.ts';
import type { PaneName, Size } from './layout.ts';

/** shell: keys go to the program on the terminal. navigate: keys move in the panes. */
export type Mode = 'shell' | 'navigate';

/** What lies over the panes. */
export type OverlayName = 'help' | 'filter' | 'scenarios' | 'quit';

/** The machine as of a moment: `revision` differs whenever `views` or `story` may answer differently. */
export interface MachineView {
  readonly revision: number;
  readonly views: Views;
  readonly story: StoryView;
}

export interface StoryView {
  /** The command whose trace it is; '' before the first. */
  readonly command: string;
  readonly paragraphs: readonly Paragraph[];
  readonly dropped: number;
  /** The container it worked in last. */
  readonly container: string | undefined;
}

/** Where a pane's view stands: the first row on view and the chosen one. */
export interface Position {
  readonly top: number;
  readonly chosen: number;
}

export interface ScenarioView {
  readonly title: string;
  /** From 0; `steps` when it is over. */
  readonly step: number;
  readonly steps: number;
  /** What is told before the step's action. */
  readonly narration: readonly Block[];
  /** What the step will do; undefined when it only tells. */
  readonly action: Action | undefined;
  /** ready: told, and waits to be done. typing: is being done. over: there is no further step. */
  readonly state: 'ready' | 'typing' | 'over';
  readonly auto: boolean;
}

export type ScenarioList = readonly { readonly name: string; readonly title: string }[];

export interface Model {
  readonly size: Size;
  readonly theme: Theme;
  readonly mode: Mode;
  readonly focus: PaneName;
  readonly zoomed: boolean;
  readonly overlay: OverlayName | undefined;
  /** Row chosen in a list overlay. */
  readonly picked: number;
  readonly filter: string;
  readonly positions: Readonly<Record<PaneName, Position>>;
  /** Lines the shell's screen is scrolled back. */
  readonly scrolled: number;
  /** Rows opened or closed by hand; others are as their pane thinks best. */
  readonly folds: ReadonlyMap<string, boolean>;
  /** The container whose merged view was chosen by hand; undefined = the one that was used last. */
  readonly container: string | undefined;
  readonly machine: MachineView;
  /** The command that runs, if one does. */
  readonly running: string | undefined;
  readonly history: { readonly back: number; readonly forward: number };
  readonly scenario: ScenarioView | undefined;
  readonly scenarios: ScenarioList;
  readonly notice: string | undefined;
}

const START: Position = { top: 0, chosen: 0 };

export function initialModel(size: Size, theme: Theme, machine: MachineView): Model {
  return {
    size,
    theme,
    mode: 'shell',
    focus: 'shell',
    zoomed: false,
    overlay: undefined,
    picked: 0,
    filter: '',
    positions: { shell: START, layers: START, merged: START, trace: START, scenario: START },
    scrolled: 0,
    folds: new Map(),
    container: undefined,
    machine,
    running: undefined,
    history: { back: 0, forward: 0 },
    scenario: undefined,
    scenarios: [],
    notice: undefined,
  };
}
