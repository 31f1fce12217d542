// lsblk: the disks of the machine. There is one, and it has no partitions.

import { major, minor } from '../../fs/mode.ts';
import type { Process } from '../../fs/process.ts';
import type { Command } from '../command.ts';
import { type NameOf, type Options, parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { realPath } from '../real-path.ts';
import { diskTag } from './disk-tags.ts';
import { sizeText } from './size-text.ts';
import { askedColumns, type Cell, printTable } from './smart-columns.ts';

const options = {
  all: { short: 'a' },
  ascii: { short: 'i' },
  bytes: { short: 'b' },
  fs: { short: 'f' },
  json: { short: 'J' },
  list: { short: 'l' },
  nodeps: { short: 'd' },
  noheadings: { short: 'n' },
  output: { short: 'o', argument: 'required' },
  pairs: { short: 'P' },
  paths: { short: 'p' },
  raw: { short: 'r' },
} as const;

type Parsed = Options<NameOf<typeof options>>;

interface Disk {
  readonly name: string;
  readonly dev: number;
  readonly size: number;
  readonly used: number;
  readonly available: number;
  readonly places: readonly string[];
}

const COLUMNS: Readonly<Record<string, (disk: Disk, parsed: Parsed) => Cell>> = {
  NAME: ({ name }, parsed) => (parsed.has('paths') ? `/dev/${name}` : name),
  KNAME: ({ name }) => name,
  PATH: ({ name }) => `/dev/${name}`,
  'MAJ:MIN': ({ dev }) => `${major(dev)}:${minor(dev)}`,
  RM: () => false,
  SIZE: ({ size }, parsed) => (parsed.has('bytes') ? size : sizeText(size, '0B')),
  RO: () => false,
  TYPE: () => 'disk',
  MOUNTPOINT: ({ places }) => places.at(-1),
  MOUNTPOINTS: ({ places }) => (places.length === 0 ? [null] : places),
  FSTYPE: () => diskTag('TYPE'),
  FSVER: () => diskTag('VERSION'),
  LABEL: () => undefined,
  UUID: () => diskTag('UUID'),
  FSAVAIL: ({ available }, parsed) => (parsed.has('bytes') ? available : sizeText(available, '0')),
  'FSUSE%': ({ used, size }) => `${Math.round((used * 100) / size)}%`,
};

const USUAL = ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS'];
const FILE_SYSTEMS = ['NAME', 'FSTYPE', 'FSVER', 'LABEL', 'UUID', 'FSAVAIL', 'FSUSE%', 'MOUNTPOINTS'];
const RIGHT: ReadonlySet<string> = new Set(['MAJ:MIN', 'RM', 'SIZE', 'RO', 'FSAVAIL', 'FSUSE%']);

const FAILED = 32;

export const lsblk: Command = {
  name: 'lsblk',
  help: `
Usage:
 lsblk [options] [<device> ...]

List the disks.

Options:
 -b, --bytes         sizes in bytes
 -d, --nodeps        accepted
 -f, --fs            about their file systems
 -J, --json          as JSON
 -l, --list          accepted
 -n, --noheadings    no headings
 -o, --output <list> these columns
 -P, --pairs         as key="value"
 -p, --paths         whole paths of the devices
 -r, --raw           columns with one space between
     --help          display this help
     --version       display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, lsblk, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const names = askedColumns(parsed.value('output'), parsed.has('fs') ? FILE_SYSTEMS : USUAL, COLUMNS);
    const unknown = names.find((name) => COLUMNS[name] === undefined);
    if (unknown !== undefined) {
      await out.warn(`unknown column: ${unknown}`);
      return 1;
    }
    out.failureStatus = FAILED;
    for (const name of parsed.operands)
      if (process.tryStat(name)?.kind !== 'block') await out.warn(`${name}: not a block device`);
    const disk = rootDisk(process);
    const wanted =
      parsed.operands.length === 0 ||
      parsed.operands.some((name) => process.tryStat(name)?.rdev === disk.dev && realPath(process, name));
    const rows = wanted ? [{ cells: names.map((name) => COLUMNS[name]?.(disk, parsed)), children: [] }] : [];
    const form = parsed.last('json', 'pairs', 'raw') ?? 'columns';
    if (rows.length > 0)
      printTable(out, rows, {
        names,
        right: RIGHT,
        tree: 'NAME',
        form,
        headings: !parsed.has('noheadings'),
        about: 'blockdevices',
      });
    return out.end();
  },
};

/** The disk as the kernel has it; containers see it as well, at the places where they have its files. */
const rootDisk = (process: Process): Disk => {
  const { disk } = process.kernel;
  const { bsize, blocks, bfree } = disk.statfs();
  const [size, available] = [blocks * bsize, bfree * bsize];
  const places = process
    .mounts()
    .filter(({ dev }) => dev === disk.dev)
    .map(({ target }) => target);
  return { name: 'vda', dev: disk.dev, size, used: size - available, available, places: places.reverse() };
};
