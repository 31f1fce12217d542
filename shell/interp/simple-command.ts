// Simple commands: words, assignments and redirections; then a function, a builtin or a program.
import { type Builtin, builtinFor } from './builtins/index.ts';
import { runOwn, runSpecial } from './builtins/posix-options.ts';
import {
  bareAssignment,
  extraEnvironment,
  NO_TEXTS,
  type TemporaryTexts,
  temporaryTexts,
  withAssignments,
} from './command-assignments.ts';
import { beforeCommand } from './command-traps.ts';
import { expandString, expandWords, hasBraces } from './expand/index.ts';
import { callFunction } from './function.ts';
import { chain, inOrder, type Maybe } from './maybe.ts';
import { ended, type Outcome } from './outcome.ts';
import { type Redirected, redirect, redirectChild } from './redirect.ts';
import { runProgram } from './run-program.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import type { Assignment, Command, Redirection, Word } from './syntax.ts';
import { traceAssignments, traceCommand } from './xtrace.ts';

interface Shape {
  words: readonly Word[];
  /** Arguments of declaration builtins that are assignments, by their place among the words. */
  declarations: ReadonlyMap<Word, Assignment>;
  assignments: readonly Assignment[];
  redirects: readonly Redirection[];
}

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
  shell.builtin = undefined;
  const mayExec = shell.execNext;
  shell.execNext = false;
  if (shell.compound.size > 0) shell.compound.clear();
  const argv =
    shape.declarations.size === 0 ? expandWords(shell, shape.words) : expandDeclaration(shell, shape);
  return chain(argv, (words) => {
    if (words.length === 0) return runBare(shell, shape);
    const temporary =
      shape.assignments.length > 0 && shell.dialect === 'bash'
        ? temporaryTexts(shell, shape.assignments)
        : NO_TEXTS;
    return chain(temporary, (texts) => {
      shell.becoming = undefined;
      return chain(shell.state.has('xtrace') ? traceCommand(shell, words) : undefined, () =>
        chain(runWords(shell, shape, texts, words, mayExec), (outcome) => settle(shell, words, outcome)),
      );
    });
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
      // What braces make is an assignment no more: it is split like other words.
      if (hasBraces(shell, word))
        return chain(expandWords(shell, [word]), (fields) => void argv.push(...fields));
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

function runWords(
  shell: Shell,
  shape: Shape,
  texts: TemporaryTexts,
  argv: readonly string[],
  mayExec: boolean,
): Maybe<Outcome> {
  const name = argv[0] as string;
  const builtin = builtinFor(shell, name);
  const posix = shell.dialect !== 'bash' && builtin?.special;
  const called = posix ? undefined : shell.state.functions.get(name);
  if (called !== undefined) {
    return inEnvironment(shell, shape, texts, false, () => callFunction(shell, called, argv));
  }
  if (builtin !== undefined) return runBuiltin(shell, builtin, shape, texts, argv);
  // `%1` alone brings that job to the front.
  const front = shell.dialect === 'bash' && name.startsWith('%') ? builtinFor(shell, 'fg') : undefined;
  if (front !== undefined) return runBuiltin(shell, front, shape, texts, ['fg', ...argv]);
  return runExternal(shell, shape, texts, argv, mayExec);
}

function runBuiltin(
  shell: Shell,
  builtin: Builtin,
  shape: Shape,
  texts: TemporaryTexts,
  argv: readonly string[],
): Maybe<Outcome> {
  const special = builtin.special === true && shell.dialect !== 'bash';
  return inEnvironment(shell, shape, texts, special, (redirected) =>
    chain(
      special ? runSpecial(shell, builtin, argv, redirected) : runOwn(shell, builtin, argv, redirected),
      (result) => {
        shell.builtin = undefined;
        return typeof result === 'number' ? ended(result) : result;
      },
    ),
  );
}

/** Runs a builtin or function with its redirections and assignments. */
const inEnvironment = (
  shell: Shell,
  { assignments, redirects }: Shape,
  texts: TemporaryTexts,
  special: boolean,
  run: (redirected: Redirected) => Maybe<Outcome>,
): Maybe<Outcome> =>
  withRedirects(shell, redirects, special, (redirected) =>
    withAssignments(shell, assignments, texts, special, () => run(redirected)),
  );

async function runExternal(
  shell: Shell,
  shape: Shape,
  texts: TemporaryTexts,
  argv: readonly string[],
  mayExec: boolean,
): Promise<Outcome> {
  const extra = new Map<string, string>();
  const redirected = shape.redirects.length > 0 ? await redirectChild(shell, shape.redirects) : undefined;
  try {
    // bash has expanded assignments before redirections, the others do it after them.
    await extraEnvironment(shell, shape.assignments, texts, extra);
    if (mayExec) redirected?.commit();
    return await runProgram(shell, argv, { extra, exec: mayExec, started: () => redirected?.undo() });
  } finally {
    redirected?.undo();
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
