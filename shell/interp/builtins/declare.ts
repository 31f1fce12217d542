// declare, typeset, local: attributes and scope of variables; -p and -f show them.
import { assignArray, assignElement, indexedOf, performArray } from '../assign.ts';
import { declarationOf } from '../declaration.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { parse, type Word } from '../syntax.ts';
import { cloneVariable, type KnownVariable, type Variable } from '../variables.ts';
import { type Builtin, print, refuse } from './builtin.ts';
import { badIdentifier } from './export.ts';
import { declareFunctions } from './functions.ts';
import { variableListing } from './set.ts';
import { showUsage } from './usage.ts';

interface Wanted {
  on: Set<string>;
  off: Set<string>;
  operands: { text: string; place: number }[];
  bad?: string;
}

const declarer = (name: 'declare' | 'typeset'): Builtin => ({
  dialects: ['bash'],
  run(shell, argv) {
    const wanted = readWanted(argv);
    if (wanted.bad !== undefined) {
      return chain(shell.complain(`${name}: -${wanted.bad}: invalid option`), () => showUsage(shell, name));
    }
    if (wanted.on.has('f') || wanted.on.has('F'))
      return declareFunctions(shell, name, { ...wanted, names: wanted.operands.map(({ text }) => text) });
    if (wanted.on.size === 0 && wanted.off.size === 0 && wanted.operands.length === 0)
      return print(shell, name, variableListing(shell));
    if (wanted.on.has('p') || wanted.operands.length === 0) return showVariables(shell, name, wanted);
    return declareAll(
      shell,
      name,
      wanted,
      shell.calls.some((call) => call.name !== 'source') && !wanted.on.has('g'),
    );
  },
});

export const declare = declarer('declare');
export const typeset = declarer('typeset');

export const local: Builtin = {
  run(shell, argv) {
    if (!shell.calls.some((call) => call.name !== 'source')) {
      if (shell.dialect === 'bash') return refuse(shell, 'local', 'can only be used in a function');
      throw new ShellError('local: not in a function', { status: 2, scope: 'shell' });
    }
    const wanted =
      shell.dialect === 'bash'
        ? readWanted(argv)
        : {
            on: new Set<string>(),
            off: new Set<string>(),
            operands: argv.slice(1).map((text, i) => ({ text, place: i + 1 })),
          };
    if (shell.dialect === 'bash' && (wanted.operands.length === 0 || wanted.on.has('p')))
      return showLocals(shell, wanted);
    return declareAll(shell, 'local', wanted, true);
  },
};

function readWanted(argv: readonly string[]): Wanted {
  const wanted: Wanted = { on: new Set(), off: new Set(), operands: [] };
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === '--') {
      at++;
      break;
    }
    if (!/^[-+]./.test(word)) break;
    for (const letter of word.slice(1)) {
      if (!'aAcfFgiIlnprtux'.includes(letter)) wanted.bad ??= letter;
      (word.startsWith('-') ? wanted.on : wanted.off).add(letter);
    }
  }
  for (; at < argv.length; at++) wanted.operands.push({ text: argv[at] as string, place: at });
  return wanted;
}

function declareAll(shell: Shell, name: string, wanted: Wanted, makeLocal: boolean): Maybe<number> {
  let status = 0;
  return chain(
    inOrder(wanted.operands, ({ text, place }) =>
      chain(declareOne(shell, name, wanted, { text, place, makeLocal }), (one) => {
        status ||= one;
      }),
    ),
    () => status,
  );
}

function declareOne(
  shell: Shell,
  name: string,
  { on, off }: Wanted,
  { text, place, makeLocal }: { text: string; place: number; makeLocal: boolean },
): Maybe<number> {
  if (text === '-' && name === 'local') {
    const call = shell.calls.at(-1);
    if (call !== undefined) call.options ??= new Set(shell.state.options);
    return 0;
  }
  const shape = /^([A-Za-z_]\w*)(?:\[(.*?)\])?(?:(\+?)=(.*))?$/s.exec(text);
  if (shape === null) return badIdentifier(shell, name, text);
  const [, variableName = '', subscript, plus, value] = shape;
  const { variables } = shell.state;
  const exportedBefore = variables.get(variableName)?.exported;
  const former = variables.get(variableName);
  if (former?.readonly && (value !== undefined || off.has('r')))
    return refuse(shell, name, `${variableName}: readonly variable`);
  const problem =
    (makeLocal && !variables.isLocal(variableName) ? undefined : conversionProblem(former, on)) ??
    (on.has('n') ? referenceProblem(variableName, value ?? (former?.value || undefined)) : undefined);
  if (problem !== undefined && shell.compound.has(place))
    throw new ShellError(problem.replace('%s', variableName));
  if (problem !== undefined) return refuse(shell, name, problem.replace('%s', variableName));
  const made = makeLocal && variables.makeLocal(variableName);
  const variable = variables.ensure(variableName);
  if (made && exportedBefore && shell.dialect === 'bash') variable.exported = true;
  if (made && on.has('I') && former !== undefined) Object.assign(variable, cloneVariable(former));
  if (made && former?.temporary !== undefined) variable.value = former.value;
  if (made && shell.dialect === 'dash' && former !== undefined) variable.value = former.value;
  shapeVariable(variable, on);
  return chain(
    setValue(shell, variable, {
      name: variableName,
      subscript,
      value,
      plus: plus === '+',
      place,
      on,
    }),
    () => {
      // Asked for again: the value's substitutions may have forked.
      const set = variables.ensure(variableName);
      applyAttributes(set, on, off);
      variables.touched(variableName, set);
      return 0;
    },
  );
}

interface Setting {
  name: string;
  subscript: string | undefined;
  value: string | undefined;
  plus: boolean;
  place: number;
  on: ReadonlySet<string>;
}

function setValue(
  shell: Shell,
  variable: Variable,
  { name, subscript, value, plus, place, on }: Setting,
): Maybe<void> {
  const array = shell.compound.get(place);
  if (array !== undefined) {
    // bash has done that before it calls the builtin.
    shell.builtin = undefined;
    return performArray(shell, array);
  }
  if (value === undefined) return;
  const elements = on.has('a') || on.has('A') ? arrayIn(value) : undefined;
  if (elements !== undefined && subscript === undefined) return assignArray(shell, name, elements, plus);
  if (on.has('n')) variable.value = value;
  else assignElement(shell, name, subscript, value, plus);
}

/** The elements of a text that stands for an array: `declare -a 'x=(1 2)'`. */
function arrayIn(text: string): readonly Word[] | undefined {
  if (!/^\(.*\)$/s.test(text)) return undefined;
  const command = parse(`x=${text}`).script.commands[0]?.command;
  const assignment = command?.type === 'Command' ? command.prefix[0] : undefined;
  return assignment?.type === 'Assignment' && assignment.value.type === 'ArrayValue'
    ? assignment.value.elements
    : undefined;
}

function conversionProblem(former: KnownVariable | undefined, on: ReadonlySet<string>): string | undefined {
  if (on.has('A') && former?.indexed !== undefined) return '%s: cannot convert indexed to associative array';
  if (on.has('a') && former?.keyed !== undefined) return '%s: cannot convert associative to indexed array';
  return undefined;
}

/** What is wrong with the name that a nameref shall stand for. */
function referenceProblem(name: string, target: string | undefined): string | undefined {
  if (target === undefined) return undefined;
  if (target === '') return "`': not a valid identifier";
  if (target === name) return '%s: nameref variable self references not allowed';
  return /^[A-Za-z_]\w*(\[.+\])?$/s.test(target)
    ? undefined
    : `\`${target}': invalid variable name for name reference`;
}

function shapeVariable(variable: Variable, on: ReadonlySet<string>): void {
  const blank =
    variable.value === undefined && variable.indexed === undefined && variable.keyed === undefined;
  if (blank && (on.has('a') || on.has('A'))) variable.blank = true;
  if (on.has('a')) indexedOf(variable);
  if (on.has('A') && variable.keyed === undefined) {
    variable.keyed = new Map(variable.value === undefined ? [] : [['0', variable.value]]);
    variable.value = undefined;
  }
  if (on.has('i')) variable.integer = true;
  if (on.has('l') !== on.has('u')) variable.fold = on.has('l') ? 'lower' : 'upper';
  if (on.has('c')) variable.fold = 'capital';
}

function applyAttributes(variable: Variable, on: ReadonlySet<string>, off: ReadonlySet<string>): void {
  if (on.has('r')) variable.readonly = true;
  if (on.has('x')) variable.exported = true;
  if (on.has('n')) variable.reference = true;
  if (off.has('x')) variable.exported = false;
  if (off.has('i')) variable.integer = false;
  if (off.has('n')) variable.reference = false;
  if (['l', 'u', 'c'].some((letter) => off.has(letter))) variable.fold = undefined;
}

/** The local variables of the running function; those named must be among them. */
function showLocals(shell: Shell, { operands }: Wanted): Maybe<number> {
  const { variables } = shell.state;
  const names = operands.length > 0 ? operands.map(({ text }) => text) : variables.localNames();
  let status = 0;
  const lines: string[] = [];
  return chain(
    inOrder(names, (name) => {
      const variable = variables.isLocal(name) ? variables.get(name) : undefined;
      if (variable !== undefined) lines.push(`${declarationOf(name, variable)}\n`);
      else {
        status = 1;
        return shell.complain(`local: ${name}: not found`);
      }
    }),
    () => chain(print(shell, 'local', lines.join('')), () => status),
  );
}

function showVariables(shell: Shell, name: string, { on, operands }: Wanted): Maybe<number> {
  const { variables } = shell.state;
  const flags = [...on].filter((letter) => letter !== 'p' && letter !== 'g');
  const names = operands.length > 0 ? operands.map(({ text }) => text) : variables.names();
  let status = 0;
  const lines: string[] = [];
  return chain(
    inOrder(names, (wanted) => {
      const variable = variables.get(wanted);
      if (variable === undefined) {
        status = 1;
        return shell.complain(`${name}: ${wanted}: not found`);
      }
      if (operands.length > 0 || hasAll(variable, flags)) lines.push(declarationOf(wanted, variable));
    }),
    () =>
      chain(print(shell, name, lines.map((line) => `${line}\n`).join('')), (printed) => printed || status),
  );
}

const attributeOf: Record<string, (variable: KnownVariable) => boolean> = {
  a: (variable) => variable.indexed !== undefined,
  A: (variable) => variable.keyed !== undefined,
  i: (variable) => variable.integer === true,
  r: (variable) => variable.readonly === true,
  x: (variable) => variable.exported === true,
  n: (variable) => variable.reference === true,
};

const hasAll = (variable: KnownVariable, flags: readonly string[]): boolean =>
  flags.every((flag) => attributeOf[flag]?.(variable) ?? true);
