// The assignments of a simple command: alone, in front of a function or builtin, in front of a program.
import { assign, assignArray, assignElement, readonlyError } from './assign.ts';
import { expandString } from './expand/index.ts';
import { subscriptText } from './expand/parameter.ts';
import { finallyDo } from './function.ts';
import { chain, inOrder, type Maybe } from './maybe.ts';
import type { Outcome } from './outcome.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import type { Assignment } from './syntax.ts';
import { cloneVariable, type Variable } from './variables.ts';

/** Values of assignments that are expanded already. */
export type AssignedTexts = ReadonlyMap<Assignment, string>;

/** Expands the values, save for arrays. */
export function assignedTexts(shell: Shell, assignments: readonly Assignment[]): Maybe<AssignedTexts> {
  const texts = new Map<Assignment, string>();
  const expanded = inOrder(assignments, (assignment) => {
    if (assignment.value.type === 'ArrayValue') return;
    return chain(expandString(shell, assignment.value, true), (text) => void texts.set(assignment, text));
  });
  return chain(expanded, () => texts);
}

/** One that stands without a command: when it fails, it ends the whole line. */
export const bareAssignment = (shell: Shell, assignment: Assignment): Maybe<void> =>
  attempt(shell, assignment, undefined, endLine);

function endLine(shell: Shell, error: unknown): never {
  if (error instanceof ShellError && error.scope === 'command' && shell.dialect === 'bash')
    throw error.ending('line');
  throw error;
}

function attempt(
  shell: Shell,
  assignment: Assignment,
  text: string | undefined,
  failed: (shell: Shell, error: unknown) => Maybe<void>,
): Maybe<void> {
  try {
    const done = performAssignment(shell, assignment, text);
    return done instanceof Promise ? done.catch((error) => failed(shell, error)) : done;
  } catch (error) {
    return failed(shell, error);
  }
}

/** Runs with `name=value` before a function or builtin; they are gone afterwards unless `keep`. */
export function withAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  texts: AssignedTexts,
  keep: boolean,
  run: () => Maybe<Outcome>,
): Maybe<Outcome> {
  if (assignments.length === 0) return run();
  const { variables } = shell.state;
  const before: [string, Variable | undefined][] = [];
  const set = inOrder(assignments, (assignment) => {
    const former = variables.get(assignment.name);
    before.push([assignment.name, former && cloneVariable(former)]);
    return chain(attempt(shell, assignment, texts.get(assignment), tolerate), () => {
      if (keep || former?.readonly) return;
      const variable = variables.ensure(assignment.name);
      variable.exported = true;
      variables.touched(assignment.name, variable);
    });
  });
  const restore = (): void => {
    if (!keep) for (const [name, former] of before.reverse()) variables.replace(name, former);
  };
  return chain(set, () => finallyDo(run, restore));
}

/** In front of a command, bash tells what is wrong and runs the command all the same. */
async function tolerate(shell: Shell, error: unknown): Promise<void> {
  if (!(error instanceof ShellError) || error.scope !== 'command' || shell.dialect !== 'bash') throw error;
  await shell.complain(error.message);
}

/** Expands the assignments in front of a program into what its environment has `extra`. */
export async function extraEnvironment(
  shell: Shell,
  assignments: readonly Assignment[],
  extra: Map<string, string>,
): Promise<void> {
  for (const { name, value } of assignments) {
    if (value.type === 'ArrayValue') continue;
    if (shell.state.variables.get(name)?.readonly) await tolerate(shell, readonlyError(shell, name));
    else extra.set(name, await expandString(shell, value, true));
  }
}

/** name=value, name+=value, name[i]=value, name=(...); `known` is the value where it is expanded already. */
function performAssignment(shell: Shell, assignment: Assignment, known?: string): Maybe<void> {
  const { name, value, append = false, index } = assignment;
  if (value.type === 'ArrayValue') {
    if (shell.dialect !== 'bash')
      throw new ShellError('Syntax error: "(" unexpected', { status: 2, scope: 'shell' });
    return assignArray(shell, name, value.elements, append);
  }
  return chain(known ?? expandString(shell, value, true), (text) => {
    if (index === undefined) return assign(shell, name, text, append);
    return chain(subscriptText(shell, name, index), (subscript) => {
      // m[]= is refused, but an expansion that gives nothing is the number 0.
      const nothing =
        subscript?.trim() === '' && index.text !== '' && shell.state.variables.get(name)?.keyed === undefined;
      // It is named as it was written.
      if (subscript === '' && !nothing) throw new ShellError(`${name}[${index.text}]: bad array subscript`);
      return assignElement(shell, name, nothing ? '0' : subscript, text, append);
    });
  });
}
