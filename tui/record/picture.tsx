// A frame as rows of terminal text: the app's own components, drawn without a terminal.
import { renderToString } from 'ink';
import type { Frame } from '../app/runtime.ts';
import { cursorPosition, View } from '../app/view.tsx';
import type { Picture } from './cast.ts';

const nothing = (): void => {};

export function pictureOf(frame: Frame): Picture {
  const { columns, rows } = frame.model.size;
  const text = renderToString(<View frame={frame} filtered={nothing} filterDone={nothing} />, { columns });
  const lines = text.split('\n');
  return { rows: Array.from({ length: rows }, (_, y) => lines[y] ?? ''), cursor: cursorPosition(frame) };
}
