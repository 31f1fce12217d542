// ln: make links.

import type { FsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { type BackupRule, backupHelp, backupOptions, backupRule, makeBackup } from './backup.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename, dirname, joinPath, stripSlashes } from './path-name.ts';
import { askYes } from './prompt.ts';
import { quoteAlways, quoteIfNeeded } from './quoting.ts';
import { realPath, relativePath } from './real-path.ts';
import { temporaryName } from './temporary-name.ts';
import { extraOperand, missingOperand, usageError } from './usage-error.ts';

const options = {
  ...backupOptions,
  directory: { short: 'dF' },
  force: { short: 'f' },
  interactive: { short: 'i' },
  logical: { short: 'L' },
  'no-dereference': { short: 'n' },
  physical: { short: 'P' },
  relative: { short: 'r' },
  symbolic: { short: 's' },
  'target-directory': { short: 't', argument: 'required' },
  'no-target-directory': { short: 'T' },
  verbose: { short: 'v' },
} as const;

type LinkOptions = Options<keyof typeof options>;

interface LinkJob {
  readonly parsed: LinkOptions;
  readonly backup: BackupRule | undefined;
}

export const ln: Command = {
  name: 'ln',
  help: `Usage: ln [OPTION]... [-T] TARGET LINK_NAME
  or:  ln [OPTION]... TARGET
  or:  ln [OPTION]... TARGET... DIRECTORY
  or:  ln [OPTION]... -t DIRECTORY TARGET...
Make a link to TARGET: under LINK_NAME, in the current directory, or links to
each TARGET in DIRECTORY. Hard links, unless -s is given; what is there already
stays, unless -f or -i is given.

${backupHelp}  -d, -F, --directory         let root try hard links to directories
  -f, --force                 replace what is there
  -i, --interactive           ask before replacing
  -L, --logical               where TARGET is a symbolic link, link to what
                                it points to
  -n, --no-dereference        take a LINK_NAME that is a symbolic link to a
                                directory as a plain file
  -P, --physical              make hard links to symbolic links themselves
  -r, --relative              with -s, write the target relative to the link
  -s, --symbolic              make symbolic links
  -t, --target-directory=DIRECTORY  make the links in DIRECTORY
  -T, --no-target-directory   take LINK_NAME as a plain file always
  -v, --verbose               say what is linked
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, ln, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    const backup = await backupRule(out, parsed);
    if (backup !== undefined && 'exit' in backup) return backup.exit;
    const job: LinkJob = { parsed, backup };
    if (operands.length === 0) return usageError(out, ln, 'missing file operand');
    if (parsed.has('relative') && !parsed.has('symbolic')) {
      await out.warn('cannot do --relative without --symbolic');
      return 1;
    }
    const directory = parsed.value('target-directory');
    if (directory !== undefined) {
      const { value: stat, error } = attempt(() => process.stat(directory));
      if (error || stat?.kind !== 'directory') {
        if (error) await out.complain(`failed to access ${quoteAlways(process, directory)}`, error);
        else await out.warn(`target ${quoteAlways(process, directory)} is not a directory`);
        return 1;
      }
      return linkInto(out, operands, directory, job);
    }
    if (parsed.has('no-target-directory')) {
      if (operands.length === 1) return missingOperand(out, ln, operands, 'destination file operand');
      if (operands.length > 2) return extraOperand(out, ln, operands[2] as string);
    } else if (operands.length === 1) {
      return linkInto(out, operands, '.', job);
    } else {
      return linkToLast(out, operands, job);
    }
    await makeLink(out, operands[0] as string, operands[1] as string, job);
    return out.end();
  },
};

/** `ln A B`: the link is made first and B looked at only when it exists, as ln does since coreutils 9. */
const linkToLast = async (out: Output, operands: readonly string[], job: LinkJob): Promise<number> => {
  const { process } = out;
  const { parsed } = job;
  const last = operands.at(-1) as string;
  // An applet looks first.
  const looksFirst = flavorOf(process) === 'busybox' && isDirectoryTarget(process, last, parsed);
  if (operands.length === 2 && !looksFirst) {
    const first = operands[0] as string;
    const replaced = !isDirectoryTarget(process, last, parsed) && clearWay(out, last, parsed);
    const made = attempt(() => link(process, first, last, parsed));
    if (made.error && replaced) {
      await makeLink(out, first, last, job, made.error);
      return out.end();
    }
    if (!made.error) {
      if (parsed.has('verbose')) tell(out, first, last, parsed);
      return out.end();
    }
    if (!isDirectoryTarget(process, last, parsed)) {
      await makeLink(out, first, last, job, made.error);
      return out.end();
    }
  } else if (!isDirectoryTarget(process, last, parsed)) {
    const { error } = attempt(() => process.stat(last));
    if (error) await out.complain(`target ${quoteAlways(process, last)}`, error);
    else await out.warn(`target ${quoteAlways(process, last)}: Not a directory`);
    return 1;
  }
  return linkInto(out, operands.slice(0, -1), last, job);
};

const isDirectoryTarget = (process: Process, name: string, parsed: LinkOptions): boolean => {
  const stat = parsed.has('no-dereference') ? process.tryLstat(name) : process.tryStat(name);
  return stat?.kind === 'directory';
};

/** An applet removes what is in the way before it links. True when it did. */
const clearWay = ({ process }: Output, name: string, parsed: LinkOptions): boolean =>
  flavorOf(process) === 'busybox' &&
  parsed.last('force', 'interactive') === 'force' &&
  process.tryLstat(name) !== undefined &&
  !attempt(() => process.unlink(name)).error;

const linkInto = async (
  out: Output,
  targets: readonly string[],
  directory: string,
  job: LinkJob,
): Promise<number> => {
  const { parsed } = job;
  const made = new Set<string>();
  for (const target of targets) {
    const name = joinPath(directory, basename(target));
    const guarded = job.backup?.control !== 'numbered' && !parsed.has('symbolic');
    if (made.has(name) && targets.length > 1 && guarded) {
      const [a, b] = [quoteAlways(out.process, name), quoteAlways(out.process, target)];
      await out.warn(`will not overwrite just-created ${a} with ${b}`);
      continue;
    }
    made.add(name);
    clearWay(out, name, parsed);
    await makeLink(out, target, name, job);
  }
  return out.end();
};

/** What a symbolic link says: the target as given, or its way from the link's directory. */
const linkText = (process: Process, target: string, name: string, parsed: LinkOptions): string => {
  if (!parsed.has('relative')) return target;
  const [from, to] = [realPath(process, stripSlashes(dirname(name))), realPath(process, target)];
  return from === undefined || to === undefined ? target : relativePath(from, to);
};

const link = (process: Process, target: string, name: string, parsed: LinkOptions): void => {
  if (parsed.has('symbolic')) {
    process.symlink(linkText(process, target, name, parsed), name);
    return;
  }
  const follow = parsed.last('logical', 'physical') === 'logical';
  if (follow) process.link(target, name, true);
  else process.link(target, name);
};

const makeLink = async (
  out: Output,
  target: string,
  name: string,
  { parsed, backup }: LinkJob,
  tried?: FsError,
): Promise<void> => {
  const { process } = out;
  let kept: string | undefined;
  const symbolic = parsed.has('symbolic');
  if (!symbolic && !(await mayBeHardLinked(out, target, parsed))) return;
  let made = tried ? { error: tried } : attempt(() => link(process, target, name, parsed));
  const replaces = parsed.last('force', 'interactive');
  if (made.error?.code === 'EEXIST' && (replaces !== undefined || backup)) {
    if (!(backup && symbolic) && (await isSameFile(out, target, name, symbolic))) return;
    const over = process.tryLstat(name);
    if (over?.kind === 'directory') {
      await out.warn(`${quoteIfNeeded(process, name)}: cannot overwrite directory`);
      return;
    }
    if (replaces === 'interactive') {
      if (!(await askYes(out, `${out.name}: replace ${quoteAlways(process, name)}? `))) return;
    }
    if (backup) {
      const saved = attempt(() => makeBackup(process, name, backup));
      if (saved.error) {
        await out.complain(`cannot backup ${quoteAlways(process, name)}`, saved.error);
        return;
      }
      kept = saved.value;
    }
    made = attempt(() => replaceLink(process, target, name, parsed));
  }
  if (!made.error) {
    if (parsed.has('verbose')) tell(out, target, name, parsed, kept);
    return;
  }
  const from = made.error.code === 'EEXIST' || symbolic ? '' : ` => ${quoteAlways(process, target)}`;
  const kind = symbolic ? 'symbolic' : 'hard';
  const to =
    symbolic && ['ENAMETOOLONG', 'ENOENT'].includes(made.error.code) && target === ''
      ? ` -> ${quoteAlways(process, target)}`
      : '';
  await out.complain(`failed to create ${kind} link ${quoteAlways(process, name)}${from}${to}`, made.error);
};

const mayBeHardLinked = async (out: Output, target: string, parsed: LinkOptions): Promise<boolean> => {
  const { process } = out;
  const stat = attempt(() => (parsed.has('logical') ? process.stat(target) : process.lstat(target)));
  if (stat.error) {
    await out.complain(`failed to access ${quoteAlways(process, target)}`, stat.error);
    return false;
  }
  if (stat.value.kind !== 'directory' || parsed.has('directory')) return true;
  await out.warn(`${quoteIfNeeded(process, target)}: hard link not allowed for directory`);
  return false;
};

/** A link onto the file it leads to would destroy it. Two names of one file are not the same entry. */
const isSameFile = async (out: Output, target: string, name: string, symbolic: boolean): Promise<boolean> => {
  const { process } = out;
  const [a, b] = [symbolic ? process.tryStat(target) : process.tryLstat(target), process.tryLstat(name)];
  if (!a || !b || a.ino !== b.ino || a.dev !== b.dev) return false;
  const sameEntry =
    basename(target) === basename(name) &&
    realPath(process, dirname(target)) === realPath(process, dirname(name));
  if (a.nlink > 1 && !sameEntry) return false;
  await out.warn(`${quoteAlways(process, target)} and ${quoteAlways(process, name)} are the same file`);
  return true;
};

/** A link beside the old one, renamed over it: at no moment is the name gone. */
const replaceLink = (process: Process, target: string, name: string, parsed: LinkOptions): void => {
  const beside = joinPath(dirname(name), temporaryName(process, 'CuXXXXXX')).replace(/^\.\//, '');
  if (parsed.has('symbolic')) process.symlink(linkText(process, target, name, parsed), beside);
  else link(process, target, beside, parsed);
  const { error } = attempt(() => process.rename(beside, name));
  // rename(2) of one name of a file over another does nothing: the name beside is still there.
  if (error || !parsed.has('symbolic')) attempt(() => process.unlink(beside));
  if (error) throw error;
};

const tell = (out: Output, target: string, name: string, parsed: LinkOptions, kept?: string): void => {
  const { process } = out;
  const symbolic = parsed.has('symbolic');
  const text = symbolic ? linkText(process, target, name, parsed) : target;
  const arrow = symbolic ? '->' : '=>';
  const note = kept === undefined ? '' : `${quoteAlways(process, kept)} ~ `;
  out.line(`${note}${quoteAlways(process, name)} ${arrow} ${quoteAlways(process, text)}`);
};
