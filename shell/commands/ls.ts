// ls: list directories.

import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { inodeText } from '../fs/wide-inode.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { fnmatch } from './fnmatch.ts';
import { appletColumns, appletLong } from './ls-applet.ts';
import { appletColors } from './ls-applet-colors.ts';
import { LsColors, type Painter } from './ls-colors.ts';
import { inColumns } from './ls-columns.ts';
import { Dired } from './ls-dired.ts';
import { type LsEntry, sortEntries } from './ls-entry.ts';
import { lsHelp } from './ls-help.ts';
import { blocksText, blockText, inLongLayout, type LongContext } from './ls-long.ts';
import { hyperlink, quoteName, type ShownName, shownName } from './ls-name.ts';
import { lsOptions } from './ls-options.ts';
import type { LsRules } from './ls-rules.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { quoteAlways } from './quoting.ts';
import { readLsRules } from './read-ls-rules.ts';
import { securityContext } from './security-label.ts';

export const ls: Command = {
  name: 'ls',
  help: lsHelp,
  usageStatus: 2,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, ls, argv, lsOptions);
    if ('exit' in parsed) return parsed.exit;
    const rules = await readLsRules(out, ls, parsed);
    if (typeof rules === 'number') return rules;
    const context: LongContext = {
      process,
      rules,
      accounts: new Accounts(process),
      colors: rules.color ? painterOf(process) : undefined,
      now: process.kernel.clock.now(),
      ...(rules.dired ? { dired: new Dired(out) } : {}),
    };
    const operands = parsed.operands.length > 0 ? parsed.operands : ['.'];
    const { files, directories } = await sortOperands(out, operands, rules);
    if (files.length > 0) write(out, context, listing(files, context, directories));
    const listed = new Listed(out, context, operands.length > 1 || rules.recursive, files.length > 0);
    for (const { name } of directories) await listed.directory(name, true);
    context.dired?.end(rules.quoting);
    return out.end();
  },
};

const write = (out: Output, { dired }: LongContext, text: string, kind?: 'headings'): void => {
  if (dired === undefined) out.text(text);
  else dired.write(text, kind);
};

/** Files are listed together, before the directories. */
const sortOperands = async (
  out: Output,
  operands: readonly string[],
  rules: LsRules,
): Promise<{ files: LsEntry[]; directories: LsEntry[] }> => {
  const entries: LsEntry[] = [];
  for (const name of operands) {
    const found = attempt(() => statOperand(out, name, rules));
    if (found.error) {
      await out.complain(`cannot access ${quoteAlways(out.process, name)}`, found.error);
      out.status = 2;
    } else entries.push(entryOf(out, name, name, found.value, rules));
  }
  sortEntries(entries, rules);
  const isDirectory = ({ stat }: LsEntry): boolean => stat.kind === 'directory' && !rules.directory;
  return { files: entries.filter((entry) => !isDirectory(entry)), directories: entries.filter(isDirectory) };
};

const statOperand = ({ process }: Output, name: string, rules: LsRules): Stat => {
  if (rules.dereference === 'always' || rules.dereference === 'operands') return process.stat(name);
  const own = process.lstat(name);
  if (rules.dereference === 'never' || own.kind !== 'symlink') return own;
  const target = process.tryStat(name);
  return target?.kind === 'directory' ? target : own;
};

const contextOf = (process: Process, path: string, rules: LsRules): string =>
  securityContext(process, path, rules.dereference === 'always') ?? '?';

const entryOf = ({ process }: Output, name: string, path: string, stat: Stat, rules: LsRules): LsEntry => {
  const wanted = rules.layout === 'long' || rules.color || rules.directoriesFirst;
  const base = { name, stat, path, ...(rules.context ? { context: contextOf(process, path, rules) } : {}) };
  if (stat.kind !== 'symlink' || !wanted) return base;
  const targetStat = process.tryStat(path);
  return {
    ...base,
    target: attempt(() => process.readlink(path)).value,
    ...(targetStat ? { targetStat } : {}),
  };
};

/** The directories of one run: headings, blank lines between them, and those below with -R. */
class Listed {
  readonly #out: Output;
  readonly #context: LongContext;
  readonly #headings: boolean;
  #first: boolean;

  constructor(out: Output, context: LongContext, headings: boolean, filesBefore: boolean) {
    this.#out = out;
    this.#context = context;
    this.#headings = headings;
    this.#first = !filesBefore;
  }

  async directory(path: string, operand: boolean): Promise<void> {
    const out = this.#out;
    const { process } = out;
    const { rules } = this.#context;
    const read = attempt(() => process.readdir(path));
    if (read.error) {
      const status = Math.max(out.status, operand ? 2 : 1);
      await out.complain(`cannot open directory ${quoteAlways(process, path)}`, read.error);
      out.status = status;
      return;
    }
    const entries = await this.#entries(
      path,
      read.value.map(({ name }) => name),
    );
    if (this.#headings) this.#heading(path);
    this.#first = false;
    write(out, this.#context, total(entries, rules));
    write(out, this.#context, listing(entries, this.#context));
    const pause = out.caughtUp() ?? process.breathe();
    if (pause) await pause;
    if (!rules.recursive) return;
    for (const { name, stat } of entries) {
      if (stat.kind === 'directory' && name !== '.' && name !== '..')
        await this.directory(joinPath(path, name), false);
    }
  }

  #heading(path: string): void {
    const { process } = this.#out;
    const { rules, dired } = this.#context;
    const before = `${this.#first ? '' : '\n'}${rules.dired ? '  ' : ''}`;
    const quoted = quoteName(process, path, rules);
    dired?.mark(before.length, before.length + quoted.length);
    const shown = rules.hyperlink ? hyperlink(process, quoted, { name: path }) : quoted;
    write(this.#out, this.#context, `${before}${shown}:\n`, 'headings');
  }

  async #entries(path: string, found: readonly string[]): Promise<LsEntry[]> {
    const out = this.#out;
    const { rules } = this.#context;
    const names = [
      ...(rules.hidden === 'all' ? ['.', '..'] : []),
      ...found.filter((name) => isShown(name, rules)),
    ];
    const entries: LsEntry[] = [];
    for (const name of names) {
      const full = path === '.' ? name : joinPath(path, name);
      const follow = rules.dereference === 'always';
      const looked = attempt(() => (follow ? out.process.stat(full) : out.process.lstat(full)));
      if (looked.value) entries.push(entryOf(out, name, full, looked.value, rules));
      else {
        const own = follow ? out.process.tryLstat(full) : undefined;
        if (!own || needsStat(rules))
          await out.complain(`cannot access ${quoteAlways(out.process, full)}`, looked.error);
        if (own) entries.push({ name, stat: own });
      }
    }
    return sortEntries(entries, rules);
  }
}

/** Names alone are listed without a look at the files. */
const needsStat = (rules: LsRules): boolean =>
  rules.layout === 'long' ||
  rules.blocks ||
  rules.color ||
  rules.recursive ||
  rules.directoriesFirst ||
  rules.indicators !== 'none' ||
  ['time', 'size'].includes(rules.sort);

const painterOf = (process: Process): Painter =>
  flavorOf(process) === 'gnu' ? new LsColors(process) : appletColors;

const isShown = (name: string, rules: LsRules): boolean => {
  if (rules.ignore.some((pattern) => fnmatch(pattern, name))) return false;
  if (rules.hidden !== 'none') return true;
  return !name.startsWith('.') && !rules.hide.some((pattern) => fnmatch(pattern, name));
};

const total = (entries: readonly LsEntry[], rules: LsRules): string => {
  if (rules.layout !== 'long' && !rules.blocks) return '';
  const bytes = entries.reduce((sum, { stat }) => sum + stat.blocks * 512, 0);
  return `${rules.dired ? '  ' : ''}total ${blocksText(bytes, rules)}${rules.end}`;
};

/** `beside`: directories among the operands, which widen the columns of the files. */
const listing = (
  entries: readonly LsEntry[],
  context: LongContext,
  beside: readonly LsEntry[] = [],
): string => {
  const { process, rules, colors } = context;
  const quoted = entries.some(({ name }) => quoteName(process, name, rules) !== name);
  const aligned =
    quoted &&
    /^(?:shell|shell-escape|c-maybe)$/.test(rules.quoting) &&
    rules.layout !== 'lines' &&
    rules.layout !== 'commas';
  const names = entries.map((entry) => shownName(process, entry, rules, colors, aligned));
  if (flavorOf(process) === 'busybox')
    return rules.layout === 'long'
      ? appletLong(entries, names, context)
      : appletColumns(entries, names, rules);
  if (rules.layout === 'long') return inLongLayout(entries, names, context, beside);
  const prefixed = withPrefixes(entries, names, rules, beside);
  if (rules.layout === 'lines') return prefixed.map(({ text }) => text + rules.end).join('');
  return inColumns(prefixed, rules);
};

/** Inode numbers and blocks before the names, aligned but with -m. */
const withPrefixes = (
  entries: readonly LsEntry[],
  names: readonly ShownName[],
  rules: LsRules,
  beside: readonly LsEntry[],
): ShownName[] => {
  if (!rules.inode && !rules.blocks && !rules.context) return [...names];
  const numbers = [...entries, ...beside].map((entry) => [
    ...(rules.inode ? [inodeText(entry.stat.ino)] : []),
    ...(rules.blocks ? [blockText(entry, rules)] : []),
    ...(rules.context ? [entry.context ?? '?'] : []),
  ]);
  const widths = numbers.reduce<number[]>(
    (most, row) => row.map((text, at) => Math.max(most[at] ?? 0, text.length)),
    [],
  );
  return names.map((name, at) => {
    const row = (numbers[at] ?? []).map((text, column) =>
      rules.layout === 'commas' ? text : text.padStart(widths[column] ?? 0),
    );
    const prefix = row.map((text) => `${text} `).join('');
    return { text: prefix + name.text, width: prefix.length + name.width };
  });
};
