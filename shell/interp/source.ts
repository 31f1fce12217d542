// Running a source text: line by line as far as aliases, syntax errors and abandoned lines are concerned.
import { loading } from '../fs/loading.ts';
import { readSource } from './aliases.ts';
import type { ConditionFault } from './condition-fault.ts';
import { runStatements } from './evaluate.ts';
import { ended, type Outcome, success } from './outcome.ts';
import type { Shell } from './shell.ts';
import { SourceLines } from './source-lines.ts';
import { takesOver } from './subshell.ts';
import { openDocument, type Parsed, type Statement } from './syntax.ts';
import { complaintPrefix, syntaxErrorLines } from './syntax-report.ts';

export interface SourceOptions {
  /** The number of the text's first line. */
  firstLine?: number;
  /** The builtin that runs it, for messages: eval, or the name of a sourced file. */
  command?: string;
  /** The last command may take the process over. */
  mayExec?: boolean;
}

/** Runs the text. A syntax error is reported when the lines before it have run. */
export async function runSource(shell: Shell, text: string, options: SourceOptions = {}): Promise<Outcome> {
  const { lines, at, running } = shell;
  try {
    return await runLines(shell, text, options);
  } finally {
    shell.lines = lines;
    shell.at = at;
    if (options.command !== undefined) shell.running = running;
  }
}

async function runLines(shell: Shell, text: string, options: SourceOptions): Promise<Outcome> {
  let rest = text;
  let firstLine = options.firstLine ?? 1;
  let outcome: Outcome = success;
  for (;;) {
    const { source, parsed, origin } = readSource(shell, rest);
    shell.lines = new SourceLines(source, firstLine);
    const known = shell.state.aliases;
    const before = readingMark(shell);
    const groups = groupLines(parsed);
    let changedAt: number | undefined;
    let shown = 0;
    for (const group of groups) {
      const last = group.at(-1) as Statement;
      if (shell.state.has('verbose') && !shell.interactive)
        await shell.write(2, lineTexts(source, shown, last.end));
      shown = endOfLine(source, last.end);
      shell.lastLine = shell.lines.lineOf(last.end - 1);
      if (group === groups.at(-1)) await warnOfOpenDocument(shell, parsed);
      if (options.mayExec && groups.length === 1 && group.length === 1)
        shell.execNext = isLoneCommand(shell, group[0] as Statement);
      outcome = await runStatements(shell, group);
      shell.execNext = false;
      if (endsWithLine(shell, outcome, options)) outcome = ended(outcome.status);
      if (outcome.leave !== undefined) return outcome;
      if (known !== shell.state.aliases || before !== readingMark(shell)) {
        changedAt = endOfLine(source, (group.at(-1) as Statement).end);
        break;
      }
    }
    if (changedAt === undefined || changedAt >= source.length)
      return parsed.fault === undefined ? outcome : await reportFault(shell, parsed, options);
    firstLine = shell.lines.lineOf(changedAt);
    rest = rest.slice(origin(changedAt));
  }
}

/** Whether an outcome that ends a line ends no more than that. */
const endsWithLine = (shell: Shell, { leave }: Outcome, { command }: SourceOptions): boolean =>
  leave?.kind === 'abandon' &&
  !shell.interrupted &&
  !shell.interactive &&
  (command === undefined || (!leave.outermost && shell.subshellLevel === 0));

/** The lines from one place to the end of another's line (set -v). */
function lineTexts(source: string, from: number, to: number): string {
  const text = source.slice(from, endOfLine(source, to));
  return text.endsWith('\n') ? text : `${text}\n`;
}

// bash tells of a here-document that the end of the text has closed, and takes it as it is.
async function warnOfOpenDocument(shell: Shell, { script, source }: Parsed): Promise<void> {
  const open = shell.dialect === 'bash' && source.includes('<<') ? openDocument(script) : undefined;
  if (open === undefined) return;
  const { lines } = shell;
  const end = lines.lineOf(source.replace(/\n$/, '').length);
  const start = lines.lineOf(open.pos);
  const name = /(.*)line \d+: $/.exec(shell.prefix())?.[1] ?? shell.prefix();
  await shell.write(
    2,
    `${name}line ${end}: warning: here-document at line ${start} delimited by end-of-file (wanted \`${open.delimiter?.value}')\n`,
  );
}

/** What decides how the lines to come are read: another value, and they are read again. */
const readingMark = ({ state, dialect }: Shell): string =>
  (dialect === 'bash' && state.shopted('extglob') ? 'extglob' : '') +
  (state.aliases.size === 0 ? '' : JSON.stringify([...state.aliases]));

function isLoneCommand(shell: Shell, statement: Statement): boolean {
  return (
    takesOver(statement.command) &&
    !statement.background &&
    shell.state.traps.size === 0 &&
    !shell.interactive
  );
}

function endOfLine(source: string, from: number): number {
  const newline = source.indexOf('\n', from);
  return newline === -1 ? source.length : newline + 1;
}

/** The statements that share lines, as the shell reads them; those on or after the line of an error are left out. */
function groupLines({ script, source, fault }: Parsed): Statement[][] {
  const groups: Statement[][] = [];
  let end = -1;
  for (const statement of script.commands) {
    const joined = end !== -1 && !source.slice(end, statement.pos).includes('\n');
    if (joined) groups.at(-1)?.push(statement);
    else groups.push([statement]);
    end = statement.end;
  }
  if (fault === undefined) return groups;
  return groups.filter((group) => {
    const last = group.at(-1) as Statement;
    if (last.end <= last.pos || isTorn(last, source)) return false;
    return last.end <= fault.pos && source.slice(last.end, fault.pos).includes('\n');
  });
}

const WHOLE = new Set(['Command', 'Pipeline', 'AndOr', 'Redirected']);

/** What the parser has left of a compound command in which it met an error: nothing to run. */
const isTorn = ({ command, pos, end }: Statement, source: string): boolean =>
  (command.type === 'Function' && command.body.end <= command.body.pos) ||
  (!WHOLE.has(command.type) && !/(?:[)}]|\bfi|\bdone|\besac|\]\])[\s;&]*$/.test(source.slice(pos, end)));

/** A [[ ]] that bash cannot read is to it as the end of the text. */
async function reportCondition(
  shell: Shell,
  { told, last }: ConditionFault,
  command: string | undefined,
): Promise<Outcome> {
  const before = complaintPrefix(shell, command);
  for (const { pos, text } of told) {
    const behind = pos > shell.lines.text.length && !shell.lines.text.endsWith('\n') ? 1 : 0;
    await shell.write(2, `${before(shell.lines.lineOf(pos) + behind)}${text}\n`);
  }
  const status = command !== undefined || last || shell.interactive ? 2 : shell.state.status;
  shell.state.status = status;
  return command === undefined
    ? { status, leave: { kind: shell.interactive ? 'abandon' : 'exit' } }
    : { status };
}

async function reportFault(shell: Shell, parsed: Parsed, { command }: SourceOptions): Promise<Outcome> {
  const condition =
    shell.dialect === 'bash' && parsed.source.includes('[[')
      ? (await loading(import('./condition-fault.ts'))).conditionFault(parsed)
      : undefined;
  if (condition !== undefined) return reportCondition(shell, condition, command);
  const lines = syntaxErrorLines(shell, parsed, shell.lines, command);
  await shell.write(2, lines.map((line) => `${line}\n`).join(''));
  const { fault } = parsed;
  // bash reads a substitution while it reads the command around: no reader of a text survives that.
  const inside = fault !== undefined && fault.kind === 'token' && fault.inside === true;
  if (
    inside &&
    shell.dialect === 'bash' &&
    !shell.interactive &&
    (shell.origin === 'c' || command !== undefined)
  ) {
    const status = shell.outermost() ? 127 : 1;
    shell.state.status = status;
    return { status, leave: { kind: 'exit' } };
  }
  shell.state.status = 2;
  const leave =
    shell.dialect === 'bash' && command !== undefined
      ? undefined
      : ({ kind: shell.interactive ? 'abandon' : 'exit' } as const);
  return { status: 2, leave };
}
