// test and [
import { chain } from '../maybe.ts';
import { TestError, testArguments } from '../test-expression.ts';
import { type Builtin, refuse } from './builtin.ts';

const tester = (name: 'test' | '['): Builtin => ({
  run(shell, argv) {
    const words = argv.slice(1);
    if (name === '[' && words.pop() !== ']')
      return refuse(shell, '[', shell.dialect === 'bash' ? "missing `]'" : 'missing ]', 2);
    try {
      return testArguments(shell, words) ? 0 : 1;
    } catch (error) {
      if (!(error instanceof TestError)) throw error;
      return chain(shell.complain(`${name}: ${error.message}`), () => 2);
    }
  },
});

export const test = tester('test');
export const bracket = tester('[');
