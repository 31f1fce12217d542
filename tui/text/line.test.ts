import test from 'ava';
import { justify, line, paint, span, textOf, widthOf } from './line.ts';
import { FULL_THEME, themeFor } from './theme.ts';

test('a painted line is as wide as asked and carries only SGR', (t) => {
  const painted = paint([span('a', 'added'), span('\x1b]0;evil\x07', 'plain')], 15, FULL_THEME);
  t.true(painted.startsWith('\x1b[32ma\x1b[0m'));
  t.is(painted.replace(/\x1b\[[\d;]*m/g, ''), 'a\\x1b]0;evil\\x…');
});

test('the right side of a justified line stays whole', (t) => {
  const made = justify(line('a very long name'), line('45 B'), 12);
  t.is(textOf(made), 'a very… 45 B');
  t.is(widthOf(made), 12);
});

test('NO_COLOR leaves no colour, and a plain locale no Unicode', (t) => {
  const theme = themeFor({ NO_COLOR: '1', LANG: 'C' });
  t.false(Object.values(theme.codes).some((code) => /3[0-7]/.test(code)));
  t.true(Object.values(theme.glyphs).every((glyph) => /^[ -~]+$/.test(glyph)));
});

test('on a terminal without Unicode only ASCII is painted', (t) => {
  const painted = paint(line('naïve → 日本…'), 12, themeFor({ LANG: 'C' }));
  t.is(painted, 'na?ve > ??~ ');
});
