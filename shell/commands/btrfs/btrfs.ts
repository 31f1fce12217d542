// btrfs: subvolumes and snapshots, and what files of a btrfs take (btrfs-progs 6.2).

import type { Process } from '../../fs/process.ts';
import type { Command } from '../command.ts';
import { Output } from '../output.ts';
import { filesystemDu } from './filesystem-du.ts';
import type { Subcommand } from './subcommand.ts';
import { createCommand, deleteCommand, snapshotCommand } from './subvolume-changes.ts';
import { listCommand, showCommand } from './subvolume-list.ts';

/** Gets the words behind the name; gives the exit status. */
const groups: Readonly<Record<string, Readonly<Record<string, Subcommand>>>> = {
  subvolume: {
    create: createCommand,
    delete: deleteCommand,
    list: listCommand,
    show: showCommand,
    snapshot: snapshotCommand,
  },
  filesystem: { du: filesystemDu },
};

export const btrfs: Command = {
  name: 'btrfs',
  help: `usage: btrfs <group> <command> [<args>]

    btrfs subvolume create [<dest>/]<name>
        Make an empty subvolume
    btrfs subvolume delete <subvolume> [<subvolume>...]
        Delete subvolumes, whatever is in them
    btrfs subvolume list [-t] [-q] [-u] <path>
        All subvolumes of the filesystem
    btrfs subvolume show <path>
        One subvolume, and the snapshots of it
    btrfs subvolume snapshot <subvolume> { <subdir>/<name> | <subdir> }
        A subvolume that begins as another one is, all blocks shared

    btrfs filesystem du [-s] [--raw] <path> [<path>..]
        What files take, and how much of it nobody else has

    btrfs version
`,
  run: (process, argv) => run(process, argv.slice(1)),
};

const run = async (
  process: Process,
  [group = '', name = '', ...args]: readonly string[],
): Promise<number> => {
  const out = new Output(process);
  if (group === 'version' || group === '--version') {
    out.line('btrfs-progs v6.2');
    return out.end();
  }
  if (group === '--help' || group === 'help') {
    out.text(btrfs.help);
    return out.end();
  }
  const full = complete(Object.keys(groups), group);
  const found = full === undefined ? undefined : groups[full];
  const command = found && complete(Object.keys(found), name);
  if (found !== undefined && command !== undefined) return (found[command] as Subcommand)(out, args);
  const unknown = found === undefined ? group : name;
  const where = found === undefined ? 'btrfs' : `btrfs ${full}`;
  await out.errorText(`${unknown === '' ? '' : `${where}: unknown token '${unknown}'\n`}${btrfs.help}`);
  return 1;
};

/** A word may be cut short as long as it means one. */
const complete = (names: readonly string[], word: string): string | undefined => {
  const meant = names.filter((name) => word !== '' && name.startsWith(word));
  return names.includes(word) ? word : meant.length === 1 ? meant[0] : undefined;
};
