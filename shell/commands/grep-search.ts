// The files and directories that one grep goes through.

import type { FileKind } from '../fs/mode.ts';
import { attempt } from './attempt.ts';
import { flavorOf } from './flavor.ts';
import { fnmatch } from './fnmatch.ts';
import { GrepFile, type GrepStyle } from './grep-file.ts';
import type { GrepOptions } from './grep-options.ts';
import { directoryAction } from './grep-style.ts';
import { closeInput, openInput } from './input.ts';
import type { Output } from './output.ts';
import { joinPath } from './path-name.ts';

/** Every file of every operand; the exit status says whether anything was selected. */
export const searchAll = async (
  out: Output,
  style: GrepStyle,
  parsed: GrepOptions,
  operands: readonly string[],
  excluded: readonly string[],
): Promise<number> => {
  const { process } = out;
  for (const warning of style.matcher.warnings) await out.errorText(`${out.name}: warning: ${warning}\n`);
  if (style.nothing) return 1;
  const action = directoryAction(parsed);
  const recursive = action === 'recurse';
  const silent = parsed.has('no-messages');
  const search = new Search(out, style, parsed, silent, excluded);
  for (const operand of operands.length > 0 ? operands : [recursive ? '.' : '-']) {
    const kind = operand === '-' ? undefined : process.tryStat(operand)?.kind;
    const directory = kind === 'directory';
    if (operands.length > 0 && kind !== undefined && search.leavesOut(operand, kind)) continue;
    if (recursive && directory) await search.tree(operand, operands.length === 0);
    // An applet finds nothing in a directory, and says nothing.
    else if (directory && (flavorOf(process) === 'busybox' || action === 'skip')) continue;
    else if (directory) {
      search.failed = true;
      if (!silent) await out.errorText(`${out.name}: ${operand}: Is a directory\n`);
    } else
      await search.file(operand, operand === '-' ? (parsed.value('label') ?? '(standard input)') : operand);
    if (search.done) break;
  }
  await out.flush();
  if (search.selected && style.list === 'quiet') return 0;
  if (search.failed) return 2;
  return search.selected ? 0 : 1;
};

class Search {
  selected = false;
  failed = false;
  readonly #out: Output;
  readonly #style: GrepStyle;
  readonly #parsed: GrepOptions;
  readonly #silent: boolean;
  readonly #excludedFiles: readonly string[];
  #printed = false;

  constructor(
    out: Output,
    style: GrepStyle,
    parsed: GrepOptions,
    silent: boolean,
    excluded: readonly string[],
  ) {
    this.#out = out;
    this.#style = style;
    this.#parsed = parsed;
    this.#silent = silent;
    this.#excludedFiles = [...parsed.values('exclude'), ...excluded];
  }

  /** With -q the first selected line ends everything. */
  get done(): boolean {
    return this.selected && this.#style.list === 'quiet';
  }

  async file(path: string, shown: string): Promise<void> {
    const { process } = this.#out;
    try {
      const fd = openInput(process, path);
      const file = new GrepFile(this.#out, this.#style, shown, this.#printed);
      try {
        if (flavorOf(process) === 'gnu' && this.#isOutput(path, fd)) {
          this.failed = true;
          if (!this.#silent) await this.#out.warn(`${shown}: input file is also the output`);
        } else if (await file.search(fd)) this.selected = true;
        this.#printed = file.printed;
      } finally {
        closeInput(process, fd);
      }
    } catch (error) {
      this.failed = true;
      if (!this.#silent) await this.#out.complain(shown, error);
    }
  }

  /** Below a directory; names begin with `./` only when no operand was given. */
  async tree(path: string, implicit: boolean): Promise<void> {
    const { process } = this.#out;
    const follow = this.#parsed.has('dereference-recursive');
    try {
      for (const { name } of process.readdir(path)) {
        const child = implicit && path === '.' ? name : joinPath(path, name);
        const stat = follow ? process.tryStat(child) : process.tryLstat(child);
        if (stat?.kind === 'directory' && !this.#directoryGlobs().some((glob) => fnmatch(glob, name)))
          await this.tree(child, false);
        else if (stat?.kind === 'file' && this.#included(name)) await this.file(child, child);
        if (this.done) return;
      }
    } catch (error) {
      this.failed = true;
      if (!this.#silent) await this.#out.complain(path, error);
    }
  }

  /** True for an operand that options exclude; their globs match the end of its path too. */
  leavesOut(operand: string, kind: FileKind): boolean {
    if (flavorOf(this.#out.process) === 'busybox') return false;
    const parts = operand.replace(/\/+$/, '').split('/');
    const ends = parts.map((_, at) => parts.slice(at).join('/'));
    const isOne = (globs: readonly string[]): boolean =>
      globs.some((glob) => ends.some((end) => fnmatch(glob, end)));
    if (kind === 'directory') return isOne(this.#directoryGlobs());
    if (this.#parsed.value('devices') === 'skip' && kind !== 'file') return true;
    const included = this.#parsed.values('include');
    return isOne(this.#excludedFiles) || (included.length > 0 && !isOne(included));
  }

  #directoryGlobs(): string[] {
    return this.#parsed.values('exclude-dir').map((glob) => glob.replace(/(.)\/+$/, '$1'));
  }

  #included(name: string): boolean {
    const globs = this.#parsed.values('include');
    const isOne = (list: readonly string[]): boolean => list.some((glob) => fnmatch(glob, name));
    return !isOne(this.#excludedFiles) && (globs.length === 0 || isOne(globs));
  }

  /** What would be read is being written. */
  #isOutput(path: string, fd: number): boolean {
    const { list, count } = this.#style;
    if (path === '-' || list !== undefined || count) return false;
    const { process } = this.#out;
    const [input, output] = [process.fstat(fd), attempt(() => process.fstat(1)).value];
    return (
      input.kind === 'file' && output !== undefined && input.ino === output.ino && input.dev === output.dev
    );
  }
}
