// namei: modes, owners, links, what is missing.

import { files } from './listing-files.ts';
import type { Table } from './table.ts';

export const namei: Table = {
  tool: 'namei',
  files,
  lines: [
    'namei d/sub/three.log',
    'namei d/inner',
    'namei link/one dangling',
    'namei -l link/one',
    'namei -m link/one link',
    'namei -o d/one',
    'namei -mov link/one',
    'namei -v d/inner',
    'namei -x d/one',
    'namei -n link/one',
    'namei -l -n link/one',
    'namei -x / d',
    'namei missing',
    'namei d/missing/x',
    'namei f/x',
    'namei f missing d',
    'namei -l missing',
    'namei -lv d/missing',
    'namei',
    'namei .',
    'namei ./d/../f',
    'namei d//sub///',
    'namei --modes --owners d',
    'namei --long --vertical d/sub',
    'namei --nosymlinks link',
    'namei --nolinks link',
    'namei --bogus',
    'namei -q d',
    'namei --m d',
    'namei -Z d',
  ],
};
