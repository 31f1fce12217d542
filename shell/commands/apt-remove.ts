// apt-get remove and purge.

import type { AptAction, AptOptions } from './apt-action.ts';
import { automaticPackages, setAutomatic, tellUnneeded, unneededPackages } from './apt-automatic.ts';
import { readSizes } from './apt-size.ts';
import { archiveOf } from './apt-sources.ts';
import { nameLines } from './apt-words.ts';
import { DpkgDatabase } from './dpkg-database.ts';
import { readAnswer } from './input.ts';
import { removePaths } from './install-tree.ts';
import type { Output } from './output.ts';

const FAILED = 100;

/** With `purge` the configuration in /etc goes too. */
export const removePackages =
  (purging: boolean): AptAction =>
  async (out, given, names) => {
    const { process } = out;
    const purge = purging || given.has('purge');
    const database = new DpkgDatabase(process);
    const archive = archiveOf(process);
    out.text('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
    const chosen: string[] = [];
    for (const name of names) {
      if (database.installed(name) !== undefined) chosen.push(name);
      else if (archive.has(name)) out.line(`Package '${name}' is not installed, so not removed`);
      else {
        await out.errorText(`E: Unable to locate package ${name}\n`);
        return FAILED;
      }
    }
    const going = [...dependants(database, chosen), ...chosen];
    const unneeded = unneededPackages(process, database, going);
    if (given.has('autoremove')) return takeAway(out, given, database, [...going, ...unneeded], purge);
    tellUnneeded(out, unneeded);
    return takeAway(out, given, database, going, purge);
  };

/** autoremove: what came with others and nothing needs any more. */
export const autoremove: AptAction = async (out, given) => {
  const { process } = out;
  const database = new DpkgDatabase(process);
  out.text('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
  return takeAway(out, given, database, unneededPackages(process, database), given.has('purge'));
};

const takeAway = async (
  out: Output,
  given: AptOptions,
  database: DpkgDatabase,
  all: readonly string[],
  purge: boolean,
): Promise<number> => {
  const { process } = out;
  if (all.length > 0)
    out.text(
      `The following packages will be REMOVED:\n${nameLines(all.map((name) => (purge ? `${name}*` : name)))}`,
    );
  out.line(`0 upgraded, 0 newly installed, ${all.length} to remove and 0 not upgraded.`);
  if (all.length === 0) return 0;
  const size = all.reduce(
    (sum, name) => sum + Number(database.installed(name)?.get('Installed-Size') ?? 0) * 1024,
    0,
  );
  out.line(`After this operation, ${readSizes(size)}B disk space will be freed.`);
  if (!given.has('yes')) {
    out.text('Do you want to continue? [Y/n] ');
    await out.flush();
    const answer = await readAnswer(process);
    if (answer === undefined || !/^([yY].*)?$/.test(answer)) {
      out.line('Abort.');
      return 1;
    }
  }
  out.line(`(Reading database ... ${database.countFiles()} files and directories currently installed.)`);
  for (const name of all) {
    const paragraph = database.installed(name);
    out.line(`Removing ${name} (${paragraph?.get('Version')}) ...`);
    const files = database.files(name) ?? [];
    const kept = purge
      ? []
      : files.filter((path) => path.startsWith('/etc/') && process.tryLstat(path)?.kind === 'file');
    removePaths(
      process,
      files.filter((path) => !kept.includes(path)),
    );
    if (kept.length > 0) {
      paragraph?.set('Status', 'deinstall ok config-files');
      await database.setFiles(name, kept);
    } else {
      database.packages.delete(name);
      database.forgetFiles(name);
    }
  }
  await database.save();
  await setAutomatic(process, database, automaticPackages(process));
  return 0;
};

/** Installed packages that cannot stay without one of `names`; those that need most come first. */
const dependants = (database: DpkgDatabase, names: readonly string[]): string[] => {
  const gone = new Set(names);
  const found: string[] = [];
  for (let grew = true; grew; ) {
    grew = false;
    for (const [name, paragraph] of database.packages) {
      if (gone.has(name) || database.installed(name) === undefined) continue;
      const depends = (paragraph.get('Depends') ?? '').split(', ');
      if (!depends.some((one) => gone.has(one))) continue;
      gone.add(name);
      found.unshift(name);
      grew = true;
    }
  }
  return found;
};
