// patch: apply unified diffs.

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { type FilePatch, type Fit, findFit, type Hunk, readPatch, reversed } from './patch-hunks.ts';
import { byteCodec } from './text-codec.ts';

const options = {
  strip: { short: 'p', argument: 'required' },
  reverse: { short: 'R' },
  input: { short: 'i', argument: 'required' },
  output: { short: 'o', argument: 'required' },
  directory: { short: 'd', argument: 'required' },
  'dry-run': {},
  quiet: { short: 's', alias: ['silent'] },
  fuzz: { short: 'F', argument: 'required' },
  forward: { short: 'N' },
  backup: { short: 'b' },
  'remove-empty-files': { short: 'E' },
  unified: { short: 'u' },
  force: { short: 'f' },
  batch: { short: 't' },
  verbose: {},
} as const;

type Given = Options<keyof typeof options>;

export const patch: Command = {
  name: 'patch',
  usageStatus: 2,
  signsHint: true,
  help: `Usage: patch [OPTION]... [ORIGFILE [PATCHFILE]]
Change files as a unified diff says.

  -p NUM  --strip=NUM       names lose NUM leading parts
  -R  --reverse             take the changes back
  -i PATCHFILE  --input=PATCHFILE  read the diff from PATCHFILE
  -o FILE  --output=FILE    write the changed file to FILE
  -d DIR  --directory=DIR   go to DIR first
  -F LINES  --fuzz=LINES    leave out up to LINES lines of context (2)
  -N  --forward             ignore changes that are there already
  -b  --backup              keep the file of before as FILE.orig
  -E  --remove-empty-files  remove files that are empty in the end
      --dry-run             only tell what would happen
  -s  --quiet  --silent     tell nothing but errors
      --help        display this help and exit
  -v  --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, patch, argv, options);
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
      const name = target ?? fileOf(out, one, parsed.value('strip'));
      if (name === undefined) return trouble("can't find file to patch");
      await new Patcher(out, parsed, one, name).run();
    }
    return out.end();
  },
};

/** The name whose file is there; without -p only the last part of it counts. */
const fileOf = (
  { process }: Output,
  { oldName, newName }: FilePatch,
  strip: string | undefined,
): string | undefined => {
  const stripped = (name: string): string => {
    const parts = name.split(/\/+/);
    return strip === undefined ? (parts.at(-1) ?? '') : parts.slice(Number(strip)).join('/');
  };
  const names = [oldName, newName]
    .filter((name) => name !== '/dev/null')
    .map(stripped)
    .filter((name) => name !== '');
  return (
    names.find((name) => process.tryStat(name) !== undefined) ??
    (oldName === '/dev/null' || newName === '/dev/null' ? names[0] : undefined)
  );
};

const START = { shift: 0, drift: 0, from: 0 };

class Patcher {
  readonly #out: Output;
  readonly #parsed: Given;
  readonly #patch: FilePatch;
  readonly #name: string;

  constructor(out: Output, parsed: Given, patch: FilePatch, name: string) {
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
    const text = stat === undefined ? '' : this.#read(name);
    let lines: string[] = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    let hunks = this.#patch.hunks.map((hunk) => (this.#parsed.has('reverse') ? reversed(hunk) : hunk));
    const dry = this.#parsed.has('dry-run');
    const output = this.#parsed.value('output');
    const place = output === undefined ? name : `${output} (read from ${name})`;
    this.#say(`${dry ? 'checking' : 'patching'} file ${place}`);
    if (await this.#alreadyApplied(lines, hunks)) {
      hunks = [];
      return this.#ignored();
    }
    const rejected: Hunk[] = [];
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
      drift = fit.offset;
      shift += fit.replacement.length - fit.old.length;
      from = fit.at + fit.replacement.length;
    }
    if (rejected.length > 0) await this.#reject(rejected, hunks.length);
    if (dry || rejected.length === hunks.length) return;
    await this.#write(lines.join(''));
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

  /** The first hunk fits only backwards: asked at a terminal, and otherwise taken for applied. */
  async #alreadyApplied(lines: readonly string[], hunks: readonly Hunk[]): Promise<boolean> {
    const [first] = hunks;
    if (first === undefined || findFit(lines, first, START, 2) !== undefined) return false;
    if (this.#parsed.has('force') || findFit(lines, reversed(first), START, 2) === undefined) return false;
    const what = this.#parsed.has('reverse') ? 'Unreversed' : 'Reversed (or previously applied)';
    if (this.#parsed.has('forward')) this.#out.line(`${what} patch detected!  Skipping patch.`);
    else
      this.#out.text(
        `${what} patch detected!  ${this.#parsed.has('reverse') ? 'Ignore' : 'Assume'} -R? [n] \nApply anyway? [n] \nSkipping patch.\n`,
      );
    return true;
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
    if (this.#parsed.has('dry-run')) return '';
    const text = [
      ...this.#patch.head,
      ...hunks.flatMap((hunk) => [
        hunk.header,
        ...hunk.lines.map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)),
      ]),
    ].join('');
    await this.#put(`${this.#name}.rej`, text, 0o666);
    return ` -- saving rejects to file ${this.#name}.rej`;
  }

  async #write(text: string): Promise<void> {
    const { process } = this.#out;
    const name = this.#parsed.value('output') ?? this.#name;
    const stat = process.tryStat(this.#name);
    if (this.#parsed.has('backup') && stat !== undefined) process.rename(this.#name, `${this.#name}.orig`);
    const gone = (this.#parsed.has('reverse') ? this.#patch.oldName : this.#patch.newName) === '/dev/null';
    if (text === '' && (gone || this.#parsed.has('remove-empty-files'))) {
      process.unlink(this.#name);
      return;
    }
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
