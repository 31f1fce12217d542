// Simple commands: words, assignments and redirections; then a function, a builtin or a program.
import { assign, assignArray, assignElement, readonlyError } from './assign.ts';
import { type Builtin, builtinFor } from './builtins/index.ts';
import { runOwn, runSpecial } from './builtins/posix-options.ts';
import { beforeCommand } from './command-traps.ts';
import { expandString, expandWords } from './expand/index.ts';
import { subscriptText } from './expand/parameter.ts';
import { callFunction, finallyDo } from './function.ts';
import { chain, inOrder, type Maybe } from './maybe.ts';
import { ended, type Outcome } from './outcome.ts';
import { type Redirected, redirect, redirectChild } from './redirect.ts';
import { runProgram } from './run-program.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import type { Assignment, Command, Redirection, Word } from './syntax.ts';
import { cloneVariable, type Variable } from './variables.ts';
import { traceAssignments, traceCommand } from './xtrace.ts';

interface Shape {
  words: readonly Word[];
  /** Arguments of declaration builtins that are assignments, by their place among the words. */
  declarations: ReadonlyMap<Word, Assignment>;
  assignments: readonly Assignment[];
  redirects: readonly Redirection[];
}

/** Values of assignments that are expanded already. */
type Texts = Map<Assignment, string>;

const shapes = new WeakMap<Command, Shape>();

function shapeOf(node: Command): Shape {
  let shape = shapes.get(node);
  if (shape === undefined) {
    const declarations = new Map<Word, Assignment>();
    const words: Word[] = node.name === undefined ? [] : [node.name];
    for (const argument of node.args) {
      if (argument.type === 'Word') words.push(argument);
      else {
        const stand: Word = {
          type: 'Word',
          text: argument.text,
          value: argument.text,
          pos: argument.pos,
          end: argument.end,
        };
        declarations.set(stand, argument);
        words.push(stand);
      }
    }
    const assignments = node.prefix.filter((item): item is Assignment => item.type === 'Assignment');
    shape = { words, declarations, assignments, redirects: node.redirects };
    shapes.set(node, shape);
  }
  return shape;
}

export function runCommand(shell: Shell, node: Command): Maybe<Outcome> {
  const skipped = beforeCommand(shell, node);
  if (skipped === undefined) return runNow(shell, node);
  return chain(skipped, (outcome) => outcome ?? runNow(shell, node));
}

function runNow(shell: Shell, node: Command): Maybe<Outcome> {
  const shape = shapeOf(node);
  shell.substituted = undefined;
  const mayExec = shell.execNext;
  shell.execNext = false;
  if (shell.compound.size > 0) shell.compound.clear();
  const argv =
    shape.declarations.size === 0 ? expandWords(shell, shape.words) : expandDeclaration(shell, shape);
  return chain(argv, (words) => {
    if (words.length === 0) return runBare(shell, shape);
    const traced = shell.state.has('xtrace') ? traceCommand(shell, words) : undefined;
    return chain(traced, () =>
      chain(runWords(shell, shape, words, mayExec), (outcome) => settle(shell, words, outcome)),
    );
  });
}

function settle(shell: Shell, words: readonly string[], outcome: Outcome): Maybe<Outcome> {
  shell.state.lastArgument = words.at(-1) as string;
  if (shell.temporary.length > 0) {
    for (const fd of shell.temporary) shell.process.close(fd);
    shell.temporary = [];
  }
  return outcome;
}

// The arguments of export, local, declare: `name=value` is expanded like an assignment, arrays stay trees.
function expandDeclaration(shell: Shell, { words, declarations }: Shape): Maybe<string[]> {
  const argv: string[] = [];
  return chain(
    inOrder(words, (word) => {
      const declared = declarations.get(word);
      if (declared === undefined)
        return chain(expandWords(shell, [word]), (fields) => void argv.push(...fields));
      if (declared.value.type === 'ArrayValue') {
        shell.compound.set(argv.length, declared);
        argv.push(declared.name);
        return;
      }
      const head = declared.text.slice(0, declared.value.pos - declared.pos);
      return chain(expandString(shell, declared.value, true), (value) => void argv.push(head + value));
    }),
    () => argv,
  );
}

/** No command word: assignments stay, redirections are done and undone. */
function runBare(shell: Shell, { assignments, redirects }: Shape): Maybe<Outcome> {
  const traced = shell.state.has('xtrace') && assignments.length > 0;
  const set = (): Maybe<Outcome> =>
    chain(
      inOrder(assignments, (assignment) =>
        chain(bareAssignment(shell, assignment), () =>
          traced ? traceAssignments(shell, assignment) : undefined,
        ),
      ),
      () => ended(shell.substituted ?? 0),
    );
  if (redirects.length === 0) return set();
  if (shell.dialect === 'bash')
    return chain(set(), (outcome) => withRedirects(shell, redirects, false, () => outcome));
  return withRedirects(shell, redirects, false, (redirected) => {
    redirected.undo();
    return set();
  });
}

/** A plain assignment that fails ends the whole line; before a command it does not even keep that from running. */
function lineError(shell: Shell, error: unknown): never {
  if (error instanceof ShellError && error.scope === 'command' && shell.dialect === 'bash')
    throw error.ending('line');
  throw error;
}

function bareAssignment(shell: Shell, assignment: Assignment): Maybe<void> {
  try {
    const done = performAssignment(shell, assignment);
    return done instanceof Promise ? done.catch((error) => lineError(shell, error)) : done;
  } catch (error) {
    return lineError(shell, error);
  }
}

async function tolerate(shell: Shell, error: unknown): Promise<void> {
  if (!(error instanceof ShellError) || error.scope !== 'command' || shell.dialect !== 'bash') throw error;
  await shell.complain(error.message);
}

function prefixAssignment(shell: Shell, assignment: Assignment, text: string | undefined): Maybe<void> {
  try {
    const done = performAssignment(shell, assignment, text);
    return done instanceof Promise ? done.catch((error) => tolerate(shell, error)) : done;
  } catch (error) {
    return tolerate(shell, error);
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

function runWords(shell: Shell, shape: Shape, argv: readonly string[], mayExec: boolean): Maybe<Outcome> {
  const name = argv[0] as string;
  const builtin = builtinFor(shell, name);
  const posix = shell.dialect !== 'bash' && builtin?.special;
  const called = posix ? undefined : shell.state.functions.get(name);
  if (called !== undefined) {
    return inEnvironment(shell, shape, false, () => callFunction(shell, called, argv));
  }
  if (builtin !== undefined) return runBuiltin(shell, builtin, shape, argv);
  // `%1` alone brings that job to the front.
  const front = shell.dialect === 'bash' && name.startsWith('%') ? builtinFor(shell, 'fg') : undefined;
  if (front !== undefined) return runBuiltin(shell, front, shape, ['fg', ...argv]);
  return runExternal(shell, shape, argv, mayExec);
}

function runBuiltin(shell: Shell, builtin: Builtin, shape: Shape, argv: readonly string[]): Maybe<Outcome> {
  const special = builtin.special === true && shell.dialect !== 'bash';
  return inEnvironment(shell, shape, special, (redirected) =>
    chain(
      special ? runSpecial(shell, builtin, argv, redirected) : runOwn(shell, builtin, argv, redirected),
      (result) => (typeof result === 'number' ? ended(result) : result),
    ),
  );
}

/** Runs a builtin or function with its redirections and assignments; bash expands the latter first. */
function inEnvironment(
  shell: Shell,
  { assignments, redirects }: Shape,
  special: boolean,
  run: (redirected: Redirected) => Maybe<Outcome>,
): Maybe<Outcome> {
  const texts: Texts = new Map();
  const inside = (): Maybe<Outcome> =>
    withRedirects(shell, redirects, special, (redirected) =>
      withAssignments(shell, assignments, texts, special, () => run(redirected)),
    );
  if (shell.dialect !== 'bash' || assignments.length === 0 || redirects.length === 0) return inside();
  const expanded = inOrder(assignments, (assignment) => {
    if (assignment.value.type === 'ArrayValue') return;
    return chain(expandString(shell, assignment.value, true), (text) => void texts.set(assignment, text));
  });
  return chain(expanded, inside);
}

async function runExternal(
  shell: Shell,
  shape: Shape,
  argv: readonly string[],
  mayExec: boolean,
): Promise<Outcome> {
  const extra = new Map<string, string>();
  // bash expands assignments before redirections, the others after them.
  const first = shell.dialect === 'bash';
  if (first) await environmentFor(shell, shape, extra);
  const redirected = shape.redirects.length > 0 ? await redirectChild(shell, shape.redirects) : undefined;
  try {
    if (!first) await environmentFor(shell, shape, extra);
    if (mayExec) redirected?.commit();
    return await runProgram(shell, argv, { extra, exec: mayExec, started: () => redirected?.undo() });
  } finally {
    redirected?.undo();
  }
}

/** Expands the assignments in front of a program. */
async function environmentFor(
  shell: Shell,
  { assignments }: Shape,
  extra: Map<string, string>,
): Promise<void> {
  for (const { name, value } of assignments) {
    if (value.type === 'ArrayValue') continue;
    if (shell.state.variables.get(name)?.readonly) await tolerate(shell, readonlyError(shell, name));
    else extra.set(name, await expandString(shell, value, true));
  }
}

/** Runs with redirections in place; `fatal` makes their failure end a POSIX shell (special builtins). */
function withRedirects(
  shell: Shell,
  redirects: readonly Redirection[],
  fatal: boolean,
  run: (redirected: Redirected) => Maybe<Outcome>,
): Maybe<Outcome> {
  if (redirects.length === 0) return run(NOTHING);
  return redirectAround(shell, redirects, fatal, run);
}

const NOTHING: Redirected = {
  keep: () => {},
  undo: () => {},
  finish: () => {},
  commit: () => {},
} as unknown as Redirected;

async function redirectAround(
  shell: Shell,
  redirects: readonly Redirection[],
  fatal: boolean,
  run: (redirected: Redirected) => Maybe<Outcome>,
): Promise<Outcome> {
  let redirected: Redirected;
  try {
    redirected = await redirect(shell, redirects);
  } catch (error) {
    if (fatal && shell.dialect !== 'bash' && error instanceof ShellError) throw error.ending('shell');
    throw error;
  }
  try {
    const outcome = await run(redirected);
    redirected.finish(outcome);
    return outcome;
  } catch (error) {
    // What goes wrong inside is said while the redirections hold.
    if (error instanceof ShellError && error.message !== '') await shell.complain(error.message);
    redirected.undo();
    if (!(error instanceof ShellError) || error.message === '') throw error;
    throw new ShellError('', { status: error.status, scope: error.scope });
  }
}

/** Runs with `name=value` before a function or builtin; they are gone afterwards unless `keep`. */
function withAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  texts: Texts,
  keep: boolean,
  run: () => Maybe<Outcome>,
): Maybe<Outcome> {
  if (assignments.length === 0) return run();
  const { variables } = shell.state;
  const before: [string, Variable | undefined][] = [];
  const set = inOrder(assignments, (assignment) => {
    const former = variables.get(assignment.name);
    before.push([assignment.name, former && cloneVariable(former)]);
    return chain(prefixAssignment(shell, assignment, texts.get(assignment)), () => {
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
