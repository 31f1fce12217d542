// The notation of the data files: a tree in lines, each about the entries of one directory.
//
//   /etc/apt 755 0:0      from here on in this directory, which is made if it is missing (mode and owner are optional)
//   @ 1712620800          from here on entries have this time
//   % coreutils           from here on entries belong to this package
//   x cat=43416 su=67816,4755 which.debianutils=946:which      programs: size[:program][,mode[,uid:gid]]
//   s libz.so.1.3=109000  shared libraries                     f lastlog=0,664,0:43  other files
//   t passwd shadow=,640,0:42    texts, whose lines stand in the table of texts under their path
//   l sh=dash             symbolic links                       h ls=/bin/busybox     hard links
//   d local=2775,0:50 opt directories                          c null=1:3,666        b sda=8:0,660,0:6   devices
//   - which               entries of an earlier line that are not there
//
// Later lines win.

import type { FileSource, TreeDirectory, TreeNode } from './tree.ts';

/** The lines of each text file, by absolute path. */
export type Texts = Readonly<Record<string, readonly string[]>>;

interface Place {
  readonly root: TreeDirectory;
  directory: TreeDirectory;
  path: string;
  mtime: number;
  owner: PackageFiles | undefined;
  readonly texts: Texts;
  readonly packages: Map<string, PackageFiles>;
}

/** The paths of one package, as dpkg lists them: every directory before what it holds. */
export interface PackageFiles {
  readonly name: string;
  readonly directories: Set<string>;
  readonly paths: string[];
}

interface Attributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
}

type MakeNode = (value: string, attributes: Attributes, name: string, place: Place) => TreeNode;

const file = ({ mode, uid, gid, mtime }: Attributes, source: FileSource): TreeNode => ({
  kind: 'file',
  mode,
  uid,
  gid,
  mtime,
  source,
});

const node = {
  x: (value, attributes, name) => {
    const colon = value.indexOf(':');
    if (colon < 0) return file(attributes, { kind: 'program', program: name, size: Number(value) });
    const program = value.slice(colon + 1);
    return file(attributes, { kind: 'program', program, size: Number(value.slice(0, colon)) });
  },
  s: (value, attributes) => file(attributes, { kind: 'library', size: Number(value) }),
  f: (value, attributes) => file(attributes, { kind: 'data', size: Number(value) }),
  t: (_value, attributes, name, place) => {
    const lines = place.texts[`${place.path}/${name}`];
    if (lines === undefined) throw new Error(`no text for ${place.path}/${name}`);
    return file(attributes, { kind: 'text', text: lines.length === 0 ? '' : `${lines.join('\n')}\n` });
  },
  l: (value, attributes) => ({ kind: 'symlink', ...attributes, target: value }),
  h: (value, attributes) => ({ kind: 'link', ...attributes, path: value }),
  d: (_value, attributes, name, place) => {
    const old = place.directory.entries.get(name);
    return { kind: 'directory', ...attributes, entries: old?.kind === 'directory' ? old.entries : new Map() };
  },
  c: (value, attributes) => ({ kind: 'char', ...attributes, ...deviceNumbers(value) }),
  b: (value, attributes) => ({ kind: 'block', ...attributes, ...deviceNumbers(value) }),
} satisfies Record<string, MakeNode>;

const defaultMode: Record<keyof typeof node, number> = {
  x: 0o755,
  s: 0o644,
  f: 0o644,
  t: 0o644,
  l: 0o777,
  h: 0o755,
  d: 0o755,
  c: 0o600,
  b: 0o600,
};

export const newDirectory = (mtime: number): TreeDirectory => ({
  kind: 'directory',
  mode: 0o755,
  uid: 0,
  gid: 0,
  mtime,
  entries: new Map(),
});

/** Reads `lines` into `root`, over what it holds already; adds to `packages` what belongs to which of them. */
export const readTreeLines = (
  root: TreeDirectory,
  lines: readonly string[],
  texts: Texts,
  packages: Map<string, PackageFiles> = new Map(),
): void => {
  const place: Place = {
    root,
    directory: root,
    path: '',
    mtime: root.mtime,
    owner: undefined,
    texts,
    packages,
  };
  for (const line of lines) {
    const kind = line[0];
    const rest = line.slice(2);
    if (kind === '/') enter(place, line);
    else if (kind === '@') place.mtime = Number(rest);
    else if (kind === '%') place.owner = packageFiles(packages, rest);
    else if (kind === '-') for (const name of rest.split(' ')) place.directory.entries.delete(name);
    else readEntries(place, kind as keyof typeof node, rest);
  }
};

const packageFiles = (packages: Map<string, PackageFiles>, name: string): PackageFiles => {
  const known = packages.get(name);
  if (known !== undefined) return known;
  const made = { name, directories: new Set<string>(), paths: [] };
  packages.set(name, made);
  return made;
};

const readEntries = (place: Place, kind: keyof typeof node, entries: string): void => {
  const make: MakeNode = node[kind];
  const { owner, path, directory } = place;
  if (owner !== undefined) recordDirectory(owner, path);
  for (const entry of entries.split(' ')) {
    const equals = entry.indexOf('=');
    const name = equals < 0 ? entry : entry.slice(0, equals);
    const comma = entry.indexOf(',', equals + 1);
    const value = equals < 0 ? '' : entry.slice(equals + 1, comma < 0 ? undefined : comma);
    const fields = comma < 0 ? '' : entry.slice(comma + 1);
    // A directory has no value: its mode comes first.
    const attributes =
      kind === 'd' ? readAttributes(place, value, fields, 0o755) : readFields(place, fields, kind);
    if (owner !== undefined && !directory.entries.has(name)) owner.paths.push(`${path}/${name}`);
    directory.entries.set(name, make(value, attributes, name, place));
  }
};

const readFields = (place: Place, fields: string, kind: keyof typeof node): Attributes => {
  const comma = fields.indexOf(',');
  if (comma < 0) return readAttributes(place, fields, '', defaultMode[kind]);
  return readAttributes(place, fields.slice(0, comma), fields.slice(comma + 1), defaultMode[kind]);
};

const readAttributes = (place: Place, mode: string, owner: string, usual: number): Attributes => {
  const colon = owner.indexOf(':');
  return {
    mode: mode === '' ? usual : Number.parseInt(mode, 8),
    uid: owner === '' ? 0 : Number(owner.slice(0, colon)),
    gid: owner === '' ? 0 : Number(owner.slice(colon + 1)),
    mtime: place.mtime,
  };
};

const recordDirectory = (owner: PackageFiles, path: string): void => {
  if (path === '' || owner.directories.has(path)) return;
  recordDirectory(owner, path.slice(0, path.lastIndexOf('/')));
  owner.directories.add(path);
  owner.paths.push(path);
};

/** Goes to the directory that a line names; a mode or an owner there is set even when it exists. */
const enter = (place: Place, line: string): void => {
  const [path = '/', mode = '', owner = ''] = line.split(' ');
  const names = path === '/' ? [] : path.slice(1).split('/');
  place.path = path === '/' ? '' : path;
  place.directory = place.root;
  for (const [index, name] of names.entries()) {
    const last = index === names.length - 1;
    place.directory = step(place, name, last ? mode : '', last ? owner : '');
  }
};

const step = (place: Place, name: string, mode: string, owner: string): TreeDirectory => {
  const child = place.directory.entries.get(name);
  if (child?.kind === 'directory' && mode === '') return child;
  const entries = child?.kind === 'directory' ? child.entries : new Map<string, TreeNode>();
  const made: TreeDirectory = { kind: 'directory', ...readAttributes(place, mode, owner, 0o755), entries };
  place.directory.entries.set(name, made);
  return made;
};

const deviceNumbers = (value: string): { major: number; minor: number } => {
  const [major = '0', minor = '0'] = value.split(':');
  return { major: Number(major), minor: Number(minor) };
};
