// umount: detach file systems.

import type { MountInfo } from '../../fs/calls/mounts.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { realPath } from '../real-path.ts';
import { usageError } from '../usage-error.ts';
import { takesOptions, takesType } from './mount-list.ts';

const options = {
  all: { short: 'a' },
  'all-targets': { short: 'A' },
  'no-canonicalize': { short: 'c' },
  'detach-loop': { short: 'd' },
  fake: {},
  force: { short: 'f' },
  'internal-only': { short: 'i' },
  lazy: { short: 'l' },
  'no-mtab': { short: 'n' },
  quiet: { short: 'q' },
  'read-only': { short: 'r' },
  recursive: { short: 'R' },
  'test-opts': { short: 'O', argument: 'required' },
  types: { short: 't', argument: 'required' },
  verbose: { short: 'v' },
} as const;

const FAILED = 32;

interface Rules {
  readonly lazy: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly fake: boolean;
  /** -r: what cannot be detached becomes read-only. */
  readonly readOnly: boolean;
}

export const umount: Command = {
  name: 'umount',
  help: `
Usage:
 umount [-hV]
 umount -a [options]
 umount [options] <source> | <directory>

Detach file systems.

Options:
 -a, --all               all that are mounted
 -A, --all-targets       all mount points of the same file system
 -f, --force             accepted
     --fake              do all but the call
 -l, --lazy              detach now, even while it is in use
 -O, --test-opts <list>  with -a, only those that have these options
 -q, --quiet             do not complain about what is not mounted
 -r, --read-only         what is in use becomes read-only
 -R, --recursive         with all that is mounted below
 -t, --types <list>      with -a, only these types
 -v, --verbose           say what is done
     --help              display this help
     --version           display version
`,
  words: (process) => process.mounts().map(({ target }) => target),
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, umount, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const has = parsed.has.bind(parsed);
    const rules: Rules = {
      lazy: has('lazy'),
      quiet: has('quiet'),
      verbose: has('verbose'),
      fake: has('fake'),
      readOnly: has('read-only'),
    };
    if (has('all'))
      return detachAll(out, { types: parsed.value('types'), options: parsed.value('test-opts') }, rules);
    if (parsed.operands.length === 0) return usageError(out, umount, 'bad usage');
    let status = 0;
    for (const name of parsed.operands)
      status += await (has('recursive') || has('all-targets')
        ? detachSeveral(out, name, rules, has('all-targets'))
        : detach(out, name, rules));
    await out.flush();
    return status;
  },
};

/** What umount -a leaves alone (umount(8)). */
const KEPT = 'noproc,devfs,devpts,sysfs,rpc_pipefs,nfsd,selinuxfs';

const detachAll = async (
  out: Output,
  chosen: { readonly types: string | undefined; readonly options: string | undefined },
  rules: Rules,
): Promise<number> => {
  let status = 0;
  for (const mount of out.process.mounts().reverse()) {
    const { target, type } = mount;
    const taken =
      takesType(chosen.types, type) &&
      takesOptions(chosen.options, mount.options) &&
      (chosen.types !== undefined || (takesType(KEPT, type) && target !== '/'));
    if (taken) status |= await detach(out, target, { ...rules, verbose: false });
    if (rules.verbose) out.line(`${target.padEnd(25)}: ${taken ? 'successfully unmounted' : 'ignored'}`);
  }
  await out.flush();
  return status;
};

/** The mount that an operand means: by its directory, or by its source. */
const mountNamed = ({ process }: Output, name: string): MountInfo | undefined => {
  const path = realPath(process, name) ?? name;
  const all = process.mounts();
  return all.findLast(({ target }) => target === path) ?? all.findLast(({ source }) => source === name);
};

/** -R: the mounts below, the last ones first, then the mount itself; -A: wherever its filesystem is mounted. */
const detachSeveral = async (
  out: Output,
  name: string,
  rules: Rules,
  everywhere: boolean,
): Promise<number> => {
  const { process } = out;
  const mount = mountNamed(out, name);
  if (!mount) {
    if (!rules.quiet) await out.warn(`${name}: ${process.tryStat(name) ? 'not mounted' : 'not found'}`);
    return 1;
  }
  const all = process.mounts();
  const chosen = everywhere ? all.filter(({ dev }) => dev === mount.dev) : treeOf(all, mount);
  let status = 0;
  for (const { target } of chosen.reverse()) status ||= await detach(out, target, rules);
  return status;
};

const treeOf = (all: readonly MountInfo[], top: MountInfo): MountInfo[] => [
  top,
  ...all.filter(({ parent }) => parent === top.id).flatMap((child) => treeOf(all, child)),
];

const detach = async (out: Output, name: string, rules: Rules): Promise<number> => {
  const { process } = out;
  const mount = mountNamed(out, name);
  const place = mount?.target ?? realPath(process, name) ?? name;
  out.failureStatus = FAILED;
  if (!mount) {
    const { cred } = process;
    const shown = cred.uid === 0 ? name : place;
    const problem = process.tryStat(place)
      ? `${shown}: ${notMounted(process, place)}`
      : `${name}: no mount point specified.`;
    if (!rules.quiet) await out.warn(problem);
    return cred.uid === 0 || !process.tryStat(place) ? FAILED : 1;
  }
  if (rules.fake) return 0;
  const { error } = attempt(() => process.umount(place, { lazy: rules.lazy }));
  if (!error) {
    if (rules.verbose) out.line(`umount: ${place} (${mount.source}) unmounted`);
    return 0;
  }
  if (error.code === 'EBUSY' && rules.readOnly && becomesReadOnly(out, mount)) return 0;
  const text = PROBLEMS[error.code as keyof typeof PROBLEMS] ?? `umount failed: ${error.message}.`;
  await out.warn(`${place}: ${text}`);
  return FAILED;
};

/** Root goes to the kernel even so, which asks for CAP_SYS_ADMIN first. */
const notMounted = (process: Process, place: string): string =>
  process.cred.uid === 0 && attempt(() => process.umount(place)).error?.code === 'EPERM'
    ? PROBLEMS.EPERM
    : PROBLEMS.EINVAL;

const PROBLEMS = {
  EBUSY: 'target is busy.',
  EPERM: 'must be superuser to unmount.',
  EINVAL: 'not mounted.',
} as const;

const becomesReadOnly = ({ process }: Output, { target }: MountInfo): boolean =>
  attempt(() => process.mount({ source: '', target, remount: true, readOnly: true })).error === undefined;
