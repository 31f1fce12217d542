// The trace leaves nothing out: every inode that appears in the upper layer, every whiteout and every block copied is
// told by an event, or is what the call itself was asked to make.

import test from 'ava';
import fc from 'fast-check';
import { O } from '../fs/open-flags.ts';
import type { CopyUpStep, TraceEvent, WhiteoutStep } from '../fs/trace.ts';
import { CowshSide } from './differential/cowsh-side.ts';
import { fuzz } from './differential/fuzz.ts';
import type { Operation } from './differential/script.ts';

const UPPER = 'u0';
const BLOCK = 4096;

interface UpperTree {
  readonly inodes: ReadonlySet<number>;
  readonly whiteouts: ReadonlySet<string>;
  /** Files without data of their own. */
  readonly metacopies: ReadonlySet<string>;
}

const upperTree = (side: CowshSide): UpperTree => {
  const inodes = new Set<number>();
  const whiteouts = new Set<string>();
  const metacopies = new Set<string>();
  const visit = (inner: string): void => {
    for (const { name } of side.process.readdir(`${UPPER}${inner}`)) {
      const path = `${inner}/${name}`;
      const { kind, rdev, ino } = side.process.lstat(UPPER + path);
      if (kind === 'char' && rdev === 0) whiteouts.add(path);
      else inodes.add(ino);
      if (side.process.listxattr(UPPER + path, { follow: false }).includes('trusted.overlay.metacopy'))
        metacopies.add(path);
      if (kind === 'directory') visit(path);
    }
  };
  visit('');
  return { inodes, whiteouts, metacopies };
};

/** Whether the call makes a file if it succeeds: its name is free now. */
const makes = (side: CowshSide, [name, path, flags]: Operation): boolean => {
  const { process } = side;
  if (name === 'mkdir' || name === 'mknod') return process.tryLstat(path as string) === undefined;
  if (name === 'symlink') return process.tryLstat(flags as string) === undefined;
  const creates = (name === 'write' || name === 'open') && (Number(flags) & O.CREAT) !== 0;
  return creates && isError(side.run(['stat', path as string]));
};

/** Through a symbolic link a file can be made outside of the overlay. */
const leadsOut = (side: CowshSide, [name, path]: Operation): boolean => {
  if (name !== 'write' && name !== 'open') return false;
  const made = side.process.tryStat(path as string);
  return made !== undefined && made.dev !== side.process.stat('m').dev;
};

/** Calls that take no space for themselves and give none back. */
const SPACELESS = new Set(['chmod', 'chown', 'utimens', 'setxattr', 'removexattr', 'link']);

const isError = (result: unknown): boolean => result instanceof Object && 'errno' in result;

const added = <T>(before: ReadonlySet<T>, after: ReadonlySet<T>): T[] =>
  [...after].filter((one) => !before.has(one)).sort();

/** What is wrong with what the trace told of one call; '' for nothing. */
const audit = (side: CowshSide, operation: Operation): string => {
  const before = upperTree(side);
  const free = side.process.statfs('.').bfree;
  const making = makes(side, operation);
  const events: TraceEvent[] = [];
  const end = side.kernel.trace.subscribe((event) => void events.push(event));
  const result = side.run(operation);
  end();
  const after = upperTree(side);
  const copies = events.filter((event): event is TraceEvent & CopyUpStep => event.kind === 'copy-up');
  const made = events.filter((event): event is TraceEvent & WhiteoutStep => event.kind === 'whiteout');
  const inodes = added(before.inodes, after.inodes).length;
  const own = making && !isError(result) && !leadsOut(side, operation) ? 1 : 0;
  const failedMake = making && isError(result);
  // The data of a metacopy comes to an inode that is there.
  const completed = copies.filter(({ path }) => before.metacopies.has(path)).length;
  if (!failedMake && inodes !== copies.length - completed + own)
    return `${inodes} new inodes, ${copies.length} copies, ${own} made`;
  if (SPACELESS.has(operation[0])) {
    const blocks = copies.reduce((sum, { bytes }) => sum + Math.ceil(bytes / BLOCK), 0);
    const taken = free - side.process.statfs('.').bfree;
    if (blocks !== taken) return `${taken} blocks taken, ${blocks} told`;
  }
  if (operation[0] === 'rename') return '';
  const told = made.filter(({ action }) => action === 'made').map(({ path }) => path);
  const found = added(before.whiteouts, after.whiteouts);
  return told.sort().join() === found.join() ? '' : `whiteouts ${found.join()}, told ${told.join()}`;
};

test('the trace accounts for every inode, whiteout and block that appears in the upper layer', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1 << 20 }),
      fc.constantFrom('', 'redirect_dir=on', 'redirect_dir=on,metacopy=on'),
      (seed, options) => {
        const { operations } = fuzz({ seed, operations: 150, options, dumpEvery: 1000 });
        const side = new CowshSide('tmpfs');
        const mounted = operations.findIndex(([name]) => name === 'mount') + 1;
        for (const operation of operations.slice(0, mounted)) side.run(operation);
        for (const operation of operations.slice(mounted).filter(([name]) => name !== 'dump'))
          t.is(audit(side, operation), '', `seed ${seed}: ${JSON.stringify(operation)}`);
      },
    ),
    { seed: 2026, numRuns: 40 },
  );
});
