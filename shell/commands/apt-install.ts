// apt-get install: choose, ask, unpack, set up.

import type { Process } from '../fs/process.ts';
import { dpkgParagraph } from '../images/package-database.ts';
import type { ArchivePackage } from '../images/packages.ts';
import type { AptAction, AptOptions } from './apt-action.ts';
import { automaticPackages, setAutomatic, tellUnneeded, unneededPackages } from './apt-automatic.ts';
import { sourceSuite, withDependencies } from './apt-resolve.ts';
import { readSizes } from './apt-size.ts';
import { archiveOf, hasLists } from './apt-sources.ts';
import { nameLines } from './apt-words.ts';
import { appendText, DpkgDatabase, parseParagraphs } from './dpkg-database.ts';
import { readAnswer } from './input.ts';
import { installTree } from './install-tree.ts';
import type { Output } from './output.ts';
import { formatTime } from './time-format.ts';

const FAILED = 100;

export const installPackages: AptAction = async (out, given, names) => {
  const { process } = out;
  const archive = archiveOf(process);
  const database = new DpkgDatabase(process);
  out.text('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
  const wanted: string[] = [];
  for (const operand of names) {
    const name = operand.split('=')[0]?.replace(/:amd64$/, '') ?? '';
    if (archive.has(name)) wanted.push(name);
    else if (database.installed(name) !== undefined) sayNewest(out, database, name);
    else {
      await out.errorText(`E: Unable to locate package ${operand}\n`);
      return FAILED;
    }
  }
  const fresh = wanted.filter((name) => {
    const present = database.installed(name)?.get('Version') === archive.get(name)?.version;
    if (present && !given.has('reinstall')) sayNewest(out, database, name);
    return !present || given.has('reinstall');
  });
  const packages = withDependencies(archive, database, fresh);
  const automatic = automaticPackages(process);
  const manual = wanted.filter((name) => automatic.delete(name));
  for (const name of manual) if (!fresh.includes(name)) out.line(`${name} set to manually installed.`);
  tellUnneeded(out, unneededPackages(process, database));
  announce(out, packages, fresh);
  if (packages.length === 0) {
    if (manual.length > 0 && !given.has('simulate')) await setAutomatic(process, database, automatic);
    return 0;
  }
  if (given.has('simulate')) return simulate(out, packages);
  if (packages.length > fresh.length && !(await confirm(out, given))) return 1;
  await fetch(out, packages);
  await unpackAll(out, database, packages);
  for (const { name } of packages) if (!fresh.includes(name)) automatic.add(name);
  await setAutomatic(process, database, automatic);
  await log(process, names, packages);
  return 0;
};

const sayNewest = (out: Output, database: DpkgDatabase, name: string): void =>
  out.line(`${name} is already the newest version (${database.installed(name)?.get('Version')}).`);

const announce = (out: Output, packages: readonly ArchivePackage[], asked: readonly string[]): void => {
  const extra = packages.filter(({ name }) => !asked.includes(name)).map(({ name }) => name);
  if (extra.length > 0) out.text(`The following additional packages will be installed:\n${nameLines(extra)}`);
  if (packages.length > 0) {
    out.text(`The following NEW packages will be installed:\n${nameLines(packages.map(({ name }) => name))}`);
  }
  out.line(`0 upgraded, ${packages.length} newly installed, 0 to remove and 0 not upgraded.`);
  if (packages.length === 0) return;
  const download = packages.reduce((sum, one) => sum + one.download * 1000, 0);
  const size = packages.reduce((sum, one) => sum + one.size * 1024, 0);
  out.line(`Need to get ${readSizes(download)}B of archives.`);
  out.line(`After this operation, ${readSizes(size)}B of additional disk space will be used.`);
};

const simulate = (out: Output, packages: readonly ArchivePackage[]): number => {
  for (const { name, version } of packages) out.line(`Inst ${name} (${version})`);
  for (const { name, version } of packages) out.line(`Conf ${name} (${version})`);
  return 0;
};

/**
 * The question that -y answers. Where nobody can answer (the end of the input: a Dockerfile's RUN) a real apt-get
 * aborts; here it goes on and says so, so that a Dockerfile written in a hurry still shows its layers.
 */
const confirm = async (out: Output, given: AptOptions): Promise<boolean> => {
  if (given.has('yes')) return true;
  out.text('Do you want to continue? [Y/n] ');
  await out.flush();
  const answer = given.has('assume-no') ? 'n' : await readAnswer(out.process);
  if (answer === undefined) {
    out.line('y');
    await out.flush();
    await out.errorText('N: Nobody can answer here: a real apt-get would abort. Use apt-get install -y.\n');
    return true;
  }
  if (answer === '' || /^[yY]/.test(answer)) return true;
  out.line('Abort.');
  return false;
};

const fetch = async (out: Output, packages: readonly ArchivePackage[]): Promise<void> => {
  const { process } = out;
  if (!hasLists(process)) {
    await out.flush();
    await out.errorText(
      'N: There are no package lists: a real apt-get would find nothing. Run apt-get update first.\n',
    );
  }
  let total = 0;
  for (const [at, one] of packages.entries()) {
    total += one.download * 1000;
    out.line(
      `Get:${at + 1} ${sourceSuite(process, one.name)?.line ?? one.name} [${readSizes(one.download * 1000)}B]`,
    );
  }
  await out.flush();
  if (new DpkgDatabase(process).installed('apt-utils') === undefined) {
    await out.errorText('debconf: delaying package configuration, since apt-utils is not installed\n');
  }
  out.line(`Fetched ${readSizes(total)}B in 1s (${readSizes(total)}B/s)`);
};

const unpackAll = async (
  out: Output,
  database: DpkgDatabase,
  packages: readonly ArchivePackage[],
): Promise<void> => {
  const { process } = out;
  for (const [at, one] of packages.entries()) {
    out.line(
      `Selecting previously unselected package ${one.name}${one.architecture === 'amd64' && /^lib(?!.*-bin)/.test(one.name) ? ':amd64' : ''}.`,
    );
    if (at === 0)
      out.line(`(Reading database ... ${database.countFiles()} files and directories currently installed.)`);
    const file = `${one.name}_${one.version.replaceAll(':', '%3a')}_${one.architecture}.deb`;
    // dpkg gets a directory of numbered links when there is more than one file.
    const number =
      packages.length > 1 ? `${String(at).padStart(String(packages.length - 1).length, '0')}-` : '';
    out.line(`Preparing to unpack .../${number}${file} ...`);
    out.line(`Unpacking ${one.name} (${one.version}) ...`);
    await out.flush();
    const paths = await installTree(process, one.tree());
    await database.setFiles(one.name, paths);
    const [paragraph] = parseParagraphs(
      dpkgParagraph({ ...one, priority: 'optional' }, one.depends.join(', '), one.title),
    );
    if (paragraph !== undefined) database.packages.set(one.name, paragraph);
  }
  for (const one of packages) out.line(`Setting up ${one.name} (${one.version}) ...`);
  await database.save();
  if (packages.some(({ name }) => name.startsWith('lib'))) {
    out.line(
      `Processing triggers for libc-bin (${database.installed('libc-bin')?.get('Version') ?? ''}) ...`,
    );
  }
};

/** /var/log/apt/history.log and /var/log/dpkg.log. */
const log = async (
  process: Process,
  names: readonly string[],
  packages: readonly ArchivePackage[],
): Promise<void> => {
  const now = process.kernel.clock.now();
  const moment = formatTime('%Y-%m-%d  %H:%M:%S', now);
  const list = packages.map((one) => `${one.name}:${one.architecture} (${one.version})`).join(', ');
  await appendText(
    process,
    '/var/log/apt/history.log',
    `\nStart-Date: ${moment}\nCommandline: apt-get install ${names.join(' ')}\nInstall: ${list}\nEnd-Date: ${moment}\n`,
  );
  const stamp = formatTime('%Y-%m-%d %H:%M:%S', now);
  const lines = packages.flatMap((one) => [
    `${stamp} install ${one.name}:${one.architecture} <none> ${one.version}`,
    `${stamp} status installed ${one.name}:${one.architecture} ${one.version}`,
  ]);
  await appendText(process, '/var/log/dpkg.log', `${lines.join('\n')}\n`);
};
