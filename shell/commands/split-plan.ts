// How split is to cut: the way, and the size or number of pieces.

import { parseSize } from './size-text.ts';

export type Way = 'bytes' | 'lines' | 'line-bytes' | 'number';

export interface Plan {
  readonly way: Way;
  /** Bytes, lines, or pieces. */
  readonly size: number;
  readonly kind: 'bytes' | 'l' | 'r';
  /** Only this piece, on standard output; 0: all. */
  readonly part: number;
}

const OUT_OF_RANGE = ': Numerical result out of range';

/** The plan, or what is wrong with `text`. */
export const readPlan = (way: Way, text: string, quote: (text: string) => string): Plan | string => {
  if (way === 'number') {
    const match = /^(?:([lr])\/)?(?:(\d+)\/)?(\d+)$/.exec(text);
    const [, kind, part, count] = match ?? [];
    const range = (number: string | undefined): string => (number === undefined ? '' : OUT_OF_RANGE);
    if (count === undefined || Number(count) === 0)
      return `invalid number of chunks: ${quote(text.replace(/^[lr]\//, ''))}${range(count)}`;
    if (part !== undefined && (Number(part) === 0 || Number(part) > Number(count)))
      return `invalid chunk number: ${quote(part)}${OUT_OF_RANGE}`;
    return {
      way,
      size: Number(count),
      kind: (kind ?? 'bytes') as 'bytes' | 'l' | 'r',
      part: Number(part ?? 0),
    };
  }
  const size = way === 'lines' && !/^\d+$/.test(text) ? undefined : parseSize(text, { b: 512 });
  const range = size === 0 ? OUT_OF_RANGE : '';
  if (size === undefined || size === 0)
    return `invalid number of ${way === 'lines' ? 'lines' : 'bytes'}: ${quote(text)}${range}`;
  return { way, size, kind: 'bytes', part: 0 };
};
