// The walk of find: every file below the starting points, in the order that -depth asks for.

import { isFsError, strerror } from '../fs/errno.ts';
import type { Stat } from '../fs/stat.ts';
import type { FindExpression } from './find-expression.ts';
import type { FindFile } from './find-file.ts';
import type { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { quoteLocale } from './quoting.ts';

export class FindRun {
  readonly #out: Output;
  readonly #expression: FindExpression;
  #stopped = false;

  constructor(out: Output, expression: FindExpression) {
    this.#out = out;
    this.#expression = expression;
  }

  async walkAll(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      if (this.#stopped) break;
      const stat = await this.#stat(path, this.#expression.links !== 'never');
      if (stat !== undefined) await this.#walk(path, path, 0, stat, stat.dev, []);
    }
    for (const finish of this.#expression.finish) await finish();
  }

  async #stat(path: string, follow: boolean): Promise<Stat | undefined> {
    const { process } = this.#out;
    try {
      return (follow ? process.tryStat(path) : undefined) ?? process.lstat(path);
    } catch (error) {
      await this.#complain(path, error);
      return undefined;
    }
  }

  async #complain(path: string, error: unknown): Promise<void> {
    if (!isFsError(error)) throw error;
    await this.#out.warn(`${quoteLocale(this.#out.process, path)}: ${strerror(error.code)}`);
  }

  async #walk(
    path: string,
    start: string,
    depth: number,
    stat: Stat,
    dev: number,
    above: readonly Stat[],
  ): Promise<void> {
    const { depthFirst, maxDepth } = this.#expression;
    const pause = this.#out.process.breathe();
    if (pause) await pause;
    const file: FindFile = {
      out: this.#out,
      path,
      start,
      depth,
      stat,
      pruned: false,
      stop: () => {
        this.#stopped = true;
      },
    };
    if (!depthFirst) await this.#apply(file);
    const enters =
      stat.kind === 'directory' &&
      depth < maxDepth &&
      !(file.pruned && !depthFirst) &&
      !this.#leaves(stat, dev);
    if (enters && !this.#stopped) await this.#enter(file, dev, above);
    if (depthFirst && !this.#stopped) await this.#apply(file);
  }

  #leaves(stat: Stat, dev: number): boolean {
    return this.#expression.oneFileSystem && stat.dev !== dev;
  }

  async #apply(file: FindFile): Promise<void> {
    if (file.depth < this.#expression.minDepth || this.#stopped) return;
    const passed = this.#expression.test(file);
    if (typeof passed !== 'boolean') await passed;
    await this.#out.caughtUp();
  }

  async #enter(file: FindFile, dev: number, above: readonly Stat[]): Promise<void> {
    const { process } = this.#out;
    const { stat, path } = file;
    if (above.some((one) => one.ino === stat.ino && one.dev === stat.dev)) {
      await this.#out.warn(
        `File system loop detected; ${quoteLocale(process, path)} is part of the same file system loop as ${quoteLocale(process, file.start)}.`,
      );
      return;
    }
    let names: string[];
    try {
      names = process.readdir(path).map(({ name }) => name);
    } catch (error) {
      await this.#complain(path, error);
      return;
    }
    for (const name of names) {
      if (this.#stopped) return;
      const child = joinPath(path, name);
      const childStat = await this.#stat(child, this.#expression.links === 'always');
      if (childStat) await this.#walk(child, file.start, file.depth + 1, childStat, dev, [...above, stat]);
    }
  }
}
