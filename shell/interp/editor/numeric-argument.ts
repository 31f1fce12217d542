// Numeric arguments: M-3 before a key has it work three times, M-- has it work the other way.

import type { Editor } from './editor.ts';
import type { Key } from './keys.ts';

/** More would only fill the line. */
const MOST = 10_000;

/** The editor after a key that belongs to an argument; undefined for one that does not. */
export function argumentKey(editor: Editor, key: Key): Editor | undefined {
  const { argument } = editor;
  const started = 'name' in key ? /^M-([0-9-])$/.exec(key.name)?.[1] : undefined;
  const goesOn = argument !== undefined && 'text' in key && /^[0-9]$/.test(key.text) && !key.pasted;
  const digit = goesOn ? key.text : started;
  if (digit === undefined) return undefined;
  if (digit === '-') return { ...editor, argument: argument === undefined ? '-' : argument };
  // M-- stands for -1 as soon as another M-digit comes; a digit alone takes its place.
  const former = argument === '-' && !goesOn ? '-1' : (argument ?? '');
  return { ...editor, argument: `${former}${digit}` };
}

/** '-' alone stands for -1. */
export const argumentValue = (argument: string | undefined): number | undefined => {
  if (argument === undefined) return undefined;
  return argument === '-' ? -1 : Math.max(-MOST, Math.min(MOST, Number(argument)));
};

/** What stands in place of the prompt while an argument is typed. */
export const argumentPrompt = (argument: string): string => `(arg: ${argumentValue(argument)}) `;
