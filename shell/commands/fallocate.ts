// fallocate: room for a file, or holes in it (fallocate(1), util-linux).

import { fail } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { complainOfExclusive } from './exclusive-options.ts';
import { flavorOf } from './flavor.ts';
import { type Options, parseOptions, printHelp } from './options.ts';
import { Output } from './output.ts';
import { parseSize } from './size-text.ts';

const options = {
  'collapse-range': { short: 'c' },
  'dig-holes': { short: 'd' },
  'insert-range': { short: 'i' },
  length: { short: 'l', argument: 'required' },
  'keep-size': { short: 'n' },
  offset: { short: 'o', argument: 'required' },
  'punch-hole': { short: 'p' },
  'zero-range': { short: 'z' },
  posix: { short: 'x' },
  verbose: { short: 'v' },
  help: { short: 'h' },
} as const;

type Parsed = Options<keyof typeof options>;

const BLOCK = 4096;

const EXCLUSIVE = [
  ['collapse-range', 'dig-holes', 'punch-hole', 'zero-range'],
  ['collapse-range', 'keep-size'],
] as const;

export const fallocate: Command = {
  name: 'fallocate',
  help: `
Usage:
 fallocate [options] <filename>

Make room for a file ahead of its data, or holes in it.

Options:
 -c, --collapse-range take a range out of the file
 -d, --dig-holes      make holes of blocks that are all zero
 -i, --insert-range   put a hole in, what is behind it moves
 -l, --length <num>   how many bytes
 -n, --keep-size      leave the file's size as it is
 -o, --offset <num>   from which byte on
 -p, --punch-hole     make a hole of a range (implies -n)
 -z, --zero-range     make a range zero, and its room certain
 -x, --posix          use posix_fallocate(3)
 -v, --verbose        say what was done

 -h, --help           display this help
 -V, --version        display version

<num> may have a suffix: KiB, MiB, GiB and so on (the "iB" may be left out).
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, fallocate, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('help')) return printHelp(out, fallocate);
    if (await complainOfExclusive(out, parsed, EXCLUSIVE)) return 1;
    const [name, ...more] = parsed.operands;
    if (name === undefined) return complain(out, 'no filename specified');
    if (more.length > 0) return complain(out, 'unexpected number of arguments');
    const range = rangeOf(parsed);
    if (typeof range === 'string') return complain(out, range);
    const opened = attempt(() =>
      process.open(name, range.how === 'allocate' ? O.RDWR | O.CREAT : O.RDWR, 0o666),
    );
    if (opened.error) {
      await out.complain(`cannot open ${name}`, opened.error);
      return 1;
    }
    const { error } = attempt(() => {
      ACTIONS[range.how](out, opened.value, range);
      if (flavorOf(process) === 'gnu') process.fsync(opened.value);
    });
    if (error) {
      await out.complain('fallocate failed', error);
      return 1;
    }
    if (parsed.has('verbose')) out.line(`${name}: ${told(range)}`);
    return out.end();
  },
};

/** A complaint without a word on --help. */
const complain = async (out: Output, text: string): Promise<number> => {
  await out.warn(text);
  return 1;
};

const HOW = ['punch-hole', 'collapse-range', 'insert-range', 'zero-range', 'dig-holes'] as const;

interface Range {
  readonly how: (typeof HOW)[number] | 'allocate';
  readonly offset: number;
  /** Where holes are dug: 0 for the whole file, and in the end what has become holes. */
  length: number;
  readonly keepSize: boolean;
}

/** The range, or what is wrong with it. */
const rangeOf = (parsed: Parsed): Range | string => {
  const how = HOW.find((name) => parsed.has(name)) ?? 'allocate';
  const given = parsed.value('length');
  const length = given === undefined ? 0 : bytesOf(given);
  const offset = bytesOf(parsed.value('offset') ?? '0');
  if (given === undefined && how !== 'dig-holes') return 'no length argument specified';
  if (length === undefined || (length === 0 && how !== 'dig-holes')) return 'invalid length value specified';
  if (offset === undefined) return 'invalid offset value specified';
  return { how, offset, length, keepSize: parsed.has('keep-size') };
};

/** `1.5M` as well as what other programs take. */
const bytesOf = (text: string): number | undefined => {
  const [, whole = '', tenths = '', unit = ''] = /^(\d+)(\.\d+)?([a-zA-Z]*)$/.exec(text) ?? [];
  const one = parseSize(`1${unit}`);
  const bytes = Math.floor(Number(`${whole}${tenths}`) * (one ?? 0));
  return whole === '' || one === undefined || bytes >= 2 ** 63 ? undefined : bytes;
};

type Act = (out: Output, fd: number, range: Range) => void;

const unsupported: Act = () => fail('EOPNOTSUPP');

const ACTIONS: Readonly<Record<Range['how'], Act>> = {
  allocate: ({ process }, fd, { offset, length, keepSize }) =>
    process.fallocate(fd, keepSize ? 'keep-size' : 'allocate', offset, length),
  'punch-hole': ({ process }, fd, { offset, length }) => process.fallocate(fd, 'punch', offset, length),
  'zero-range': ({ process }, fd, { offset, length, keepSize }) => {
    process.fallocate(fd, 'punch', offset, length);
    process.fallocate(fd, keepSize ? 'keep-size' : 'allocate', offset, length);
  },
  // As on tmpfs, which can do neither.
  'collapse-range': unsupported,
  'insert-range': unsupported,
  'dig-holes': ({ process }, fd, range) => {
    const { size } = process.fstat(fd);
    const end = range.length === 0 ? size : Math.min(size, range.offset + range.length);
    let dug = 0;
    for (let at = range.offset - (range.offset % BLOCK); at < end; at += BLOCK)
      if (process.pread(fd, BLOCK, at).every((byte) => byte === 0)) {
        process.fallocate(fd, 'punch', at, BLOCK);
        dug += Math.min(BLOCK, size - at);
      }
    range.length = dug;
  },
};

const DONE: Readonly<Record<Range['how'], string>> = {
  allocate: 'allocated.',
  'punch-hole': 'hole created.',
  'zero-range': 'zeroed.',
  'collapse-range': 'removed.',
  'insert-range': 'inserted.',
  'dig-holes': 'converted to sparse holes.',
};

const told = ({ how, length }: Range): string => `${sizeToHuman(length)} (${length} bytes) ${DONE[how]}`;

/** `4 KiB`, `1.4 MiB`: one decimal. */
const sizeToHuman = (bytes: number): string => {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let power = 0;
  while (bytes >= 1024 ** (power + 1)) power++;
  const tenths = Math.round((bytes / 1024 ** power) * 10);
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} ${units[power]}`;
};
