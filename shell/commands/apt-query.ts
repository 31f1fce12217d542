// apt search, show and list.

import type { ArchivePackage } from '../images/packages.ts';
import type { AptAction } from './apt-action.ts';
import { automaticPackages } from './apt-automatic.ts';
import { sourceSuite } from './apt-resolve.ts';
import { readSizes } from './apt-size.ts';
import { archiveOf, codenameOf, hasLists } from './apt-sources.ts';
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
  const automatic = automaticPackages(out.process);
  const names = new Set([...archive.keys(), ...database.packages.keys()]);
  out.line('Listing...');
  if (given.has('upgradable')) return 0;
  for (const name of [...names].sort()) {
    if (patterns.length > 0 && !patterns.some((pattern) => fnmatch(pattern, name))) continue;
    const paragraph = database.installed(name);
    if (given.has('installed') && paragraph === undefined) continue;
    const version = paragraph?.get('Version') ?? archive.get(name)?.version;
    const architecture = paragraph?.get('Architecture') ?? archive.get(name)?.architecture;
    // What no list has is known from the installation alone.
    const listed = archive.has(name) && (paragraph === undefined || hasLists(out.process));
    const how = automatic.has(name) ? 'installed,automatic' : listed ? 'installed' : 'installed,local';
    const where = listed ? codename : 'now';
    out.line(`${name}/${where} ${version} ${architecture}${paragraph === undefined ? '' : ` [${how}]`}`);
  }
  return 0;
};

/** apt-cache policy: which version is there, and which one would come from where. */
export const aptPolicy: AptAction = async (out, _given, names) => {
  const database = new DpkgDatabase(out.process);
  for (const name of names) {
    const installed = database.installed(name)?.get('Version');
    const source = sourceSuite(out.process, name);
    const candidate = source?.version ?? installed;
    if (candidate === undefined) {
      await out.errorText(`N: Unable to locate package ${name}\n`);
      continue;
    }
    out.text(
      `${name}:\n  Installed: ${installed ?? '(none)'}\n  Candidate: ${candidate}\n  Version table:\n`,
    );
    const rank = source === undefined ? 100 : 500;
    out.line(` ${installed === candidate ? '***' : '   '} ${candidate} ${rank}`);
    if (source !== undefined) out.line(`        500 ${placeOf(source.line)} Packages`);
    if (installed === candidate) out.line('        100 /var/lib/dpkg/status');
  }
  return 0;
};

/** `http://... noble/main amd64`, out of the line of a fetch. */
const placeOf = (line: string): string => {
  const [uri = '', suite = ''] = line.split(' ');
  return `${uri} ${suite} amd64`;
};
