// Keys against texts; and the same cases in the vim of this machine, so that the expectations are vim's.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { runReal } from '../real-program.ts';
import {
  EX_CASES,
  INSERT_CASES,
  MOTION_CASES,
  OPERATOR_CASES,
  REPEAT_CASES,
  SCREEN_CASES,
  VISUAL_CASES,
  type ViCase,
} from './cases.ts';
import { wantOf } from './motions.ts';
import { press } from './press.ts';
import { startVi, type Vi } from './state.ts';

const KEYS: Readonly<Record<string, string>> = {
  '<Esc>': '\x1b',
  '<CR>': '\r',
  '<BS>': '\x7f',
  '<Space>': ' ',
};

const keysOf = (keys: string): string[] =>
  (keys.match(/<(?:C-.|[A-Z][A-Za-z]+)>|./gsu) ?? []).map((key) =>
    /^<C-/.test(key) && key.length > 1 ? String.fromCharCode(key.charCodeAt(3) & 0x1f) : (KEYS[key] ?? key),
  );

interface Placed {
  readonly lines: string[];
  readonly row: number;
  readonly col: number;
}

const place = (drawn: string): Placed => {
  const bar = drawn.indexOf('|');
  const before = drawn.slice(0, bar).split('\n');
  const lines = (drawn.slice(0, bar) + drawn.slice(bar + 1)).split('\n');
  return { lines, row: before.length - 1, col: before.at(-1)?.length ?? 0 };
};

const draw = (lines: readonly string[], row: number, col: number): string =>
  lines.map((line, at) => (at === row ? `${line.slice(0, col)}|${line.slice(col)}` : line)).join('\n');

const typed = (before: string, keys: string): Vi => {
  const { lines, row, col } = place(before);
  const cursor = { row, col };
  const begun: Vi = { ...startVi(lines), cursor, rest: { lines, cursor } };
  return keysOf(keys).reduce(press, { ...begun, want: wantOf(begun, cursor) });
};

const tables: Readonly<Record<string, readonly ViCase[]>> = {
  motions: MOTION_CASES,
  operators: OPERATOR_CASES,
  inserting: INSERT_CASES,
  'repeating and undoing': REPEAT_CASES,
  'visual mode': VISUAL_CASES,
  'colon commands': EX_CASES,
};

for (const [title, cases] of Object.entries({ ...tables, 'keys that ask on the screen': SCREEN_CASES })) {
  test(title, (t) => {
    for (const [before, keys, after] of cases) {
      const { lines, cursor } = typed(before, keys);
      t.is(draw(lines, cursor.row, cursor.col), after, `${JSON.stringify(before)} ${keys}`);
    }
  });
}

const all = Object.values(tables).flat();
const vimKeys = (keys: string): string =>
  keysOf(keys)
    .join('')
    .replaceAll('\x7f', '\b')
    .replace(/<(Right|Left|Up|Down)>/g, '\u0001$1\u0001');

/** Every case in one vim: its lines and cursor (in bytes) afterwards. */
const script = `set nocompatible noswapfile backspace=indent,eol,start nojoinspaces
let out = []
for case in json_decode(join(readfile($CASES), ''))
  enew!
  call setline(1, case.lines)
  let @/ = ''
  call cursor(case.row + 1, case.col + 1)
  set undolevels=1000
  let keys = substitute(case.keys, "\\x01\\\\(\\\\a*\\\\)\\x01", {m -> eval('"\\<' . m[1] . '>"')}, 'g')
  try
    call feedkeys(keys, 'xt')
  catch
  endtry
  call add(out, {'lines': getline(1, '$'), 'row': line('.') - 1, 'col': strchars(strpart(getline('.'), 0, col('.') - 1))})
endfor
call writefile([json_encode(out)], $OUT)
qa!
`;

const hasVim = spawnSync('vim', ['--version']).stdout?.toString().includes('Huge') ?? false;
const oracle = hasVim || process.env.COWSH_ORACLES === '1' ? test : test.skip;

oracle('the same cases in vim', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'cowsh-vi-'));
  const [cases, out, run] = ['cases', 'out', 'run.vim'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(
    cases,
    JSON.stringify(all.map(([before, keys]) => ({ ...bytes(place(before)), keys: vimKeys(keys) }))),
  );
  writeFileSync(run, script);
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    CASES: cases,
    OUT: out,
    TERM: 'xterm',
    LC_ALL: 'C.UTF-8',
  };
  const { status, stderr } = runReal(['vim', '-u', 'NONE', '-i', 'NONE', '-N', '-es', '-S', run], {
    env,
    encoding: 'utf8',
  });
  t.true(existsSync(out), `vim ended with ${status}: ${stderr}`);
  const answers = JSON.parse(readFileSync(out, 'utf8')) as Placed[];
  rmSync(folder, { recursive: true });
  t.is(answers.length, all.length);
  const differences = all.flatMap(([before, keys, after], at) => {
    const { lines, row, col } = answers[at] as Placed;
    const theirs = draw(lines, row, col);
    return theirs === after ? [] : [{ before, keys, after, theirs }];
  });
  t.deepEqual(differences, []);
});

const bytes = ({ lines, row, col }: Placed): Placed => ({
  lines,
  row,
  col: Buffer.byteLength((lines[row] ?? '').slice(0, col)),
});
