import test from 'ava';
import { nearNames } from './near-names.ts';

const NAMES = ['ls', 'ln', 'cat', 'cut', 'docker', 'grep', 'mkdir', 'rm', 'sudo', 'touch', 'tac'];
const rows: readonly [word: string, near: readonly string[]][] = [
  ['sl', ['ls']],
  ['cta', ['cat']],
  ['dokcer', ['docker']],
  ['dcoker', ['docker']],
  ['docer', ['docker']],
  ['dockerr', ['docker']],
  ['gerp', ['grep']],
  ['grap', ['grep']],
  ['mkdri', ['mkdir']],
  ['cot', []],
  ['x', []],
  ['lx', []],
  ['nosuch', []],
  ['ls', []],
];

for (const [word, near] of rows) {
  test(`${word}: ${near.join(' ') || 'nothing near'}`, (t) => {
    t.deepEqual(nearNames(word, NAMES), near);
  });
}
