// test and [
import { chain } from '../maybe.ts';
import { posixTest } from '../posix-test.ts';
import { TestError, testArguments } from '../test-expression.ts';
import { type Builtin, refuse } from './builtin.ts';

const tester = (name: 'test' | '[' | '[['): Builtin => ({
  ...(name === '[[' ? { dialects: ['ash'] } : {}),
  run(shell, argv) {
    const words = argv.slice(1);
    if (name !== 'test' && words.pop() !== (name === '[' ? ']' : ']]'))
      return refuse(
        shell,
        name,
        shell.dialect === 'bash' ? "missing `]'" : `missing ${name === '[' ? ']' : ']]'}`,
        2,
      );
    try {
      const truth =
        shell.dialect === 'bash' ? testArguments(shell, words) : posixTest(shell, words, name === '[[');
      return truth ? 0 : 1;
    } catch (error) {
      if (!(error instanceof TestError)) throw error;
      return chain(shell.complain(`${name}: ${error.message}`), () => 2);
    }
  },
});

export const test = tester('test');
export const bracket = tester('[');
/** busybox's, a command like `[`. */
export const doubleBracket = tester('[[');
