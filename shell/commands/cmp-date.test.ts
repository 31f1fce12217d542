// cmp and date: the same as GNU's.

import test from 'ava';
import { sameAsGnu } from './gnu-oracle.ts';
import { TestMachine } from './test-machine.ts';

const files = {
  a: 'one\ntwo\n',
  b: 'one\ntwo\n',
  c: 'one\ntWo\n',
  short: 'one\n',
  part: 'one\nt',
  empty: '',
  d: undefined,
  bin: 'a\u0001b\u007f\n',
  bin2: 'a\u0002b\u0080\n',
};
const rows = [
  'a b',
  'a c',
  '-s a c',
  '-l a c',
  '-b a c',
  '-bl a c',
  'a short',
  'short a',
  'a part',
  '-l a part',
  'a empty',
  'empty a',
  'a missing',
  'missing a',
  '-s a missing',
  'a',
  '-n 4 a c',
  '-i 5 a c',
  '-i 4:4 a c',
  'a c 6 6',
  '--bogus',
  '',
  'a b 1 2 3',
  'a d',
  '-bl bin bin2',
  '-n x a b',
  '-i x a b',
  '-s a short',
  '-l bin bin2',
];
sameAsGnu(
  'cmp',
  files,
  rows.map((row) => ({ argv: ['cmp', ...row.split(' ').filter((word) => word !== '')] })),
);

const D = '2024-02-29 13:04:05.678';
const formats = [
  '',
  '+%Y-%m-%d',
  '+%F %T',
  '+%a %A %b %B %h',
  '+%C %y %G %g %V %u %w %U %W %j',
  '+%H %I %k %l %M %S %p %P %N %s',
  '+%c|%D|%e|%r|%R|%x|%X',
  '+%z %:z %::z %Z %%',
  '+%-d %_d %05d %^a %#Z %-m %_H',
  '+%3N %6N %-N',
  '+%n%t|',
  '+%q',
  '+%10Y|%-10a|%10a',
  '+%E',
  '+plain',
  '+%',
];
sameAsGnu('date', files, [
  ...formats.map((format) => ({ argv: ['date', '-u', '-d', D, ...(format === '' ? [] : [format])] })),
  ...[
    '-R',
    '-I',
    '-Iseconds',
    '-Ihours',
    '-Iminutes',
    '-Ins',
    '--iso-8601=date',
    '--rfc-3339=date',
    '--rfc-3339=seconds',
    '--rfc-3339=ns',
  ].map((form) => ({ argv: ['date', '-u', '-d', D, form] })),
  ...[
    '@0',
    '@1700000000',
    '@1.5',
    '2020-01-01',
    '2020-01-01 12:00',
    '2020-01-01T12:00:00Z',
    '2020-01-01 +1 day',
    '2020-01-31 +1 month',
    '2020-01-01 1 week ago',
    '2020-01-01 12:00 +0200',
    'Jan 2 2021',
    '2 Jan 2021 10:00',
    '2020-01-01 next month',
    '20200102',
    '1 Mar 2020 yesterday',
    '2020-01-01 -1 sec',
    '2020-02-30',
    'nonsense',
    '2020-01-01 25:00',
    '1970-01-01 00:00:01 UTC',
  ].map((text) => ({ argv: ['date', '-u', '-d', text, '+%F %T.%N'] })),
  ['date', '-u', '-r', 'a'],
  ['date', '-r', 'missing'],
  ['date', '--bogus'],
  ['date', 'x'],
  ['date', '-d', D, 'x'],
  ['date', '-R', '-I'],
  ['date', '-Ifoo'],
  ['date', '--rfc-3339=x'],
  ['date', '-u', '-f', 'missing'],
  ['date', '-d', D, '-r', 'a'],
  ['date', '+%F', 'x'],
  { argv: ['date', '-u', '-f', '-', '+%F'], stdin: '2020-01-01\n@0\nbad\n' },
]);

test('date without a date tells the time of the machine', async (t) => {
  const machine = new TestMachine();
  const { stdout } = await machine.run(['date', '+%s']);
  t.is(stdout, `${machine.kernel.clock.now() / 1_000_000_000n}\n`);
});
