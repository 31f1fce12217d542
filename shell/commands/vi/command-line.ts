// The line behind the colon.

import { runEx } from './ex.ts';
import type { Vi } from './state.ts';

const close = (vi: Vi): Vi => ({ ...vi, mode: 'normal', commandLine: '' });

const recall = (vi: Vi, step: 1 | -1): Vi => {
  const at = Math.max(0, Math.min(vi.history.length, vi.historyAt + step));
  return { ...vi, historyAt: at, commandLine: vi.history[at] ?? '' };
};

export const pressCommandLine = (vi: Vi, key: string): Vi => {
  const text = vi.commandLine;
  if (key === '\x1b' || key === '\x03') return close({ ...vi, historyAt: vi.history.length });
  if (key === '\r' || key === '\n') return run(vi, text);
  if (key === '\x7f' || key === '\x08')
    return text === '' ? close(vi) : { ...vi, commandLine: [...text].slice(0, -1).join('') };
  if (key === '\x15') return { ...vi, commandLine: '' };
  if (key === '\x17') return { ...vi, commandLine: text.replace(/(?:\w+|[^\w\s]+)?\s*$/, '') };
  if (key === '<Up>' || key === '\x10') return recall(vi, -1);
  if (key === '<Down>' || key === '\x0e') return recall(vi, 1);
  return key.length > 1 && key.startsWith('<') ? vi : { ...vi, commandLine: text + key };
};

const run = (vi: Vi, text: string): Vi => {
  if (text.trim() === '') return close(vi);
  const history = [...vi.history.filter((line) => line !== text), text];
  return runEx({ ...close(vi), history, historyAt: history.length }, text);
};
