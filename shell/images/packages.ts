// The packages that apt and apk can install: a small archive of each distribution, without a network.

import data from './data/packages.json' with { type: 'json' };
import type { TreeDirectory } from './tree.ts';
import { newDirectory, readTreeLines, type Texts } from './tree-lines.ts';

export interface ArchivePackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly section: string;
  /** KiB on the disk. */
  readonly size: number;
  /** kB of the file that is fetched. */
  readonly download: number;
  /** Names, of which those count that the archive has. */
  readonly depends: readonly string[];
  readonly title: string;
  /** What it installs; made anew with every call. */
  tree(): TreeDirectory;
}

interface PackageData {
  readonly versions?: Readonly<Record<string, string>>;
  readonly version?: string;
  readonly architecture?: string;
  readonly section?: string;
  readonly size: number;
  readonly download: number;
  readonly depends: readonly string[];
  readonly title: string;
  readonly tree: readonly string[];
  readonly texts: Texts;
  /** What differs in a release. */
  readonly overrides?: Readonly<Record<string, Partial<PackageData>>>;
}

type Packages = Readonly<Record<string, PackageData>>;

/** 2024-09-01: when the packages' files were made. */
const MADE = 1_725_148_800;

/** The archive of a Debian or Ubuntu release, by its code name (`focal`, `bookworm`); empty for an unknown one. */
export const aptArchive = (codename: string): Map<string, ArchivePackage> => {
  const archive = new Map<string, ArchivePackage>();
  for (const [name, common] of Object.entries(data.apt as unknown as Packages)) {
    const version = common.versions?.[codename];
    if (version !== undefined)
      archive.set(name, describe(name, version, { ...common, ...common.overrides?.[codename] }));
  }
  return archive;
};

/** The archive of Alpine 3.20. */
export const apkArchive = (): Map<string, ArchivePackage> =>
  new Map(
    Object.entries(data.apk as unknown as Packages).map(([name, one]) => [
      name,
      describe(name, one.version ?? '', one),
    ]),
  );

const describe = (name: string, version: string, one: PackageData): ArchivePackage => ({
  name,
  version,
  architecture: one.architecture ?? 'x86_64',
  section: one.section ?? '-',
  size: one.size,
  download: one.download,
  depends: one.depends,
  title: one.title,
  tree: () => {
    const root = newDirectory(MADE);
    readTreeLines(root, one.tree, one.texts);
    return root;
  },
});
