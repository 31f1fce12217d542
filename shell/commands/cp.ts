// cp: copy files and directories.

import type { Process } from '../fs/process.ts';
import { type BackupRule, backupName, backupOptions, backupRule } from './backup.ts';
import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { copyParents } from './copy-parents.ts';
import { type CopyRules, newCopyState } from './copy-rules.ts';
import { copyTree } from './copy-tree.ts';
import { cpHelp } from './cp-help.ts';
import { destinations } from './destination.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath, stripSlashes } from './path-name.ts';
import { usageError } from './usage-error.ts';

const options = {
  ...backupOptions,
  archive: { short: 'a' },
  'attributes-only': {},
  'copy-contents': {},
  d: {},
  dereference: { short: 'L' },
  force: { short: 'f' },
  H: {},
  interactive: { short: 'i' },
  link: { short: 'l' },
  'no-clobber': { short: 'n' },
  'no-dereference': { short: 'P' },
  'no-preserve': { argument: 'required' },
  'no-target-directory': { short: 'T' },
  'one-file-system': { short: 'x' },
  parents: { alias: ['path'] },
  p: {},
  preserve: { argument: 'optional' },
  recursive: { short: 'rR' },
  reflink: { argument: 'optional' },
  'remove-destination': {},
  sparse: { argument: 'required' },
  'strip-trailing-slashes': {},
  'symbolic-link': { short: 's' },
  'target-directory': { short: 't', argument: 'required' },
  update: { short: 'u' },
  verbose: { short: 'v' },
} as const;

type CpOptions = Options<keyof typeof options>;

const REFLINK = { auto: ['auto'], always: ['always'], never: ['never'] } as const;
const SPARSE = { never: ['never'], auto: ['auto'], always: ['always'] } as const;
const ATTRIBUTES = {
  mode: ['mode'],
  timestamps: ['timestamps'],
  ownership: ['ownership'],
  links: ['links'],
  context: ['context'],
  xattr: ['xattr'],
  all: ['all'],
} as const;

export const cp: Command = {
  name: 'cp',
  help: cpHelp,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, cp, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const preserve = await preserved(out, parsed);
    const reflink = parsed.value('reflink');
    const sparse = parsed.value('sparse');
    if (reflink !== undefined && (await choose(out, '--reflink', reflink, REFLINK)) === undefined)
      return out.status;
    if (sparse !== undefined && (await choose(out, '--sparse', sparse, SPARSE)) === undefined)
      return out.status;
    if (!preserve) return out.status;
    if (parsed.has('link') && parsed.has('symbolic-link')) {
      return usageError(out, cp, 'cannot make both hard and symbolic links');
    }
    const backup = await backupRule(out, parsed);
    if (backup !== undefined && 'exit' in backup) return backup.exit;
    if (backup && parsed.has('no-clobber'))
      return usageError(out, cp, 'options --backup and --no-clobber are mutually exclusive');
    const operands = parsed.has('strip-trailing-slashes')
      ? parsed.operands.map(stripSlashes)
      : parsed.operands;
    const directory = parsed.value('target-directory');
    const plain = parsed.has('no-target-directory');
    const found = await destinations(out, cp, operands, { directory, plain });
    if ('exit' in found) return found.exit;
    if (parsed.has('parents') && found.directory === undefined) {
      return usageError(out, cp, 'with --parents, the destination must be a directory');
    }
    const state = newCopyState({ ...rulesOf(parsed, preserve), backup }, process.umask());
    for (const pair of found.pairs) {
      const { from } = pair;
      if (!parsed.has('parents')) {
        const to = ownBackup(process, pair, state.rules);
        if ((await copyTree(out, { from, to, operand: true }, state)) === 'failed') out.status = 1;
        continue;
      }
      const below = joinPath(found.directory as string, stripSlashes(from).replace(/^\/+/, ''));
      if (!(await copyParents(out, from, found.directory as string, state))) out.status = 1;
      else if ((await copyTree(out, { from, to: below, operand: true }, state)) === 'failed') out.status = 1;
    }
    return out.end();
  },
};

/** `cp --force --backup F F`: a file onto itself is its own backup, and stays. */
const ownBackup = (
  process: Process,
  { from, to }: { from: string; to: string },
  rules: CopyRules,
): string => {
  const own = rules.backup && rules.force && from === to && process.tryStat(to)?.kind === 'file';
  return own ? backupName(process, to, rules.backup as BackupRule) : to;
};

type Preserve = { -readonly [K in keyof CopyRules['preserve']]: boolean };

const preserved = async (out: Output, parsed: CpOptions): Promise<Preserve | undefined> => {
  const preserve: Preserve = { mode: false, owner: false, times: false, links: false, xattrs: false };
  const fields: Readonly<Record<string, readonly (keyof Preserve)[]>> = {
    mode: ['mode'],
    timestamps: ['times'],
    ownership: ['owner'],
    links: ['links'],
    context: [],
    xattr: ['xattrs'],
    all: ['mode', 'owner', 'times', 'links', 'xattrs'],
  };
  for (const { name, value } of parsed.list) {
    if (name === 'archive') for (const field of fields.all ?? []) preserve[field] = true;
    if (name === 'd') preserve.links = true;
    if (name === 'p' || (name === 'preserve' && value === undefined))
      preserve.mode = preserve.owner = preserve.times = true;
    if ((name !== 'preserve' && name !== 'no-preserve') || value === undefined) continue;
    for (const word of value.split(',')) {
      const which = await choose(out, `--${name}`, word, ATTRIBUTES);
      if (which === undefined) return undefined;
      for (const field of fields[which] ?? []) preserve[field] = name === 'preserve';
    }
  }
  return preserve;
};

const rulesOf = (parsed: CpOptions, preserve: Preserve): CopyRules => {
  const recursive = parsed.has('recursive') || parsed.has('archive');
  const links = {
    archive: 'never',
    d: 'never',
    'no-dereference': 'never',
    dereference: 'always',
    H: 'operands',
  } as const;
  const chosen = parsed.last('archive', 'd', 'no-dereference', 'dereference', 'H') as
    | keyof typeof links
    | undefined;
  const makesLinks = parsed.has('link') || parsed.has('symbolic-link');
  const overwrite = { 'no-clobber': 'never', interactive: 'ask' } as const;
  const asks = parsed.has('no-clobber') ? 'no-clobber' : parsed.last('interactive');
  return {
    recursive,
    dereference:
      chosen !== undefined
        ? links[chosen]
        : (recursive && !parsed.has('copy-contents')) || (makesLinks && recursive)
          ? 'never'
          : 'always',
    preserve,
    force: parsed.has('force'),
    removeDestination: parsed.has('remove-destination'),
    overwrite: asks === undefined ? 'unasked' : overwrite[asks as keyof typeof overwrite],
    update: parsed.has('update'),
    verbose: parsed.has('verbose'),
    hardLink: parsed.has('link'),
    symbolicLink: parsed.has('symbolic-link'),
    oneFileSystem: parsed.has('one-file-system'),
    attributesOnly: parsed.has('attributes-only'),
    move: false,
  };
};
