// dpkg: questions about installed packages (-l, -L, -S, -s).

import type { Command } from './command.ts';
import { DpkgDatabase } from './dpkg-database.ts';
import { fnmatch } from './fnmatch.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { columnsOf } from './terminal.ts';

const options = {
  list: { short: 'l' },
  listfiles: { short: 'L' },
  search: { short: 'S' },
  status: { short: 's' },
  'print-architecture': {},
  'get-selections': {},
  verify: { short: 'V' },
  install: { short: 'i' },
  remove: { short: 'r' },
  purge: { short: 'P' },
} as const;

export const dpkg: Command = {
  name: 'dpkg',
  usageStatus: 2,
  help: `Usage: dpkg [<option> ...] <command>
Answers questions about the packages that are installed.

Commands:
  -l, --list [<pattern> ...]       list packages
  -L, --listfiles <package> ...    list what a package put on the disk
  -S, --search <pattern> ...       find the package of a file
  -s, --status <package> ...       tell a package's state
      --print-architecture         print the architecture
      --get-selections             list what is wanted
  -V, --verify [<package> ...]     list files that are gone
  -i, -r, -P                       install and remove with apt-get instead
      --help, --version            show this, show the version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, dpkg, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const action = parsed.last(
      'list',
      'listfiles',
      'search',
      'status',
      'print-architecture',
      'get-selections',
      'verify',
      'install',
      'remove',
      'purge',
    );
    if (action === undefined) {
      await out.errorText(
        'dpkg: error: need an action option\n\nType dpkg --help for help about installing and deinstalling packages [*];\n',
      );
      return 2;
    }
    const run = actions[action];
    if (run === undefined) {
      await out.errorText(
        `dpkg: error: ${action === 'install' ? '--install' : `--${action}`} is not simulated: use apt-get\n`,
      );
      return 2;
    }
    const status = await run(out, new DpkgDatabase(process), parsed.operands);
    await out.flush();
    return status;
  },
};

type Action = (out: Output, database: DpkgDatabase, operands: readonly string[]) => Promise<number>;

const HEADER = [
  'Desired=Unknown/Install/Remove/Purge/Hold',
  '| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend',
  '|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)',
];

const list: Action = async (out, database, patterns) => {
  const chosen = [...database.packages].filter(
    ([name]) => patterns.length === 0 || patterns.some((pattern) => fnmatch(pattern, name)),
  );
  if (chosen.length === 0) {
    for (const pattern of patterns)
      await out.errorText(`dpkg-query: no packages found matching ${pattern}\n`);
    return 1;
  }
  const rows = chosen.map(([name, paragraph]) => ({
    state: paragraph.get('Status') === 'install ok installed' ? 'ii' : 'rc',
    cells: [name, paragraph.get('Version') ?? '', paragraph.get('Architecture') ?? ''] as const,
    title: paragraph.get('Description') ?? '',
  }));
  const titles = ['Name', 'Version', 'Architecture'] as const;
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[at]?.length ?? 0)),
  );
  const room = Math.max(11, columnsOf(out.process, 1) - widths.reduce((sum, width) => sum + width + 1, 4));
  const line = (state: string, cells: readonly string[], title: string): string =>
    `${state}  ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')} ${out.process.tty(1) ? title.slice(0, room) : title}`;
  for (const header of HEADER) out.line(header);
  out.line(line('||/', titles, 'Description').replace('||/  ', '||/ '));
  out.line(
    `+++-${widths.map((width) => '='.repeat(width)).join('-')}-${'='.repeat(Math.max(11, ...rows.map(({ title }) => title.length)))}`,
  );
  for (const { state, cells, title } of rows) out.line(line(state, cells, title));
  return 0;
};

const listFiles: Action = async (out, database, names) => {
  let status = 0;
  for (const [at, name] of names.entries()) {
    if (at > 0) out.line('');
    const files = database.files(name);
    if (database.packages.get(name) === undefined) {
      await out.errorText(
        `dpkg-query: package '${name}' is not installed\nUse dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n`,
      );
      status = 1;
    } else for (const file of files ?? ['/.']) out.line(file);
  }
  return status;
};

const search: Action = async (out, database, patterns) => {
  let status = 0;
  for (const pattern of patterns) {
    const glob = /[*?[]/.test(pattern) || pattern.startsWith('/') ? pattern : `*${pattern}*`;
    const owners = new Map<string, string[]>();
    for (const name of database.packages.keys()) {
      for (const file of database.files(name) ?? []) {
        if (fnmatch(glob, file)) owners.set(file, [...(owners.get(file) ?? []), name]);
      }
    }
    for (const [file, names] of owners) out.line(`${names.join(', ')}: ${file}`);
    if (owners.size > 0) continue;
    status = 1;
    await out.errorText(`dpkg-query: no path found matching pattern ${pattern}\n`);
  }
  return status;
};

const showStatus: Action = async (out, database, names) => {
  let status = 0;
  for (const name of names) {
    const paragraph = database.packages.get(name);
    if (paragraph === undefined) {
      await out.errorText(
        `dpkg-query: package '${name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n`,
      );
      status = 1;
    } else out.line([...paragraph].map(([key, value]) => `${key}: ${value}`).join('\n'));
  }
  return status;
};

/** Sums of the files are not kept: only what is missing can be told. */
const verify: Action = async (out, database, names) => {
  const { process } = out;
  let status = 0;
  for (const name of names.length > 0 ? names : database.packages.keys()) {
    if (database.installed(name) === undefined) {
      await out.errorText(`dpkg: package '${name}' is not installed\n`);
      status = 1;
      continue;
    }
    for (const file of database.files(name) ?? [])
      if (process.tryLstat(file) === undefined) {
        out.line(`missing   ${file.startsWith('/etc/') ? 'c' : ' '} ${file}`);
        status = 1;
      }
  }
  return status;
};

const actions: Readonly<Record<string, Action>> = {
  list,
  listfiles: listFiles,
  search,
  status: showStatus,
  verify,
  'print-architecture': async (out) => {
    out.line('amd64');
    return 0;
  },
  'get-selections': async (out, database) => {
    for (const name of database.packages.keys())
      out.line(`${name.padEnd(48).replace(/ {8}/g, '\t').trimEnd()}\tinstall`);
    return 0;
  },
};
