// What `cowsh` does with its command line. Everything heavy is imported late: a headless run never loads the screen.

import { type Common, parseCommandLine } from './command-line.ts';
import { complain, say, writeTo } from './standard-streams.ts';

type Invocation = ReturnType<typeof parseCommandLine>;
type Actions = {
  [Kind in Invocation['kind']]: (invocation: Extract<Invocation, { kind: Kind }>) => number | Promise<number>;
};

const actions: Actions = {
  app: async ({ kind: _app, ...common }) => {
    if (!process.stdin.isTTY) return (await import('./headless.ts')).runStdin(common);
    return process.stdout.isTTY ? openApp(common) : explainUsage();
  },
  script: async (invocation) => (await import('./headless.ts')).runInline(invocation),
  file: async (invocation) => (await import('./headless.ts')).runFile(invocation),
  play: async ({ kind: _play, file, auto, ...common }) => {
    if (!process.stdout.isTTY || !(auto || process.stdin.isTTY))
      return complain('play needs a terminal; `cowsh test` runs a document without one');
    const document = (await import('./documents.ts')).openDocument(file);
    return document.ok
      ? openApp({ scenario: document.scenario, auto, ...common })
      : complain(document.problem);
  },
  test: async ({ kind: _test, files, ...common }) =>
    (await import('./documents.ts')).testDocuments(files, common),
  record: async (invocation) => (await import('./documents.ts')).recordDocument(invocation),
  help: async () => {
    say(await helpText());
    return 0;
  },
  version: async () => {
    say(`cowsh ${(await import('./version.ts')).version()}\n`);
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
  writeTo(2, new TextEncoder().encode(await helpText()));
  return 2;
}

const helpText = async () => (await import('./usage.ts')).usage();

async function main(invocation: Invocation): Promise<void> {
  const act = actions[invocation.kind] as (invocation: Invocation) => number | Promise<number>;
  const status =
    (await refusedDriver(invocation)) ??
    (await refusedTrace(invocation)) ??
    (await refusedImages(invocation)) ??
    (await withImages(() => act(invocation)));
  // Streams and timers nobody waits for any more must not keep the process.
  process.exit(status);
}

/** Says so before anything runs when there is no such storage driver, or it is a special one. */
async function refusedDriver(invocation: Invocation): Promise<number | undefined> {
  const name = 'storageDriver' in invocation ? invocation.storageDriver : undefined;
  if (name === undefined) return undefined;
  const { noteOnDriver, whyNoDriver } = await import('./storage-driver.ts');
  const why = whyNoDriver(name);
  if (why !== undefined) return complain(why);
  const note = noteOnDriver(name);
  if (note !== undefined) complain(note);
  return undefined;
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

/** Says so before anything runs when an archive cannot be read, or written in the end. */
async function refusedImages(invocation: Invocation): Promise<number | undefined> {
  const { load = [], save = [] } = invocation as Common;
  if (load.length === 0 && save.length === 0) return undefined;
  const { tryToLoad, tryToSave } = await import('./image-files.ts');
  const { whyNotOpened } = await import('./open-error.ts');
  for (const [file, attempt] of [
    ...load.map((path) => [path, () => tryToLoad(path)] as const),
    ...save.map((order) => [order.file, () => tryToSave(order)] as const),
  ]) {
    try {
      attempt();
    } catch (error) {
      return complain(whyNotOpened(file, error));
    }
  }
  return undefined;
}

/** An archive that is none, an image that is not there: one line on stderr. */
async function withImages(act: () => number | Promise<number>): Promise<number> {
  try {
    return await act();
  } catch (error) {
    if ((error as Error).name !== 'ImageFileError') throw error;
    return complain((error as Error).message);
  }
}

void main(parseCommandLine(process.argv.slice(2)));
