// Where two sides of a script first part, in words.

import { isDeepStrictEqual } from 'node:util';
import type { Operation, Result, Script } from './script.ts';

/** The place of the first difference, or -1. */
export const firstDifference = (kernel: readonly Result[], cowsh: readonly Result[]): number => {
  for (let at = 0; at < kernel.length; at++) if (!isDeepStrictEqual(kernel[at], cowsh[at])) return at;
  return -1;
};

/** The difference with the operations that led to it; '' when there is none. */
export const describeDifference = (
  { operations }: Script,
  kernel: readonly Result[],
  cowsh: readonly Result[],
  context = 12,
): string => {
  const at = firstDifference(kernel, cowsh);
  if (at < 0) return '';
  const lines = operations
    .slice(Math.max(0, at - context), at + 1)
    .map((operation) => `  ${JSON.stringify(operation)}`);
  return [
    `operation ${at}:`,
    ...lines,
    ...differingParts(operations[at] as Operation, kernel[at], cowsh[at]),
  ].join('\n');
};

const differingParts = ([name]: Operation, kernel: Result, cowsh: Result): string[] => {
  if (name !== 'dump' || !Array.isArray(kernel) || !Array.isArray(cowsh)) {
    return [`  kernel: ${JSON.stringify(kernel)}`, `  cowsh:  ${JSON.stringify(cowsh)}`];
  }
  const only = (from: Result[], other: Result[], side: string): string[] =>
    from
      .filter((entry) => !other.some((there) => isDeepStrictEqual(entry, there)))
      .map((entry) => `  ${side}: ${JSON.stringify(entry)}`);
  return [...only(kernel, cowsh, 'kernel'), ...only(cowsh, kernel, 'cowsh ')];
};
