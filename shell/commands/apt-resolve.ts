// Which packages an installation needs, in the order of their unpacking.

import type { Process } from '../fs/process.ts';
import type { ArchivePackage } from '../images/packages.ts';
import { archiveOf, codenameOf, readSources } from './apt-sources.ts';
import type { DpkgDatabase } from './dpkg-database.ts';

/** The packages asked for and everything they depend on that is not there yet; dependencies first. */
export const withDependencies = (
  archive: ReadonlyMap<string, ArchivePackage>,
  database: DpkgDatabase,
  names: readonly string[],
): ArchivePackage[] => {
  const chosen = new Map<string, ArchivePackage>();
  const visit = (name: string, asked: boolean): void => {
    const one = archive.get(name);
    if (one === undefined || chosen.has(name) || (!asked && database.installed(name) !== undefined)) return;
    for (const dependency of one.depends) visit(dependency, false);
    chosen.set(name, one);
  };
  for (const name of names) visit(name, true);
  return [...chosen.values()];
};

/** Where a package is fetched from: `http://… focal/main`. */
export const sourceSuite = (
  process: Process,
  name: string,
): { line: string; version: string } | undefined => {
  const one = archiveOf(process).get(name);
  if (one === undefined) return undefined;
  const codename = codenameOf(process);
  const uri =
    readSources(process).find(({ suite }) => suite === codename)?.uri ?? 'http://archive.ubuntu.com/ubuntu';
  return {
    line: `${uri} ${codename}/main ${one.architecture} ${one.name} ${one.architecture} ${one.version}`,
    version: one.version,
  };
};
