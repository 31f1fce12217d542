// `:set`: the options that cowsh's vi has, by their long and short names.

import { failure, type Settings, tell, type Vi } from './state.ts';

const NAMES: Readonly<Record<string, keyof Settings>> = {
  number: 'number',
  nu: 'number',
  ignorecase: 'ignorecase',
  ic: 'ignorecase',
  smartcase: 'smartcase',
  scs: 'smartcase',
  wrapscan: 'wrapscan',
  ws: 'wrapscan',
  autoindent: 'autoindent',
  ai: 'autoindent',
  expandtab: 'expandtab',
  et: 'expandtab',
  readonly: 'readonly',
  ro: 'readonly',
  list: 'list',
  ruler: 'ruler',
  ru: 'ruler',
  showmode: 'showmode',
  smd: 'showmode',
  tabstop: 'tabstop',
  ts: 'tabstop',
  shiftwidth: 'shiftwidth',
  sw: 'shiftwidth',
};

/** Options that people set by habit and that change nothing here. */
const IGNORED =
  /^(?:no)?(?:hlsearch|hls|incsearch|is|compatible|cp|showcmd|sc|paste|wrap|mouse|syntax|background|bg|softtabstop|sts|encoding|enc|fileformat|ff|backspace|bs|cursorline|cul|relativenumber|rnu|wildmenu|hidden|hid|showmatch|sm|textwidth|tw|undofile|swapfile|swf|magic|laststatus|ls|scrolloff|so|history|hi|title|visualbell|vb|filetype|ft|smartindent|si|cindent|cin|linebreak|lbr|fileencoding|fenc)(?:[=?!&].*)?$/;

const show = (name: keyof Settings, value: boolean | number): string => {
  if (typeof value === 'number') return `  ${name}=${value}`;
  return value ? `  ${name}` : `no${name}`;
};

export const setOptions = (vi: Vi, argument: string): Vi => {
  const words = argument.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0 || words[0] === 'all') {
    const all = Object.entries(vi.settings) as [keyof Settings, boolean | number][];
    return tell(vi, ['--- Options ---', ...all.map(([name, value]) => show(name, value))].join('\n'));
  }
  return words.reduce((now, word) => (now.failed ? now : setOption(now, word)), vi);
};

const setOption = (vi: Vi, word: string): Vi => {
  const [, typed = '', sign, value] = /^([a-z]+)([=:?!&]?)(.*)$/.exec(word) ?? [];
  const negative = NAMES[typed] === undefined && typed.startsWith('no');
  const inverse = NAMES[typed] === undefined && typed.startsWith('inv');
  const name = NAMES[negative ? typed.slice(2) : inverse ? typed.slice(3) : typed];
  if (name === undefined) return IGNORED.test(word) ? vi : failure(vi, `E518: Unknown option: ${word}`);
  const old = vi.settings[name];
  if (sign === '?' || (typeof old === 'number' && sign === '')) return tell(vi, show(name, old));
  if (typeof old === 'number') {
    const number = Number(value);
    if (!Number.isInteger(number) || value === '')
      return failure(vi, `E521: Number required after =: ${word}`);
    if (number < (name === 'tabstop' ? 1 : 0)) return failure(vi, `E487: Argument must be positive: ${word}`);
    return { ...vi, settings: { ...vi.settings, [name]: number } };
  }
  if (sign === '=') return failure(vi, `E474: Invalid argument: ${word}`);
  const wanted = inverse || sign === '!' ? !old : !negative;
  return { ...vi, settings: { ...vi.settings, [name]: wanted } };
};
