// apk: the packages of Alpine.

import type { Process } from '../fs/process.ts';
import { apkParagraph } from '../images/package-database.ts';
import { type ArchivePackage, apkArchive } from '../images/packages.ts';
import { type ApkInstalled, apkFiles, readInstalled, writeInstalled } from './apk-database.ts';
import type { Command } from './command.ts';
import { readText, replaceText } from './dpkg-database.ts';
import { fnmatch } from './fnmatch.ts';
import { installTree, removePaths } from './install-tree.ts';
import { verbThen } from './operand-words.ts';
import { type Option, printHelp, scanOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  'no-cache': {},
  quiet: { short: 'q' },
  update: { short: 'U', alias: ['update-cache'] },
  simulate: { short: 's' },
  virtual: { short: 't', argument: 'required' },
  force: { short: 'f' },
  upgrade: { short: 'u' },
  installed: { short: 'e' },
  contents: { short: 'L' },
  'who-owns': { short: 'W' },
  all: { short: 'a' },
  description: { short: 'd' },
  verbose: { short: 'v' },
  purge: {},
  repository: { short: 'X', argument: 'required' },
} as const;

const WORLD = '/etc/apk/world';

export const apk: Command = {
  name: 'apk',
  help: `Usage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]
Install and remove the packages of Alpine.

Package installation and removal:
  add        Add packages to WORLD and install them
  del        Remove packages from WORLD and uninstall them

System maintenance:
  fix        Repair packages (nothing to do here)
  update     Fetch the indexes of the repositories
  upgrade    Install newer versions (there are none)

Querying package information:
  info       Tell about packages (-e installed?, -L files, -W owner)
  list       List packages
  search     Search the repositories

Here the repositories are a small archive that needs no network.
`,
  words: verbThen(
    () => Object.keys(actions),
    (process, verb) =>
      verb === 'del' || verb === 'info' ? [...readInstalled(process).keys()] : [...apkArchive().keys()],
  ),
  run: (process, argv) => runApk(process, argv),
};

interface Given {
  readonly out: Output;
  readonly names: readonly string[];
  has(name: keyof typeof options): boolean;
}

const runApk = async (process: Process, argv: readonly string[]): Promise<number> => {
  const out = new Output(process);
  const scan = scanOptions(argv.slice(1), { ...options, help: { short: 'h' } });
  if (scan.problem !== undefined) {
    await out.errorText(
      `apk: ${scan.problem.replace('invalid option -- ', 'unrecognized option: ').replaceAll("'", '')}\n`,
    );
    return 1;
  }
  const [action, ...names] = scan.operands;
  if (action === undefined || scan.options.some(({ name }) => name === 'help')) {
    await printHelp(out, apk);
    return action === undefined ? 1 : 0;
  }
  const run = actions[action];
  if (run === undefined) {
    await out.errorText(`apk: '${action}' is not an apk command. See 'apk --help'.\n`);
    return 1;
  }
  if (/^(add|del|update|upgrade|fix)$/.test(action) && process.cred.uid !== 0) {
    await out.errorText(
      'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
    );
    return 99;
  }
  const given = scan.options as readonly Option<keyof typeof options>[];
  const status = await run({ out, names, has: (name) => given.some((option) => option.name === name) });
  await out.flush();
  return status;
};

type Action = (given: Given) => Promise<number>;

const repositories = (process: Process): string[] =>
  (readText(process, '/etc/apk/repositories') ?? '').split('\n').filter((line) => /^\w/.test(line));

const fetchIndexes = ({ out, has }: Given): void => {
  if (has('quiet')) return;
  for (const uri of repositories(out.process)) out.line(`fetch ${uri}/x86_64/APKINDEX.tar.gz`);
};

const update: Action = async (given) => {
  const { out } = given;
  fetchIndexes(given);
  for (const uri of repositories(out.process)) {
    const [, release = 'edge', name = ''] = /\/(v[\d.]+|edge)\/(\w+)$/.exec(uri) ?? [];
    out.line(`${release}.3-${name === 'main' ? 120 : 118}-g5ab1d2c7 [${uri}]`);
  }
  out.line(`OK: ${apkArchive().size} distinct packages available`);
  return 0;
};

/** The packages that are missing for `names`, dependencies first; or the name nobody knows. */
const resolve = (
  names: readonly string[],
  installed: ReadonlyMap<string, ApkInstalled>,
): ArchivePackage[] | string => {
  const archive = apkArchive();
  const chosen = new Map<string, ArchivePackage>();
  const visit = (name: string): void => {
    const one = archive.get(name);
    if (one === undefined || chosen.has(name) || installed.has(name)) return;
    for (const dependency of one.depends) visit(dependency);
    chosen.set(name, one);
  };
  for (const name of names) {
    if (!archive.has(name) && !installed.has(name)) return name;
    visit(name);
  }
  return [...chosen.values()];
};

const add: Action = async (given) => {
  const { out, names } = given;
  const { process } = out;
  fetchIndexes(given);
  const installed = readInstalled(process);
  const wanted = names.map((name) => name.split(/[=<>~]/)[0] ?? name);
  const packages = resolve(wanted, installed);
  if (typeof packages === 'string') {
    await out.errorText(
      `ERROR: unable to select packages:\n  ${packages} (no such package):\n    required by: world[${packages}]\n`,
    );
    return 1;
  }
  for (const [at, one] of packages.entries()) {
    out.line(`(${at + 1}/${packages.length}) Installing ${one.name} (${one.version})`);
    await out.flush();
    if (given.has('simulate')) continue;
    const paths = await installTree(process, one.tree());
    const files = paths.filter((path) => process.tryLstat(path)?.kind !== 'directory');
    installed.set(one.name, {
      version: one.version,
      text: apkParagraph({ ...one, priority: '-' }, files, one.title).trimEnd(),
    });
  }
  await finish(
    out,
    installed,
    packages.length > 0 && !given.has('simulate'),
    (world) => new Set([...world, ...wanted]),
  );
  return 0;
};

const del: Action = async ({ out, names }) => {
  const { process } = out;
  const installed = readInstalled(process);
  const archive = apkArchive();
  const world = new Set(
    (readText(process, WORLD) ?? '').split('\n').filter((name) => name !== '' && !names.includes(name)),
  );
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const dependency of archive.get(name)?.depends ?? []) need(dependency);
  };
  for (const name of installed.keys()) if (world.has(name) || !archive.has(name)) need(name);
  const gone = [...installed.keys()].filter((name) => archive.has(name) && !needed.has(name)).reverse();
  for (const [at, name] of gone.entries()) {
    out.line(`(${at + 1}/${gone.length}) Purging ${name} (${installed.get(name)?.version})`);
    removePaths(process, withDirectories(apkFiles(installed.get(name))));
    installed.delete(name);
  }
  await finish(out, installed, gone.length > 0, () => world);
  return 0;
};

const withDirectories = (files: readonly string[]): string[] => {
  const all = new Set<string>();
  for (const file of files) {
    for (let slash = file.indexOf('/', 1); slash > 0; slash = file.indexOf('/', slash + 1))
      all.add(file.slice(0, slash));
    all.add(file);
  }
  return [...all].sort();
};

/** Writes the databases and says how much is installed now. */
const finish = async (
  out: Output,
  installed: ReadonlyMap<string, ApkInstalled>,
  changed: boolean,
  world: (names: ReadonlySet<string>) => ReadonlySet<string>,
): Promise<void> => {
  const { process } = out;
  if (changed) {
    await writeInstalled(process, installed);
    const names = new Set((readText(process, WORLD) ?? '').split('\n').filter((name) => name !== ''));
    await replaceText(
      process,
      WORLD,
      [...world(names)]
        .sort()
        .map((name) => `${name}\n`)
        .join(''),
    );
    out.line('Executing busybox-1.36.1-r29.trigger');
  }
  const size = [...installed.values()].reduce(
    (sum, { text }) => sum + Number(/^I:(\d+)/m.exec(text)?.[1] ?? 0),
    0,
  );
  out.line(`OK: ${Math.round(size / 2 ** 20)} MiB in ${installed.size} packages`);
};

const info: Action = async ({ out, names, has }) => {
  const installed = readInstalled(out.process);
  if (names.length === 0) {
    for (const name of [...installed.keys()].sort())
      out.line(has('verbose') ? `${name}-${installed.get(name)?.version}` : name);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const one = installed.get(name);
    if (has('who-owns')) {
      const owner = [...installed].find(([, entry]) => apkFiles(entry).includes(name));
      if (owner === undefined) {
        status = 1;
        await out.errorText(`ERROR: ${name}: Could not find owner package\n`);
      } else out.line(`${name} is owned by ${owner[0]}-${owner[1].version}`);
    } else if (has('installed')) {
      if (one === undefined) status = 1;
      else out.line(name);
    } else if (one === undefined && apkArchive().get(name) === undefined) status = 1;
    else if (has('contents'))
      out.line(
        `${name}-${one?.version} contains:\n${apkFiles(one)
          .map((path) => path.slice(1))
          .join('\n')}\n`,
      );
    else {
      const version = one?.version ?? apkArchive().get(name)?.version;
      const title = /^T:(.*)$/m.exec(one?.text ?? '')?.[1] ?? apkArchive().get(name)?.title;
      out.line(`${name}-${version} description:\n${title}\n`);
    }
  }
  return status;
};

const search: Action = async ({ out, names }) => {
  for (const one of [...apkArchive().values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (names.length === 0 || names.some((name) => fnmatch(`*${name}*`, one.name)))
      out.line(`${one.name}-${one.version}`);
  }
  return 0;
};

const nothing: Action = async (given) => {
  fetchIndexes(given);
  await finish(given.out, readInstalled(given.out.process), false, (names) => names);
  return 0;
};

const actions: Readonly<Record<string, Action>> = {
  add,
  del,
  update,
  info,
  search,
  list: search,
  upgrade: nothing,
  fix: nothing,
};
