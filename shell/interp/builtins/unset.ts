// unset: variables, elements, functions.
import { unset as unsetVariable } from '../assign.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { type Builtin, badOption, splitOptions } from './builtin.ts';
import { badIdentifier } from './export.ts';

export const unset: Builtin = {
  special: true,
  run(shell, argv) {
    const { options, operands, bad } = splitOptions(argv.slice(1), 'fvn');
    if (bad !== undefined) return badOption(shell, 'unset', bad);
    let status = 0;
    return chain(
      inOrder(operands, (operand) =>
        chain(unsetOne(shell, operand, options), (one) => {
          status ||= one;
        }),
      ),
      () => status,
    );
  },
};

function unsetFunction(shell: Shell, name: string): Maybe<number> {
  const { functions } = shell.state;
  if (functions.get(name)?.readonly)
    return chain(shell.complain(`unset: ${name}: cannot unset: readonly function`), () => 1);
  functions.delete(name);
  return 0;
}

function unsetOne(shell: Shell, operand: string, options: readonly string[]): Maybe<number> {
  if (options.includes('f')) return unsetFunction(shell, operand);
  const shape = /^([A-Za-z_]\w*)(?:\[(.*)\])?$/s.exec(operand);
  if (shape === null) {
    if (!options.includes('v') && shell.state.functions.has(operand)) return unsetFunction(shell, operand);
    return shell.dialect === 'bash' ? 0 : badIdentifier(shell, 'unset', operand);
  }
  const [, name = '', subscript] = shape;
  if (options.includes('n')) {
    shell.state.variables.delete(name);
    return 0;
  }
  if (!options.includes('v') && shell.state.variables.get(name) === undefined && shell.dialect === 'bash')
    return unsetFunction(shell, name);
  try {
    unsetVariable(shell, name, subscript);
    return 0;
  } catch (error) {
    if (!(error instanceof ShellError) || error.scope !== 'command') throw error;
    return chain(shell.complain(error.message), () => 1);
  }
}
