import { existsSync } from 'node:fs';
import test from 'ava';
import { drawn, RealTerminal, type Seen } from '../real-terminal.ts';
import { ScreenLab } from '../screen-lab.ts';

test('type, write under the asked name, leave', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', 'one\ntwo\n');
  await lab.start(['nano', 'f']);
  t.regex(lab.screen()[0] ?? '', /^ {2}GNU nano 7\.2 .* f$/);
  t.is(lab.screen()[7]?.trim(), '[ Read 2 lines ]');
  await lab.keys('x');
  t.regex(lab.screen()[0] ?? '', /Modified$/);
  await lab.keys('\x0f');
  t.is(lab.screen()[7], 'File Name to Write: f');
  await lab.keys('\r');
  t.is(lab.screen()[7]?.trim(), '[ Wrote 2 lines ]');
  t.is(lab.get('/work/f'), 'xone\ntwo\n');
  await lab.keys('\x18');
  t.is(lab.status, 0);
});

test('cut and paste lines, search, undo; leaving asks', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', 'one\ntwo\nthree\n');
  await lab.start(['nano', 'f']);
  await lab.keys('\x0b', '\x0b', '\x1b[B', '\x15');
  t.deepEqual(lab.screen().slice(1, 4), ['three', 'one', 'two']);
  await lab.keys('\x17thr\r');
  t.deepEqual(lab.cursor(), [1, 0]);
  await lab.keys('abc', '\x1bu');
  t.is(lab.screen()[1], 'three');
  await lab.keys('\x18');
  t.is(lab.screen()[7], 'Save modified buffer?');
  await lab.keys('y', '\r');
  t.is(lab.status, 0);
  t.is(lab.get('/work/f'), 'three\none\ntwo\n');
});

const FILES: readonly (readonly [string, string])[] = [
  ['f', Array.from({ length: 40 }, (_, i) => `line ${i + 1} of the text\n`).join('')],
  ['long', `${'the quick brown fox jumps over the lazy dog and '.repeat(4)}\n`],
  [
    'para',
    '  indented text that is short\n  and more of it here to make it a long one that goes on for ever.  And\n\nsecond one\nthird\n',
  ],
  ['wide', `a\tb\n${'漢字'.repeat(30)}\n\x01 odd\n`],
];

/** A command and its keys; the screens are compared after each. */
const CASES: readonly (readonly string[])[] = [
  ['nano -I f', 'x', '\x03', '\x1bu', '\x1be', '\x1b6', '\x0b', '\x1bu', '\x0f', '\x03', '\x13', '\x18'],
  [
    'nano -I f',
    '\x1c',
    'line\r',
    'row\r',
    'y',
    'n',
    'y',
    'a',
    '\x1bu',
    '\x1bu',
    '\x1c',
    '\x03',
    '\x18',
    'z',
    '\x03',
  ],
  [
    'nano -I f',
    '\x0e\x0e',
    '\x1cLINE 1\rx\r',
    'n',
    '\x03',
    '\x1czzz\ry\r',
    '\x1c40\r\r',
    'y',
    '\x1c\x1bc',
    '\x12',
  ],
  [
    'nano -I f',
    '\x16',
    '\x16',
    '\x19',
    '\x19',
    '\x1b/',
    '\x03',
    '\x1f',
    '20\r',
    '\x1f',
    '\x16',
    '\x1f',
    '2,5\r',
    '\x03',
  ],
  [
    'nano -I f',
    '\x17',
    'line 35\r',
    '\x1bw',
    '\x03',
    '\x17',
    '\x03',
    '\x17\r',
    '\x17of\r',
    '\x1bq',
    '\x17zzz\r',
    '\x11',
  ],
  [
    'nano -I f',
    '\x1ba',
    '\x0e',
    '\x06\x06',
    '\x0b',
    '\x15',
    '\x15',
    '\x1bu',
    '\x1bu',
    '\x1ba',
    '\x1b6',
    '\x15',
    '\x1bu',
  ],
  ['nano -I f', '\x0b', '\x0b', '\x0e', '\x15', '\x1bu', '\x1bu', '\x1bu', '\x1bu', '\x1be'],
  [
    'nano -I f',
    '\r',
    '\x7f',
    '\x7f',
    'ab',
    '\x7f',
    '\x1bu',
    '\x1bu',
    '\x05\x04',
    '\x1bu',
    '\x1be',
    '\x04',
    '\x04',
    '\x1bu',
  ],
  ['nano -I f', ...'\x0e'.repeat(8), ...'\x10'.repeat(8)],
  [
    'nano -I wide',
    '\x0e\x0e\x0e\x12long\r',
    '\x10',
    '\x05',
    ...'\x1b[D '.repeat(4).split(' '),
    '\x17o.*d\x1br\r',
    '\x1bq',
  ],
  ['nano -I f', '\x17zzz\r', ...'x'.repeat(22)],
  ['nano -I f', 'x', '\x0f', '2\r', 'n', '\r', 'y', '\x0f', '\x7f\r', 'y', 'n', '\x03', '\x18', 'y'],
  ['nano -I long', '\n', '\x03', '\x1bu', '\x1be', '\x05', '\x1b[D', '\x0e'],
  ['nano -I long', '\x05', '\x1b[D\x1b[D', ...'\x1b[1;5D'.repeat(3).split(/(?=\x1b)/), '\x01'],
  ['nano -I para', '\n', '\n', '\n', '\x1b\\', '\x05', '\x0e', '\x0e', '\x0e'],
  ['nano -I para', '\x05', '\x0e', '\x0e', '\x0e', '\x12', 'zz\r', '\x12', 'f\r', '\x1bu', '\x1b[C', '\x1bw'],
  ['nano -I wide', '\x06\x06', '\x0e', '\x05', '\x03', '\x0e', '\x01\x06', '\x03'],
  ['nano -I new', 'one', '\x1b\\', '\x18', 'y', '\x03', '\x18', 'n'],
  ['nano -I', 'x', '\x0f', '\x03', '\x0f', 'f\r', 'n', '\x03'],
  ['nano -v f', 'x', '\x0f', '\x0b', '\x17of\r', '\x16'],
  ['nano -I +20 f', '\x03'],
];

const environment = (home: string): Record<string, string> => ({
  HOME: home,
  LC_ALL: 'C.UTF-8',
  PATH: '/usr/bin:/bin',
  TERM: 'xterm-256color',
});

const oracle =
  existsSync('/usr/bin/nano') || process.env.COWSH_ORACLES === '1' ? test.serial : test.serial.skip;

for (const columns of [80, 200])
  for (const [command = '', ...keys] of columns === 80 ? CASES : CASES.slice(0, 2))
    oracle(
      `${columns}: ${command}  ${keys.map((key) => JSON.stringify(key).slice(1, -1)).join(' ')}`,
      async (t) => {
        const lab = new ScreenLab({ columns });
        for (const [path, content] of FILES) lab.put(`/work/${path}`, content);
        const real = new RealTerminal(command, { columns, rows: 10, files: FILES }, environment);
        try {
          await lab.start(command.split(' '));
          let typed = '';
          for (const key of ['', ...keys]) {
            typed += `${JSON.stringify(key)} `;
            if (key !== '') real.keys(key);
            if (key !== '') await lab.keys(key);
            if (lab.status !== undefined) break;
            const ours: Seen = { rows: lab.screen(), cursor: lab.cursor() };
            t.is(drawn(ours), drawn(await real.agreed(ours)), `${command}: ${typed}`);
          }
        } finally {
          real.close();
        }
      },
    );

test('questions before a text goes into another file, one after the other', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', 'one\n');
  lab.put('/work/fg', 'other\n');
  await lab.start(['nano', 'f']);
  await lab.keys('x', '\x18', 'y', 'g\r');
  t.is(lab.screen()[7], 'Save file under DIFFERENT NAME?');
  await lab.keys('y');
  t.is(lab.screen()[7], 'File "fg" exists; OVERWRITE?');
  await lab.keys('n', '\r', 'y', 'y');
  t.is(lab.status, 0);
  t.is(lab.get('/work/fg'), 'xone\n');
  t.is(lab.get('/work/f'), 'one\n');
});
