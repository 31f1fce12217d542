// apt search, show and list.

import type { ArchivePackage } from '../images/packages.ts';
import type { AptAction } from './apt.ts';
import { readSizes } from './apt-size.ts';
import { archiveOf, codenameOf } from './apt-sources.ts';
import { DpkgDatabase } from './dpkg-database.ts';
import { fnmatch } from './fnmatch.ts';

const FAILED = 100;

const byName = (a: ArchivePackage, b: ArchivePackage): number => (a.name < b.name ? -1 : 1);

export const aptSearch: AptAction = async (out, _given, words) => {
  if (words.length === 0) {
    await out.errorText('E: You must give at least one search pattern\n');
    return FAILED;
  }
  const codename = codenameOf(out.process);
  const patterns = words.map((word) => new RegExp(word.replace(/[.*+?()[\]{}|\\]/g, '\\$&'), 'i'));
  out.text('Sorting...\nFull Text Search...\n');
  for (const one of [...archiveOf(out.process).values()].sort(byName)) {
    if (!patterns.every((pattern) => pattern.test(one.name) || pattern.test(one.title))) continue;
    out.line(`${one.name}/${codename} ${one.version} ${one.architecture}\n  ${one.title}\n`);
  }
  return 0;
};

export const aptShow: AptAction = async (out, _given, names) => {
  const archive = archiveOf(out.process);
  for (const name of names) {
    const one = archive.get(name);
    if (one === undefined) {
      await out.errorText(`N: Unable to locate package ${name}\nE: No packages found\n`);
      return FAILED;
    }
    const depends = one.depends.filter((dependency) => archive.has(dependency)).join(', ');
    out.text(
      `Package: ${name}\nVersion: ${one.version}\nPriority: optional\nSection: ${one.section}\nInstalled-Size: ${readSizes(one.size * 1024)}B\n${depends === '' ? '' : `Depends: ${depends}\n`}Download-Size: ${readSizes(one.download * 1000)}B\nDescription: ${one.title}\n\n`,
    );
  }
  return 0;
};

export const aptList: AptAction = async (out, given, patterns) => {
  const database = new DpkgDatabase(out.process);
  const archive = archiveOf(out.process);
  const codename = codenameOf(out.process);
  const names = new Set([...archive.keys(), ...database.packages.keys()]);
  out.line('Listing...');
  if (given.has('upgradable')) return 0;
  for (const name of [...names].sort()) {
    if (patterns.length > 0 && !patterns.some((pattern) => fnmatch(pattern, name))) continue;
    const paragraph = database.installed(name);
    if (given.has('installed') && paragraph === undefined) continue;
    const version = paragraph?.get('Version') ?? archive.get(name)?.version;
    const architecture = paragraph?.get('Architecture') ?? archive.get(name)?.architecture;
    const where = archive.has(name) || paragraph === undefined ? codename : 'now';
    out.line(`${name}/${where} ${version} ${architecture}${paragraph === undefined ? '' : ' [installed]'}`);
  }
  return 0;
};
