import { sameAsTools } from './oracle/tool-oracle.ts';

const long = (length: number): string => 'a'.repeat(length);

const operands = [
  '',
  "''",
  "-p ''",
  "-P ''",
  "--portability ''",
  'a',
  '-p a',
  '-p aaaaaaaaaaaaaa',
  '-p aaaaaaaaaaaaaaa b/aaaaaaaaaaaaaaaa c',
  "'a*b'",
  "-p 'a*b'",
  "-p 'a b' 'c:d' e",
  '-p é',
  "-p $'x\\ny'",
  "-p $'\\xff'",
  "-p $'\\xc3\\xa9\\377\\'x'",
  '-P -a',
  '-P -- -a',
  '-P a/-b a-/b',
  "--portability -- -a 'b*' c",
  'a -p',
  '-x',
  '--nosuch',
  '-p /',
  '/ . ..',
  '/etc/passwd/x',
  'nosuch/x',
  `nosuch/${long(255)}`,
  `nosuch/${long(256)}`,
  long(255),
  long(256),
  `-p ${'a/'.repeat(127)}`,
  `-p ${'a/'.repeat(128)}`,
  `${'a/'.repeat(2050)}`,
];

sameAsTools(
  'pathchk',
  ['pathchk'],
  operands.map((words) => `pathchk ${words}`),
);
