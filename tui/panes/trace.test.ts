import test from 'ava';
import { textOf } from '../text/line.ts';
import { UNICODE } from '../text/theme.ts';
import type { Paragraph } from './story.ts';
import { tracePane } from './trace.ts';

const lookup = (path: string): Paragraph => ({
  container: 'c1',
  path,
  clauses: [{ text: 'found in layer 1 (base)', role: 'plain' }],
  lookedUp: true,
});

const told = (paragraphs: readonly Paragraph[], command = 'ls /', width = 60, filter = ''): string[] =>
  tracePane({
    story: { command, paragraphs, dropped: 0, container: 'c1' },
    width,
    glyphs: UNICODE,
    filter,
  }).rows.map(({ line }) => textOf(line).trimEnd());

test('each path has its paragraph, wrapped to the pane', (t) => {
  const copied: Paragraph = {
    ...lookup('/etc/issue'),
    clauses: [
      ...lookup('').clauses,
      { text: "copied up 26 B to c1's upper because it was opened for writing", role: 'copied' },
    ],
    lookedUp: false,
  };
  t.deepEqual(told([copied], 'echo x >> /etc/issue', 50), [
    '$ echo x >> /etc/issue',
    '· /etc/issue (c1): found in layer 1 (base), copied',
    "  up 26 B to c1's upper because it was opened for",
    '  writing',
  ]);
});

test('many lookups are summed up, changes never', (t) => {
  const change: Paragraph = {
    container: 'c1',
    path: '/gone',
    clauses: [{ text: "whiteout put in c1's upper because it was removed", role: 'removed' }],
    lookedUp: false,
  };
  const rows = told([...Array.from({ length: 30 }, (_, at) => lookup(`/f${at}`)), change]);
  t.true(rows.some((text) => text.includes('/gone')));
  t.is(rows.filter((text) => text.includes('found in')).length, 4);
  t.is(rows.at(-1), '  and 26 more names looked up');
});

test('a command that touched nothing says so, and a hostile command line is shown', (t) => {
  t.deepEqual(told([], 'echo \x1b[2J'), ['$ echo \\x1b[2J', '  touched no layer']);
});

test('the filter keeps paths and words that match', (t) => {
  t.deepEqual(told([lookup('/a'), lookup('/b')], 'x', 60, '/b').slice(1), [
    '· /b (c1): found in layer 1 (base)',
  ]);
});
