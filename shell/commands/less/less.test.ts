// less and more on a screen, as this machine's own show it; and what needs no oracle.
import { existsSync } from 'node:fs';
import test from 'ava';
import { drawn, RealTerminal, type Seen } from '../real-terminal.ts';
import { ScreenLab } from '../screen-lab.ts';

const FILES: readonly (readonly [string, string])[] = [
  ['long', Array.from({ length: 40 }, (_, i) => `line ${i + 1} of the text\n`).join('')],
  ['short', 'one\ntwo\nthree needle\n'],
  [
    'wide',
    `a\tb\n${'x'.repeat(170)}\n${Array.from({ length: 30 }, (_, i) => `row ${i} Needle ${i * i}\n`).join('')}`,
  ],
  ['odd', 'esc \x1b[31mred\x1b[m\nctrl \x01\x7f\n漢字 wide\n\n\n\nend\n'],
];

/** A command and its keys; the screens are compared after each. */
const CASES: readonly (readonly string[])[] = [
  ['less long', ' ', ' ', 'b', 'j', 'k', 'd', 'u', 'G', 'k', 'j', 'j', 'g', '5j', '5k', '3d', 'd'],
  ['less long', '\x1bOB', '\x1b[6~', '\x1bOA', '\x1b[5~', '20g', '20G', '50%', '99G', 'y', 'e', '\r'],
  [
    'less long short',
    ' ',
    '/3\r',
    'n',
    '/3[89]\r',
    '/zzz\r',
    '\r',
    '?2\r',
    'n',
    'N',
    ':n',
    ':n',
    '\r',
    ':p',
    'G',
  ],
  ['less long short', '=', '\r', ' ', '=', '\r', 'G', '=', '\r', ':x', ':f', '\r', ':n', '='],
  ['less long', 'ma', ' ', ' ', "'a", "''", 'mz', 'g', "'z", "'$", "'^", '5', '5', '\x7f', 'k'],
  ['less short', 'j', ' ', '/two\r', 'k', 'j', 'n', '/one\r', '\r', 'g', '/one\r'],
  ['less short', 'G', 'k'],
  ['less wide', 'j', 'j', 'G', 'g', '-N', '\r', ' ', '-S', '\r', 'g', 'j', '-N', '\r'],
  [
    'less wide',
    '/needle\r',
    '\r',
    '-i',
    '\r',
    '/needle\r',
    'n',
    'N',
    '/needle 9\r',
    '&needle 1\r',
    'j',
    '&\r',
    '&zzz\r',
  ],
  ['less -S wide', '\x1bOC', '\x1bOC', '\x1bOD', '\x1bOD'],
  ['less -N long', 'j', '/of\r', '\x1bu', 'n'],
  ['less -i wide', '/NEEDLE\r', '/needle 4\r', '?needle\r', 'n'],
  ['less odd', 'j'],
  ['less -R odd'],
  ['less -s odd'],
  ['less +/20 long', 'n', 'N'],
  ['less +G long', 'k', 'b'],
  ['less +12 long', 'k'],
  ['less -F short'],
  ['less nosuch'],
  ['less -p 30 long'],
  ['cat long | less', ' ', 'G', 'g', '=', '\r', '/needle\r', 'q'],
  ['more long', ' ', '\r', 'd', ' ', ' '],
  ['more short'],
  ['cat long | more', ' ', 'q'],
  ['more wide', ' ', '\r', ' ', ' '],
  ['more long', '3\r', '2 ', 'q'],
];

const has = existsSync('/usr/bin/less') && existsSync('/usr/bin/more');
const oracle = has || process.env.COWSH_ORACLES === '1' ? test : test.skip;

const environment = (home: string): Record<string, string> => ({
  HOME: home,
  LC_ALL: 'C.UTF-8',
  LESSHISTFILE: '-',
  PATH: '/usr/bin:/bin',
  TERM: 'xterm-256color',
});

const argvOf = (command: string): string[] =>
  command.includes('|') ? ['sh', '-c', command] : command.split(' ');

export async function bothScreens(command: string, keys: readonly string[]): Promise<[Seen, Seen, string]> {
  const lab = new ScreenLab({ columns: 80 });
  for (const [path, content] of FILES) lab.put(`/work/${path}`, content);
  const real = new RealTerminal(command, { columns: 80, rows: 10, files: FILES }, environment);
  const seen = (): Seen => ({ rows: lab.screen(), cursor: lab.cursor() });
  try {
    const [, fed, name] = /^cat (\S+) \| (\w+)$/.exec(command) ?? [];
    if (fed === undefined) await lab.start(argvOf(command));
    else await lab.start([name as string], { input: lab.get(`/work/${fed}`) });
    let ours = seen();
    let theirs = await real.agreed(ours);
    let typed = '';
    for (const key of keys) {
      if (drawn(ours) !== drawn(theirs)) break;
      typed += `${JSON.stringify(key)} `;
      real.keys(key);
      await lab.keys(key);
      ours = seen();
      theirs = await real.agreed(ours);
    }
    return [ours, theirs, typed];
  } finally {
    real.close();
  }
}

for (const [command = '', ...keys] of CASES) {
  oracle(`${command}  ${keys.map((key) => JSON.stringify(key).slice(1, -1)).join(' ')}`, async (t) => {
    const [ours, theirs, typed] = await bothScreens(command, keys);
    t.is(drawn(ours), drawn(theirs), `${command}: ${typed}`);
  });
}
