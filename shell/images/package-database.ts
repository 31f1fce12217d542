// The databases that dpkg and apk keep of what is installed, as text: /var/lib/dpkg/status and /lib/apk/db/installed.

import { packageTitle } from './data.ts';
import type { TreeDirectory, TreeNode } from './tree.ts';
import { newDirectory, type PackageFiles } from './tree-lines.ts';

export interface InstalledPackage {
  name: string;
  version: string;
  architecture: string;
  /** KiB. */
  size: number;
  priority: string;
  section: string;
}

export const readInstalledLine = (line: string): InstalledPackage => {
  const [name = '', version = '', architecture = '', size = '0', priority = '', section = ''] =
    line.split(' ');
  return { name, version, architecture, size: Number(size), priority, section };
};

/** One paragraph of /var/lib/dpkg/status (deb-control(5)), with the empty line after it. */
export const dpkgParagraph = (one: InstalledPackage, depends = '', title = packageTitle(one.name)): string =>
  [
    `Package: ${one.name}`,
    'Status: install ok installed',
    `Priority: ${one.priority}`,
    `Section: ${one.section}`,
    `Installed-Size: ${one.size}`,
    `Architecture: ${one.architecture}`,
    `Version: ${one.version}`,
    ...(depends === '' ? [] : [`Depends: ${depends}`]),
    `Description: ${title}`,
    '\n',
  ].join('\n');

/** The text of /var/lib/dpkg/info/NAME.list; `paths` has every directory before what it holds. */
export const dpkgFileList = (paths: readonly string[]): string => `/.\n${paths.join('\n')}\n`;

/** One paragraph of /lib/apk/db/installed (apk's own format: one letter, a colon, a value). */
export const apkParagraph = (
  one: InstalledPackage,
  paths: readonly string[],
  title = packageTitle(one.name),
): string => {
  const lines = [
    `P:${one.name}`,
    `V:${one.version}`,
    `A:${one.architecture}`,
    `I:${one.size * 1024}`,
    `T:${title}`,
  ];
  let directory: string | undefined;
  for (const path of paths) {
    const slash = path.lastIndexOf('/');
    if (path.slice(1, slash) !== directory) lines.push(`F:${path.slice(1, slash)}`);
    directory = path.slice(1, slash);
    lines.push(`R:${path.slice(slash + 1)}`);
  }
  return `${lines.join('\n')}\n\n`;
};

/** Adds the database of `installed` to a tree; which one the tree's own directories say. */
export const addPackageDatabase = (
  root: TreeDirectory,
  installed: readonly string[],
  files: ReadonlyMap<string, PackageFiles>,
): void => {
  const packages = installed.map(readInstalledLine).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (root.entries.get('lib')?.kind === 'directory') {
    const text = packages.map((one) => apkParagraph(one, filesOf(files.get(one.name)))).join('');
    put(root, ['lib', 'apk', 'db'], 'installed', text);
    return;
  }
  put(root, ['var', 'lib', 'dpkg'], 'status', packages.map((one) => dpkgParagraph(one)).join(''));
  for (const [name, { paths }] of files)
    put(root, ['var', 'lib', 'dpkg', 'info'], `${name}.list`, dpkgFileList(paths));
};

const filesOf = (files: PackageFiles | undefined): string[] =>
  files === undefined ? [] : files.paths.filter((path) => !files.directories.has(path));

const put = (root: TreeDirectory, directories: readonly string[], name: string, text: string): void => {
  const { mtime } = root;
  let directory = root;
  for (const step of directories) {
    let child: TreeNode | undefined = directory.entries.get(step);
    if (child?.kind !== 'directory') {
      child = newDirectory(mtime);
      directory.entries.set(step, child);
    }
    directory = child;
  }
  directory.entries.set(name, {
    kind: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime,
    source: { kind: 'text', text },
  });
};
