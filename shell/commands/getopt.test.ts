// getopt(1): what scripts give to `eval set --`, as the real one puts it.

import { sameAsGnu } from './gnu-oracle.ts';

const LONG = 'long,opt:,may::';

sameAsGnu('getopt', {}, [
  ['getopt'],
  ['getopt', 'ab:c', '-a', 'x', '-b', 'y', 'z', '-c'],
  ['getopt', 'ab'],
  ['getopt', '--', 'ab:', '-a', '-b', '1', '2'],
  ['getopt', '-o', 'ab:', '--', '-a', 'x', '-by', '--', 'z'],
  ['getopt', '-o', 'ab::l', '-l', LONG, '--', '--lo', '--op', 'v', '--may', '--may=x', '-b', '-bq', 'y'],
  ['getopt', '-o', '-ab:', '--', 'x', '-a', 'y', '--', 'z'],
  ['getopt', '-o', '+ab:', '--', '-a', 'x', '-b', 'y'],
  ['getopt', '-o', ':ab:', '--', '-b', '-x'],
  ['getopt', '-o', 'a', '--', '-x', '-a', '-b'],
  ['getopt', '-o', 'a', '--', '-xab', 'op'],
  ['getopt', '-o', 'a:', '--', '-a'],
  ['getopt', '-o', 'a', '-l', LONG, '--', '--opt'],
  ['getopt', '-o', 'a', '-l', LONG, '--', '--long=3', '--o=', '-'],
  ['getopt', '-o', 'a', '-l', 'foo,foobar:,fob', '--', '--fo', '--foobar', '--foo=3', '--zzz'],
  ['getopt', '-o', 'a', '-l', 'foo bar', '-l', 'third', '--', '--bar', '--third'],
  ['getopt', '-a', '-o', 'a', '-l', 'foo', '--', '-foo', '-a', '-fo', '-z'],
  ['getopt', '-a', '-o', 'fa', '-l', 'foo', '--', '-f', '-fa', '-foo'],
  ['getopt', '-s', 'csh', '-o', 'a:', '--', '-a', 'x y!', "it's\n"],
  ['getopt', '-s', 'bash', '-o', 'a:', '--', '-a', "it's", ''],
  ['getopt', '-s', 'fish', '-o', 'a', '--', '-a'],
  ['getopt', '-u', '-o', 'a:', '--', '-a', 'x y'],
  ['getopt', '-n', 'prog', '-o', 'a', '--', '-q'],
  ['getopt', '-q', '-o', 'a', '--', '-q', '-a'],
  ['getopt', '-Q', '-o', 'a', '--', '-q'],
  ['getopt', '-o', '', '-l', 'foo', '--', '--foo', 'x'],
  ['getopt', '-l', 'foo', '--', '-a'],
  ['getopt', '-T'],
  ['getopt', '-x'],
  { argv: ['getopt', '-o', 'a', '--', 'x', '-a'], env: { POSIXLY_CORRECT: '1' } },
  { argv: ['getopt'], env: { GETOPT_COMPATIBLE: '1' } },
]);
