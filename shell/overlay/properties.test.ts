// Laws that hold for any sequence of calls, found out by random ones.

import test from 'ava';
import fc from 'fast-check';
import { O } from '../fs/open-flags.ts';
import { CowshSide } from './differential/cowsh-side.ts';
import { fuzz } from './differential/fuzz.ts';
import { below, COMMIT, call } from './differential/random-calls.ts';
import { variants } from './differential/variants.ts';

const OPTIONS = [
  '',
  'redirect_dir=on',
  'redirect_dir=on,metacopy=on',
  'redirect_dir=on,metacopy=on,index=on',
];

/** An overlay that turns its upper layer into a lower one whenever it is told to. */
class Layered {
  readonly side = new CowshSide('ext4');
  #lowers = ['empty'];

  constructor() {
    this.side.run(['mkdir', 'empty', 0o755]);
    this.side.run(['mkdir', 'm', 0o755]);
    this.#mount();
  }

  commit(): void {
    this.side.run(['umount', 'm']);
    this.#lowers.unshift(`u${this.#lowers.length}`);
    this.#mount();
  }

  #mount(): void {
    const number = this.#lowers.length;
    this.side.run(['mkdir', `u${number}`, 0o755]);
    this.side.run(['mkdir', `w${number}`, 0o755]);
    const lowers = this.#lowers.join(':');
    this.side.run([
      'mount',
      'm',
      `lowerdir=${lowers},upperdir=u${number},workdir=w${number},redirect_dir=on`,
    ]);
  }
}

test('an overlay over any number of layers is a flat filesystem', (t) => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 5, maxLength: 60 }), (calls) => {
      const flat = new CowshSide('ext4');
      flat.run(['mkdir', 'p', 0o755]);
      const layered = new Layered();
      for (const made of calls) {
        if (made[0] === COMMIT) layered.commit();
        else
          t.deepEqual(layered.side.run(below('m', made)), flat.run(below('p', made)), JSON.stringify(made));
      }
      t.deepEqual(layered.side.run(['dump', 'm']), flat.run(['dump', 'p']));
      layered.commit();
      t.deepEqual(layered.side.run(['dump', 'm']), flat.run(['dump', 'p']));
    }),
    { seed: 2026, numRuns: 150 },
  );
});

/** All that can be known of the machine's files: trees, flags, times, room, mounts. Looking changes access times. */
const everything = (side: CowshSide): unknown[] => {
  const tops = side.process.readdir('.').filter(({ type }) => type === 'directory');
  const paths = tops.flatMap(({ name }) => {
    const found = side.run(['dump', name]);
    return Array.isArray(found) ? found.map(([inner]: [string]) => name + inner) : [name];
  });
  return [
    ...tops.map(({ name }) => side.run(['dump', name])),
    ...paths.flatMap((path) => [
      side.run(['lstat', path]),
      side.run(['getflags', path]),
      side.run(['born', path]),
      side.run(['atime', path]),
      side.run(['inode', path]),
      side.run(['names', path]),
    ]),
    ...tops.map(({ name }) => side.run(['grown', name])),
    ...['s1', 's2', 's3'].map((slot) => side.run(['hpath', slot])),
    side.run(['options', 'm']),
    side.run(['text', '/proc/self/mountinfo']),
  ];
};

for (const [at, [name, variant]] of Object.entries(variants).entries()) {
  test(`a restored machine is what it was and does again what it did: ${name}`, (t) => {
    const { operations } = fuzz({ ...variant, seed: at + 1, operations: 300, dumpEvery: 50 });
    const half = Math.floor(operations.length / 2);
    const side = new CowshSide(variant.backing ?? (variant.spread === true ? 'several' : 'tmpfs'));
    for (const operation of operations.slice(0, half)) side.run(operation);
    const restore = side.snapshot();
    const rest = (): unknown[] => [
      ...everything(side),
      ...operations.slice(half).map((operation) => side.run(operation)),
      ...everything(side),
    ];
    const first = rest();
    for (let again = 0; again < 2; again++) {
      restore();
      t.deepEqual(rest(), first);
    }
  });
}

test('restoring does not care what the snapshot has seen since, nor other snapshots', (t) => {
  const { operations } = fuzz({ seed: 9, operations: 300, dumpEvery: 20 });
  const side = new CowshSide('tmpfs');
  const moments: { restore: () => void; at: number }[] = [];
  const results = operations.map((operation, at) => {
    if (at % 40 === 0) moments.push({ restore: side.snapshot(), at });
    return side.run(operation);
  });
  for (const { restore, at } of moments.reverse()) {
    restore();
    const again = operations.slice(at, at + 60).map((operation) => side.run(operation));
    t.deepEqual(again, results.slice(at, at + 60));
  }
});

/** Every name with its descriptor's view: what is read and told through it, also of files that have no name any more. */
const throughDescriptors = (side: CowshSide): unknown[] =>
  ['s1', 's2', 's3'].flatMap((slot) => [side.run(['hstat', slot]), side.run(['hread', slot, 0, 6000])]);

test('a restored machine has its open descriptors, with what they read', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1 << 20 }), fc.constantFrom(...OPTIONS), (seed, options) => {
      const { operations } = fuzz({ seed, operations: 200, options, links: true, dumpEvery: 1000 });
      const side = new CowshSide('tmpfs');
      const half = operations.length - 100;
      for (const operation of operations.slice(0, half)) side.run(operation);
      for (const [at, { name }] of side.process.readdir('m').entries())
        side.run(['hold', `s${1 + (at % 3)}`, `m/${name}`, O.RDONLY | O.NONBLOCK | O.NOFOLLOW]);
      const before = throughDescriptors(side);
      const restore = side.snapshot();
      for (const operation of operations.slice(half)) side.run(operation);
      restore();
      t.deepEqual(throughDescriptors(side), before, `seed ${seed}, ${options}`);
    }),
    { seed: 2026, numRuns: 60 },
  );
});

test('committing the upper layer and mounting it as a lower one changes nothing', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1 << 20 }),
      fc.constantFrom(...OPTIONS.slice(0, 3)),
      (seed, options) => {
        const { operations } = fuzz({ seed, operations: 200, options, dumpEvery: 1000 });
        const side = new CowshSide('tmpfs');
        for (const operation of operations) side.run(operation);
        const before = side.run(['dump', 'm']);
        for (const slot of ['s1', 's2', 's3']) side.run(['hclose', slot]);
        side.run(['umount', 'm']);
        side.run(['mkdir', 'u1', 0o755]);
        side.run(['mkdir', 'w1', 0o755]);
        const comma = options === '' ? '' : ',';
        side.run(['mount', 'm', `lowerdir=u0:l0:l1:l2,upperdir=u1,workdir=w1${comma}${options}`]);
        t.deepEqual(side.run(['dump', 'm']), before, `seed ${seed}, ${options}`);
        t.deepEqual(side.run(['dump', 'u1']), []);
      },
    ),
    { seed: 2026, numRuns: 60 },
  );
});
