import test from 'ava';
import fc from 'fast-check';
import { layout, PANES, shellSize, tooSmall } from './layout.ts';

const size = fc.record({
  columns: fc.integer({ min: 60, max: 300 }),
  rows: fc.integer({ min: 16, max: 100 }),
});
const request = fc.record({
  size,
  focus: fc.constantFrom(...PANES),
  zoomed: fc.boolean(),
  playing: fc.boolean(),
});

test('panes lie inside the screen, leave the hint line free and never overlap', (t) => {
  fc.assert(
    fc.property(request, (asked) => {
      const taken = new Set<number>();
      for (const { x, y, width, height } of layout(asked)) {
        if (x < 0 || y < 0 || width < 1 || height < 2) return false;
        if (x + width > asked.size.columns || y + height > asked.size.rows - 1) return false;
        for (let row = y; row < y + height; row++)
          for (let column = x; column < x + width; column++) {
            if (taken.has(row * 1000 + column)) return false;
            taken.add(row * 1000 + column);
          }
      }
      return true;
    }),
    { numRuns: 60 },
  );
  t.pass();
});

test('the focused pane is on view at every size', (t) => {
  fc.assert(
    fc.property(request, (asked) => {
      if (asked.focus === 'scenario' && !asked.playing) return true;
      return layout(asked).some(({ pane }) => pane === asked.focus);
    }),
  );
  t.pass();
});

test('at 80x24 the shell has all 80 columns and ten rows', (t) => {
  const shell = shellSize(
    layout({ size: { columns: 80, rows: 24 }, focus: 'shell', zoomed: false, playing: false }),
  );
  t.is(shell?.columns, 80);
  t.true((shell?.rows ?? 0) >= 9);
});

test('below 60x16 there is no layout', (t) => {
  t.true(tooSmall({ columns: 59, rows: 16 }));
  t.true(tooSmall({ columns: 60, rows: 15 }));
  t.false(tooSmall({ columns: 60, rows: 16 }));
});
