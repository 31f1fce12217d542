// lsattr and chattr: the flags of files on the disk (e2fsprogs).

import { isFsError } from '../fs/errno.ts';
import { FLAG } from '../fs/inode-flags.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';

type Letter = keyof typeof FLAG;

/** The columns of a listing, in its order. */
const COLUMNS = [...'suSDiadAcEjItTeCxFNPVm'] as Letter[];

/** What chattr takes; the others are only shown. */
const SETTABLE = 'aAcCdDeijPsStTuFx';

const flagText = (flags: number): string =>
  COLUMNS.map((letter) => ((flags & FLAG[letter]) !== 0 ? letter : '-')).join('');

const flagsOf = (process: Process, path: string): number => {
  const fd = process.open(path, O.RDONLY | O.NONBLOCK | O.NOFOLLOW);
  try {
    return process.getFlags(fd);
  } finally {
    process.close(fd);
  }
};

const NAMES: Partial<Record<Letter, string>> = {
  s: 'Secure_Deletion',
  u: 'Undelete',
  S: 'Synchronous_Updates',
  D: 'Synchronous_Directory_Updates',
  i: 'Immutable',
  a: 'Append_Only',
  d: 'No_Dump',
  A: 'No_Atime',
  c: 'Compression_Requested',
  E: 'Encrypted',
  j: 'Journaled_Data',
  I: 'Indexed_directory',
  t: 'No_Tailmerging',
  T: 'Top_of_Directory_Hierarchies',
  e: 'Extents',
  C: 'No_COW',
  x: 'DAX',
  F: 'Casefold',
  N: 'Inline_Data',
  P: 'Project_Hierarchy',
  V: 'Verity',
  m: 'Dont_Compress',
};

const longText = (flags: number): string => {
  const names = COLUMNS.flatMap((letter) => ((flags & FLAG[letter]) !== 0 ? [NAMES[letter] ?? letter] : []));
  return names.length === 0 ? '---' : names.join(', ');
};

const lsattrOptions = { R: {}, V: {}, a: {}, d: {}, l: {}, p: {}, v: {} } as const;

export const lsattr: Command = {
  name: 'lsattr',
  help: `Usage: lsattr [-Radlpv] [files...]
Show the flags of files, which chattr sets.

  -a    names that begin with a dot too
  -d    directories themselves, not what is in them
  -l    in words
  -R    what lies below too
  -p -v accepted: there are no project and version numbers
`,
  usageLine: 'Usage: lsattr [-RVadlpv] [files...]',
  usageHint: '',
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, lsattr, argv, lsattrOptions);
    if ('exit' in parsed) return parsed.exit;
    const lister = new Lister(out, {
      all: parsed.has('a'),
      long: parsed.has('l'),
      recursive: parsed.has('R'),
    });
    for (const name of parsed.operands.length > 0 ? parsed.operands : ['.']) {
      const { value: stat, error } = attempt(() => process.lstat(name));
      if (error) {
        await out.warn(`${error.message} while trying to stat ${name}`);
      } else if (stat.kind === 'directory' && !parsed.has('d')) await lister.directory(name);
      else await lister.entry(name);
    }
    return out.end();
  },
};

class Lister {
  readonly #out: Output;
  readonly #rules: { readonly all: boolean; readonly long: boolean; readonly recursive: boolean };

  constructor(out: Output, rules: { all: boolean; long: boolean; recursive: boolean }) {
    this.#out = out;
    this.#rules = rules;
  }

  async entry(path: string): Promise<void> {
    const { value: flags, error } = attempt(() => flagsOf(this.#out.process, path));
    if (error) {
      const text =
        error.code === 'ENOTTY' || error.code === 'ELOOP' || error.code === 'ENXIO'
          ? 'Operation not supported'
          : error.message;
      await this.#out.errorText(`${this.#out.name}: ${text} While reading flags on ${path}\n`);
    } else
      this.#out.line(
        this.#rules.long ? `${path.padEnd(28)} ${longText(flags)}` : `${flagText(flags)} ${path}`,
      );
  }

  async directory(path: string): Promise<void> {
    const { process } = this.#out;
    const { value: entries, error } = attempt(() => process.readdir(path));
    if (error) return this.#out.complain(path, error);
    const names = [...(this.#rules.all ? ['.', '..'] : []), ...entries.map(({ name }) => name)];
    for (const name of names) {
      if (name.startsWith('.') && !this.#rules.all) continue;
      const full = joinPath(path, name);
      await this.entry(full);
      const deeper = this.#rules.recursive && name !== '.' && name !== '..';
      if (!deeper || process.tryLstat(full)?.kind !== 'directory') continue;
      this.#out.text(`\n${full}:\n`);
      await this.directory(full);
      this.#out.text('\n');
    }
  }
}

const CHATTR_USAGE = 'Usage: chattr [-RVf] [-+=aAcCdDeijPsStTuFx] [-p project] [-v version] files...\n';

interface Change {
  add: number;
  remove: number;
  set: number | undefined;
}

export const chattr: Command = {
  name: 'chattr',
  help: `${CHATTR_USAGE}Change the flags of files: + adds, - takes away, = sets these alone.

  a  writing goes to the end only      A  access times stay as they are
  d  left out by dump                  D  directories are written at once
  i  cannot be changed, not even by root; in a container nobody may set it
  S  written at once                   c C e j P s t T u F x  further ones

  -R  what lies below too
  -f  do not complain
  -V  tell what is set
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const given = new Set<string>();
    const change: Change = { add: 0, remove: 0, set: undefined };
    const files: string[] = [];
    let any = false;
    for (const word of argv.slice(1)) {
      if (word === '--help') {
        out.text(chattr.help);
        return out.end();
      }
      if (files.length === 0 && /^-[RVf]+$/.test(word)) for (const letter of word.slice(1)) given.add(letter);
      else if (files.length === 0 && /^[-+=]/.test(word)) {
        if (!readFlags(word, change)) return usage(out);
        any = true;
      } else files.push(word);
    }
    if (argv.length < 2) return usage(out);
    if (!any) {
      await out.errorText("Must use '-v', =, - or +\n");
      return 1;
    }
    if (files.length === 0) return usage(out);
    if (given.has('V')) await out.errorText('chattr 1.47.0 (5-Feb-2023)\n');
    for (const file of files) await changeOne(out, file, change, given, true);
    return out.end();
  },
};

const usage = async (out: Output): Promise<number> => {
  await out.errorText(CHATTR_USAGE);
  return 1;
};

const readFlags = (word: string, change: Change): boolean => {
  let bits = 0;
  for (const letter of word.slice(1)) {
    if (!SETTABLE.includes(letter)) return false;
    bits |= FLAG[letter as Letter];
  }
  if (word[0] === '+') change.add |= bits;
  else if (word[0] === '-') change.remove |= bits;
  else change.set = (change.set ?? 0) | bits;
  return true;
};

const changeOne = async (
  out: Output,
  path: string,
  change: Change,
  given: ReadonlySet<string>,
  operand: boolean,
): Promise<void> => {
  const { process } = out;
  const { value: stat, error } = attempt(() => process.lstat(path));
  if (error) {
    if (!given.has('f')) await out.errorText(`${out.name}: ${error.message} while trying to stat ${path}\n`);
    out.status = 1;
    return;
  }
  if (stat.kind !== 'file' && stat.kind !== 'directory') {
    if (!operand) return;
    if (!given.has('f'))
      await out.errorText(`${out.name}: Operation not supported while reading flags on ${path}\n`);
    out.status = 1;
    return;
  }
  await setOn(out, path, change, given);
  if (!given.has('R') || stat.kind !== 'directory') return;
  for (const { name } of process.readdir(path))
    await changeOne(out, joinPath(path, name), change, given, false);
};

const setOn = async (
  out: Output,
  path: string,
  { add, remove, set }: Change,
  given: ReadonlySet<string>,
): Promise<void> => {
  const { process } = out;
  let reading = true;
  try {
    const fd = process.open(path, O.RDONLY | O.NONBLOCK);
    try {
      const old = process.getFlags(fd);
      reading = false;
      const wanted = set === undefined ? (old | add) & ~remove : set;
      if (given.has('V')) out.line(`Flags of ${path} set as ${flagText(wanted)}`);
      process.setFlags(fd, wanted);
    } finally {
      process.close(fd);
    }
  } catch (error) {
    if (!isFsError(error)) throw error;
    const text = error.code === 'ENOTTY' ? 'Inappropriate ioctl for device' : error.message;
    if (!given.has('f'))
      await out.errorText(`${out.name}: ${text} while ${reading ? 'reading' : 'setting'} flags on ${path}\n`);
    out.status = 1;
  }
};
