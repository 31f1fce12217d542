// The assignments of a simple command: alone, in front of a function or builtin, in front of a program.
import { addedText, assign, assignArray, assignElement, readonlyError, resolveReference } from './assign.ts';
import { expandString } from './expand/index.ts';
import { subscriptText } from './expand/parameter.ts';
import { finallyDo } from './function.ts';
import { chain, inOrder, type Maybe } from './maybe.ts';
import type { Outcome } from './outcome.ts';
import { quoteIfNeeded } from './quote.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import type { Assignment } from './syntax.ts';
import { cloneVariable, type Variable } from './variables.ts';
import { traceLine } from './xtrace.ts';

/** What each temporary variable in front of a command of bash holds; those that there are not to be are missing. */
export type TemporaryTexts = ReadonlyMap<Assignment, string>;

export const NO_TEXTS: TemporaryTexts = new Map();

/** Expands them in order: each sees those before it. The command's redirections see none. */
export function temporaryTexts(shell: Shell, assignments: readonly Assignment[]): Maybe<TemporaryTexts> {
  const texts = new Map<Assignment, string>();
  const covered = new Covered(shell);
  return finallyDo(
    () =>
      chain(
        inOrder(assignments, (assignment) =>
          chain(temporaryText(shell, assignment), (text) => {
            if (text === undefined) return;
            texts.set(assignment, text);
            covered.put(assignment.name, text);
            return traced(shell, assignment.name, text);
          }),
        ),
        () => texts,
      ),
    () => covered.restore(),
  );
}

const traced = (shell: Shell, name: string, text: string): Maybe<void> =>
  shell.state.has('xtrace')
    ? traceLine(shell, `${name}=${text === '' ? '' : quoteIfNeeded(text)}`)
    : undefined;

/** Variables that temporary ones hide, until they are put back. */
class Covered {
  readonly #shell: Shell;
  readonly #before: [string, Variable | undefined][] = [];

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** Remembers what `name` is now. */
  keep(name: string): void {
    const former = this.#shell.state.variables.get(name);
    this.#before.push([name, former && cloneVariable(former)]);
  }

  put(name: string, value: string): void {
    const target = resolveReference(this.#shell, name);
    this.keep(target);
    const over = this.#before.at(-1)?.[1];
    this.#shell.state.variables.replace(target, { value, exported: true, temporary: { over } });
  }

  restore(): void {
    const { variables } = this.#shell.state;
    for (const [name, former] of this.#before.reverse()) {
      // `export` and `readonly` make a temporary variable stay.
      if (variables.get(name)?.temporary?.stays) delete variables.ensure(name).temporary;
      else variables.replace(name, former);
    }
  }
}

/** One that stands without a command: when it fails, it ends the whole line. */
export function bareAssignment(shell: Shell, assignment: Assignment): Maybe<void> {
  try {
    const done = performAssignment(shell, assignment);
    return done instanceof Promise ? done.catch((error) => endLine(shell, error)) : done;
  } catch (error) {
    return endLine(shell, error);
  }
}

function endLine(shell: Shell, error: unknown): never {
  if (error instanceof ShellError && error.scope === 'command' && shell.dialect === 'bash')
    throw error.ending('line');
  throw error;
}

/** Runs with `name=value` before a function or builtin; they are gone afterwards unless `keep`. */
export function withAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  texts: TemporaryTexts,
  keep: boolean,
  run: () => Maybe<Outcome>,
): Maybe<Outcome> {
  if (assignments.length === 0) return run();
  const covered = new Covered(shell);
  const restore = (): void => {
    if (!keep) covered.restore();
  };
  if (shell.dialect === 'bash') {
    for (const [{ name }, text] of texts) covered.put(name, text);
    return finallyDo(run, restore);
  }
  const set = inOrder(assignments, (assignment) => {
    covered.keep(assignment.name);
    return chain(performAssignment(shell, assignment), () => {
      if (!keep) shell.state.variables.export(assignment.name);
    });
  });
  return chain(set, () => finallyDo(run, restore));
}

/** In front of a command, bash tells what is wrong and runs the command all the same. */
async function tolerate(shell: Shell, error: ShellError): Promise<undefined> {
  await shell.complain(error.message);
  return undefined;
}

/**
 * What bash's temporary variable in front of a command holds: a text without the attributes that the name has, save
 * where it is added to. undefined where there is to be none; the shell has said why.
 */
function temporaryText(
  shell: Shell,
  { name, value, append, index, text }: Assignment,
): Maybe<string | undefined> {
  const target = resolveReference(shell, name);
  if (shell.state.variables.get(target)?.readonly) return tolerate(shell, readonlyError(shell, target));
  if (index !== undefined) {
    const place = text.slice(0, text.indexOf('=')).replace(/\+$/, '');
    return tolerate(shell, new ShellError(`\`${place}': not a valid identifier`, { scope: 'command' }));
  }
  if (value.type === 'ArrayValue') return text.slice(text.indexOf('=') + 1);
  // It is added to what was there before the value was expanded.
  const former = append ? shell.state.variables.get(target) : undefined;
  const before = former && cloneVariable(former);
  return chain(expandString(shell, value, true), (given) =>
    before === undefined ? given : addedText(shell, before, given),
  );
}

/** Expands the assignments in front of a program into what its environment has `extra`. */
export async function extraEnvironment(
  shell: Shell,
  assignments: readonly Assignment[],
  texts: TemporaryTexts,
  extra: Map<string, string>,
): Promise<void> {
  if (shell.dialect === 'bash') {
    for (const [{ name }, text] of texts) extra.set(resolveReference(shell, name), text);
    return;
  }
  for (const { name, value } of assignments) {
    if (value.type === 'ArrayValue') continue;
    if (shell.state.variables.get(name)?.readonly) throw readonlyError(shell, name);
    extra.set(name, await expandString(shell, value, true));
  }
}

/** name=value, name+=value, name[i]=value, name=(...). */
function performAssignment(shell: Shell, assignment: Assignment): Maybe<void> {
  const { name, value, append = false, index } = assignment;
  if (value.type === 'ArrayValue') {
    if (shell.dialect !== 'bash')
      throw new ShellError('Syntax error: "(" unexpected', { status: 2, scope: 'shell' });
    return assignArray(shell, name, value.elements, append);
  }
  return chain(expandString(shell, value, true), (text) => {
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
