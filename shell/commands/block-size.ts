// The unit that ls, du and df count in: --block-size, or the environment (gnulib human_options).

import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';
import { parseSize } from './size-text.ts';

export interface BlockSize {
  readonly unit: number | 'human' | 'si';
  /** What follows each number: a unit given without one (`K`) does. */
  readonly suffix: string;
}

const WORDS = { 'human-readable': 'human', si: 'si' } as const;

const parse = (given: string): BlockSize | undefined => {
  const text = given.replace(/^'/, '');
  const word = WORDS[text as keyof typeof WORDS];
  if (word !== undefined) return { unit: word, suffix: '' };
  const size = parseSize(text);
  if (size === undefined || size === 0) return undefined;
  return { unit: size, suffix: /^\d/.test(text) ? '' : suffixOf(text) };
};

const suffixOf = (text: string): string =>
  text.endsWith('B') && text[1] !== 'i' ? text.replace(/^K/, 'k') : text.replace(/^k/, 'K');

/** Reads the value of `option` (`-B`, `--block-size`); complains and gives undefined. */
export const readBlockSize = async (
  out: Output,
  option: string,
  text: string,
): Promise<BlockSize | undefined> => {
  const size = parse(text);
  if (size !== undefined) return size;
  const what = /^\d+[^\d]/.test(text) ? `invalid suffix in ${option} argument` : `invalid ${option} argument`;
  await out.warn(`${what} ${quoteAlways(out.process, text)}`);
  return undefined;
};

/** What the environment asks of `program` (LS, DU, DF); undefined when it does not. */
export const environmentBlockSize = (
  { process }: Output,
  program: 'LS' | 'DU' | 'DF',
): BlockSize | undefined => {
  const text = process.env.get(`${program}_BLOCK_SIZE`) ?? process.env.get('BLOCK_SIZE');
  return text === undefined ? undefined : (parse(text) ?? plainBlockSize({ process }));
};

/** 1024, but for BLOCKSIZE and POSIXLY_CORRECT. */
export const plainBlockSize = ({ process }: Pick<Output, 'process'>): BlockSize => {
  const text = process.env.get('BLOCKSIZE');
  const otherwise = { unit: process.env.has('POSIXLY_CORRECT') ? 512 : 1024, suffix: '' };
  return text === undefined ? otherwise : (parse(text) ?? otherwise);
};
