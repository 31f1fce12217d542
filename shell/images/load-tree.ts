// From a data file to a tree.

import { installedLists, treeData } from './data.ts';
import { addPackageDatabase } from './package-database.ts';
import type { TreeDirectory, TreeNode } from './tree.ts';
import { newDirectory, type PackageFiles, readTreeLines, type Texts } from './tree-lines.ts';

/** What the data files say, read so far: a tree, whose files belong to which package, and the texts. */
interface Reading {
  readonly root: TreeDirectory;
  readonly packages: Map<string, PackageFiles>;
  readonly texts: Texts;
}

/** The tree that the data file `name` describes, with everything it includes. A fresh one each time. */
export const loadTree = (name: string): TreeDirectory => {
  const { root, packages } = read(name);
  const installed = installedOf(name).flatMap((list) => installedLists[list] ?? []);
  if (installed.length > 0) addPackageDatabase(root, installed, packages);
  return root;
};

/** Included readings by the names of their files: the host and the Ubuntu images start from the same one. */
const shared = new Map<string, Reading>();

const read = (name: string): Reading => {
  const data = treeData(name);
  const below = readIncluded(data.include ?? []);
  const mtime = Number(data.tree.find((line) => line.startsWith('@'))?.slice(2) ?? 0);
  const root = { ...copyDirectory(below.root), mtime };
  const packages = new Map<string, PackageFiles>();
  for (const [owner, files] of below.packages) packages.set(owner, copyFiles(files));
  const texts = { ...below.texts, ...data.texts };
  readTreeLines(root, data.tree, texts, packages);
  return { root, packages, texts };
};

const readIncluded = (names: readonly string[]): Reading => {
  const key = names.join(' ');
  const known = shared.get(key);
  if (known !== undefined) return known;
  const reading: Reading =
    names.length === 1 ? read(names[0] ?? '') : { root: newDirectory(0), packages: new Map(), texts: {} };
  if (names.length > 1) {
    const texts = Object.assign(reading.texts, ...names.map((name) => treeData(name).texts));
    for (const name of names) readTreeLines(reading.root, treeData(name).tree, texts, reading.packages);
  }
  shared.set(key, reading);
  return reading;
};

/** Nodes are never changed, so a copy needs new maps only. */
const copyDirectory = (directory: TreeDirectory): TreeDirectory => {
  const entries = new Map<string, TreeNode>(directory.entries);
  for (const [name, node] of entries) if (node.kind === 'directory') entries.set(name, copyDirectory(node));
  return { ...directory, entries };
};

const copyFiles = (files: PackageFiles): PackageFiles => ({
  name: files.name,
  directories: new Set(files.directories),
  paths: files.paths.slice(),
});

const installedOf = (name: string): string[] => {
  const data = treeData(name);
  return [...(data.include ?? []).flatMap(installedOf), ...(data.installed ?? [])];
};
