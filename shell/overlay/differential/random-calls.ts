// Random calls for laws that hold for any sequence of them.

import fc from 'fast-check';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';

/** Not a call: the upper layer becomes a lower one. */
export const COMMIT = 'commit';
const name = fc.constantFrom('a', 'b', 'c');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const data = fc.constantFrom('', 'x', 'hello world\n', 'y'.repeat(5000));
const CREATE = O.WRONLY | O.CREAT;

/** A call on one of a few names, so that they meet. */
export const call = fc.oneof(
  fc.tuple(fc.constant('mkdir'), path, fc.constant(0o755)),
  fc.tuple(
    fc.constant('write'),
    path,
    fc.constantFrom(CREATE, CREATE | O.EXCL, CREATE | O.TRUNC),
    fc.constant(0o644),
    fc.constant(-1),
    data,
  ),
  fc.tuple(
    fc.constant('write'),
    path,
    fc.constantFrom(O.WRONLY, O.WRONLY | O.APPEND),
    fc.constant(0),
    fc.constantFrom(0, 3, 6000),
    data,
  ),
  fc.tuple(fc.constant('truncate'), path, fc.constantFrom(0, 2, 7000)),
  fc.tuple(fc.constant('unlink'), path),
  fc.tuple(fc.constant('rmdir'), path),
  fc.tuple(fc.constant('rename'), path, path, fc.constantFrom(0, 0, 0, 1, 2)),
  fc.tuple(fc.constant('chmod'), path, fc.constantFrom(0o600, 0o755)),
  fc.tuple(fc.constant('chown'), path, fc.constant(1000), fc.constant(-1)),
  fc.tuple(fc.constant('utimens'), path, fc.constant(5), fc.constant(7)),
  fc.tuple(fc.constant('setxattr'), path, fc.constant('user.k'), data),
  fc.tuple(fc.constant('removexattr'), path, fc.constant('user.k')),
  fc.tuple(fc.constant('stat'), path),
  fc.tuple(fc.constant('readdir'), path),
  fc.tuple(fc.constant('read'), path, fc.constant(0), fc.constant(100)),
  fc.tuple(fc.constant('symlink'), name, path),
  fc.tuple(fc.constant(COMMIT)),
) as fc.Arbitrary<(string | number)[]>;

/** The operation below a top directory: what is a path gets it as a prefix, a symbolic link's target does not. */
export const below = (top: string, [kind, ...args]: (string | number)[]): Operation => {
  const paths = kind === 'rename' ? [0, 1] : kind === 'symlink' ? [1] : [0];
  return [
    kind as string,
    ...args.map((argument, at) => (paths.includes(at) ? `${top}/${argument}` : argument)),
  ];
};
