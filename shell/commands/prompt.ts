// Questions that -i asks: on standard error, answered on standard input.

import { readAnswer } from './input.ts';
import type { Output } from './output.ts';

/** True when the answer begins with y or Y. */
export const askYes = async (out: Output, question: string): Promise<boolean> => {
  const sign = `${out.name}: `;
  await out.errorText(question.startsWith(sign) ? sign + out.worded(question.slice(sign.length)) : question);
  return /^[yY]/.test((await readAnswer(out.process)) ?? '');
};
