// What `cowsh` does with its command line. Everything heavy is imported late: a headless run never loads the screen.

import { parseCommandLine } from './command-line.ts';

type Invocation = ReturnType<typeof parseCommandLine>;
type Actions = {
  [Kind in Invocation['kind']]: (invocation: Extract<Invocation, { kind: Kind }>) => number | Promise<number>;
};

const wrongUse = 2;

const actions: Actions = {
  app: async ({ trace }) => {
    if (!process.stdin.isTTY) return (await import('./headless.ts')).runStdin(trace);
    return process.stdout.isTTY ? openApp({ trace }) : explainUsage();
  },
  script: async (invocation) => (await import('./headless.ts')).runInline(invocation),
  file: async (invocation) => (await import('./headless.ts')).runFile(invocation),
  play: async ({ file, auto, trace }) => {
    if (!process.stdout.isTTY || !(auto || process.stdin.isTTY))
      return complain('play needs a terminal; `cowsh test` runs a document without one');
    const document = (await import('./documents.ts')).openDocument(file);
    return document.ok ? openApp({ scenario: document.scenario, auto, trace }) : complain(document.problem);
  },
  test: async ({ files, trace }) => (await import('./documents.ts')).testDocuments(files, trace),
  record: async (invocation) => (await import('./documents.ts')).recordDocument(invocation),
  help: async () => {
    process.stdout.write(await helpText());
    return 0;
  },
  version: async () => {
    process.stdout.write(`cowsh ${(await import('./version.ts')).version()}\n`);
    return 0;
  },
  usage: ({ problem }) => complain(`${problem}\nTry 'cowsh --help'.`),
};

/** The screen: Ink and React come in here and nowhere else. */
async function openApp(options: import('./app/main.tsx').AppOptions): Promise<number> {
  const { startApp } = await (await import('./load-app.ts')).loadApp();
  return startApp(options);
}

/** Not on a terminal and nothing to run. */
async function explainUsage(): Promise<number> {
  process.stderr.write(await helpText());
  return wrongUse;
}

const helpText = async () => (await import('./usage.ts')).usage();

function complain(problem: string): number {
  process.stderr.write(`cowsh: ${problem}\n`);
  return wrongUse;
}

/** A reader that goes away (`cowsh … | head`) ends the run as SIGPIPE would, without a word. */
function endOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(128 + 13);
    });
}

async function main(invocation: Invocation): Promise<void> {
  endOnClosedPipe();
  const act = actions[invocation.kind] as (invocation: Invocation) => number | Promise<number>;
  const status = (await refusedTrace(invocation)) ?? (await act(invocation));
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // Streams and timers nobody waits for any more must not keep the process.
  process.exit(status);
}

/** Says so before anything runs when the trace cannot be written. */
async function refusedTrace(invocation: Invocation): Promise<number | undefined> {
  const trace = 'trace' in invocation ? invocation.trace : undefined;
  if (trace === undefined) return undefined;
  const { openTraceFile } = await import('./trace-file.ts');
  const { whyNotOpened } = await import('./open-error.ts');
  try {
    openTraceFile(trace).close();
    return undefined;
  } catch (error) {
    return complain(whyNotOpened(trace, error));
  }
}

const flushed = (stream: NodeJS.WriteStream) => new Promise((resolve) => stream.write('', resolve));

await main(parseCommandLine(process.argv.slice(2)));
