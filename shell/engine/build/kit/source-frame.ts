// The lines of a Dockerfile around what went wrong, as buildx shows them.

import type { LineRange } from '../instruction.ts';

const EDGE = '--------------------\n';
/** How many lines are shown around: fewer around a longer instruction. */
const AROUND_ONE = 4;
const AROUND_MORE = 2;

export const sourceFrame = (name: string, text: string, { first, last }: LineRange): string => {
  const lines = text.split('\n');
  let start = first;
  let end = Math.min(last, lines.length);
  const most = start === end ? AROUND_ONE : AROUND_MORE;
  for (let shown = 0; shown < most; shown += 1) {
    if (start > 1) {
      start -= 1;
      shown += 1;
    }
    if (end < lines.length) {
      end += 1;
      shown += 1;
    }
  }
  const body = lines.slice(start - 1, end).map((line, at) => {
    const number = start + at;
    const mark = number >= first && number <= last ? '>>>' : '   ';
    return ` ${String(number).padStart(3)} | ${mark} ${line}\n`;
  });
  return `${name}:${first}\n${EDGE}${body.join('')}${EDGE}`;
};
