// A `console` block: commands after a `$ ` prompt, each followed by the output it must give.

import type { Action, ScenarioProblem } from './scenario.ts';

type Command = Extract<Action, { kind: 'command' }>;

export interface Transcript {
  readonly commands: readonly Command[];
  readonly problems: readonly ScenarioProblem[];
}

interface Entry {
  line: number;
  command: string[];
  output: string[];
}

/**
 * `$ ` starts a command, `> ` right below it continues it, other lines are its output, and a last line `[exit N]` its
 * exit status. `line` is the document's line of the first line of `text`.
 */
export function readTranscript(text: string, line: number): Transcript {
  const entries: Entry[] = [];
  const problems: ScenarioProblem[] = [];
  for (const [index, row] of text.split('\n').entries()) {
    const current = entries.at(-1);
    if (/^\$( |$)/.test(row)) entries.push({ line: line + index, command: [row.slice(2)], output: [] });
    else if (current === undefined) {
      if (row.trim() !== '')
        problems.push({ line: line + index, text: 'output comes before the first `$ command`' });
    } else if (/^>( |$)/.test(row) && current.output.length === 0) current.command.push(row.slice(2));
    else current.output.push(row);
  }
  if (entries.length === 0 && problems.length === 0)
    problems.push({ line, text: 'a console block without a `$ command`' });
  return { commands: entries.map(toCommand), problems: [...problems, ...entries.flatMap(entryProblems)] };
}

function toCommand({ line, command, output }: Entry): Command {
  const lines = dropBlankEnd(output);
  const status = exitLine(lines.at(-1));
  const expected = {
    output: status === undefined ? lines : dropBlankEnd(lines.slice(0, -1)),
    status: status ?? 0,
  };
  return { kind: 'command', line, command: command.join('\n'), expected };
}

function entryProblems({ line, command, output }: Entry): ScenarioProblem[] {
  const empty = command.join('').trim() === '' ? [{ line, text: 'a prompt without a command' }] : [];
  const lines = dropBlankEnd(output);
  const early = lines.slice(0, -1).findIndex((row) => exitLine(row) !== undefined);
  const misplaced =
    early === -1
      ? []
      : [{ line: line + command.length + early, text: '[exit N] must be the last line of an output' }];
  return [...empty, ...misplaced];
}

function exitLine(row: string | undefined): number | undefined {
  const [, status] = /^\[exit (\d{1,3})\]$/.exec(row?.trim() ?? '') ?? [];
  return status === undefined ? undefined : Number(status);
}

/** Blank lines between an output and the next prompt are there for the reader. */
function dropBlankEnd(rows: readonly string[]): string[] {
  const end = rows.findLastIndex((row) => row.trim() !== '');
  return rows.slice(0, end + 1);
}
