import test from 'ava';
import fc from 'fast-check';
import { createEpoch } from './epoch.ts';
import { PersistentMap } from './persistent-map.ts';
import { changedIds, PersistentTable } from './persistent-table.ts';

type Edit = { kind: 'set' | 'delete'; name: string; value: number };

const edits = fc.array(
  fc.record({
    kind: fc.constantFrom<Edit['kind']>('set', 'set', 'delete'),
    name: fc.constantFrom(...Array.from({ length: 40 }, (_, at) => `name${at * 7919}`)),
    value: fc.nat(),
  }),
  { maxLength: 200 },
);

const apply = (
  map: { set(name: string, value: number): unknown; delete(name: string): unknown },
  list: readonly Edit[],
) => {
  for (const { kind, name, value } of list) {
    if (kind === 'set') map.set(name, value);
    else map.delete(name);
  }
};

test('a persistent map is a Map, and a fork keeps what it held', (t) => {
  fc.assert(
    fc.property(edits, edits, (before, after) => {
      const epoch = createEpoch();
      const map = new PersistentMap<number>(epoch);
      const model = new Map<string, number>();
      apply(map, before);
      apply(model, before);
      const kept = map.fork();
      epoch.now++;
      const frozen = new Map(model);
      apply(map, after);
      apply(model, after);
      t.deepEqual(map.entries(), [...model.entries()]);
      t.deepEqual(kept.entries(), [...frozen.entries()]);
      t.is(map.size, model.size);
    }),
    { numRuns: 200 },
  );
});

test('a fork keeps what it held when a map of thousands changes, and both can change', (t) => {
  const epoch = createEpoch();
  const map = new PersistentMap<number>(epoch);
  const model = new Map<string, number>();
  const change = (to: PersistentMap<number>, copy: Map<string, number>, seed: number): void => {
    for (let at = 0; at < 9000; at++) {
      const name = `name${(at * seed) % 7001}`;
      if (at % 3 === seed % 3) t.is(to.take(name), copy.get(name));
      if (at % 3 === seed % 3) copy.delete(name);
      else {
        to.set(name, at);
        copy.set(name, at);
      }
    }
  };
  change(map, model, 17);
  const forks = [map, map.fork()].map((fork, at) => ({ fork, model: at === 0 ? model : new Map(model) }));
  epoch.now++;
  for (const [at, { fork, model }] of forks.entries()) change(fork, model, 101 + at);
  for (const { fork, model } of forks) {
    t.deepEqual(fork.entries(), [...model]);
    t.is(fork.size, model.size);
  }
});

const step = fc.record({
  what: fc.constantFrom('get', 'get', 'set', 'set', 'take', 'epoch'),
  name: fc.nat(90).map((at) => `n${at * 37}`),
});

test('what was looked for last is told as it is now', (t) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 1500, size: 'max' }), fc.boolean(), (steps, ordered) => {
      const epoch = createEpoch();
      const map = new PersistentMap<number>(epoch, ordered);
      const model = new Map<string, number>();
      const calls: Record<string, (name: string, at: number) => void> = {
        get: (name) => t.is(map.get(name), model.get(name)),
        set: (name, at) => {
          map.set(name, at);
          model.set(name, at);
        },
        take: (name) => {
          t.is(map.take(name), model.get(name));
          model.delete(name);
        },
        epoch: () => epoch.now++,
      };
      for (const [at, { what, name }] of steps.entries()) calls[what]?.(name, at);
      const sorted = (entries: Iterable<[string, number]>) =>
        [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
      t.deepEqual(sorted(map.entries()), sorted(model));
    }),
    { numRuns: 150 },
  );
});

test('names with one hash live side by side', (t) => {
  const epoch = createEpoch();
  const map = new PersistentMap<number>(epoch);
  const names = Array.from({ length: 5000 }, (_, at) => `${at % 3}-${'x'.repeat(at % 5)}-${at}`);
  for (const [at, name] of names.entries()) map.set(name, at);
  t.true(names.every((name, at) => map.get(name) === at));
  for (const name of names) t.true(map.delete(name));
  t.is(map.size, 0);
});

interface Row {
  epoch: number;
  value: number;
}

test('a table goes back to what was saved, and tells what differs', (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(2000), { maxLength: 60 }), fc.nat(3000), (changes, count) => {
      const epoch = createEpoch();
      const table = new PersistentTable<Row>(epoch, (row, now) => ({ ...row, epoch: now }));
      for (let at = 0; at < count; at++) table.add({ epoch: epoch.now, value: at });
      const before = table.save();
      epoch.now++;
      const changed = new Set<number>();
      for (const change of changes) {
        const id = change + 1;
        if (table.get(id) === undefined) continue;
        changed.add(id);
        if (change % 5 === 0) table.delete(id);
        else table.own(id).value = -1;
      }
      const after = table.save();
      t.deepEqual(
        changedIds(before, after),
        [...changed].sort((a, b) => a - b),
      );
      epoch.now++;
      table.restore(before);
      for (const id of changed) t.is(table.get(id)?.value, id - 1);
      table.restore(after);
      t.is(table.size, count - [...changed].filter((id) => (id - 1) % 5 === 0).length);
    }),
    { numRuns: 100 },
  );
});
