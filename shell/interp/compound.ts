// Compound commands: if, loops, case, groups, subshells, [[ ]] and (( )).
import { shellStatus } from '../fs/signal.ts';
import { assign } from './assign.ts';
import { evaluateTest } from './conditional.ts';
import { runList, runNode, runStatements, tolerantly } from './evaluate.ts';
import { evaluateArithmetic } from './expand/arithmetic.ts';
import { expandPattern, expandString, expandWords } from './expand/index.ts';
import { expandArithmeticText } from './expand/word.ts';
import { waitForeground } from './foreground.ts';
import { chain, type Maybe } from './maybe.ts';
import { ended, type Outcome, success } from './outcome.ts';
import { matches } from './pattern.ts';
import { readLine } from './read-line.ts';
import { redirect } from './redirect.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import { forkShell } from './subshell.ts';
import type {
  Case,
  CompoundCommand,
  CompoundList,
  For,
  If,
  Redirection,
  Select,
  SyntaxNode,
  While,
  Word,
} from './syntax.ts';
import { isName } from './variables.ts';
import { traceCommand } from './xtrace.ts';

type NodeOf<T extends SyntaxNode['type']> = Extract<SyntaxNode, { type: T }>;

export const runGroup = (shell: Shell, body: CompoundList): Maybe<Outcome> => runList(shell, body);

export function runIf(shell: Shell, node: If): Maybe<Outcome> {
  const branches = [{ clause: node.clause, then: node.then }, ...node.elif];
  const tryBranch = (i: number): Maybe<Outcome> => {
    const branch = branches[i];
    if (branch === undefined) return node.else === undefined ? success : runList(shell, node.else);
    return chain(
      tolerantly(shell, () => runList(shell, branch.clause)),
      (test) => (test.leave ? test : test.status === 0 ? runList(shell, branch.then) : tryBranch(i + 1)),
    );
  };
  return tryBranch(0);
}

/** What a loop's body came to: undefined to go on, else the loop's own outcome. */
function afterBody(outcome: Outcome): Outcome | undefined {
  const { leave, status } = outcome;
  if (leave === undefined) return undefined;
  if (leave.kind !== 'break' && leave.kind !== 'continue') return outcome;
  if (leave.levels > 1) return { status, leave: { kind: leave.kind, levels: leave.levels - 1 } };
  return leave.kind === 'break' ? ended(status) : undefined;
}

/** Repeats `turn` until it gives an outcome with `stop`; keeps the stack flat when turns are asynchronous. */
function repeat(shell: Shell, turn: () => Maybe<Outcome | undefined>): Maybe<Outcome> {
  shell.loopDepth++;
  const finish = (outcome: Outcome): Outcome => {
    shell.loopDepth--;
    return outcome;
  };
  const slowly = async (first: Promise<Outcome | undefined>): Promise<Outcome> => {
    try {
      let stop = await first;
      while (stop === undefined) stop = await turn();
      return stop;
    } finally {
      shell.loopDepth--;
    }
  };
  try {
    for (;;) {
      const stop = turn();
      if (stop instanceof Promise) return slowly(stop);
      if (stop !== undefined) return finish(stop);
    }
  } catch (error) {
    shell.loopDepth--;
    throw error;
  }
}

export function runWhile(shell: Shell, node: While): Maybe<Outcome> {
  const goOn = node.kind === 'while';
  let last = success;
  const body = (): Maybe<Outcome | undefined> =>
    chain(runList(shell, node.body), (outcome) => {
      last = ended(outcome.status);
      return afterBody(outcome);
    });
  return repeat(shell, () =>
    chain(
      tolerantly(shell, () => runList(shell, node.clause)),
      (test) => {
        if (test.leave !== undefined) return afterBody(test);
        return (test.status === 0) === goOn ? body() : last;
      },
    ),
  );
}

export function runFor(shell: Shell, node: For): Maybe<Outcome> {
  const name = node.name.text;
  if (!isName(name)) {
    throw shell.dialect === 'bash'
      ? new ShellError(`\`${name}': not a valid identifier`, { scope: 'command' })
      : new ShellError('Syntax error: Bad for loop variable', { status: 2 });
  }
  const values =
    node.wordlist === undefined ? [...shell.state.positional] : expandWords(shell, node.wordlist);
  return chain(values, (list) => {
    let i = 0;
    let last = success;
    return repeat(shell, () => {
      if (i >= list.length) return last;
      const value = list[i++] as string;
      assign(shell, name, value);
      const traced = shell.state.has('xtrace')
        ? traceCommand(shell, ['for', name, 'in', ...list], true)
        : undefined;
      return chain(traced, () =>
        chain(runList(shell, node.body), (outcome) => {
          last = ended(outcome.status);
          return afterBody(outcome);
        }),
      );
    });
  });
}

export function runArithmeticFor(shell: Shell, node: NodeOf<'ArithmeticFor'>): Maybe<Outcome> {
  const [first, test, next] = headerParts(shell, node);
  const value = (text: string): Maybe<bigint> =>
    text.trim() === ''
      ? 1n
      : chain(expandArithmeticText(shell, text), (expanded) => evaluateArithmetic(shell, expanded));
  let last = success;
  let started = false;
  return chain(value(first), () =>
    repeat(shell, () =>
      chain(started ? value(next) : undefined, () => {
        started = true;
        return chain(value(test), (truth) => {
          if (truth === 0n) return last;
          return chain(runList(shell, node.body), (outcome) => {
            last = ended(outcome.status);
            return afterBody(outcome);
          });
        });
      }),
    ),
  );
}

// The three texts between the semicolons of for ((a; b; c)).
function headerParts(shell: Shell, node: NodeOf<'ArithmeticFor'>): [string, string, string] {
  const source = shell.lines.text.slice(node.pos, node.body.pos);
  const inside = source.slice(source.indexOf('((') + 2, source.lastIndexOf('))'));
  const [first = '', test = '', next = ''] = inside.split(';');
  return [first, test, next];
}

export function runSelect(shell: Shell, node: Select): Maybe<Outcome> {
  return chain(
    node.wordlist === undefined ? [...shell.state.positional] : expandWords(shell, node.wordlist),
    async (list) => {
      if (list.length === 0) return success;
      const menu = list
        .map((item, i) => `${String(i + 1).padStart(String(list.length).length)}) ${item}\n`)
        .join('');
      let show = true;
      return repeat(shell, async () => {
        const prompt = await shell.promptText(shell.state.variables.scalar('PS3') ?? '#? ');
        await shell.write(2, `${show ? menu : ''}${prompt}`);
        const line = await readLine(shell.process, 0, { delimiter: '\n' });
        if (line.text === '' && line.ended) {
          await shell.write(1, '\n');
          return ended(1);
        }
        show = line.text === '';
        if (show) return undefined;
        assign(shell, 'REPLY', line.text);
        assign(shell, node.name.text, list[Number(line.text) - 1] ?? '');
        return afterBody(await runList(shell, node.body));
      });
    },
  );
}

export function runCase(shell: Shell, node: Case): Maybe<Outcome> {
  const traced =
    shell.state.has('xtrace') && shell.dialect === 'bash'
      ? traceCommand(shell, ['case', node.word.text, 'in'], true)
      : undefined;
  return chain(traced, () =>
    chain(expandString(shell, node.word), (subject) => matchItem(shell, node, subject, 0)),
  );
}

function matchItem(shell: Shell, node: Case, subject: string, at: number): Maybe<Outcome> {
  const item = node.items[at];
  if (item === undefined) return success;
  return chain(anyMatches(shell, item.pattern, subject), (matched) =>
    matched ? runItem(shell, node, subject, at) : matchItem(shell, node, subject, at + 1),
  );
}

function runItem(shell: Shell, node: Case, subject: string, at: number): Maybe<Outcome> {
  const item = node.items[at];
  if (item === undefined) return ended(shell.state.status);
  return chain(runList(shell, item.body), (outcome) => {
    if (outcome.leave !== undefined) return outcome;
    if (item.terminator === ';&' && at + 1 < node.items.length) return runItem(shell, node, subject, at + 1);
    if (item.terminator === ';;&') return matchItem(shell, node, subject, at + 1);
    return outcome;
  });
}

function anyMatches(shell: Shell, patterns: readonly Word[], subject: string, from = 0): Maybe<boolean> {
  if (from >= patterns.length) return false;
  return chain(expandPattern(shell, patterns[from] as Word), (pattern) => {
    const options = {
      extended: shell.state.shopted('extglob') || shell.dialect === 'bash',
      fold: shell.state.shopted('nocasematch'),
    };
    return matches(pattern, subject, options) || anyMatches(shell, patterns, subject, from + 1);
  });
}

export async function runSubshell(shell: Shell, node: NodeOf<'Subshell'>): Promise<Outcome> {
  if (shell.execNext) {
    shell.execNext = false;
    const { status } = await runStatements(shell, node.body.commands);
    return { status, leave: { kind: 'exit' } };
  }
  const child = forkShell(shell, (sub) => runStatements(sub, node.body.commands), shell.jobOptions());
  return ended(shellStatus(await waitForeground(shell, [child], () => shell.textOf(node))));
}

export function runTest(shell: Shell, node: NodeOf<'TestCommand'>): Maybe<Outcome> {
  if (shell.dialect === 'dash') return chain(shell.complain('[[: not found'), () => ended(127));
  return chain(evaluateTest(shell, node.expression), (truth) => ended(truth ? 0 : 1));
}

export function runArithmetic(shell: Shell, node: NodeOf<'ArithmeticCommand'>): Maybe<Outcome> {
  const traced = shell.state.has('xtrace')
    ? traceCommand(shell, ['((', node.body.trim(), '))'], true)
    : undefined;
  return chain(
    chain(traced, () => expandArithmeticText(shell, node.body)),
    (text) => {
      try {
        return ended(evaluateArithmetic(shell, text) === 0n ? 1 : 0);
      } catch (error) {
        if (!(error instanceof ShellError)) throw error;
        throw new ShellError(`((: ${error.message}`, { scope: 'command' });
      }
    },
  );
}

export async function runRedirected(
  shell: Shell,
  redirects: readonly Redirection[],
  command: CompoundCommand,
): Promise<Outcome> {
  const redirected = await redirect(shell, redirects);
  try {
    return await runNode(shell, command);
  } finally {
    redirected.undo();
  }
}
