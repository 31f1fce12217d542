// patch: apply diffs.

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import { backupName } from './backup.ts';
import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { fileOf, lostFile, type PatchGiven, patchOptions } from './patch-file.ts';
import { type Fit, findFit, type Hunk, reversed } from './patch-hunks.ts';
import { type FilePatch, readPatch } from './patch-read.ts';
import { byteCodec } from './text-codec.ts';

export const patch: Command = {
  name: 'patch',
  usageStatus: 2,
  signsHint: true,
  help: `Usage: patch [OPTION]... [ORIGFILE [PATCHFILE]]
Change files as a diff says: unified, context or normal.

  -p NUM  --strip=NUM       names lose NUM leading parts
  -R  --reverse             take the changes back
  -i PATCHFILE  --input=PATCHFILE  read the diff from PATCHFILE
  -o FILE  --output=FILE    write the changed file to FILE
  -d DIR  --directory=DIR   go to DIR first
  -F LINES  --fuzz=LINES    leave out up to LINES lines of context (2)
  -N  --forward             ignore changes that are there already
  -b  --backup              keep the file of before as FILE.orig
  -B PREFIX  --prefix=PREFIX  PREFIX before the names of such files
  -z SUFFIX  --suffix=SUFFIX  SUFFIX after them, not .orig
  -V METHOD  --version-control=METHOD  simple, numbered or existing
      --no-backup-if-mismatch  keep none where a hunk does not fit exactly
  -r FILE  --reject-file=FILE  what does not fit goes to FILE (- for nowhere)
  -f  --force               ask nothing, take the diff as it is
  -t  --batch               ask nothing, take back what is there already
  -E  --remove-empty-files  remove files that are empty in the end
      --dry-run             only tell what would happen
  -s  --quiet  --silent     tell nothing but errors
      --help        display this help and exit
  -v  --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, patch, argv, patchOptions);
    if ('exit' in parsed) return parsed.exit;
    const trouble = async (problem: string): Promise<number> => {
      await out.errorText(`${out.name}: **** ${problem}\n`);
      return 2;
    };
    const directory = parsed.value('directory');
    if (directory !== undefined && attempt(() => process.chdir(directory)).error !== undefined)
      return trouble(`Can't change to directory ${directory} : No such file or directory`);
    const [target, operand] = parsed.operands;
    const source = parsed.value('input') ?? operand ?? '-';
    const opened = attempt(() => openInput(process, source));
    if (opened.error !== undefined)
      return trouble(`Can't open patch file ${source} : ${opened.error.message}`);
    const text = byteCodec.decode(await readAll(process, opened.value));
    closeInput(process, opened.value);
    const patches = readPatch(text);
    if (typeof patches === 'number' && target !== undefined) out.line(`patching file ${target}`);
    if (typeof patches === 'number')
      return trouble(`malformed patch at line ${patches}: ${text.split('\n')[patches - 1] ?? ''}\n`);
    if (patches.length === 0) return text === '' ? 0 : trouble('Only garbage was found in the patch input.');
    for (const one of patches) {
      const name = target ?? fileOf(out, parsed, one);
      if (name === undefined) {
        lostFile(out, one, parsed);
        continue;
      }
      await new Patcher(out, parsed, one, name).run();
    }
    return out.end();
  },
};

const START = { shift: 0, drift: 0, from: 0 };

class Patcher {
  readonly #out: Output;
  readonly #parsed: PatchGiven;
  readonly #patch: FilePatch;
  readonly #name: string;

  constructor(out: Output, parsed: PatchGiven, patch: FilePatch, name: string) {
    this.#out = out;
    this.#parsed = parsed;
    this.#patch = patch;
    this.#name = name;
  }

  async run(): Promise<void> {
    const out = this.#out;
    const { process } = out;
    const name = this.#name;
    const stat = process.tryStat(name);
    if (this.#standsInTheWay(stat !== undefined)) return this.#ignored();
    const text = stat === undefined ? '' : this.#read(name);
    let lines: string[] = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    let hunks = this.#patch.hunks.map((hunk) => (this.#parsed.has('reverse') ? reversed(hunk) : hunk));
    const dry = this.#parsed.has('dry-run');
    const output = this.#parsed.value('output');
    const place = output === undefined ? name : `${output} (read from ${name})`;
    this.#say(`${dry ? 'checking' : 'patching'} file ${place}`);
    const applied = await this.#alreadyApplied(lines, hunks);
    if (applied === 'skip') {
      if (output !== undefined && !dry) await this.#put(output, text, 0o666);
      return this.#ignored();
    }
    if (applied === 'reverse') hunks = hunks.map(reversed);
    const rejected: Hunk[] = [];
    let mismatch = false;
    let drift = 0;
    let shift = 0;
    let from = 0;
    for (const [index, hunk] of hunks.entries()) {
      const fit = findFit(lines, hunk, { shift, drift, from }, Number(this.#parsed.value('fuzz') ?? 2));
      if (fit === undefined) {
        out.line(`Hunk #${index + 1} FAILED at ${hunk.oldStart + shift}.`);
        rejected.push(hunk);
        continue;
      }
      lines = [...lines.slice(0, fit.at), ...fit.replacement, ...lines.slice(fit.at + fit.old.length)];
      this.#tellFit(index, fit);
      mismatch ||= fit.fuzz > 0 || fit.offset !== 0;
      drift = fit.offset;
      shift += fit.replacement.length - fit.old.length;
      from = fit.at + fit.replacement.length;
    }
    if (rejected.length > 0) await this.#reject(rejected, hunks.length);
    if (dry) return;
    const keeps = (mismatch || rejected.length > 0) && !this.#parsed.has('no-backup-if-mismatch');
    const wanted = this.#parsed.has('backup') || (keeps && output === undefined);
    if (rejected.length === hunks.length) return wanted ? this.#copyAside(text) : undefined;
    await this.#write(lines.join(''), wanted);
  }

  #read(name: string): string {
    const { process } = this.#out;
    const fd = process.open(name, O.RDONLY);
    const bytes = process.pread(fd, process.fstat(fd).size, 0);
    process.close(fd);
    return byteCodec.decode(bytes);
  }

  #say(text: string): void {
    if (!this.#parsed.has('quiet')) this.#out.line(text);
  }

  #tellFit(index: number, { start, fuzz, offset }: Fit): void {
    const drifted = offset === 0 ? '' : ` (offset ${offset} line${Math.abs(offset) === 1 ? '' : 's'})`;
    if (drifted !== '' || fuzz > 0)
      this.#say(
        `Hunk #${index + 1} succeeded at ${start + 1}${fuzz > 0 ? ` with fuzz ${fuzz}` : ''}${drifted}.`,
      );
  }

  /** A file that is to be made is there, or one that is to go is not. */
  #standsInTheWay(there: boolean): boolean {
    const back = this.#parsed.has('reverse');
    const { creates, deletes } = this.#patch;
    const [makes, ends] = back ? [deletes, creates] : [creates, deletes];
    const full = there && this.#out.process.stat(this.#name).size > 0;
    if (!(makes && full) && !(ends && !there)) return false;
    const [deed, state] = makes && full ? ['create', 'already exists'] : ['delete', 'does not exist'];
    const which = back ? 'reversed' : 'next';
    this.#out.line(`The ${which} patch would ${deed} the file ${this.#name},`);
    const end = this.#parsed.has('forward')
      ? '  Skipping patch.'
      : `  ${back ? 'Ignore' : 'Assume'} -R? [n] \nApply anyway? [n] \nSkipping patch.`;
    this.#out.line(`which ${state}!${end}`);
    return true;
  }

  /** The first hunk fits only backwards: asked at a terminal, and otherwise taken for applied. */
  async #alreadyApplied(
    lines: readonly string[],
    hunks: readonly Hunk[],
  ): Promise<'skip' | 'reverse' | undefined> {
    const [first] = hunks;
    if (first === undefined || findFit(lines, first, START, 2) !== undefined) return undefined;
    if (this.#parsed.has('force') || findFit(lines, reversed(first), START, 2) === undefined)
      return undefined;
    const back = this.#parsed.has('reverse');
    const what = back ? 'Unreversed' : 'Reversed (or previously applied)';
    if (this.#parsed.has('batch')) {
      this.#out.line(`${what} patch detected!  ${back ? 'Ignoring' : 'Assuming'} -R.`);
      return 'reverse';
    }
    if (this.#parsed.has('forward')) this.#out.line(`${what} patch detected!  Skipping patch.`);
    else
      this.#out.text(
        `${what} patch detected!  ${back ? 'Ignore' : 'Assume'} -R? [n] \nApply anyway? [n] \nSkipping patch.\n`,
      );
    return 'skip';
  }

  async #ignored(): Promise<void> {
    const hunks = this.#patch.hunks.map((hunk) => (this.#parsed.has('reverse') ? reversed(hunk) : hunk));
    this.#out.status = 1;
    const count = hunks.length;
    const saved = await this.#saveRejects(hunks);
    this.#out.line(`${count} out of ${count} hunk${count === 1 ? '' : 's'} ignored${saved}`);
  }

  async #reject(rejected: readonly Hunk[], count: number): Promise<void> {
    this.#out.status = 1;
    const saved = await this.#saveRejects(rejected);
    this.#out.line(`${rejected.length} out of ${count} hunk${count === 1 ? '' : 's'} FAILED${saved}`);
  }

  async #saveRejects(hunks: readonly Hunk[]): Promise<string> {
    const place = this.#parsed.value('reject-file') ?? `${this.#parsed.value('output') ?? this.#name}.rej`;
    if (this.#parsed.has('dry-run') || place === '-') return '';
    const text = [
      ...this.#patch.head,
      ...hunks.flatMap((hunk) => [
        hunk.header,
        ...hunk.lines.map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)),
      ]),
    ].join('');
    await this.#put(place, text, 0o666);
    return ` -- saving rejects to file ${place}`;
  }

  /** The name that the file of before is kept under. */
  #backupName(): string {
    const { process } = this.#out;
    const [prefix, suffix] = [this.#parsed.value('prefix'), this.#parsed.value('suffix')];
    const method = this.#parsed.value('version-control') ?? '';
    const control = /^(?:numbered|t)$/.test(method)
      ? 'numbered'
      : /^(?:existing|nil)$/.test(method)
        ? 'existing'
        : 'simple';
    if (prefix !== undefined) return `${prefix}${this.#name}${suffix ?? ''}`;
    return backupName(process, this.#name, { control, suffix: suffix ?? '.orig' });
  }

  async #copyAside(text: string): Promise<void> {
    await this.#put(this.#backupName(), text, 0o666);
  }

  async #write(text: string, keeps: boolean): Promise<void> {
    const { process } = this.#out;
    const name = this.#parsed.value('output') ?? this.#name;
    const stat = process.tryStat(this.#name);
    if (keeps && stat !== undefined) process.rename(this.#name, this.#backupName());
    else if (keeps) await this.#copyAside('');
    const { creates, deletes } = this.#patch;
    const gone = this.#parsed.has('reverse') ? creates : deletes;
    if (text === '' && (gone || this.#parsed.has('remove-empty-files'))) {
      attempt(() => process.unlink(this.#name));
      // Directories that have become empty go too.
      for (const directory of parentsOf(this.#name).reverse())
        if (attempt(() => process.rmdir(directory)).error) break;
      return;
    }
    for (const directory of parentsOf(name)) if (!process.tryStat(directory)) process.mkdir(directory);
    // A new file takes the place of the old one, as patch does it.
    const temporary = `${name}.o${process.pid}`;
    await this.#put(temporary, text, 0o600);
    process.chmod(temporary, stat === undefined ? 0o666 & ~process.umask() : stat.mode & 0o7777);
    if (stat !== undefined) attempt(() => process.chown(temporary, stat.uid, stat.gid));
    process.rename(temporary, name);
  }

  async #put(name: string, text: string, mode: number): Promise<void> {
    const { process } = this.#out;
    const fd = process.open(name, O.WRONLY | O.CREAT | O.TRUNC, mode);
    await process.write(fd, byteCodec.encode(text));
    process.close(fd);
  }
}

const parentsOf = (name: string): string[] => {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_part, at) => parts.slice(0, at + 1).join('/')).filter((path) => path !== '');
};
