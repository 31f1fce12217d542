// Everything that can happen to the app, as data.
import type { PaneName, Size } from './layout.ts';
import type { MachineView, OverlayName, ScenarioList, ScenarioView } from './model.ts';

export type Message =
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'focus'; readonly pane: PaneName }
  | { readonly kind: 'focus-number'; readonly number: number }
  | { readonly kind: 'next-pane'; readonly by: 1 | -1 }
  | { readonly kind: 'move'; readonly by: number }
  | { readonly kind: 'page'; readonly by: 1 | -1 }
  | { readonly kind: 'fold'; readonly open: boolean }
  | { readonly kind: 'next-container' }
  | { readonly kind: 'zoom' }
  | { readonly kind: 'open'; readonly overlay: OverlayName }
  | { readonly kind: 'close' }
  | { readonly kind: 'choose' }
  | { readonly kind: 'filter'; readonly text: string }
  | { readonly kind: 'scroll-shell'; readonly pages: number }
  | { readonly kind: 'typed' }
  | { readonly kind: 'machine'; readonly machine: MachineView }
  | { readonly kind: 'history'; readonly back: number; readonly forward: number }
  | { readonly kind: 'running'; readonly command: string | undefined }
  | { readonly kind: 'notice'; readonly text: string | undefined }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'scenario'; readonly scenario: ScenarioView | undefined }
  | { readonly kind: 'scenarios'; readonly list: ScenarioList }
  | { readonly kind: 'scenario-next' }
  | { readonly kind: 'turn-page' }
  | { readonly kind: 'scenario-back' }
  | { readonly kind: 'scenario-auto' }
  | { readonly kind: 'scenario-close' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'quit' };

/** What the core asks the rim to do. */
export type Effect =
  | { readonly kind: 'resize-shell'; readonly size: Size }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'start-scenario'; readonly name: string }
  | { readonly kind: 'scenario-next' }
  | { readonly kind: 'scenario-back' }
  | { readonly kind: 'scenario-auto' }
  | { readonly kind: 'scenario-close' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'quit' };
