// Pipelines: every stage a forked shell, joined by kernel pipes, all running at once.
import type { Child } from '../fs/child.ts';
import { shellStatus } from '../fs/signal.ts';
import { beforeCommand } from './command-traps.ts';
import { runNode } from './evaluate.ts';
import { waitForeground } from './foreground.ts';
import { chain, type Maybe } from './maybe.ts';
import { ended, type Outcome, success } from './outcome.ts';
import { printStatement } from './print-command.ts';
import type { Shell } from './shell.ts';
import { forkShell, takeOver } from './subshell.ts';
import type { CommandNode, Pipeline } from './syntax.ts';

export function runPipeline(shell: Shell, node: Pipeline): Maybe<Outcome> {
  const timed = node.prefixes.find((prefix) => prefix.type === 'Time');
  const negated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1;
  const started = timed === undefined ? 0n : shell.now();
  return chain(runStages(shell, node), (outcome) =>
    chain(
      timed === undefined ? undefined : reportTime(shell, shell.now() - started, timed.posix !== undefined),
      () => (negated && outcome.leave === undefined ? ended(outcome.status === 0 ? 1 : 0) : outcome),
    ),
  );
}

function runStages(shell: Shell, node: Pipeline): Maybe<Outcome> {
  const [only, ...others] = node.commands;
  if (only === undefined) return success;
  if (others.length > 0) return runJoined(shell, node);
  return chain(runNode(shell, only), (outcome) => {
    shell.state.pipeStatus = [outcome.status];
    return outcome;
  });
}

/** `shopt -s lastpipe`: the last stage runs in this shell, with the pipe as its input. */
async function runLastHere(shell: Shell, node: Pipeline): Promise<Outcome> {
  const { process, state } = shell;
  const [reader, writer] = process.pipe();
  const before = { ...node, commands: node.commands.slice(0, -1) };
  const children = startStages(shell, before, writer);
  process.close(writer);
  const aside = process.dup(0, 10);
  process.setCloseOnExec(aside, true);
  shell.keptAside.add(aside);
  process.dup2(reader, 0);
  process.close(reader);
  try {
    const outcome = await runNode(shell, node.commands.at(-1) as CommandNode);
    process.dup2(aside, 0);
    const statuses = await Promise.all(children.map(async (child) => shellStatus(await child.exited)));
    state.pipeStatus = [...statuses, outcome.status];
    if (outcome.leave !== undefined) return outcome;
    return ended(pipelineStatus(shell, state.pipeStatus));
  } finally {
    process.dup2(aside, 0);
    process.close(aside);
    shell.keptAside.delete(aside);
  }
}

function pipelineStatus({ state }: Shell, statuses: readonly number[]): number {
  const failing = state.has('pipefail') ? statuses.findLast((status) => status !== 0) : undefined;
  return failing ?? statuses.at(-1) ?? 0;
}

async function runJoined(shell: Shell, node: Pipeline): Promise<Outcome> {
  if (shell.state.shopted('lastpipe') && !shell.interactive) return runLastHere(shell, node);
  // The DEBUG trap runs for the stages before any of them starts.
  if (shell.state.traps.has('DEBUG'))
    for (const command of node.commands) if (command.type === 'Command') await beforeCommand(shell, command);
  const children = startStages(shell, node);
  await waitForeground(shell, children, () => printStatement(node, shell.lines.text));
  const statuses = await Promise.all(
    children.map(async (child) => (shell.jobs.isStopped(child) ? 148 : shellStatus(await child.exited))),
  );
  const { state } = shell;
  state.pipeStatus = statuses;
  return ended(pipelineStatus(shell, statuses));
}

/** Starts all stages; the first one leads the process group. The last one's output goes to `output`, if given. */
export function startStages(shell: Shell, node: Pipeline, output?: number): Child[] {
  const { process } = shell;
  const children: Child[] = [];
  let input: number | undefined;
  node.commands.forEach((command, i) => {
    const last = i === node.commands.length - 1;
    shell.at = command.pos;
    const [reader, writer] = last ? [undefined, output] : process.pipe();
    const ends = { input, output: writer, unused: reader, errors: node.operators[i] === '|&' };
    children.push(startStage(shell, command, ends, children[0]));
    if (input !== undefined) process.close(input);
    if (writer !== undefined && !last) process.close(writer);
    input = reader;
  });
  return children;
}

interface Ends {
  input: number | undefined;
  output: number | undefined;
  unused: number | undefined;
  /** |& */
  errors: boolean;
}

function startStage(shell: Shell, command: CommandNode, ends: Ends, leader: Child | undefined): Child {
  return forkShell(
    shell,
    (sub) => {
      join(sub, ends);
      takeOver(sub, shell, command, true);
      return runNode(sub, command);
    },
    shell.jobOptions(leader),
  );
}

function join({ process }: Shell, { input, output, unused, errors }: Ends): void {
  if (input !== undefined && input !== 0) process.dup2(input, 0);
  if (output !== undefined && output !== 1) process.dup2(output, 1);
  if (errors) process.dup2(1, 2);
  for (const fd of [input, output, unused]) if (fd !== undefined && fd > 2) process.close(fd);
}

function reportTime(shell: Shell, elapsed: bigint, posix: boolean): Maybe<void> {
  const seconds = Number(elapsed / 1_000_000n) / 1000;
  if (posix) return shell.write(2, `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n`);
  const format = shell.state.variables.scalar('TIMEFORMAT') ?? TIME_FORMAT;
  return format === '' ? undefined : shell.write(2, `${timeText(format, seconds)}\n`);
}

const TIME_FORMAT = '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';

/** TIMEFORMAT: %R, %U, %S with digits and `l` for minutes; programs here need no time of a processor. */
function timeText(format: string, elapsed: number): string {
  return format.replace(/%(\d?)(l?)([RUS])|%P|%%/g, (whole, digits: string, long: string, letter: string) => {
    if (whole === '%%') return '%';
    if (whole === '%P') return '0.00';
    const seconds = letter === 'R' ? elapsed : 0;
    const places = digits === '' ? 3 : Math.min(3, Number(digits));
    if (long === '') return seconds.toFixed(places);
    return `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(places)}s`;
  });
}
