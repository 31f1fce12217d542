// Runs a file of the bundle whose compiled code is kept from one start to the next. Node keeps of a module what it compiles
// to load it, but a function is compiled at its first call, in every run again: most of a short run's time.

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

interface Running {
  readonly script: Script;
  readonly place: string;
}

const running: Running[] = [];
/** Whether one of them was not kept yet. Then all are kept at the end: with what it needed of the others, too. */
let news = false;

/**
 * What the function in the file gives for these arguments.
 *
 * @param url of the file, in ASCII, an expression whose value is a function
 * @param digest of its text, since V8 itself compares lengths only
 */
export function runKept(url: URL, digest: string, args: readonly unknown[]): unknown {
  const filename = fileURLToPath(url);
  // Where Node keeps code of this version of V8; nowhere when it has been told not to.
  const folder = getCompileCacheDir();
  const place = folder === undefined ? undefined : join(folder, `cowsh-${digest}`);
  const cachedData = place === undefined ? undefined : readKept(place);
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
  if (place !== undefined) {
    if (running.push({ script, place }) === 1) process.once('exit', keepAll);
    news ||= script.cachedDataRejected !== false;
  }
  return script.runInThisContext()(...args);
}

function readKept(place: string): Buffer | undefined {
  try {
    return readFileSync(place);
  } catch {
    return undefined;
  }
}

function keepAll(): void {
  if (!news) return;
  for (const { script, place } of running) keep(script, place);
}

/** Whole or not at all: another start may read meanwhile. A full or foreign disk only makes starts slower. */
function keep(script: Script, place: string): void {
  const draft = `${place}.${process.pid}`;
  try {
    writeFileSync(draft, script.createCachedData(), { mode: 0o600 });
    renameSync(draft, place);
  } catch {
    rmSync(draft, { force: true });
  }
}
