import test from 'ava';
import fc from 'fast-check';
import { BLOCK_SIZE, Content } from './content.ts';
import { checkLending, watchLending } from './test-lending.ts';

/** The obvious content: one array of bytes and a set of allocated blocks. */
class Model {
  bytes = new Uint8Array(0);
  allocated = new Set<number>();

  write(position: number, data: Uint8Array): void {
    if (data.length === 0) return;
    this.#grow(position + data.length);
    this.bytes.set(data, position);
    for (let at = Math.floor(position / BLOCK_SIZE); at * BLOCK_SIZE < position + data.length; at++)
      this.allocated.add(at);
  }

  truncate(size: number): void {
    if (size < this.bytes.length) this.bytes = this.bytes.slice(0, size);
    else this.#grow(size);
    for (const at of this.allocated) if (at * BLOCK_SIZE >= size) this.allocated.delete(at);
  }

  copy(): Model {
    const model = new Model();
    model.bytes = this.bytes.slice();
    model.allocated = new Set(this.allocated);
    return model;
  }

  #grow(size: number): void {
    if (size <= this.bytes.length) return;
    const grown = new Uint8Array(size);
    grown.set(this.bytes);
    this.bytes = grown;
  }
}

const step = fc.record({
  kind: fc.constantFrom('write', 'write', 'zeros', 'truncate', 'share'),
  position: fc.nat(40_000),
  length: fc.nat(9_000),
  byte: fc.integer({ min: 1, max: 255 }),
});

test('a content is an array of bytes whose copies go their own ways', (t) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let content = new Content();
      let model = new Model();
      const kept: [Content, Model][] = [];
      for (const { kind, position, length, byte } of steps) {
        if (kind === 'truncate') {
          content.truncate(position);
          model.truncate(position);
        } else if (kind === 'share') {
          kept.push([content, model.copy()]);
          content = content.share();
          model = model.copy();
        } else {
          const data = new Uint8Array(length).fill(kind === 'zeros' ? 0 : byte);
          content.write(position, data);
          model.write(position, data);
        }
      }
      for (const [real, wanted] of [...kept, [content, model] as const]) {
        t.is(real.size, wanted.bytes.length);
        t.is(Buffer.compare(real.read(0, 100_000), wanted.bytes), 0);
        t.is(real.blocks, wanted.allocated.size);
      }
    }),
    { numRuns: 300 },
  );
});

test('a synthetic content reads the same every time, and takes writes', (t) => {
  const head = new TextEncoder().encode('head');
  const content = Content.synthetic(head, 1_000_000, 7);
  const again = Content.synthetic(head, 1_000_000, 7);
  t.is(Buffer.compare(content.read(0, 2e6), again.read(0, 2e6)), 0);
  t.is(content.blocks, Math.ceil(1_000_000 / BLOCK_SIZE));
  again.write(500_000, head);
  t.deepEqual(again.read(500_000, 4), head);
  t.is(again.blocks, content.blocks);
  t.is(Buffer.compare(again.read(0, 500_000), content.read(0, 500_000)), 0);
  t.is(Buffer.compare(again.read(500_004, 5e5), content.read(500_004, 5e5)), 0);
  again.truncate(10_000);
  again.truncate(20_000);
  t.deepEqual(again.read(10_000, 10_000), new Uint8Array(10_000));
});

test('sharing a hundred megabytes takes no memory', (t) => {
  const big = Content.synthetic(new Uint8Array(0), 100 * 2 ** 20, 3);
  const before = process.memoryUsage().arrayBuffers;
  const copies = Array.from({ length: 50 }, () => big.share());
  for (const copy of copies) copy.write(5 * BLOCK_SIZE, Uint8Array.of(1));
  t.true(copies.every((copy) => copy.blocks === big.blocks));
  t.true(process.memoryUsage().arrayBuffers - before < 10 * 2 ** 20);
});

test('a hole is found and punched', (t) => {
  const content = Content.of(new Uint8Array(5 * BLOCK_SIZE).fill(1));
  content.punch(BLOCK_SIZE, 2 * BLOCK_SIZE);
  t.is(content.blocks, 3);
  t.is(content.nextHole(0), BLOCK_SIZE);
  t.is(content.nextData(BLOCK_SIZE), 3 * BLOCK_SIZE);
  t.deepEqual(content.read(BLOCK_SIZE, 10), new Uint8Array(10));
  content.allocate(0, 5 * BLOCK_SIZE);
  t.is(content.blocks, 5);
});

test('who writes into the bytes that a content lends is found out', (t) => {
  watchLending();
  const content = Content.of(new Uint8Array(5000).fill(1));
  content.read(0, 10);
  content.read(10, 4990);
  content.write(0, new Uint8Array(5000).fill(2));
  t.notThrows(() => checkLending('a reader'), 'a file that changes is another matter');
  content.read(100, 100)[3] = 9;
  t.throws(() => checkLending('a writer'), { message: /^a writer writes/ });
  t.notThrows(() => checkLending('the next one'));
});
