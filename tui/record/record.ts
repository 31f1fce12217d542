// `cowsh record`: the app plays a scenario on a clock of its own, and each frame goes into a file. Same input, same bytes.
import { writeFileSync } from 'node:fs';
import type { Scenario } from '../../scenarios/scenario.ts';
import { openSession } from '../../shell/index.ts';
import type { SessionPort } from '../app/session-port.ts';
import type { Common } from '../command-line.ts';
import { machineOptions } from '../machine-options.ts';
import { whyNotOpened } from '../open-error.ts';
import { type Size, SMALLEST, tooSmall } from '../state/layout.ts';
import { openTraceFile } from '../trace-file.ts';
import { film } from './film.ts';

export interface RecordOptions extends Common {
  readonly scenario: Scenario;
  readonly out: string;
  readonly size: Size;
}

/** 0, or 2 when the file cannot be written or the size has no room for the app. */
export async function recordScenario(options: RecordOptions): Promise<number> {
  const { scenario, out, size, trace, ...machine } = options;
  if (tooSmall(size)) return complain(`a recording needs at least ${SMALLEST.columns}x${SMALLEST.rows}`);
  const session = openSession({ clock: 'virtual', ...machineOptions(machine) });
  const stopTrace = trace === undefined ? undefined : traceTo(trace, session);
  const text = await film(session, scenario, size);
  stopTrace?.();
  try {
    writeFileSync(out, text);
  } catch (error) {
    return complain(whyNotOpened(out, error));
  }
  return 0;
}

function traceTo(path: string, session: SessionPort): () => void {
  const file = openTraceFile(path);
  session.onTrace(file.listen);
  return () => file.close();
}

function complain(problem: string): number {
  process.stderr.write(`cowsh: ${problem}\n`);
  return 2;
}
