// The two lines of help at the bottom: which keys there are in which question, and where they stand.

import type { Prompt } from './state.ts';

type Menu = readonly (readonly [key: string, words: string])[];

const MAIN: Menu = [
  ['^G', 'Help'],
  ['^X', 'Exit'],
  ['^O', 'Write Out'],
  ['^R', 'Read File'],
  ['^W', 'Where Is'],
  ['^\\', 'Replace'],
  ['^K', 'Cut'],
  ['^U', 'Paste'],
  ['^T', 'Execute'],
  ['^J', 'Justify'],
  ['^C', 'Location'],
  ['^/', 'Go To Line'],
  ['M-U', 'Undo'],
  ['M-E', 'Redo'],
  ['M-A', 'Set Mark'],
  ['M-6', 'Copy'],
  ['M-]', 'To Bracket'],
  ['^Q', 'Where Was'],
  ['M-Q', 'Previous'],
  ['M-W', 'Next'],
  ['^B', 'Back'],
  ['^F', 'Forward'],
  ['^◂', 'Prev Word'],
  ['^▸', 'Next Word'],
];
const ENDS: Menu = [
  ['^G', 'Help'],
  ['^C', 'Cancel'],
];
const HISTORY: Menu = [
  ['^P', 'Older'],
  ['^N', 'Newer'],
];
const FLAGS: Menu = [
  ['M-C', 'Case Sens'],
  ['M-R', 'Reg.exp.'],
  ['M-B', 'Backwards'],
];

const MENUS: Readonly<Partial<Record<Prompt['kind'], Menu>>> = {
  write: [
    ...ENDS,
    ['M-D', 'DOS Format'],
    ['M-M', 'Mac Format'],
    ['M-A', 'Append'],
    ['M-P', 'Prepend'],
    ['M-B', 'Backup File'],
    ['^T', 'Browse'],
  ],
  search: [...ENDS, ...FLAGS, ['^R', 'Replace'], ...HISTORY, ['^T', 'Go To Line']],
  replace: [...ENDS, ...FLAGS, ['^R', 'No Replace'], ...HISTORY],
  'replace-with': [...ENDS, ...HISTORY],
  line: [
    ...ENDS,
    ['^W', 'Begin of Paragr.'],
    ['^O', 'End of Paragraph'],
    ['^Y', 'First Line'],
    ['^V', 'Last Line'],
    ['^T', 'Go To Text'],
  ],
  'insert-file': [
    ...ENDS,
    ['M-F', 'New Buffer'],
    ['M-N', 'No Conversion'],
    ['^X', 'Execute Command'],
    ['^T', 'Browse'],
  ],
};

const INVERSE = '\x1b[7m';
const PLAIN = '\x1b[27m';

const entry = ([key, words]: readonly [string, string], width: number): string => {
  const room = width - key.length;
  const text = room < 2 ? '' : ` ${words.slice(0, room - 1)}`;
  return `${INVERSE}${key.slice(0, width)}${PLAIN}${text.padEnd(Math.max(0, room))}`;
};

/** Columns of two; the last ones take what is left over. */
const grid = (menu: Menu, columns: number): readonly [string, string] => {
  const shown = menu.slice(0, Math.floor((columns + 40) / 20) * 2);
  const width = Math.floor(columns / Math.ceil(shown.length / 2));
  if (width === 0) return ['', ''];
  const rows: [string, string] = ['', ''];
  for (const [at, item] of shown.entries()) {
    const double = shown.length % 2 === 1 && at + 2 === shown.length ? width : 0;
    const slack = at + 2 >= shown.length ? columns % width : 0;
    rows[at % 2 === 0 ? 0 : 1] += entry(item, width + double + slack);
  }
  return rows;
};

const yesOrNo = (all: boolean, columns: number): readonly [string, string] => {
  const width = columns < 32 ? Math.floor(columns / 2) : 16;
  const yes = entry([' Y', 'Yes'], width);
  return [
    all ? yes + entry([' A', 'All'], width) : yes,
    entry([' N', 'No'], width) + entry(['^C', 'Cancel'], width),
  ];
};

export const helpRows = (asked: Prompt | undefined, columns: number): readonly [string, string] => {
  if (asked === undefined) return grid(MAIN, columns);
  const menu = MENUS[asked.kind];
  return menu === undefined ? yesOrNo(asked.kind === 'replace?', columns) : grid(menu, columns);
};
