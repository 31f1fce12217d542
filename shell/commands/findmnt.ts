// findmnt: mounts as a tree or a list.

import type { MountInfo } from '../fs/calls/mounts.ts';
import type { Command } from './command.ts';
import { mountOf } from './mount-of.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { realPath } from './real-path.ts';

const options = {
  list: { short: 'l' },
  noheadings: { short: 'n' },
  output: { short: 'o', argument: 'required' },
  types: { short: 't', argument: 'required' },
  target: { short: 'T', argument: 'required' },
  mountpoint: { short: 'M', argument: 'required' },
  source: { short: 'S', argument: 'required' },
  raw: { short: 'r' },
} as const;

const FIELDS: Readonly<Record<string, (mount: MountInfo) => string>> = {
  TARGET: ({ target }) => target,
  SOURCE: ({ source }) => source,
  FSTYPE: ({ type }) => type,
  OPTIONS: ({ options: text }) => text,
  ID: ({ id }) => String(id),
};

export const findmnt: Command = {
  name: 'findmnt',
  help: `Usage: findmnt [OPTION]...
  or:  findmnt [OPTION]... DEVICE|MOUNTPOINT
Find mounted file systems and show them as a tree, or as a list when some are
chosen.

  -l, --list              a list, no tree
  -M, --mountpoint=DIR    what is mounted on DIR
  -n, --noheadings        no headings
  -o, --output=LIST       columns: TARGET, SOURCE, FSTYPE, OPTIONS, ID
  -r, --raw               columns with one space between
  -S, --source=NAME       those of this source
  -t, --types=LIST        those of these types
  -T, --target=PATH       the one that PATH lies on
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, findmnt, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const names = (parsed.value('output') ?? 'TARGET,SOURCE,FSTYPE,OPTIONS').toUpperCase().split(',');
    const unknown = names.find((name) => FIELDS[name] === undefined);
    if (unknown !== undefined) {
      await out.warn(`unknown column: ${unknown.toLowerCase()}`);
      return 1;
    }
    const [word] = parsed.operands;
    const path = word === undefined ? undefined : (realPath(process, word) ?? word);
    const on = parsed.value('mountpoint');
    const types = parsed.value('types')?.split(',');
    const target = parsed.value('target');
    const source = parsed.value('source');
    const chosen = [path, on, types, target, source].some((choice) => choice !== undefined);
    const below = target === undefined ? undefined : mountOf(process, target);
    const mounts = process
      .mounts()
      .filter(
        (mount) =>
          (path === undefined || mount.target === path || mount.source === word) &&
          (on === undefined || mount.target === realPath(process, on)) &&
          (types === undefined || types.includes(mount.type)) &&
          (source === undefined || mount.source === source) &&
          (target === undefined || mount.id === below?.id),
      );
    if (mounts.length === 0) return 1;
    const tree = !chosen && !parsed.has('list') && !parsed.has('raw');
    const rows = (tree ? asTree(mounts) : mounts.map((mount) => ({ mount, prefix: '' }))).map(
      ({ mount, prefix }) =>
        names.map((name) => (name === 'TARGET' ? prefix : '') + (FIELDS[name]?.(mount) ?? '')),
    );
    print(out, parsed.has('noheadings') ? rows : [names, ...rows], parsed.has('raw'));
    return out.end();
  },
};

const print = (out: Output, rows: readonly string[][], raw: boolean): void => {
  const widths = (rows[0] ?? []).map((_cell, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of rows) {
    out.line(
      raw
        ? row.join(' ')
        : row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join(' '),
    );
  }
};

/** Every mount under the one it stands on, with the lines of a tree before it. */
const asTree = (mounts: readonly MountInfo[]): { mount: MountInfo; prefix: string }[] => {
  const parentOf = (mount: MountInfo): MountInfo | undefined =>
    mounts
      .filter(
        (other) =>
          other !== mount &&
          (other.target === '/' ||
            mount.target === other.target ||
            mount.target.startsWith(`${other.target}/`)) &&
          other.id < mount.id,
      )
      .sort((a, b) => b.target.length - a.target.length || b.id - a.id)[0];
  const draw = (mount: MountInfo, prefix: string, branch: string): { mount: MountInfo; prefix: string }[] => {
    const below = mounts.filter((other) => parentOf(other) === mount);
    const inner = branch === '' ? '' : prefix + (branch === '└─' ? '  ' : '│ ');
    return [
      { mount, prefix: prefix + branch },
      ...below.flatMap((child, at) => draw(child, inner, at === below.length - 1 ? '└─' : '├─')),
    ];
  };
  return mounts.filter((mount) => parentOf(mount) === undefined).flatMap((root) => draw(root, '', ''));
};
