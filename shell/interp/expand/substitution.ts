// $(command), `command`, <(command) and >(command): subshells over pipes.
import { decodeName } from '../../fs/name.ts';
import { O } from '../../fs/open-flags.ts';
import { shellStatus } from '../../fs/signal.ts';
import { joinBytes, readAll } from '../files.ts';
import { chain, type Maybe } from '../maybe.ts';
import { ended } from '../outcome.ts';
import { redirectFailure } from '../redirect-failure.ts';
import type { Shell } from '../shell.ts';
import { SourceLines } from '../source-lines.ts';
import { forkShell } from '../subshell.ts';
import { quotedLines, substitutedLines } from '../substituted-lines.ts';
import type { CommandExpansionPart, ParsedScript, ProcessSubstitutionPart, Word } from '../syntax.ts';
import { expandString } from './index.ts';

/** The output of a command substitution without its trailing newlines. */
export function substituteCommand(shell: Shell, part: CommandExpansionPart): Maybe<string> {
  const { script } = part;
  if (script === undefined || script.commands.length === 0) {
    shell.substituted = 0;
    return '';
  }
  // dash and busybox 1.35 run nothing there, and read nothing.
  const file = shell.dialect === 'bash' ? fileOf(script) : undefined;
  return file === undefined ? captured(shell, script, part.text.startsWith('`')) : slurped(shell, file);
}

// $(<file) reads the file without a process.
function fileOf(script: ParsedScript): Word | undefined {
  const command = script.commands.length === 1 ? script.commands[0]?.command : undefined;
  if (command?.type !== 'Command' || command.name !== undefined || command.prefix.length !== 1)
    return undefined;
  const redirect = command.prefix[0];
  if (redirect?.type !== 'Redirect' || redirect.operator !== '<' || redirect.descriptor !== undefined)
    return undefined;
  return redirect.target;
}

async function slurped(shell: Shell, target: Word): Promise<string> {
  const path = await expandString(shell, target);
  try {
    const fd = shell.process.open(path, O.RDONLY);
    const bytes = await readAll(shell.process, fd);
    shell.process.close(fd);
    shell.substituted = 0;
    return outputText(bytes);
  } catch (error) {
    await shell.complain(redirectFailure(shell, error, path, 'open').message);
    shell.substituted = 1;
    return '';
  }
}

async function captured(shell: Shell, script: ParsedScript, quoted: boolean): Promise<string> {
  const { process } = shell;
  const [reader, writer] = process.pipe();
  const child = forkShell(shell, (sub) => {
    sub.process.dup2(writer, 1);
    if (writer !== 1) sub.process.close(writer);
    if (reader !== 1) sub.process.close(reader);
    if (script.source !== undefined) sub.lines = new SourceLines(script.source, shell.line());
    else if (shell.dialect === 'bash')
      sub.lines = (quoted ? quotedLines : substitutedLines)(script, shell.lines.text, shell.line());
    sub.loopDepth = 0;
    sub.traceDepth++;
    if (shell.dialect === 'bash' && !shell.state.shopted('inherit_errexit'))
      sub.state.options.delete('errexit');
    // At its end it is back in the command around.
    const { running } = shell;
    return chain(sub.evaluator.script(sub, script), (outcome) => {
      sub.running = running;
      return outcome;
    });
  });
  process.close(writer);
  const bytes = await readAll(process, reader);
  process.close(reader);
  const status = shellStatus(await child.exited);
  shell.substituted = status;
  if (shell.dialect === 'bash') shell.state.status = status;
  if (shell.dialect === 'bash' && bytes.includes(0))
    await shell.complain('warning: command substitution: ignored null byte in input');
  return outputText(bytes);
}

function outputText(bytes: Uint8Array): string {
  const text = decodeName(bytes.includes(0) ? joinBytes([bytes.filter((byte) => byte !== 0)]) : bytes);
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end--;
  return text.slice(0, end);
}

/** Starts the command of <(...) or >(...) and gives the path that stands for its pipe. */
export function substituteProcess(shell: Shell, part: ProcessSubstitutionPart): string {
  const { process } = shell;
  const [reader, writer] = process.pipe();
  const [ours, theirs] = part.operator === '<' ? [reader, writer] : [writer, reader];
  const child = forkShell(shell, (sub) => {
    sub.process.dup2(theirs, part.operator === '<' ? 1 : 0);
    sub.process.close(reader);
    sub.process.close(writer);
    if (shell.dialect === 'bash' && part.script !== undefined)
      sub.lines = substitutedLines(part.script, shell.lines.text, shell.line());
    return part.script === undefined ? ended(0) : sub.evaluator.script(sub, part.script);
  });
  shell.state.lastBackground = child.pid;
  process.close(theirs);
  const fd = process.dup(ours, Math.min(63, process.limits.nofile.soft - 1) - shell.temporary.length);
  process.close(ours);
  shell.temporary.push(fd);
  return `/dev/fd/${fd}`;
}
