// mv: move or rename. Where rename(2) refuses with EXDEV (another filesystem, or a directory that an overlay
// merges from several layers) the files are copied and then removed.

import type { Errno } from '../fs/errno.ts';
import { RENAME } from '../fs/filesystem.ts';
import { attempt } from './attempt.ts';
import { type BackupRule, backupHelp, backupOptions, backupRule } from './backup.ts';
import type { Command } from './command.ts';
import { type CopyRules, type CopyState, newCopyState } from './copy-rules.ts';
import { tell } from './copy-step.ts';
import { copyTree } from './copy-tree.ts';
import { destinations } from './destination.ts';
import { flavorOf } from './flavor.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { mayOverwrite } from './overwrite.ts';
import { stripSlashes } from './path-name.ts';
import { quoteAlways } from './quoting.ts';
import { removeTree } from './remove-tree.ts';
import { usageError } from './usage-error.ts';

const options = {
  ...backupOptions,
  force: { short: 'f' },
  interactive: { short: 'i' },
  'no-clobber': { short: 'n' },
  'no-target-directory': { short: 'T' },
  'strip-trailing-slashes': {},
  'target-directory': { short: 't', argument: 'required' },
  update: { short: 'u' },
  verbose: { short: 'v' },
} as const;

export const mv: Command = {
  name: 'mv',
  help: `Usage: mv [OPTION]... [-T] SOURCE DEST
  or:  mv [OPTION]... SOURCE... DIRECTORY
  or:  mv [OPTION]... -t DIRECTORY SOURCE...
Give SOURCE the name DEST, or move SOURCEs into DIRECTORY.

${backupHelp}  -f, --force                  never ask before overwriting
  -i, --interactive            ask before overwriting
  -n, --no-clobber             overwrite nothing
The last of -f, -i and -n counts.
      --strip-trailing-slashes  take slashes from the ends of SOURCEs
  -t, --target-directory=DIRECTORY  move all SOURCEs into DIRECTORY
  -T, --no-target-directory    take DEST as a plain file
  -u, --update                 move only where SOURCE is newer than the
                                 destination, or there is none
  -v, --verbose                say what is moved
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, mv, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const operands = parsed.has('strip-trailing-slashes')
      ? parsed.operands.map(stripSlashes)
      : parsed.operands;
    const backup = await backupRule(out, parsed);
    if (backup !== undefined && 'exit' in backup) return backup.exit;
    const rules = rulesOf(parsed, backup);
    if (backup && rules.overwrite === 'never')
      return usageError(out, mv, 'options --backup and --no-clobber are mutually exclusive');
    const state = newCopyState(rules, process.umask());
    const directory = parsed.value('target-directory');
    const plain = parsed.has('no-target-directory');
    let first: Errno | undefined;
    const applet = flavorOf(process) === 'busybox';
    if (operands.length === 2 && directory === undefined && !plain && !applet) {
      // Two operands are tried as they are, before anybody looks what the second one is.
      const [from, to] = operands as [string, string];
      const renamed = attempt(() => process.rename(from, to, RENAME.NOREPLACE));
      if (!renamed.error) {
        if (state.rules.verbose) tell(out, { from, to }, state, 'renamed ');
        return out.end();
      }
      first = renamed.error.code;
    }
    const found = await destinations(out, mv, operands, { directory, plain });
    if ('exit' in found) return found.exit;
    for (const { from, to } of found.pairs) {
      if (!(await moveOne(out, from, to, found.directory === undefined ? first : undefined, state)))
        out.status = 1;
    }
    return out.end();
  },
};

const rulesOf = (parsed: Options<keyof typeof options>, backup: BackupRule | undefined): CopyRules => {
  const overwrite = { force: 'always', interactive: 'ask', 'no-clobber': 'never' } as const;
  const asks = parsed.last('force', 'interactive', 'no-clobber') as keyof typeof overwrite | undefined;
  return {
    recursive: true,
    dereference: 'never',
    preserve: { mode: true, owner: true, times: true, links: true, xattrs: true },
    force: false,
    removeDestination: false,
    overwrite: asks === undefined ? 'unasked' : overwrite[asks],
    update: parsed.has('update'),
    verbose: parsed.has('verbose'),
    hardLink: false,
    symbolicLink: false,
    oneFileSystem: false,
    attributesOnly: false,
    move: true,
    backup,
  };
};

const moveOne = async (
  out: Output,
  from: string,
  to: string,
  known: Errno | undefined,
  state: CopyState,
): Promise<boolean> => {
  let renameErrno = known;
  if (renameErrno === undefined) {
    const applet = flavorOf(out.process) === 'busybox';
    const there = applet ? out.process.tryLstat(to) : undefined;
    if (there !== undefined && !(await mayOverwrite(out, to, there, state.rules))) return true;
    if (applet) return renameAs(out, from, to, state);
    const renamed = attempt(() => out.process.rename(from, to, RENAME.NOREPLACE));
    if (!renamed.error) {
      if (state.rules.verbose) tell(out, { from, to }, state, 'renamed ');
      const now = out.process.tryLstat(to);
      if (now) state.made.add(`${now.dev}:${now.ino} ${to}`);
      return true;
    }
    renameErrno = renamed.error.code;
  }
  return moveByCopy(out, from, to, renameErrno, state);
};

/** An applet simply renames: what is there is replaced, and a file onto itself stays. */
const renameAs = async (out: Output, from: string, to: string, state: CopyState): Promise<boolean> => {
  const { error } = attempt(() => out.process.rename(from, to));
  if (error?.code === 'EXDEV') return moveByCopy(out, from, to, 'EXDEV', state);
  if (error)
    await out.complain(
      `cannot move ${quoteAlways(out.process, from)} to ${quoteAlways(out.process, to)}`,
      error,
    );
  else if (state.rules.verbose) tell(out, { from, to }, state);
  return error === undefined;
};

const moveByCopy = async (
  out: Output,
  from: string,
  to: string,
  renameErrno: Errno,
  state: CopyState,
): Promise<boolean> => {
  const outcome = await copyTree(out, { from, to, operand: true, renameErrno }, state);
  if (outcome !== 'copied') return outcome !== 'failed';
  const rules = {
    ask: 'never',
    force: false,
    recursive: true,
    emptyDirectories: true,
    oneFileSystem: false,
  } as const;
  return removeTree(out, from, { ...rules, verbose: state.rules.verbose });
};
