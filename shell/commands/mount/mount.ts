// mount: attach a file system to the tree, or list what is attached.

import type { Command } from '../command.ts';
import { type NameOf, type Options, parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { realPath } from '../real-path.ts';
import { usageError } from '../usage-error.ts';
import { attach, type Order } from './attach.ts';
import { entryFor } from './fstab.ts';
import { mountAll } from './mount-all.ts';
import { listMounts } from './mount-list.ts';
import { optionWords, readWords } from './mount-words.ts';

const options = {
  all: { short: 'a' },
  bind: { short: 'B' },
  rbind: { short: 'R' },
  move: { short: 'M' },
  fake: { short: 'f' },
  fork: { short: 'F' },
  'internal-only': { short: 'i' },
  label: { short: 'L', argument: 'required' },
  mkdir: { short: 'm', argument: 'optional' },
  namespace: { short: 'N', argument: 'required' },
  'no-canonicalize': { short: 'c' },
  options: { short: 'o', argument: 'required' },
  'options-mode': { argument: 'required' },
  'options-source': { argument: 'required' },
  'options-source-force': {},
  'read-only': { short: 'r' },
  'read-write': { short: 'w', alias: ['rw'] },
  'show-labels': { short: 'l' },
  'test-opts': { short: 'O', argument: 'required' },
  types: { short: 't', argument: 'required' },
  uuid: { short: 'U', argument: 'required' },
  source: { argument: 'required' },
  target: { argument: 'required' },
  verbose: { short: 'v' },
  'no-mtab': { short: 'n' },
  'make-shared': {},
  'make-slave': {},
  'make-private': {},
  'make-unbindable': {},
  'make-rshared': {},
  'make-rslave': {},
  'make-rprivate': {},
  'make-runbindable': {},
} as const;

type Parsed = Options<NameOf<typeof options>>;

const NOT_IN_TABLE = 1;

export const mount: Command = {
  name: 'mount',
  help: `
Usage:
 mount [-lhV]
 mount -a [options]
 mount [options] [--source] <source> | [--target] <directory>
 mount [options] <source> <directory>
 mount <operation> <mountpoint> [<target>]

Show what is mounted, or mount a file system.

Options:
 -a, --all               mount all file systems of fstab
 -f, --fake              do all but the call
 -m, --mkdir[=<mode>]    make the mount point, as -o X-mount.mkdir[=<mode>]
 -l, --show-labels       accepted
 -o, --options <list>    comma-separated list of mount options
 -O, --test-opts <list>  with -a, only those that have these options
 -r, --read-only         mount read-only (same as -o ro)
 -t, --types <list>      the type: overlay, tmpfs, proc ...; when listing, only
                         these
     --source <src>      the source
     --target <target>   the mount point
 -v, --verbose           say what is done
 -w, --rw, --read-write  mount read-write (default)
     --help              display this help
     --version           display version

Operations:
 -B, --bind              mount a subtree somewhere else (same as -o bind)
 -M, --move              move a subtree to some other place
 -R, --rbind             mount a subtree and all submounts somewhere else
 --make-shared, --make-slave, --make-private, --make-unbindable
                         who else gets what is mounted here
 --make-rshared, --make-rslave, --make-rprivate, --make-runbindable
                         the same for a mount and all below it

An overlay: mount -t overlay overlay -o lowerdir=A:B,upperdir=U,workdir=W DIR
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, mount, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length > 2) return usageError(out, mount, 'bad usage');
    const how = { fake: parsed.has('fake'), verbose: parsed.has('verbose') };
    if (parsed.has('all')) {
      const chosen = {
        types: parsed.value('types'),
        options: parsed.value('test-opts'),
        words: wordsOf(parsed),
      };
      return mountAll(out, chosen, how);
    }
    const { source, target, lone } = placesOf(parsed);
    if (source === undefined && target === undefined && lone === undefined)
      return parsed.list.every(({ name }) => ['show-labels', 'types', 'verbose', 'no-mtab'].includes(name))
        ? listMounts(out, parsed.value('types'))
        : usageError(out, mount, 'bad usage');
    const order = await orderOf(out, parsed, { source, target, lone });
    if (order === undefined) return NOT_IN_TABLE;
    return attach(out, order, how);
  },
};

interface Places {
  readonly source: string | undefined;
  readonly target: string | undefined;
  /** One operand alone: a directory, or a source of fstab. */
  readonly lone: string | undefined;
}

const placesOf = (parsed: Parsed): Places => {
  const operands = [...parsed.operands];
  const [label, uuid] = [parsed.value('label'), parsed.value('uuid')];
  const tag = label !== undefined ? `LABEL="${label}"` : uuid !== undefined ? `UUID="${uuid}"` : undefined;
  const named = parsed.value('source') ?? tag;
  const to = parsed.value('target');
  if (operands.length === 2) return { source: operands[0], target: operands[1], lone: undefined };
  if (named !== undefined) return { source: named, target: to ?? operands[0], lone: undefined };
  if (to !== undefined) return { source: operands[0], target: to, lone: undefined };
  return { source: undefined, target: undefined, lone: operands[0] };
};

/** All words of the command line, options that mean words among them, in their order. */
const wordsOf = (parsed: Parsed): string[] =>
  parsed.list.flatMap(({ name, value }) => {
    if (name === 'options') return optionWords(value ?? '');
    if (name === 'read-only') return ['ro'];
    if (name === 'read-write') return ['rw'];
    if (name === 'mkdir') return [value === undefined ? 'X-mount.mkdir' : `X-mount.mkdir=${value}`];
    if (name === 'bind' || name === 'rbind' || name === 'move') return [name];
    return name.startsWith('make-') ? [name.slice('make-'.length)] : [];
  });

/** What is to be done; undefined after a complaint about what fstab lacks. */
const orderOf = async (out: Output, parsed: Parsed, places: Places): Promise<Order | undefined> => {
  const { process } = out;
  const words = wordsOf(parsed);
  const wanted = readWords(words);
  const { source, target, lone } = places;
  const type = parsed.value('types');
  if (/^(LABEL|UUID|PARTLABEL|PARTUUID)=/.test(source ?? '')) {
    await out.warn(`${target ?? source}: can't find ${source}.`);
    return undefined;
  }
  if (source !== undefined && target !== undefined) return { source, target, type, words };
  const alone = lone ?? target;
  if (alone !== undefined && (wanted.remount || (wanted.propagations.length > 0 && !wanted.bind)))
    return { source: undefined, target: alone, type, words };
  const entry =
    lone === undefined
      ? entryFor(process, { source, target })
      : (entryFor(process, { target: lone }) ?? entryFor(process, { source: lone }));
  if (entry !== undefined)
    return {
      source: entry.source,
      target: entry.target,
      type: entry.type,
      words: [...optionWords(entry.options), ...words],
    };
  if (alone !== undefined && wanted.bind) return { source: undefined, target: alone, type, words };
  if (wanted.move) {
    await out.warn(`${realPath(process, alone ?? '') ?? alone}: mount failed: Invalid argument.`);
    return undefined;
  }
  const what = parsed.value('target') === undefined ? '' : 'mount point ';
  await out.warn(`${alone ?? source}: can't find ${what}in /etc/fstab.`);
  return undefined;
};
