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
const layers = { of: name, known: (directory: string) => directory in names };
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

test('a write to shared blocks says what is its own now', (t) => {
  const unshare: TraceEvent = {
    ...at,
    kind: 'unshare',
    type: 'btrfs',
    path: '/data/big.bin',
    bytes: 4096,
    size: 104_857_600,
  };
  t.regex(
    clauseOf(unshare, name)?.text ?? '',
    /^4\S* ?\S+ of its own now, the rest of 1\S+ ?\S+ stays shared$/,
  );
  const snapshot: TraceEvent = { ...at, kind: 'snapshot', type: 'zfs', from: 'a/b', to: 'a/c' };
  t.is(clauseOf(snapshot, name)?.text, 'snapshot of b: every block is shared, none is copied');
});

test('a lookup says which layer answered', (t) => {
  t.is(clauseOf(lookup('/x', 1), name)?.text, 'found in layer 2 (RUN echo "This is the ori…)');
  t.is(clauseOf(lookup('/x', undefined, true), name)?.text, "hidden by a whiteout in container1's upper");
  t.is(clauseOf(lookup('/x'), name)?.text, 'not in any of 2 layers');
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
  t.is(clauseOf(made, name)?.text, "whiteout put in container1's upper because it was removed");
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

test('a story joins what happened to one path, whatever came between', (t) => {
  const story = new Story(layers);
  for (const event of [lookup('/base_file.txt', 1), lookup('/other', 1), copyUp, lookup('/base_file.txt', 0)])
    story.add(event);
  t.deepEqual(
    story.paragraphs.map(({ path, clauses }) => [path, ...clauses.map(({ text }) => text)]),
    [
      [
        '/base_file.txt',
        'found in layer 2 (RUN echo "This is the ori…)',
        "copied up 45 B to container1's upper because it was opened for writing",
      ],
      ['/other', 'found in layer 2 (RUN echo "This is the ori…)'],
    ],
  );
});

test("the search for the program and the engine's own lookups are left out", (t) => {
  const story = new Story(layers);
  story.add({
    ...lookup('/etc/passwd', 1),
    pid: 3,
    command: '/usr/bin/containerd-shim-runc-v2 -namespace moby',
  });
  story.add(lookup('/usr/bin/cat', 1));
  story.add({ ...at, kind: 'exec', path: '/usr/bin/cat', argv: ['cat', '/x'] });
  story.add(lookup('/x', 1));
  t.deepEqual(
    story.paragraphs.map(({ path }) => path),
    ['/x'],
  );
  t.is(story.container, 'container1');
});

test('what becomes of layers as a whole is told: made, kept, removed', (t) => {
  const story = new Story(layers);
  const layer = { ...at, container: undefined, kind: 'layer', below: 2, shape: 'layers' } as const;
  const own = { ...layer, command: '/usr/bin/dockerd', name: 'container1', layer: 'up' };
  story.add({ ...own, action: 'made', bytes: 0 });
  story.add({ ...own, action: 'kept', bytes: 45 });
  story.add({ ...own, action: 'removed', bytes: 45 });
  story.add({
    ...layer,
    action: 'stored',
    bytes: 45,
    layer: `/var/lib/docker/overlay2/${'ab'.repeat(32)}/diff`,
  });
  t.deepEqual(
    story.paragraphs.map(({ path, clauses }) => `${path}: ${clauses.map(({ text }) => text).join(', ')}`),
    [
      'container1: one thin writable layer made on 2 layers of its image, which it shares; nothing was copied, ' +
        'ended; its layer stays, with the 45 B in it, gone with its layer: 45 B',
      'layer 3 (abababababab): 45 B stored on 2 layers of its image; it never changes from now on',
    ],
  );
});

test('a new name is told as made in the upper', (t) => {
  const story = new Story(layers);
  story.add(lookup('/new'));
  story.add({ ...at, kind: 'call', call: 'open', args: ['/new', 'O_WRONLY|O_CREAT'], result: 3 });
  t.deepEqual(
    story.paragraphs[0]?.clauses.map(({ text }) => text),
    ['not in any of 2 layers', "made in container1's upper"],
  );
});

test('a new name in a directory that only a lower layer had is made in the upper, where its parent goes', (t) => {
  const story = new Story(layers);
  story.add({ ...at, kind: 'lookup', path: '/home/app/conf', layers: [{ layer: 'two', found: 'absent' }] });
  const parent = { ...copyUp, file: 'directory', bytes: 0, cause: 'parent of /home/app/conf' } as const;
  story.add({ ...parent, path: '/home' });
  story.add({ ...parent, path: '/home/app' });
  story.add({ ...at, kind: 'call', call: 'open', args: ['conf', 'O_WRONLY|O_CREAT'], result: 3 });
  t.deepEqual(
    story.paragraphs[0]?.clauses.map(({ text }) => text),
    [`not in ${names.two}`, "made in container1's upper"],
  );
});

test('a long story keeps its end and says how much is gone', (t) => {
  const story = new Story(layers);
  for (let at = 0; at < 1000; at++) story.add({ ...copyUp, path: `/f${at}` });
  t.true(story.paragraphs.length <= 400);
  t.is(story.dropped + story.paragraphs.length, 1000);
  t.is(story.paragraphs.at(-1)?.path, '/f999');
});
