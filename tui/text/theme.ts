// Roles to SGR codes, and the signs the panes use. Signs carry the meaning; colour only repeats it.

/** `plain` is the terminal's own colours. */
export type Role =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'rule'
  | 'focused'
  | 'added'
  | 'copied'
  | 'removed'
  | 'hidden'
  | 'shared'
  | 'size'
  | 'key'
  | 'selected'
  | 'note'
  | 'problem';

export interface Glyphs {
  readonly added: string;
  readonly copied: string;
  readonly whiteout: string;
  readonly opaque: string;
  readonly hidden: string;
  readonly running: string;
  readonly stopped: string;
  /** Drawn under titles, with SGR 4: each character that is not ASCII costs time in every frame. */
  readonly rule: string;
  readonly bar: string;
  readonly more: string;
  readonly open: string;
  readonly folded: string;
  readonly shared: string;
  readonly arrow: string;
  readonly done: string;
  readonly dot: string;
  readonly up: string;
  readonly down: string;
}

export interface Theme {
  readonly codes: Readonly<Record<Role, string>>;
  readonly glyphs: Glyphs;
  /** The terminal shows nothing else. */
  readonly ascii: boolean;
}

const COLOURS = {
  plain: '',
  dim: '2',
  strong: '1',
  rule: '2',
  focused: '1;36',
  added: '32',
  copied: '33',
  removed: '31',
  hidden: '2;35',
  shared: '36',
  size: '2',
  key: '1',
  selected: '7',
  note: '36',
  problem: '1;31',
} as const satisfies Record<Role, string>;

// What is left when colour is unwanted (NO_COLOR): weight and reverse video.
const MONOCHROME = {
  ...COLOURS,
  focused: '1',
  added: '',
  copied: '',
  removed: '',
  hidden: '2',
  shared: '',
  note: '',
  problem: '1',
} as const satisfies Record<Role, string>;

export const UNICODE: Glyphs = {
  added: '+',
  copied: '~',
  whiteout: '-',
  opaque: '◌',
  hidden: '▒',
  running: '●',
  stopped: '○',
  rule: ' ',
  bar: '│',
  more: '…',
  open: '▾',
  folded: '▸',
  shared: '═',
  arrow: '→',
  done: '✓',
  dot: '·',
  up: '↑',
  down: '↓',
};

export const ASCII: Glyphs = {
  added: '+',
  copied: '~',
  whiteout: '-',
  opaque: 'o',
  hidden: '#',
  running: '*',
  stopped: ' ',
  rule: '-',
  bar: '|',
  more: '>',
  open: 'v',
  folded: '>',
  shared: '=',
  arrow: '->',
  done: 'x',
  dot: '-',
  up: '^',
  down: 'v',
};

/** The theme for a terminal: NO_COLOR turns colour off; a locale without UTF-8 or the Linux console means ASCII. */
export function themeFor(env: Readonly<Record<string, string | undefined>>): Theme {
  const plain = (env.NO_COLOR ?? '') !== '';
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'C.UTF-8';
  const unicode = /utf-?8/i.test(locale) && env.TERM !== 'linux';
  return { codes: plain ? MONOCHROME : COLOURS, glyphs: unicode ? UNICODE : ASCII, ascii: !unicode };
}

/** The theme of recordings and tests: the same everywhere. */
export const FULL_THEME: Theme = { codes: COLOURS, glyphs: UNICODE, ascii: false };
