// What stands on a terminal that is too small for panes.
import { type Size, SMALLEST } from '../state/layout.ts';
import { cut } from '../text/width.ts';

export function tooSmallText({ columns, rows }: Size): string {
  const lines = [
    `cowsh needs ${SMALLEST.columns}x${SMALLEST.rows},`,
    `this is ${columns}x${rows}.`,
    'Make the window larger.',
  ];
  return lines
    .slice(0, Math.max(1, rows))
    .map((text) => cut(text, columns))
    .join('\n');
}
