import test from 'ava';
import fc from 'fast-check';
import { bootKernel } from './boot.ts';
import { virtualClock } from './clock.ts';
import { Descriptors } from './descriptors.ts';
import { hostLimits } from './limits.ts';
import type { OpenFile } from './open-file.ts';
import { O } from './open-flags.ts';
import { createRandom } from './random.ts';

const FD_LIMIT = hostLimits.nofile.soft;

test('descriptors are a Map by ascending numbers that gives out the lowest free one', (t) => {
  const edits = fc.array(fc.record({ fd: fc.nat(40), adds: fc.boolean() }), { maxLength: 80 });
  fc.assert(
    fc.property(edits, fc.nat(45), (list, least) => {
      const descriptors = new Descriptors();
      const model = new Map<number, OpenFile>();
      for (const { fd, adds } of list) {
        const file = { path: `/${fd}` } as OpenFile;
        if (adds) {
          descriptors.set(fd, file);
          model.set(fd, file);
        } else {
          descriptors.delete(fd);
          model.delete(fd);
        }
      }
      const sorted = [...model].sort(([a], [b]) => a - b);
      t.deepEqual([...descriptors], sorted);
      t.deepEqual(
        descriptors.keys(),
        sorted.map(([fd]) => fd),
      );
      let free = least;
      while (model.has(free)) free++;
      t.is(descriptors.free(least), free);
      t.is(descriptors.get(least), model.get(least));
    }),
    { numRuns: 200 },
  );
});

test('no descriptor has a number beyond the limit', (t) => {
  const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
  const init = kernel.createInit();
  const fd = init.open('/', O.RDONLY);
  t.is(init.dup2(fd, FD_LIMIT - 1), FD_LIMIT - 1);
  for (const to of [FD_LIMIT, 2 ** 30, -1])
    t.throws(() => init.dup2(fd, to), { message: 'Bad file descriptor' });
});
