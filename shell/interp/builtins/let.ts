// let
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { ShellError } from '../shell-error.ts';
import { type Builtin, refuse } from './builtin.ts';

export const letBuiltin: Builtin = {
  dialects: ['bash', 'ash'],
  run(shell, argv) {
    if (argv.length < 2) return refuse(shell, 'let', 'expression expected');
    let value = 0n;
    try {
      for (const text of argv.slice(1)) value = evaluateArithmetic(shell, text);
    } catch (error) {
      if (!(error instanceof ShellError) || error.scope === 'shell') throw error;
      throw error.from('let').ending('command');
    }
    return value === 0n ? 1 : 0;
  },
};
