// What the layers pane is drawn from, and how wide.
import type { Views } from '../../shell/index.ts';
import type { Glyphs } from '../text/theme.ts';

export interface LayersRequest {
  readonly views: Views;
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly folds: ReadonlyMap<string, boolean>;
  readonly filter: string;
}
