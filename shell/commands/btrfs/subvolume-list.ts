// btrfs subvolume list, show.

import type { BtrfsFilesystem } from '../../fs/pool/btrfs-filesystem.ts';
import { type Subvolume, TOP } from '../../fs/pool/subvolume.ts';
import { btrfsAt } from '../../fs/pool/subvolume-calls.ts';
import { attempt } from '../attempt.ts';
import { formatTime } from '../time-format.ts';
import type { Subcommand } from './subcommand.ts';
import { NO_SUBVOLUME, wrong, wrongCount } from './subvolume-changes.ts';

export const listCommand: Subcommand = async (out, args) => {
  const [path, extra] = args.filter((arg) => !arg.startsWith('-'));
  const flags = args.filter((arg) => arg.startsWith('-')).join('');
  if (path === undefined || extra !== undefined)
    return wrongCount(out, 'list', 1, path === undefined ? 0 : 2);
  const { value, error } = attempt(() => btrfsAt(out.process, path));
  if (error?.code === 'ENOTTY') {
    await wrong(out, `not a btrfs filesystem: ${path}`);
    return wrong(out, `can't access '${path}'`);
  }
  if (error) {
    await wrong(out, `cannot access '${path}': ${error.message}`);
    return wrong(out, `can't access '${path}'`);
  }
  const { fs } = value;
  const all = fs.subvolumes().filter(({ id }) => id !== TOP);
  if (flags.includes('t')) out.text(`ID\tgen\ttop level\tpath\t\n--\t---\t---------\t----\t\n`);
  for (const subvolume of all)
    out.line(flags.includes('t') ? row(fs, subvolume) : line(fs, subvolume, flags));
  return out.end();
};

const row = (fs: BtrfsFilesystem, subvolume: Subvolume): string =>
  `${subvolume.id}\t${subvolume.generation}\t${subvolume.parent}\t\t${pathOf(fs, subvolume)}`;

const line = (fs: BtrfsFilesystem, subvolume: Subvolume, flags: string): string => {
  const { id, generation, parent, uuid, origin } = subvolume;
  const more = [
    flags.includes('q') ? `parent_uuid ${(origin ?? '-').padEnd(36)} ` : '',
    flags.includes('u') ? `uuid ${uuid} ` : '',
  ];
  return `ID ${id} gen ${generation} top level ${parent} ${more.join('')}path ${pathOf(fs, subvolume)}`;
};

/** From the top of the filesystem, without a slash before it. */
const pathOf = (fs: BtrfsFilesystem, subvolume: Subvolume): string => fs.pathOf(subvolume).slice(1);

export const showCommand: Subcommand = async (out, args) => {
  const [path, extra] = args;
  if (path === undefined || extra !== undefined) return wrongCount(out, 'show', 1, args.length);
  const { value, error } = attempt(() => btrfsAt(out.process, path));
  if (error?.code === 'ENOTTY') return wrong(out, `not a btrfs filesystem: ${path}`);
  if (error) return wrong(out, `cannot find real path for '${path}': ${error.message}`);
  const { fs, subvolume } = value;
  if (subvolume === undefined) return wrong(out, NO_SUBVOLUME);
  const top = subvolume.id === TOP;
  const time = formatTime('%Y-%m-%d %H:%M:%S %z', subvolume.created);
  out.line(top ? '/' : pathOf(fs, subvolume));
  const rows: readonly (readonly [string, string | number])[] = [
    ['Name: \t\t\t', top ? '<FS_TREE>' : (fs.pathOf(subvolume).split('/').at(-1) ?? '')],
    ['UUID: \t\t\t', subvolume.uuid],
    ['Parent UUID: \t\t', subvolume.origin ?? '-'],
    ['Received UUID: \t\t', '-'],
    ['Creation time: \t\t', time],
    ['Subvolume ID: \t\t', subvolume.id],
    ['Generation: \t\t', top ? fs.generation : subvolume.generation],
    ['Gen at creation: \t', top ? 0 : subvolume.generation],
    ['Parent ID: \t\t', top ? 0 : subvolume.parent],
    ['Top level ID: \t\t', top ? 0 : subvolume.parent],
    ['Flags: \t\t\t', '-'],
    ['Send transid: \t\t', 0],
    ['Send time: \t\t', time],
    ['Receive transid: \t', 0],
    ['Receive time: \t\t', '-'],
  ];
  for (const [label, text] of rows) out.line(`\t${label}${text}`);
  out.line('\tSnapshot(s):');
  for (const other of fs.subvolumes())
    if (other.origin === subvolume.uuid) out.line(`\t\t\t\t${pathOf(fs, other)}`);
  return out.end();
};
