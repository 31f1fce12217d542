// What nano asks in the line below the text, and what the answers do.

import type { Position } from '../vi/position.ts';
import { lineAt, within } from '../vi/text.ts';
import type { Step } from './edit.ts';
import { answerReplace, endReplacing, startReplacing } from './replace.ts';
import { searchText } from './search.ts';
import { type Nano, type Prompt, type SearchFlags, tell } from './state.ts';

export const ask =
  (kind: Prompt['kind'], text: (nano: Nano) => string = () => ''): Step =>
  (nano) => ({ ...nano, message: '', prompt: { kind, text: text(nano) } });

export const askSearch =
  (backwards: boolean): Step =>
  (nano) =>
    ask('search')({ ...nano, flags: { ...nano.flags, backwards } });

const flip =
  (flag: keyof SearchFlags): Step =>
  (nano) => ({ ...nano, flags: { ...nano.flags, [flag]: !nano.flags[flag] } });

const switchTo =
  (kind: Prompt['kind']): Step =>
  (nano) => ({ ...nano, prompt: { kind, text: nano.prompt?.text ?? '' } });

const goTo =
  (position: (nano: Nano) => Position): Step =>
  (nano) => ({
    ...nano,
    prompt: undefined,
    view: 'centre',
    cursor: within(nano.lines, position(nano), true),
  });

const FLAGS: Readonly<Record<string, Step>> = {
  'M-c': flip('exact'),
  'M-r': flip('regexp'),
  'M-b': flip('backwards'),
};

/** Keys that mean something else in one prompt than in the others. */
const KEYS: Readonly<Partial<Record<Prompt['kind'], Readonly<Record<string, Step>>>>> = {
  search: { ...FLAGS, '\x12': switchTo('replace'), '\x14': switchTo('line') },
  replace: { ...FLAGS, '\x12': switchTo('search') },
  line: {
    '\x14': switchTo('search'),
    '\x19': goTo(() => ({ row: 0, col: 0 })),
    '\x16': (nano) => ({
      ...goTo(({ lines }) => ({ row: lines.length - 1, col: lineAt(lines, lines.length - 1).length }))(nano),
      view: { row: nano.height - 1 },
    }),
  },
};

const isText = (key: string): boolean => key >= ' ' && key !== '\x7f' && [...key].length === 1;

export const pressPrompt = (nano: Nano, prompt: Prompt, key: string): Nano => {
  const special = KEYS[prompt.kind]?.[key];
  if (special !== undefined) return special(nano);
  if (key === '\x03' || key === '\x1b') return cancel(nano, prompt);
  const question = YES_OR_NO[prompt.kind];
  if (question !== undefined) return question(nano, key, prompt);
  if (key === '\r' || key === '\n') return answer({ ...nano, prompt: undefined }, prompt);
  if (key === '\x7f' || key === '\x08')
    return { ...nano, prompt: { ...prompt, text: [...prompt.text].slice(0, -1).join('') } };
  if (key === '\x0b') return { ...nano, prompt: { ...prompt, text: '' } };
  return isText(key) ? { ...nano, prompt: { ...prompt, text: prompt.text + key } } : nano;
};

const askAgain = (nano: Nano, { path = '' }: Prompt): Nano => ({
  ...nano,
  prompt: { kind: 'write', text: path },
});

const cancel = (nano: Nano, prompt: Prompt): Nano => {
  if (nano.replacing !== undefined) return endReplacing(nano, nano.replacing);
  if (prompt.path !== undefined) return askAgain(nano, prompt);
  return tell({ ...nano, prompt: undefined, exiting: false }, 'Cancelled');
};

type Question = (nano: Nano, key: string, prompt: Prompt) => Nano;

const sureOf: Question = (nano, key, prompt) => {
  if (/^n$/i.test(key)) return askAgain(nano, prompt);
  if (!/^y$/i.test(key)) return nano;
  const sure = prompt.kind === 'different?' ? 'name' : 'all';
  return {
    ...nano,
    prompt: undefined,
    request: { kind: 'write', path: prompt.path ?? '', exit: nano.exiting, sure },
  };
};

const YES_OR_NO: Readonly<Partial<Record<Prompt['kind'], Question>>> = {
  'save?': (nano, key) => {
    if (/^y$/i.test(key)) return ask('write', ({ file }) => file)({ ...nano, exiting: true });
    return /^n$/i.test(key) ? { ...nano, prompt: undefined, request: { kind: 'exit' } } : nano;
  },
  'different?': sureOf,
  'overwrite?': sureOf,
  'replace?': (nano, key) =>
    nano.replacing === undefined ? nano : answerReplace({ ...nano, prompt: undefined }, nano.replacing, key),
};

const answer = (nano: Nano, { kind, text }: Prompt): Nano => ANSWERS[kind]?.(nano, text) ?? nano;

const cancelled = (nano: Nano): Nano => tell({ ...nano, exiting: false }, 'Cancelled');

const ANSWERS: Readonly<Partial<Record<Prompt['kind'], (nano: Nano, text: string) => Nano>>> = {
  write: (nano, path) =>
    path === '' ? cancelled(nano) : { ...nano, request: { kind: 'write', path, exit: nano.exiting } },
  search: (nano, text) => {
    const wanted = text || nano.searched;
    return wanted === '' ? cancelled(nano) : searchText(nano, wanted);
  },
  line: (nano, text) => {
    const numbers = /^\s*([+-]?\d+)?(?:[,.:;/ ]\s*(\d+))?\s*$/.exec(text);
    if (text === '') return cancelled(nano);
    if (numbers === null) return tell(nano, 'Invalid line or column number');
    const [, row = String(nano.cursor.row + 1), col = '1'] = numbers;
    const at = Number(row) < 0 ? nano.lines.length + Number(row) : Number(row) - 1;
    return goTo(() => ({ row: at, col: Number(col) - 1 }))(nano);
  },
  'insert-file': (nano, path) =>
    path === '' ? cancelled(nano) : { ...nano, request: { kind: 'insert', path } },
  replace: (nano, text) => {
    const wanted = text || nano.searched;
    return wanted === '' ? cancelled(nano) : ask('replace-with')({ ...nano, searched: wanted });
  },
  'replace-with': startReplacing,
};
