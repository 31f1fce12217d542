// The table of data files. A file describes a tree (see tree-lines.ts), on top of those it includes.

import alpine from './data/alpine-3.20.json' with { type: 'json' };
import busybox from './data/busybox-1.36.json' with { type: 'json' };
import debian from './data/debian-12.json' with { type: 'json' };
import debianSlim from './data/debian-12-slim.json' with { type: 'json' };
import debianBase from './data/debian-base.json' with { type: 'json' };
import debianPrograms from './data/debian-programs.json' with { type: 'json' };
import host from './data/host.json' with { type: 'json' };
import installed from './data/installed.json' with { type: 'json' };
import nginxCopy1 from './data/nginx-1.27-copy-1.json' with { type: 'json' };
import nginxCopy2 from './data/nginx-1.27-copy-2.json' with { type: 'json' };
import nginxCopy3 from './data/nginx-1.27-copy-3.json' with { type: 'json' };
import nginxCopy4 from './data/nginx-1.27-copy-4.json' with { type: 'json' };
import nginxCopy5 from './data/nginx-1.27-copy-5.json' with { type: 'json' };
import nginxInstall from './data/nginx-1.27-install.json' with { type: 'json' };
import titles from './data/titles.json' with { type: 'json' };
import ubuntu2004 from './data/ubuntu-20.04.json' with { type: 'json' };
import ubuntu2204 from './data/ubuntu-22.04.json' with { type: 'json' };
import ubuntu2404 from './data/ubuntu-24.04.json' with { type: 'json' };
import type { Texts } from './tree-lines.ts';

export interface TreeData {
  readonly include?: readonly string[];
  /** Lists of installed packages that the tree's package database holds. */
  readonly installed?: readonly string[];
  readonly tree: readonly string[];
  readonly texts: Texts;
}

const trees = {
  'alpine-3.20': alpine,
  'busybox-1.36': busybox,
  'debian-12': debian,
  'debian-12-slim': debianSlim,
  'debian-base': debianBase,
  'debian-programs': debianPrograms,
  host: host,
  'nginx-1.27-copy-1': nginxCopy1,
  'nginx-1.27-copy-2': nginxCopy2,
  'nginx-1.27-copy-3': nginxCopy3,
  'nginx-1.27-copy-4': nginxCopy4,
  'nginx-1.27-copy-5': nginxCopy5,
  'nginx-1.27-install': nginxInstall,
  'ubuntu-20.04': ubuntu2004,
  'ubuntu-22.04': ubuntu2204,
  'ubuntu-24.04': ubuntu2404,
} as unknown as Readonly<Record<string, TreeData>>;

/** The description of one tree; a name that is not in the table is a mistake in the data. */
export const treeData = (name: string): TreeData => {
  const data = trees[name];
  if (data === undefined) throw new Error(`no tree data named ${name}`);
  return data;
};

/** Lines of a list of installed packages: `name version architecture KiB priority section`. */
export const installedLists: Readonly<Record<string, readonly string[]>> = installed;

const packageTitles: Readonly<Record<string, string>> = titles;

/** A short description of a package. */
export const packageTitle = (name: string): string =>
  packageTitles[name] ?? (name.startsWith('lib') ? `shared library (${name})` : name);
