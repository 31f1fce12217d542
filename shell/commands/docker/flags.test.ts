import test from 'ava';
import { type FlagTable, parseFlags } from './flags.ts';

const table = {
  all: { kind: 'bool', short: 'a', help: 'Everything' },
  size: { kind: 'bool', short: 's', help: 'Sizes' },
  last: { kind: 'int', short: 'n', help: 'How many', initial: -1 },
  name: { kind: 'string', help: 'A name' },
  env: { kind: 'list', short: 'e', help: 'Variables' },
} satisfies FlagTable;

const good = (argv: string[], options?: { interspersed: boolean }) => {
  const parsed = parseFlags(table, argv, options);
  if ('error' in parsed) throw new Error(parsed.error);
  return parsed;
};
const bad = (...argv: string[]): string => {
  const parsed = parseFlags(table, argv);
  return 'error' in parsed ? parsed.error : 'no error';
};

test('long and short forms, joined and apart', (t) => {
  t.like(good(['--all', '--name=x', '-n5', '-e', 'A=b', '--env', 'C=d', 'image']), {
    values: { all: true, size: false, last: 5, name: 'x', env: ['A=b', 'C=d'] },
    args: ['image'],
  });
  t.like(good(['-as', '-n=7', '--all=false']).values, { all: false, size: true, last: 7 });
  t.like(good(['-eA=b']).values, { env: ['A=b'] });
});

test('operands may come before flags, unless the command takes a command', (t) => {
  t.deepEqual(good(['c1', '-a']).args, ['c1']);
  t.deepEqual(good(['c1', 'ls', '-a'], { interspersed: false }).args, ['c1', 'ls', '-a']);
  t.deepEqual(good(['--', '-a']).args, ['-a']);
  t.deepEqual(good(['-']).args, ['-']);
});

test('errors are worded as pflag words them', (t) => {
  t.is(bad('-z'), "unknown shorthand flag: 'z' in -z");
  t.is(bad('-azs'), "unknown shorthand flag: 'z' in -zs");
  t.is(bad('--zzz'), 'unknown flag: --zzz');
  t.is(bad('--name'), 'flag needs an argument: --name');
  t.is(bad('-e'), "flag needs an argument: 'e' in -e");
  t.is(
    bad('--all=maybe'),
    'invalid argument "maybe" for "-a, --all" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  );
  t.is(
    bad('-n', 'x'),
    'invalid argument "x" for "-n, --last" flag: strconv.ParseInt: parsing "x": invalid syntax',
  );
});

test('names every object has are no flags', (t) => {
  t.is(bad('--constructor'), 'unknown flag: --constructor');
});

test('help is asked for by --help and -h', (t) => {
  t.true(good(['--help']).wantsHelp);
  t.true(good(['-ah']).wantsHelp);
});
