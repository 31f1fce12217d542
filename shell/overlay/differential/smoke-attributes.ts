// Extended attributes through a union: names that no filesystem knows, and access control lists, set and copied up.

import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { over, remount } from './smoke-tree.ts';

const NAMES = ['system.foo', 'system.posix_acl_foo', 'foo.bar', 'nodot', 'security.foo'].concat(
  ['user', 'system', 'security', 'trusted'].map((namespace) => `${namespace}.`),
);
const SOMEBODY = ['asuser', 1000, 1000] as const;

/** An entry of an access control list, in hexadecimal. */
const entry = (tag: string, permissions: number, id = 'ffffffff'): string => `${tag}000${permissions}00${id}`;
const VERSION = '02000000';
const OWNER = entry('01', 6);
const GROUP = entry('04', 4);
const OTHERS = entry('20', 4);
/** The owner, somebody, the group, a mask that is the mode's, and the others. */
const list = (owner: number, rest: number, somebody = rest): string =>
  [VERSION, entry('01', owner), entry('02', somebody, 'e8030000')]
    .concat(['04', '10', '20'].map((tag) => entry(tag, rest)))
    .join('');
const ACCESS = 'system.posix_acl_access';
const DEFAULT = 'system.posix_acl_default';
const OF_FILE = list(6, 4, 6);
const OF_DIRECTORY = list(7, 5);
const setList = (path: string, value: string, name = ACCESS): Operation => ['setxattrhex', path, name, value];

/** What the kernel makes of the name, on files of each kind, copied up by it or not. */
const named = (name: string): Operation[] =>
  over(
    ['getxattr', 'm/f', name],
    ['removexattr', 'm/f', name],
    ['getxattr', 'm/sl', name],
    ['removexattr', 'm/sl', name],
    [...SOMEBODY, 'getxattr', 'm/g', name],
    [...SOMEBODY, 'removexattr', 'm/d/b', name],
    ...['m/f', 'm/d', 'm/sl', 'm/ff'].map((path): Operation => ['setxattr', path, name, '1']),
    ...['m/g', 'm/d/b'].map((path): Operation => [...SOMEBODY, 'setxattr', path, name, '1']),
    ['chmod', 'm/h1', 0o600],
    ['removexattr', 'm/h1', name],
  );

const malformed = [
  '01000000',
  '020000',
  VERSION + OWNER,
  `${VERSION}${OWNER}${GROUP}${OTHERS}00`,
  `${VERSION}${entry('03', 6)}${GROUP}${OTHERS}`,
  `${VERSION}${GROUP}${OWNER}${OTHERS}`,
  `${VERSION}${OWNER}${entry('02', 6, 'e8030000')}${GROUP}${OTHERS}`,
  `${VERSION}${entry('01', 8)}${GROUP}${OTHERS}`,
];

/** CAP_SETUID, of a program that is set-user-ID and set-group-ID besides. */
const CAPABILITY = '0000000280000000000000000000000000000000';

/** Every change of data, which takes from a program what would make its next run mighty. */
const tamed = (top: string): [string, Operation[]][] => {
  const changes: Record<string, Operation> = {
    write: ['write', `${top}/p`, O.WRONLY | O.APPEND, 0, -1, 'more'],
    truncate: ['truncate', `${top}/p`, 3],
    O_TRUNC: ['open', `${top}/p`, O.WRONLY | O.TRUNC, 0],
    fallocate: ['fallocate', `${top}/p`, 0, 20],
    copy_file_range: ['copy', `${top}/f`, `${top}/p`],
    'copy_file_range to an empty file': ['copy', `${top}/f`, `${top}/p0`],
    chown: ['chown', `${top}/p`, 1, 1],
  };
  return Object.entries(changes).flatMap(([name, change]) =>
    [change, [...SOMEBODY, ...change] as Operation].map((call, at): [string, Operation[]] => [
      `${name} of a set-ID program with capabilities in ${top}${at === 0 ? '' : ', by somebody'}`,
      over(
        ['umount', 'm'],
        ...['p', 'p0'].flatMap((program): Operation[] => [
          ['write', `l/${program}`, O.WRONLY | O.CREAT, 0o777, -1, program === 'p' ? 'data' : ''],
          ['chmod', `l/${program}`, 0o6777],
          ['setxattrhex', `l/${program}`, 'security.capability', CAPABILITY],
        ]),
        ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w'],
        call,
        ...['p', 'p0'].flatMap((program): Operation[] => [
          ['lstat', `${top}/${program}`],
          ['listxattr', `${top}/${program}`],
        ]),
      ),
    ]),
  );
};

export const attributeScripts: Record<string, Operation[]> = {
  ...Object.fromEntries(['l', 'm'].flatMap(tamed)),
  ...Object.fromEntries(NAMES.map((name) => [`an attribute named ${name}`, named(name)])),
  'access control lists set through the union': over(
    setList('m/f', OF_FILE),
    ['getxattr', 'm/f', ACCESS],
    ['listxattr', 'm/f'],
    ['stat', 'm/f'],
    setList('m/d', OF_DIRECTORY),
    setList('m/d', OF_DIRECTORY, DEFAULT),
    ['listxattr', 'm/d'],
    ...remount,
    ['getxattr', 'm/f', ACCESS],
    ['removexattr', 'm/f', ACCESS],
    ['removexattr', 'm/f', ACCESS],
    ['removexattr', 'm/d', DEFAULT],
    setList('m/d', ''),
    ['listxattr', 'm/d'],
  ),
  'access control lists copied up': over(
    ['umount', 'm'],
    setList('l/f', OF_FILE),
    setList('l/d', OF_DIRECTORY),
    setList('l/d', OF_DIRECTORY, DEFAULT),
    ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w'],
    ['getxattr', 'm/f', ACCESS],
    ['listxattr', 'm/d'],
    ['utimens', 'm/f', 1, 2],
    ['write', 'm/d/a', O.WRONLY, 0, 0, 'X'],
    ['getxattr', 'u/f', ACCESS],
    ['listxattr', 'u/d'],
    ['removexattr', 'm/d', ACCESS],
  ),
  "access control lists are their owner's to change": over(
    [...SOMEBODY, ...setList('m/f', OF_FILE)],
    [...SOMEBODY, ...setList('m/d/b', OF_FILE)],
    ...['m/f', 'm/d/b', 'm/d/s'].map((path): Operation => [...SOMEBODY, 'getxattr', path, ACCESS]),
    ...['m/f', 'm/g'].map((path): Operation => [...SOMEBODY, 'removexattr', path, ACCESS]),
  ),
  'access control lists of files of each kind': over(
    setList('m/sl', OF_FILE),
    setList('m/ff', OF_FILE),
    setList('m/nul', OF_FILE),
    setList('m/f', OF_FILE, DEFAULT),
    setList('m/f', ''),
    setList('m/d', ''),
    ['getxattr', 'm/sl', ACCESS],
    ['removexattr', 'm/sl', ACCESS],
    ['removexattr', 'm/f', DEFAULT],
    ['removexattr', 'm/d', DEFAULT],
  ),
  'access control lists that are none': over(...malformed.map((value) => setList('m/f', value))),
};
