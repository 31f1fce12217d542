// A fenced block as actions: which blocks are commands, transcripts, files and layer checks, and which only words.

import { isUnfinished } from '../shell/index.ts';
import { readLayers } from './layers-block.ts';
import type { Action, FenceActions, ScenarioProblem } from './scenario.ts';
import { readTranscript } from './transcript.ts';

export interface Fence {
  /** First word of the info string, lower case. */
  readonly language: string;
  readonly text: string;
  /** The document's line of the first line of `text`. */
  readonly line: number;
}

type Reader = (fence: Fence) => FenceActions;

const languages: Record<string, Reader> = {
  '': unmarked,
  sh: unmarked,
  bash: unmarked,
  shell: unmarked,
  console: transcript,
  'shell-session': transcript,
  dockerfile,
  layers: (fence) => readLayers(fence.text, fence.line),
};

/** What a fence does; undefined when it is only shown (`text`, `json`, any other language). */
export function readFence(fence: Fence): FenceActions | undefined {
  if (!Object.hasOwn(languages, fence.language)) return undefined;
  return languages[fence.language]?.(fence);
}

/** No language, or a shell's: told apart by how it begins. */
function unmarked(fence: Fence): FenceActions {
  const first = fence.text.split('\n').find((row) => row.trim() !== '' && !row.startsWith('#')) ?? '';
  if (/^FROM\s+\S/.test(first)) return dockerfile(fence);
  return /^\$( |$)/.test(first) ? transcript(fence) : commands(fence);
}

function dockerfile({ text, line }: Fence): FenceActions {
  return {
    actions: [{ kind: 'file', line, name: 'Dockerfile', text: `${text.replace(/\n+$/, '')}\n` }],
    problems: [],
  };
}

function transcript({ text, line }: Fence): FenceActions {
  const { commands, problems } = readTranscript(text, line);
  return { actions: commands, problems: [...problems, ...commands.flatMap(unfinished)] };
}

/** Row after row is one command until the shell would not ask for more. Blank rows and comments between are skipped. */
function commands({ text, line }: Fence): FenceActions {
  const actions: Extract<Action, { kind: 'command' }>[] = [];
  let open: { line: number; command: string } | undefined;
  for (const [index, row] of text.split('\n').entries()) {
    if (open === undefined && (row.trim() === '' || row.startsWith('#'))) continue;
    open =
      open === undefined
        ? { line: line + index, command: row.trimEnd() }
        : { ...open, command: `${open.command}\n${row}` };
    if (isUnfinished(open.command)) continue;
    actions.push({ kind: 'command', ...open });
    open = undefined;
  }
  return open === undefined ? { actions, problems: [] } : { actions, problems: unfinished(open) };
}

function unfinished({ line, command }: { line: number; command: string }): ScenarioProblem[] {
  return isUnfinished(command)
    ? [{ line, text: `the command is not finished: ${command.split('\n')[0]}` }]
    : [];
}
