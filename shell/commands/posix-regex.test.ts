// Patterns made at random match what GNU grep -o finds in the same lines.

import { spawnSync } from 'node:child_process';
import test from 'ava';
import { createRandom } from '../fs/random.ts';
import { compileRegex, RegexError } from './posix-regex.ts';
import { runReal } from './real-program.ts';

const EXTENDED =
  'a b c ab . * + ? | ( ) [ab] [^a] ^ $ \\1 \\< \\b \\w [[:alpha:]] \\. ] \\( - a{2} b{1,2}'.split(' ');
const BASIC =
  'a b c ab . * \\+ \\? \\| \\( \\) [ab] [^a] ^ $ a\\{2\\} b\\{1,2\\} \\1 \\< \\b \\w + ? ( ) { |'.split(' ');
const LINES = [
  'abc',
  'aabbcc',
  'ab ab',
  'a',
  '',
  'cab',
  'b.a',
  '(a)',
  'a{2}',
  'aab|c',
  'abab abab',
  'ccc-a',
  '+a?',
];
const ROUNDS = 150;

const ours = (pattern: string, extended: boolean): string => {
  try {
    const matcher = compileRegex(pattern, { extended, looseParenthesis: true });
    let found = '';
    for (const [index, line] of LINES.entries()) {
      for (let at = 0; at <= line.length; ) {
        const match = matcher.find(line, at);
        if (match === undefined) break;
        if (match.end > match.start) found += `${index + 1}:${line.slice(match.start, match.end)}\n`;
        at = match.end > match.start ? match.end : match.end + 1;
      }
    }
    return found;
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return `grep: ${error.message}\n`;
  }
};

const theirs = (pattern: string, extended: boolean): string => {
  const { stdout, stderr, status } = runReal(['grep', extended ? '-E' : '-G', '-no', '-e', pattern], {
    encoding: 'latin1',
    env: { LC_ALL: 'C', PATH: process.env.PATH },
    input: `${LINES.join('\n')}\n`,
  });
  return status === 2 ? stderr.replace(/^grep: warning: .*\n/gm, '') : stdout;
};

const gnu = /GNU grep/.test(spawnSync('grep', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const run = gnu || process.env.COWSH_ORACLES === '1' ? test : test.skip;

for (const [name, tokens] of Object.entries({ extended: EXTENDED, basic: BASIC })) {
  run(`random ${name} expressions match as GNU grep's do`, (t) => {
    const random = createRandom(11);
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = [...random.bytes(7)];
      const length = 1 + ((bytes[0] as number) % 6);
      const pattern = bytes
        .slice(1, 1 + length)
        .map((byte) => tokens[byte % tokens.length])
        .join('');
      t.is(ours(pattern, name === 'extended'), theirs(pattern, name === 'extended'), pattern);
    }
  });
}
