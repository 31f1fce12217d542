// GREP_COLORS: what stands out, and how.

import type { Output } from './output.ts';

export interface GrepColors {
  /** The match in a selected line, and in one of the context. */
  readonly match: string;
  readonly contextMatch: string;
  readonly selected: string;
  readonly context: string;
  readonly name: string;
  readonly number: string;
  readonly offset: string;
  readonly separator: string;
  /** `rv`: with -v the two kinds of lines change places. */
  readonly reverse: boolean;
  /** Clears the rest of the line behind each change; `ne` takes that away. */
  readonly clear: string;
}

/** Reads the environment; the old GREP_COLOR is warned of. */
export const readColors = async (out: Output): Promise<GrepColors> => {
  const { env } = out.process;
  const old = env.get('GREP_COLOR');
  let match = '01;31';
  if (old) {
    await out.errorText(
      `${out.name}: warning: GREP_COLOR='${old}' is deprecated; use GREP_COLORS='mt=${old}'\n`,
    );
    match = old;
  }
  const words = (env.get('GREP_COLORS') ?? '').split(':').map((word) => word.split('=', 2));
  const wrong = words.findIndex(([, value]) => value !== undefined && !/^[\d;]*$/.test(value));
  const known = wrong < 0 ? words : words.slice(0, wrong);
  const given = Object.fromEntries(
    known.flatMap(([name = '', value]): [string, string][] =>
      name === 'mt'
        ? [
            ['ms', value ?? ''],
            ['mc', value ?? ''],
          ]
        : [[name, value ?? '']],
    ),
  );
  return {
    match: given.ms ?? match,
    contextMatch: given.mc ?? match,
    selected: given.sl ?? '',
    context: given.cx ?? '',
    name: given.fn ?? '35',
    number: given.ln ?? '32',
    offset: given.bn ?? '32',
    separator: given.se ?? '36',
    reverse: given.rv !== undefined,
    clear: given.ne === undefined ? '\x1b[K' : '',
  };
};

export const startColor = (color: string, { clear }: GrepColors): string =>
  color === '' ? '' : `\x1b[${color}m${clear}`;

export const endColor = (color: string, { clear }: GrepColors): string =>
  color === '' ? '' : `\x1b[m${clear}`;

/** `text` in a colour; without colours as it is. */
export const inColor = (text: string, color: keyof GrepColors, colors: GrepColors | undefined): string => {
  const code = colors?.[color];
  if (!colors || typeof code !== 'string') return text;
  return `${startColor(code, colors)}${text}${endColor(code, colors)}`;
};
