// apt-get and apt: install, remove and look up packages of the bundled archive.

import type { Process } from '../fs/process.ts';
import { type AptAction, type AptOptions, aptOptions } from './apt-action.ts';
import { installPackages } from './apt-install.ts';
import { aptList, aptPolicy, aptSearch, aptShow } from './apt-query.ts';
import { autoremove, removePackages } from './apt-remove.ts';
import { readSizes } from './apt-size.ts';
import { archiveOf, fetchLists, readSources } from './apt-sources.ts';
import type { Command } from './command.ts';
import { DpkgDatabase } from './dpkg-database.ts';
import { verbThen } from './operand-words.ts';
import { Options, printHelp, scanOptions } from './options.ts';
import { Output } from './output.ts';

/** apt's exit status for anything that goes wrong. */
const APT_FAILED = 100;

const usageText = (name: string): string => `Usage: ${name} [options] command
       ${name} [options] install|remove pkg1 [pkg2 ...]

Install and remove packages, here out of a small archive that needs no network.

Commands:
  update        fetch the lists of packages
  install       install packages
  remove        remove packages
  purge         remove packages and their configuration
  autoremove    remove packages that nothing needs any more
  upgrade       install newer versions (there are none)
  clean         remove fetched files
  search, show, list  look packages up (apt)

Options: -y yes to all questions, -s only show what would happen, -q less output
`;

const needsRoot: ReadonlySet<string> = new Set([
  'update',
  'install',
  'reinstall',
  'remove',
  'purge',
  'upgrade',
  'dist-upgrade',
  'full-upgrade',
  'autoremove',
  'auto-remove',
  'clean',
  'autoclean',
]);

const aptCommand = (name: 'apt' | 'apt-get' | 'apt-cache'): Command => {
  const command: Command = {
    name,
    help: usageText(name),
    words: verbThen(() => Object.keys(actions), packagesFor),
    run: (process, argv) => runApt(process, argv, command),
  };
  return command;
};

/** Of those that are installed, for what takes packages away; of all there are, for the rest that takes packages. */
const packagesFor = (process: Process, verb: string): readonly string[] => {
  if (/remove|purge/.test(verb)) return [...new DpkgDatabase(process).packages.keys()];
  return /install|show|search|list|policy/.test(verb) ? [...archiveOf(process).keys()] : [];
};

const runApt = async (process: Process, argv: readonly string[], command: Command): Promise<number> => {
  const out = new Output(process);
  const scan = scanOptions(argv.slice(1), { ...aptOptions, help: { short: 'h' }, version: { short: 'v' } });
  if (scan.problem !== undefined) {
    const letter = /invalid option -- '(.)'/.exec(scan.problem)?.[1];
    const long = /unrecognized option '([^=']*)/.exec(scan.problem)?.[1];
    const text =
      letter !== undefined
        ? `Command line option '${letter}' [from -${letter}] is not understood in combination with the other options.`
        : `Command line option ${long ?? scan.problem} is not understood in combination with the other options`;
    await out.errorText(`E: ${text}\n`);
    return APT_FAILED;
  }
  const given = new Options(scan.options, scan.operands) as AptOptions;
  const [action, ...names] = scan.operands;
  if (action === undefined || scan.options.some(({ name }) => name === 'help'))
    return printHelp(out, command);
  const run = actions[action];
  if (run === undefined) {
    await out.errorText(`E: Invalid operation ${action}\n`);
    return APT_FAILED;
  }
  if (command.name === 'apt') await warnScripts(out);
  if (needsRoot.has(action) && process.cred.uid !== 0 && !given.has('simulate')) return notRoot(out, action);
  const status = await run(out, given, names);
  await out.flush();
  return status;
};

/** apt itself is for people: in a pipe it says so. */
const warnScripts = async (out: Output): Promise<void> => {
  if (out.process.tty(1) !== undefined) return;
  await out.errorText(
    '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n',
  );
};

const notRoot = async (out: Output, action: string): Promise<number> => {
  if (action === 'update') {
    out.line('Reading package lists...');
    await out.errorText(
      'E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)\n',
    );
    await out.errorText('E: Unable to lock directory /var/lib/apt/lists/\n');
    return APT_FAILED;
  }
  await out.errorText(
    'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n',
  );
  await out.errorText(
    'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n',
  );
  return APT_FAILED;
};

const update: AptAction = async (out, given) => {
  const fetched = await fetchLists(out.process, readSources(out.process));
  const total = fetched.reduce((sum, { bytes }) => sum + bytes, 0);
  if (given.list.filter(({ name }) => name === 'quiet').length < 2) {
    for (const [at, { line, bytes }] of fetched.entries())
      out.line(`Get:${at + 1} ${line} [${readSizes(bytes)}B]`);
    out.line(`Fetched ${readSizes(total)}B in 1s (${readSizes(total)}B/s)`);
    out.line('Reading package lists...');
  }
  return 0;
};

const upgrade: AptAction = async (out) => {
  out.text(
    'Reading package lists...\nBuilding dependency tree...\nReading state information...\nCalculating upgrade...\n',
  );
  out.line('0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.');
  return 0;
};

/** The archives directory is empty anyway: nothing is fetched. */
const clean: AptAction = async () => 0;

const actions: Readonly<Record<string, AptAction>> = {
  update,
  install: installPackages,
  reinstall: installPackages,
  remove: removePackages(false),
  purge: removePackages(true),
  autoremove,
  'auto-remove': autoremove,
  upgrade,
  'dist-upgrade': upgrade,
  'full-upgrade': upgrade,
  clean,
  autoclean: clean,
  search: aptSearch,
  show: aptShow,
  list: aptList,
  policy: aptPolicy,
};

export const apt = aptCommand('apt');
export const aptGet = aptCommand('apt-get');
export const aptCache = aptCommand('apt-cache');
