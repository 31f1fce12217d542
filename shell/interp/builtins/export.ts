// export and readonly: attributes, with an assignment if one is given.
import { assignElement, performArray, unsetExport } from '../assign.ts';
import { declarationOf } from '../declaration.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import { quoteIfNeeded, singleQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { isName } from '../variables.ts';
import { traceLine } from '../xtrace.ts';
import { type Builtin, badOption, print, splitOptions } from './builtin.ts';
import { declareFunctions } from './functions.ts';

type Attribute = 'exported' | 'readonly';

const marker = (name: string, attribute: Attribute): Builtin => ({
  special: true,
  run(shell, argv) {
    const { options, operands, bad } = splitOptions(argv.slice(1), 'aAfnp');
    if (bad !== undefined) return badOption(shell, name, bad);
    if (options.includes('f') && shell.dialect === 'bash')
      return declareFunctions(shell, name, functionChange(attribute, options, operands), (missing) =>
        shell.complain(`${name}: ${missing}: not a function`),
      );
    if (operands.length === 0) return print(shell, name, listing(shell, name, attribute));
    let status = 0;
    const first = argv.length - operands.length;
    return chain(
      inOrder(operands, (operand, i) =>
        chain(
          mark(shell, name, attribute, { operand, place: first + i, off: options.includes('n') }),
          (one) => {
            status ||= one;
          },
        ),
      ),
      () => status,
    );
  },
});

function functionChange(attribute: Attribute, options: readonly string[], names: readonly string[]) {
  const letter = new Set([attribute === 'exported' ? 'x' : 'r']);
  return options.includes('n')
    ? { on: new Set<string>(), off: letter, names }
    : { on: letter, off: new Set<string>(), names };
}

export const exportBuiltin = marker('export', 'exported');
export const readonlyBuiltin = marker('readonly', 'readonly');

function listing(shell: Shell, name: string, attribute: Attribute): string {
  const { variables } = shell.state;
  const lines = variables.names().flatMap((variable) => {
    const known = variables.get(variable);
    if (known === undefined || !known[attribute]) return [];
    if (shell.dialect === 'bash') return [declarationOf(variable, known)];
    return [`${name} ${variable}${known.value === undefined ? '' : `=${singleQuote(known.value)}`}`];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function mark(
  shell: Shell,
  name: string,
  attribute: Attribute,
  { operand, place, off }: { operand: string; place: number; off: boolean },
): Maybe<number> {
  const shape = /^([A-Za-z_]\w*)(?:\[([^\]]*)\])?(?:(\+?)=(.*))?$/s.exec(operand);
  if (shape === null || !isName(shape[1] as string)) return badIdentifier(shell, name, operand);
  const [, variableName = '', subscript, plus, value] = shape;
  if (value !== undefined && shell.dialect === 'bash' && shell.state.variables.get(variableName)?.readonly) {
    return chain(shell.complain(`${variableName}: readonly variable`), () => 1);
  }
  const array = shell.compound.get(place);
  const set =
    array === undefined
      ? value === undefined
        ? undefined
        : assignElement(shell, variableName, subscript, value, plus === '+')
      : performArray(shell, array);
  const traced =
    value !== undefined && array === undefined && shell.state.has('xtrace') && shell.dialect === 'bash';
  return chain(
    chain(set, () => (traced ? traceLine(shell, `${variableName}=${quoteIfNeeded(value)}`) : undefined)),
    () => {
      if (off) unsetExport(shell, variableName);
      else {
        const variable = shell.state.variables.ensure(variableName);
        variable[attribute] = true;
        if (variable.temporary !== undefined) variable.temporary = { ...variable.temporary, stays: true };
        if (attribute === 'exported') shell.state.variables.touched(variableName, variable);
      }
      return 0;
    },
  );
}

export function badIdentifier(shell: Shell, name: string, operand: string): Maybe<number> {
  if (shell.dialect !== 'bash')
    throw new ShellError(`${name}: ${operand.replace(/=.*$/s, '')}: bad variable name`, {
      status: 2,
      scope: 'shell',
    });
  return chain(shell.complain(`${name}: \`${operand}': not a valid identifier`), () => 1);
}
