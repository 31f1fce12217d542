// The ways an app ends without being asked by a key: signals and crashes. Each restores the terminal first.

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export interface Ending {
  readonly status: number;
  readonly error?: unknown;
}

/** Calls `end` once for the first signal or uncaught error. Returns the function that stops watching. */
export function watchEndings(end: (ending: Ending) => void): () => void {
  const removals: (() => void)[] = [];
  const on = (event: string, listener: (value: unknown) => void): void => {
    process.on(event, listener);
    removals.push(() => process.off(event, listener));
  };
  for (const [signal, number] of Object.entries(SIGNALS)) on(signal, () => end({ status: 128 + number }));
  on('uncaughtException', (error) => end({ status: 1, error }));
  on('unhandledRejection', (error) => end({ status: 1, error }));
  return () => {
    for (const remove of removals) remove();
  };
}
