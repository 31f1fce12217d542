// Modules that are loaded when they are needed. Loading takes turns of the event loop, yet no time passes in a machine:
// every `import()` of the shell goes through here, and virtual clocks stand still while one is under way.

let underWay = 0;
let waiting: (() => void)[] = [];

const settled = (): void => {
  underWay--;
  if (underWay > 0) return;
  const due = waiting;
  waiting = [];
  for (const go of due) go();
};

/** Gives the promise back. */
export const loading = <Loaded>(work: Promise<Loaded>): Promise<Loaded> => {
  underWay++;
  work.then(settled, settled);
  return work;
};

export const isLoading = (): boolean => underWay > 0;

/** Calls `go` once when nothing is loaded any more. */
export const onceLoaded = (go: () => void): void => {
  waiting.push(go);
};
