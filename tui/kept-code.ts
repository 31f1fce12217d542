// Runs a file of the bundle whose compiled code is kept from one start to the next. Node keeps of a module what it compiles
// to load it, but a function is compiled at its first call, in every run again: most of a short run's time.

import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

const modules = new Map<string, object>();

/**
 * What the file exports; run once, whoever asks.
 *
 * @param file beside this one, in ASCII: an expression whose value is a function of how it gets others at once, how it
 * gets them later, and its own URL
 * @param digest of its text, since V8 itself compares lengths only
 * @param others the modules of the bundle that it gets at once
 */
export function runKept(file: string, digest: string, others: Record<string, () => object>): object {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const url = new URL(file, import.meta.url);
  const require = (name: string): object | undefined => others[name]?.() ?? process.getBuiltinModule(name);
  const load = (name: string): Promise<unknown> => import(name);
  const module = scriptOf(fileURLToPath(url), digest).runInThisContext()(require, load, url.href);
  modules.set(file, module);
  return module;
}

function scriptOf(filename: string, digest: string): Script {
  // Where Node keeps code of this version of V8; nowhere when it has been told not to.
  const folder = getCompileCacheDir();
  const place = folder === undefined ? undefined : join(folder, `cowsh-${digest}`);
  const cachedData = place === undefined ? undefined : readKept(place);
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
  if (place !== undefined) {
    if (running.push({ script, place }) === 1) process.once('exit', keepAll);
    news ||= script.cachedDataRejected !== false;
  }
  return script;
}

/** V8 runs what it is given: a file that somebody else has put there, where all may write, is left alone. */
function readKept(place: string): Buffer | undefined {
  try {
    const fd = openSync(place, 'r');
    try {
      const owner = process.getuid?.();
      return owner === undefined || fstatSync(fd).uid === owner ? readFileSync(fd) : undefined;
    } finally {
      closeSync(fd);
    }
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
