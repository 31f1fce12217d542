import test from 'ava';
import type { TraceEvent } from '../../shell/index.ts';
import { Story } from './story.ts';
import { causeWords, clauseOf } from './trace-words.ts';

const names: Readonly<Record<string, string>> = {
  up: "container1's upper",
  two: 'layer 2 (RUN echo "This is the ori…)',
  one: 'layer 1 (ADD file:… in /)',
};
const name = (directory: string) => names[directory] ?? directory;
const at = { seq: 1, pid: 7, command: 'sh -c …', container: { id: 'c1', name: 'container1' } };

const lookup = (path: string, answer?: number, whiteout = false): TraceEvent => ({
  ...at,
  kind: 'lookup',
  path,
  layers: [
    { layer: 'up', found: whiteout ? 'whiteout' : answer === 0 ? 'file' : 'absent' },
    ...(whiteout ? [] : [{ layer: 'two', found: answer === 1 ? ('file' as const) : ('absent' as const) }]),
  ],
  ...(answer === undefined ? {} : { answer }),
});

const copyUp: TraceEvent = {
  ...at,
  kind: 'copy-up',
  path: '/base_file.txt',
  from: 'two',
  to: 'up',
  file: 'file',
  bytes: 45,
  cause: 'open O_WRONLY',
};

test('a lookup says which layer answered', (t) => {
  t.is(clauseOf(lookup('/x', 1), name)?.text, 'found in layer 2 (RUN echo "This is the ori…)');
  t.is(clauseOf(lookup('/x', undefined, true), name)?.text, "hidden by a whiteout in container1's upper");
  t.is(clauseOf(lookup('/x'), name)?.text, 'in none of 2 layers');
});

test('a copy-up says how much, where to and why', (t) => {
  t.is(
    clauseOf(copyUp, name)?.text,
    "copied up 45 B to container1's upper because it was opened for writing",
  );
  t.is(
    clauseOf({ ...copyUp, file: 'directory', bytes: 0, cause: 'parent of /etc/nginx/nginx.conf' }, name)
      ?.text,
    "directory made in container1's upper because /etc/nginx/nginx.conf needs it there",
  );
});

test('whiteouts and opaque directories', (t) => {
  const made: TraceEvent = {
    ...at,
    kind: 'whiteout',
    path: '/x',
    layer: 'up',
    action: 'made',
    cause: 'unlink',
  };
  t.is(
    clauseOf(made, name)?.text,
    "whiteout made in container1's upper, so the copies below no longer show, because it was removed",
  );
  t.is(
    clauseOf({ ...made, action: 'lifted', cause: 'create' }, name)?.text,
    "whiteout lifted from container1's upper because something was made by that name",
  );
  t.is(
    clauseOf({ ...at, kind: 'opaque', path: '/d', layer: 'up' }, name)?.text,
    "marked opaque in container1's upper: what lower layers hold in it no longer shows",
  );
});

test('of failed calls only those that copy-on-write explains are told', (t) => {
  const call: TraceEvent = { ...at, kind: 'call', call: 'rename', args: ['/etc', '/etc2'], errno: 'EXDEV' };
  t.regex(clauseOf(call, name)?.text ?? '', /^rename refused with EXDEV: /);
  t.is(clauseOf({ ...call, errno: 'ENOENT' }, name), undefined);
});

test('an unknown cause is given as it is', (t) => {
  t.is(causeWords('chmod'), 'its mode was changed');
  t.is(causeWords('something new'), 'of something new');
});

test('a story joins what happened to one path, and drops the way to it', (t) => {
  const story = new Story(name);
  for (const event of [lookup('/etc', 1), lookup('/etc/nginx', 1), lookup('/etc/nginx/nginx.conf', 1)])
    story.add(event);
  story.add({ ...copyUp, path: '/etc/nginx/nginx.conf' });
  story.add(lookup('/etc/nginx/nginx.conf', 1));
  t.is(story.paragraphs.length, 1);
  t.deepEqual(
    story.paragraphs[0]?.clauses.map(({ text }) => text),
    [
      'found in layer 2 (RUN echo "This is the ori…)',
      "copied up 45 B to container1's upper because it was opened for writing",
    ],
  );
});

test('a long story keeps its end and says how much is gone', (t) => {
  const story = new Story(name);
  for (let at = 0; at < 1000; at++) story.add({ ...copyUp, path: `/f${at}` });
  t.true(story.paragraphs.length <= 400);
  t.is(story.dropped + story.paragraphs.length, 1000);
  t.is(story.paragraphs.at(-1)?.path, '/f999');
});
