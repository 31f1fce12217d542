// umount: detach file systems.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { realPath } from './real-path.ts';
import { usageError } from './usage-error.ts';

const options = {
  all: { short: 'a' },
  force: { short: 'f' },
  lazy: { short: 'l' },
  quiet: { short: 'q' },
  recursive: { short: 'R' },
  verbose: { short: 'v' },
  'no-mtab': { short: 'n' },
} as const;

const FAILED = 32;

export const umount: Command = {
  name: 'umount',
  help: `Usage: umount [OPTION]... DIRECTORY...
Detach what is mounted on each DIRECTORY.

  -f, --force      (accepted)
  -l, --lazy       detach now, even while it is in use
  -q, --quiet      do not complain about what is not mounted
  -R, --recursive  with all that is mounted below
  -v, --verbose    say what is done
      --help        display this help and exit
      --version     output version information and exit
`,
  words: (process) => process.mounts().map(({ target }) => target),
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, umount, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return usageError(out, umount, 'bad usage');
    for (const name of parsed.operands) {
      const rules = { lazy: parsed.has('lazy'), quiet: parsed.has('quiet'), verbose: parsed.has('verbose') };
      for (const target of parsed.has('recursive') ? withBelow(out, name) : [name])
        await detach(out, target, rules);
    }
    return out.end();
  },
};

/** The mounts below, deepest first, then the mount itself. */
const withBelow = ({ process }: Output, name: string): string[] => {
  const path = realPath(process, name);
  if (path === undefined) return [name];
  const below = process.mounts().filter(({ target }) => target.startsWith(`${path}/`));
  return [...below.map(({ target }) => target).sort((a, b) => b.length - a.length), name];
};

const detach = async (
  out: Output,
  name: string,
  rules: { lazy: boolean; quiet: boolean; verbose: boolean },
): Promise<void> => {
  const { process } = out;
  const path = realPath(process, name) ?? name;
  // A source will do for its directory.
  const mount = process
    .mounts()
    .findLast(({ target, source }) => target === path || (source === name && source.startsWith('/')));
  const place = mount?.target ?? path;
  out.failureStatus = FAILED;
  if (!process.tryStat(place)) {
    if (!rules.quiet) await out.warn(`${name}: no mount point specified.`);
    return;
  }
  if (!mount) {
    if (rules.quiet) return;
    out.failureStatus = process.cred.uid === 0 ? FAILED : 1;
    await out.warn(`${process.cred.uid === 0 ? name : place}: not mounted.`);
    return;
  }
  const { error } = attempt(() => process.umount(place, { lazy: rules.lazy }));
  if (!error) {
    if (rules.verbose) out.line(`umount: ${place} (${mount.source}) unmounted`);
    return;
  }
  const problems = {
    EBUSY: 'target is busy.',
    EPERM: 'must be superuser to unmount.',
    EINVAL: 'not mounted.',
  } as const;
  const text = problems[error.code as keyof typeof problems] ?? `umount failed: ${error.message}.`;
  await out.warn(`${place}: ${text}`);
};
