// Loops: for, for ((;;)), while, until, select.
import { headerParts } from './arithmetic-header.ts';
import { assign } from './assign.ts';
import { beforeCommand } from './command-traps.ts';
import { runList, tolerantly } from './evaluate.ts';
import { evaluateArithmetic } from './expand/arithmetic.ts';
import { expandWords } from './expand/index.ts';
import { expandArithmeticText } from './expand/word.ts';
import { chain, type Maybe } from './maybe.ts';
import { ended, type Outcome, success } from './outcome.ts';
import { promptText } from './prompt.ts';
import { readLine } from './read-line.ts';
import { selectMenu } from './select-menu.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import type { ArithmeticFor, CommandNode, For, Select, While } from './syntax.ts';
import { isName } from './variables.ts';
import { traceHead } from './xtrace.ts';

/** What a loop's body came to: undefined to go on, else the loop's own outcome. */
function afterBody(outcome: Outcome): Outcome | undefined {
  const { leave, status } = outcome;
  if (leave === undefined) return undefined;
  if (leave.kind !== 'break' && leave.kind !== 'continue') return outcome;
  if (leave.levels > 1) return { status, leave: { kind: leave.kind, levels: leave.levels - 1 } };
  return leave.kind === 'break' ? ended(status) : undefined;
}

/** A nameref that is the loop's variable stands for each of the words in turn. */
function turnOf(shell: Shell, name: string, value: string): void {
  shell.builtin = undefined;
  if (!shell.state.variables.get(name)?.reference) return assign(shell, name, value);
  if (!/^[A-Za-z_]\w*(\[.+\])?$/s.test(value))
    throw new ShellError(`\`${value}': invalid variable name for name reference`);
  shell.state.variables.ensure(name).value = value;
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
  shell.at = node.pos;
  const values =
    node.wordlist === undefined ? [...shell.state.positional] : expandWords(shell, node.wordlist);
  const words = node.wordlist?.map((word) => word.text) ?? ['"$@"'];
  return chain(values, (list) => {
    let i = 0;
    let last = success;
    return repeat(shell, () => {
      if (i >= list.length) return last;
      const value = list[i++] as string;
      const turn = (): Maybe<Outcome | undefined> => {
        turnOf(shell, name, value);
        return chain(runList(shell, node.body), (outcome) => {
          last = ended(outcome.status);
          return afterBody(outcome);
        });
      };
      return chain(traceHead(shell, ['for', name, 'in', ...words]), () => heard(shell, node, turn));
    });
  });
}

export function runArithmeticFor(shell: Shell, node: ArithmeticFor): Maybe<Outcome> {
  const [first, test, next] = headerParts(shell.lines.text, node);
  const evaluate = (text: string): Maybe<bigint> =>
    chain(expandArithmeticText(shell, text), (expanded) =>
      chain(traceHead(shell, ['((', expanded.trim(), '))']), () => evaluateArithmetic(shell, expanded)),
    );
  const value = (text: string): Maybe<bigint> => {
    if (text.trim() === '') return 1n;
    const { pos } = node;
    const skipped = beforeCommand(shell, {
      type: 'ArithmeticCommand',
      body: text.trim(),
      expression: undefined,
      pos,
      end: pos + 1,
    });
    return skipped === undefined ? evaluate(text) : chain(skipped, () => evaluate(text));
  };
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

export function runSelect(shell: Shell, node: Select): Maybe<Outcome> {
  // Only bash has select: to the others it is a command, and `do` comes too early.
  if (shell.dialect !== 'bash')
    throw new ShellError('Syntax error: "do" unexpected', { status: 2, scope: 'shell' });
  return chain(
    node.wordlist === undefined ? [...shell.state.positional] : expandWords(shell, node.wordlist),
    async (list) => {
      if (list.length === 0) return success;
      const columns = Number(shell.state.variables.scalar('COLUMNS')) || shell.terminal()?.columns || 80;
      const menu = selectMenu(list, columns);
      let show = true;
      return repeat(shell, async () => {
        const prompt = await promptText(shell, shell.state.variables.scalar('PS3') ?? '#? ');
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

/** Runs a command unless the DEBUG trap says otherwise. */
function heard(
  shell: Shell,
  node: CommandNode,
  run: () => Maybe<Outcome | undefined>,
): Maybe<Outcome | undefined> {
  const skipped = beforeCommand(shell, node);
  return skipped === undefined ? run() : chain(skipped, (outcome) => outcome ?? run());
}
