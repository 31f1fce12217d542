import test from 'ava';
import type { ContainerView, LayerRow, LayerView, Views } from '../../shell/index.ts';
import { literalViews } from '../app/echo-session.ts';
import { textOf, widthOf } from '../text/line.ts';
import { ASCII, UNICODE } from '../text/theme.ts';
import { layersPane } from './layers.ts';
import { mergedPane } from './merged.ts';

const layer = (kind: LayerView['kind'], id: string, createdBy: string, size: number): LayerView => ({
  kind,
  id,
  short: id,
  path: `/var/lib/docker/overlay2/${id}/diff`,
  link: undefined,
  createdBy,
  size,
  sharedWith: [],
});

const image = [
  layer('image', 'two', '/bin/sh -c echo hello > /base_file.txt', 45),
  layer('image', 'one', '/bin/sh -c #(nop) ADD file:4809da414c2d478b4d991cbdaa2df457 in / ', 72_790_000),
];

const container = (name: string, written: number): ContainerView => ({
  id: `id-${name}`,
  name,
  image: 'base-image',
  running: true,
  paused: false,
  merged: '/m',
  layers: [layer('upper', name, '', written), layer('init', `${name}-init`, '', 0), ...image],
});

const entry = (
  path: string,
  sign: LayerRow['sign'],
  size = 0,
  kind: LayerRow['kind'] = 'file',
): LayerRow => ({
  path,
  name: path.slice(path.lastIndexOf('/') + 1),
  kind,
  size,
  mode: 0o644,
  sign,
});

const base = Array.from({ length: 30 }, (_, at) => entry(`/usr${at}`, 'plain', 10));

const views = literalViews([container('container1', 29), container('container2', 0)], {
  'id-container1': [
    [entry('/base_file.txt', 'copied-up', 29)],
    [],
    [entry('/base_file.txt', 'shadowed', 45)],
    base,
  ],
  'id-container2': [[], [], [entry('/base_file.txt', 'added', 45)], base],
});

const shown = (
  source: Views,
  width = 46,
  glyphs = UNICODE,
  filter = '',
  folds = new Map<string, boolean>(),
) =>
  layersPane({ views: source, width, glyphs, folds, filter }).rows.map(({ line }) => textOf(line).trimEnd());

test('uppers first, then every image layer once, with who shares it and what hides it', (t) => {
  t.deepEqual(shown(views), [
    '● container1 upper    29 B own · saves 72.8 MB',
    '  ~ /base_file.txt                        29 B',
    '● container2 upper     0 B own · saves 72.8 MB',
    '  nothing written',
    '▾ L2 RUN echo hello > /base_file.txt      45 B',
    '  ═ shared by container1, container2',
    '  + /base_file.txt                        45 B',
    '    ▒ hidden in container1',
    '▸ L1 ADD file:… in /                   72.8 MB',
    '  ═ shared by container1, container2',
    'disk 100 B, full copies 200 B',
    'saved 100 B (50%)',
  ]);
});

test('with room, uppers stand beside each other, the same path in the same row', (t) => {
  const both = literalViews([container('container1', 29), container('container2', 12)], {
    'id-container1': [[entry('/a', 'added', 1), entry('/c', 'copied-up', 2)], [], [], base],
    'id-container2': [[entry('/b', 'whiteout'), entry('/c', 'copied-up', 3)], [], [], base],
  });
  t.deepEqual(
    shown(both, 80)
      .slice(0, 4)
      .map((text) => text.replace(/ +/g, ' ')),
    [
      '● container1 upper 29 B own · saves 72.8 MB│● container2 upper 12 B own · saves 72.8 MB'.replace(
        / own · saves 72\.8 MB/g,
        '',
      ),
      ' + /a 1 B│',
      ' │ - /b whiteout',
      ' ~ /c 2 B│ ~ /c 3 B',
    ],
  );
});

test('with room, sharing and hiding stand in the line itself', (t) => {
  const rows = shown(views, 100);
  t.true(
    rows.some((text) =>
      text.includes('L2 RUN echo hello > /base_file.txt  ═ shared by container1, container2'),
    ),
  );
  t.true(rows.some((text) => text.includes('/base_file.txt') && text.includes('▒ hidden in container1')));
});

test('a big layer stays closed until it is opened, and shows what is hidden all the same', (t) => {
  const covering = literalViews([container('container1', 10)], {
    'id-container1': [
      [entry('/usr3', 'whiteout')],
      [],
      [],
      base.map((row) => (row.path === '/usr3' ? { ...row, sign: 'shadowed' as const } : row)),
    ],
  });
  const closed = shown(covering);
  t.true(closed.includes('  - /usr3                             whiteout'));
  t.is(closed.filter((text) => text.includes('/usr')).length, 2);
  const open = shown(covering, 46, UNICODE, '', new Map([['one', true]]));
  t.is(open.filter((text) => text.includes('/usr')).length, 31);
});

test('the filter keeps names that contain it', (t) => {
  t.deepEqual(shown(views, 46, UNICODE, 'nomatch').filter((text) => text.includes('base_file')).length, 1);
  t.is(shown(views, 46, UNICODE, 'BASE_').filter((text) => text.includes('  ~ /base_file.txt')).length, 1);
});

test('no row is wider than the pane, and ASCII stays ASCII', (t) => {
  for (const width of [34, 46, 60, 100]) {
    for (const { line } of layersPane({ views, width, glyphs: ASCII, folds: new Map(), filter: '' }).rows) {
      t.true(widthOf(line) <= width, textOf(line));
    }
  }
  t.regex(shown(views, 60, ASCII).join(''), /^[ -~…]*$/);
});

test('a hostile name is shown, not obeyed', (t) => {
  const hostile = literalViews([container('container1', 1)], {
    'id-container1': [[entry('/\x1b]0;owned\x07\n', 'added', 1)], [], [], base],
  });
  t.true(shown(hostile).some((text) => text.includes('/\\x1b]0;owned\\x07\\n')));
});

test('without containers the pane says what will be there', (t) => {
  t.regex(shown(literalViews([], {}))[0] ?? '', /No containers yet/);
});

test('the merged view names the layer that answers', (t) => {
  const rows = mergedPane({
    views,
    container: 'container1',
    width: 40,
    glyphs: UNICODE,
    folds: new Map(),
    filter: '',
  }).rows.map(({ line }) => textOf(line));
  t.regex(rows[0] ?? '', /~ base_file\.txt +29 B +upper$/);
  t.regex(rows[1] ?? '', /usr0 +10 B +L1$/);
});
