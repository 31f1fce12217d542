// Every row of the recorded facts of Linux 6.18 has a script of its name, which kernel.test.ts runs on both sides.

import { existsSync, readFileSync } from 'node:fs';
import test from 'ava';
import { copyUpFacts } from './differential/facts/copy-up.ts';
import { layerFacts } from './differential/facts/layers.ts';
import { mountFacts } from './differential/facts/mounts.ts';
import { renameFacts } from './differential/facts/rename.ts';

const record = new URL('../../../shared/reference/kernel/overlay-facts.txt', import.meta.url);

/** Rows without a script, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'A: mmap PROT_READ|MAP_SHARED of O_RDONLY': 'cowsh maps no memory',
  'L: MAP_SHARED read map made before copy-up still shows': 'cowsh maps no memory',
  'I: fsopen/fsconfig lowerdir+, 500 lower dirs with full paths': 'by mount(2), which has the same parameter',
  'I: fsopen/fsconfig lowerdir+, 501 lower dirs with full paths': 'by mount(2), which has the same parameter',
  'K: lower dir removed behind the mount: stat': 'undefined; DEVIATIONS.md: ESTALE',
  'K: lower file removed behind the mount: open': 'undefined; DEVIATIONS.md: ESTALE',
};

/** 'A: chmod': the letter of the section, and the words before the bar. */
const rowsOf = (text: string): string[] => {
  let section = '';
  return text.split('\n').flatMap((line) => {
    section = /^## (\w)\. /.exec(line)?.[1] ?? section;
    const row = /^(\s*\S.*?) \| /.exec(line)?.[1];
    return row === undefined || line.startsWith('## ') ? [] : [`${section}: ${row}`];
  });
};

const scripts = { ...copyUpFacts, ...renameFacts, ...layerFacts, ...mountFacts };
const there = existsSync(record);

(there || process.env.COWSH_ORACLES === '1' ? test : test.skip)('every recorded fact has a script', (t) => {
  const rows = rowsOf(readFileSync(record, 'utf8'));
  t.true(rows.length > 180, `${rows.length} rows`);
  const without = rows.filter((row) => !(row in scripts) && !(row in LEFT_OUT));
  t.deepEqual(without, []);
  const excused = Object.keys(LEFT_OUT).filter((row) => row in scripts || !rows.includes(row));
  t.deepEqual(excused, [], 'excuses that excuse nothing');
});
