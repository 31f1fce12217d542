// Runs one side of the filesystem benchmark, `run-side.ts SIDE KIND`, and prints its rates as JSON.
// Asynchronous sides are awaited call by call.

import { median } from './measure.ts';
import { FILES, type Kind, names, type Operations, type Side } from './side.ts';
import { openSide } from './sides/index.ts';

/** Every side has as much time, in CPU seconds, and a few passes in any case. */
const BUDGET = 8;
const LEAST = 4;
/** The first passes warm the code up, half of them; the median of the others counts. */
const WARM = 1 / 2;

const [side = 'cowsh', kind = 'ordinary'] = process.argv.slice(2) as [Side?, Kind?];
const rates = new Map<string, number[]>();

const timed = async (row: string, count: number, run: () => Promise<void>): Promise<void> => {
  // No collection is forced before: it would throw compiled code away, and its threads go on sweeping.
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  const known = rates.get(row);
  const rate = count / ((user + system) / 1e6);
  if (known === undefined) rates.set(row, [rate]);
  else known.push(rate);
};

/** Calls for every path; waits only where there is something to wait for. */
const each = async (paths: readonly string[], call: (path: string, at: number) => unknown): Promise<void> => {
  for (let at = 0; at < paths.length; at++) {
    const result = call(paths[at] as string, at);
    if (result instanceof Promise) await result;
  }
};

const absent = (call: () => unknown): unknown => {
  try {
    const result = call();
    return result instanceof Promise ? result.catch(() => {}) : result;
  } catch {
    return undefined;
  }
};

/** Ten listings of a directory that changes before each: nobody's cache answers. */
const list = (ops: Operations, directory: string): Promise<void> =>
  each(names(directory, 'between').slice(0, 10), async (path) => {
    await ops.create(path);
    await ops.readdir(directory);
    await ops.unlink(path);
  });

const ordinary = async (ops: Operations): Promise<void> => {
  const block = new Uint8Array(4096).fill(7);
  const files = names(ops.home, 'file');
  const renamed = names(ops.home, 'renamed');
  const missing = names(ops.home, 'none');
  await timed('create', FILES, () => each(files, (path) => ops.create(path)));
  await timed('write 4 KiB', FILES, () => each(files, (path) => ops.write(path, block)));
  await timed('read 4 KiB', FILES, () => each(files, (path) => ops.read(path)));
  await timed('stat', FILES, () => each(files, (path) => ops.stat(path)));
  await timed('stat of a missing name', FILES, () => each(missing, (path) => absent(() => ops.stat(path))));
  await timed('readdir', FILES * 10, () => list(ops, ops.home));
  await timed('rename', FILES, () => each(files, (path, at) => ops.rename(path, renamed[at] as string)));
  await timed('unlink', FILES, () => each(renamed, (path) => ops.unlink(path)));
};

/** What can be done once with a lower directory; there is one for each pass. */
const layered = async (ops: Operations, lower: string): Promise<void> => {
  const block = new Uint8Array(4096).fill(7);
  const files = names(lower, 'lower');
  const [written, removed] = [files.slice(0, FILES / 2), files.slice(FILES / 2)];
  await timed('first write to a lower file', FILES / 2, () =>
    each(written, (path) => ops.write(path, block)),
  );
  await timed('unlink of a lower file', FILES / 2, () => each(removed, (path) => ops.unlink(path)));
  await timed('readdir with 5,000 whiteouts', FILES * 5, () => list(ops, lower));
  await timed('stat of a whited-out name', FILES / 2, () =>
    each(removed, (path) => absent(() => ops.stat(path))),
  );
};

const spent = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** What a side's set-up has left in young memory is moved out of it before, so that its first row does not pay for that. */
const settle = (): void => {
  for (let time = 0; time < 2; time++) globalThis.gc?.({ type: 'minor', execution: 'sync' });
};

for (let pass = 0; pass < LEAST || spent() < BUDGET; pass++) {
  const operations = await openSide(side, kind);
  settle();
  if (kind === 'ordinary') await ordinary(operations);
  else if (operations.lower !== undefined) await layered(operations, operations.lower);
  operations.close?.();
}
const medians = [...rates].map(([row, values]) => [
  row,
  median(values.slice(Math.ceil(values.length * WARM))),
]);
console.log(JSON.stringify(Object.fromEntries(medians)));
