import test from 'ava';
import { parseCommandLine } from './command-line.ts';

const cases: [string[], object][] = [
  [[], { kind: 'app' }],
  [['--trace', 't.jsonl'], { kind: 'app', trace: 't.jsonl' }],
  [['-c', 'echo $1'], { kind: 'script', script: 'echo $1', args: [] }],
  [['-c', '--', 'echo'], { kind: 'script', script: '--', name: 'echo', args: [] }],
  [
    ['-c', 'echo $1', 'sh', '-x', '--help'],
    { kind: 'script', script: 'echo $1', name: 'sh', args: ['-x', '--help'] },
  ],
  [['--trace=t', '-c', ':'], { kind: 'script', script: ':', args: [], trace: 't' }],
  [['setup.sh', '--auto', '-c'], { kind: 'file', file: 'setup.sh', args: ['--auto', '-c'] }],
  [['--', '-odd.sh'], { kind: 'file', file: '-odd.sh', args: [] }],
  [['--storage-driver', 'vfs'], { kind: 'app', storageDriver: 'vfs' }],
  [
    ['--storage-driver', 'a', 'test', 'a.md', '--storage-driver=vfs'],
    { kind: 'test', files: ['a.md'], storageDriver: 'vfs' },
  ],
  [['--load', 'a.tar', '--load=b.tar'], { kind: 'app', load: ['a.tar', 'b.tar'] }],
  [
    ['--save', 'app:1=a=b.tar', '-c', ':'],
    { kind: 'script', script: ':', args: [], save: [{ image: 'app:1', file: 'a=b.tar' }] },
  ],
  [
    ['--load', 'a.tar', 'play', 'a.md', '--load', 'b.tar'],
    { kind: 'play', file: 'a.md', auto: false, load: ['a.tar', 'b.tar'] },
  ],
  [['--save', 'app'], { kind: 'usage', problem: 'option --save needs IMAGE=FILE' }],
  [
    ['--save', 'app=b.tar', 'test', 'a.md'],
    { kind: 'usage', problem: 'option --save does not go with test' },
  ],
  [['play', 'a.md'], { kind: 'play', file: 'a.md', auto: false }],
  [['play', '--auto', 'a.md', '--trace', 't'], { kind: 'play', file: 'a.md', auto: true, trace: 't' }],
  [['test', 'a.md', 'b.md'], { kind: 'test', files: ['a.md', 'b.md'] }],
  [
    ['record', 'a.md', '-o', 'a.cast'],
    { kind: 'record', file: 'a.md', out: 'a.cast', size: { columns: 120, rows: 34 } },
  ],
  [
    ['record', '--size=80x24', '-o', 'a.cast', 'a.md'],
    { kind: 'record', file: 'a.md', out: 'a.cast', size: { columns: 80, rows: 24 } },
  ],
  [['--help'], { kind: 'help' }],
  [['play', '-h'], { kind: 'help' }],
  [['--version'], { kind: 'version' }],
  [['-c'], { kind: 'usage', problem: 'option -c needs a script' }],
  [['--trace'], { kind: 'usage', problem: 'option --trace needs a value' }],
  [['--colour'], { kind: 'usage', problem: "unknown option '--colour'" }],
  [['--help=yes'], { kind: 'usage', problem: 'option --help takes no value' }],
  [['play'], { kind: 'usage', problem: 'play needs a FILE.md' }],
  [['play', 'a.md', 'b.md'], { kind: 'usage', problem: "play takes one file, and 'b.md' is a second one" }],
  [['test', '--auto', 'a.md'], { kind: 'usage', problem: "unknown option '--auto'" }],
  [['record', 'a.md'], { kind: 'usage', problem: 'record needs -o FILE.cast' }],
  [
    ['record', 'a.md', '-o', 'a.cast', '--size', '80'],
    { kind: 'usage', problem: "'80' is no size: it is COLUMNSxROWS, as in 120x34" },
  ],
];

for (const [argv, expected] of cases)
  test(`cowsh ${argv.join(' ')}`, (t) => {
    t.deepEqual(parseCommandLine(argv), expected as ReturnType<typeof parseCommandLine>);
  });
