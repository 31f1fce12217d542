// play, test and record: from a file name to a scenario, and what is said when it is not one.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isOwnScenario, readOwnScenario } from '../scenarios/catalogue.ts';
import { checkScenario } from '../scenarios/check.ts';
import { describeFailure } from '../scenarios/judge.ts';
import { parseScenario } from '../scenarios/parse.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { createStage } from '../scenarios/stage.ts';
import { openSession, type TraceEvent } from '../shell/index.ts';
import type { Common, Size } from './command-line.ts';
import { machineOptions } from './machine-options.ts';
import { whyNotOpened } from './open-error.ts';
import { complain, say } from './standard-streams.ts';
import { openTraceFile } from './trace-file.ts';

export type Opened =
  | { readonly ok: true; readonly scenario: Scenario }
  /** Lines without an end, each `FILE:LINE: text` or one sentence. */
  | { readonly ok: false; readonly problem: string };

/** A file of the real machine, or else the name of a scenario of our own. */
export function openDocument(file: string): Opened {
  let source: string;
  try {
    source = readDocument(file);
  } catch (error) {
    return { ok: false, problem: whyNotOpened(file, error) };
  }
  const parsed = parseScenario(source, basename(file));
  if (parsed.ok) return parsed;
  return {
    ok: false,
    problem: parsed.problems.map(({ line, text }) => `${file}:${line}: ${text}`).join('\n'),
  };
}

function readDocument(file: string): string {
  try {
    return new TextDecoder().decode(readFileSync(file));
  } catch (error) {
    const name = basename(file, '.md');
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && isOwnScenario(name))
      return readOwnScenario(name);
    throw error;
  }
}

/** `cowsh test`: 0 when every document does what it promises, 1 when one does not, 2 when one cannot be played. */
export async function testDocuments(
  files: readonly string[],
  { trace, ...machine }: Common,
): Promise<number> {
  const traceFile = trace === undefined ? undefined : openTraceFile(trace);
  let status = 0;
  for (const file of files) {
    const opened = openDocument(file);
    if (!opened.ok) {
      status = complain(opened.problem);
    } else status = Math.max(status, await testScenario(file, opened.scenario, machine, traceFile?.listen));
  }
  traceFile?.close();
  return status;
}

/** Each document gets a machine of its own. */
async function testScenario(
  file: string,
  scenario: Scenario,
  machine: Common,
  trace: ((event: TraceEvent) => void) | undefined,
): Promise<number> {
  const session = openSession({ clock: 'virtual', ...machineOptions(machine) });
  if (trace !== undefined) session.onTrace(trace);
  const failures = await checkScenario(scenario, createStage(session));
  const lines = failures.flatMap((failure) => describeFailure(file, failure));
  const verdict = failures.length === 0 ? 'ok' : 'FAILED';
  say(`${[...lines, `${verdict}  ${file}  (${steps(scenario)})`].join('\n')}\n`);
  return failures.length === 0 ? 0 : 1;
}

const steps = ({ steps: { length } }: Scenario): string => `${length} step${length === 1 ? '' : 's'}`;

export async function recordDocument(
  options: { file: string; out: string; size: Size } & Common,
): Promise<number> {
  const opened = openDocument(options.file);
  if (!opened.ok) {
    return complain(opened.problem);
  }
  const { recordScenario } = await import('./record/record.ts');
  return recordScenario({ ...options, scenario: opened.scenario });
}
