import test from 'ava';
import { humanDuration } from '../../engine/time.ts';
import { ellipsis, humanSize, shortId } from './human.ts';

test('sizes use decimal units and as many digits as asked for', (t) => {
  t.is(humanSize(0), '0B');
  t.is(humanSize(45), '45B');
  t.is(humanSize(2048), '2.048kB');
  t.is(humanSize(116_667_202), '116.7MB');
  t.is(humanSize(116_667_202, 3), '117MB');
  t.is(humanSize(1_984_132, 3), '1.98MB');
  t.is(humanSize(104_857_602, 3), '105MB');
  t.is(humanSize(48_894, 3), '48.9kB');
  t.is(humanSize(100, 3), '100B');
  t.is(humanSize(1000, 3), '1kB');
  t.is(humanSize(1500, 3), '1.5kB');
});

test('a size just below the next unit keeps the exponent Go prints', (t) => {
  t.is(humanSize(999_900, 3), '1e+03kB');
  t.is(humanSize(999_400, 3), '999kB');
});

test('durations are coarse words', (t) => {
  const seconds = (n: number): string => humanDuration(BigInt(n) * 1_000_000_000n);
  t.deepEqual(
    [
      0,
      1,
      2,
      59,
      60,
      119,
      120,
      3599,
      3600,
      5399,
      5400,
      47 * 3600,
      48 * 3600,
      14 * 86400,
      60 * 86400,
      800 * 86400,
    ].map(seconds),
    [
      'Less than a second',
      '1 second',
      '2 seconds',
      '59 seconds',
      'About a minute',
      'About a minute',
      '2 minutes',
      '59 minutes',
      'About an hour',
      'About an hour',
      '2 hours',
      '47 hours',
      '2 days',
      '2 weeks',
      '2 months',
      '2 years',
    ],
  );
});

test('ids lose their algorithm and all but twelve digits', (t) => {
  t.is(shortId('sha256:3392ed40b19eac69b9d3'), '3392ed40b19e');
  t.is(shortId('dc8833921d47b9333d37'), 'dc8833921d47');
});

test('long texts end in an ellipsis within the width', (t) => {
  t.is(ellipsis('sleep infinity', 20), 'sleep infinity');
  t.is(ellipsis(`sh -c 'echo out; echo err'`, 20), "sh -c 'echo out; ec…");
});
