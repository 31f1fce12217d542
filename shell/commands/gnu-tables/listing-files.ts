// The files that the tables of listings share.

import type { Files } from '../gnu-sides.ts';

export const files: Files = {
  f: 'hello\n',
  'a b': 'x',
  "it's": 'y',
  é: 'z',
  'x\ny': 'n',
  '.hidden': 'h',
  d: undefined,
  'd/one': '1',
  'd/two.log': '22',
  'd/sub/three.log': '333',
  'd/sub/deep/four': '4444',
  e: undefined,
  link: '-> d',
  dangling: '-> nowhere',
  'd/inner': '-> ../f',
  list: 'd\0f\0',
  patterns: '*.log\nsub\n',
  names0: 'd/sub\0d\0missing\0',
};
