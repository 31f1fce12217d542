// Runs one side of the filesystem benchmark and prints its rates as JSON. Asynchronous sides are awaited call by call.

import { FILES, names, type Operations, type Side } from './side.ts';
import { openSide } from './sides/index.ts';

const side = (process.argv[2] ?? 'cowsh') as Side;
const operations = await openSide(side);
const rates: Record<string, number> = {};

const timed = async (row: string, count: number, run: () => Promise<void>): Promise<void> => {
  globalThis.gc?.();
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  rates[row] = count / ((user + system) / 1e6);
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
  await timed('readdir', FILES * 10, () =>
    each(
      Array.from({ length: 10 }, () => ops.home),
      (path) => ops.readdir(path),
    ),
  );
  await timed('rename', FILES, () => each(files, (path, at) => ops.rename(path, renamed[at] as string)));
  await timed('unlink', FILES, () => each(renamed, (path) => ops.unlink(path)));
};

const layered = async (ops: Operations, lower: string): Promise<void> => {
  const block = new Uint8Array(4096).fill(7);
  const files = names(lower, 'lower');
  const [written, removed] = [files.slice(0, FILES / 2), files.slice(FILES / 2)];
  await timed('first write to a lower file', FILES / 2, () =>
    each(written, (path) => ops.write(path, block)),
  );
  await timed('unlink of a lower file', FILES / 2, () => each(removed, (path) => ops.unlink(path)));
  await timed('readdir with 5,000 whiteouts', FILES, () => each([lower, lower], (path) => ops.readdir(path)));
  await timed('stat of a whited-out name', FILES / 2, () =>
    each(removed, (path) => absent(() => ops.stat(path))),
  );
};

// A first pass warms the code up; the second is measured.
await ordinary(operations);
await ordinary(operations);
if (operations.lower !== undefined) await layered(operations, operations.lower);
console.log(JSON.stringify(rates));
