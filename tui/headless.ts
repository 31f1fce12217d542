// Scripts without a screen: the streams of this process are the streams of the simulated shell.

import { readFileSync } from 'node:fs';
import { runScript } from '../shell/index.ts';
import type { Common } from './command-line.ts';
import { savedImage } from './image-files.ts';
import { machineOptions } from './machine-options.ts';
import { whyNotOpened } from './open-error.ts';
import { complain, writeTo } from './standard-streams.ts';
import { openTraceFile } from './trace-file.ts';

interface Run extends Common {
  readonly script: string | undefined;
  readonly name?: string;
  readonly args?: readonly string[];
  readonly stdin?: AsyncIterable<Uint8Array>;
}

export function runInline(run: { script: string; name?: string; args: readonly string[] } & Common) {
  return runHere(run);
}

/** Runs a file of the real machine, its name being $0; '-' is stdin. */
export async function runFile({ file, args, ...common }: { file: string; args: readonly string[] } & Common) {
  if (file === '-') return runHere({ script: undefined, args, ...common });
  let script: string;
  try {
    script = readFileSync(file, 'utf8');
  } catch (error) {
    return complain(whyNotOpened(file, error));
  }
  if (file.endsWith('.md')) return complain(`${file} is a document: cowsh play ${file}`);
  return runHere({ script, name: file, args, ...common });
}

/** Runs what comes on stdin; with nothing on it there is nothing to run. */
export async function runStdin(common: Common): Promise<number> {
  const chunks = process.stdin[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) {
    writeTo(2, new TextEncoder().encode((await import('./usage.ts')).usage()));
    return 2;
  }
  return runHere({ script: undefined, stdin: prepend(first.value, chunks), ...common });
}

async function runHere({
  script,
  name,
  args,
  stdin = lazyStdin(),
  trace,
  save,
  ...machine
}: Run): Promise<number> {
  const traceFile = trace === undefined ? undefined : openTraceFile(trace);
  const status = await runScript({
    script,
    ...(name === undefined ? {} : { name }),
    ...(args === undefined ? {} : { args }),
    ...machineOptions(machine),
    ...(save === undefined ? {} : { save: save.map(savedImage) }),
    stdin,
    stdout: (bytes) => writeTo(1, bytes),
    stderr: (bytes) => writeTo(2, bytes),
    ...(traceFile === undefined ? {} : { trace: traceFile.listen }),
  });
  traceFile?.close();
  return status;
}

/** Opens the real stdin only when somebody reads: a script that does not read must not wait for it. */
async function* lazyStdin(): AsyncGenerator<Uint8Array> {
  for await (const chunk of process.stdin) yield chunk;
}

async function* prepend(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let chunk = await rest.next(); !chunk.done; chunk = await rest.next()) yield chunk.value;
}
