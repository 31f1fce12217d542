// A container's upper directory as the transcripts print it: files first, then the overlay's own attributes.

import { major, minor } from '../fs/mode.ts';
import { decodeName } from '../fs/name.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';

const letters: Partial<Record<Stat['kind'], string>> = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  char: 'c',
};

export const upperListing = (process: Process, upper: string): string => {
  const paths = [...pathsBelow(process, upper, '.')];
  const files = paths.map((path) => fileLine(path, process.lstat(`${upper}/${path}`)));
  const attributes = ['.', ...paths].flatMap((path) => attributeLines(process, upper, path));
  return [...files, ...attributes].join('\n');
};

function* pathsBelow(process: Process, upper: string, path: string): Generator<string> {
  const names = process.readdir(`${upper}/${path}`).map(({ name }) => name);
  for (const name of names.sort()) {
    const child = `${path}/${name}`;
    yield child;
    if (process.lstat(`${upper}/${child}`).kind === 'directory') yield* pathsBelow(process, upper, child);
  }
}

const fileLine = (path: string, stat: Stat): string => {
  const mode = (stat.mode & 0o7777).toString(8);
  if (stat.kind === 'char' && stat.rdev === 0) return `${path}  CHARDEV mode=${mode} rdev=0,0`;
  if (stat.kind === 'char') {
    return `${path}  CHARDEV mode=${mode} nlink=${stat.nlink} rdev=${major(stat.rdev)},${minor(stat.rdev)}`;
  }
  if (stat.kind === 'directory') return `${path}  d mode=${mode}`;
  return `${path}  ${letters[stat.kind]} mode=${mode} size=${stat.size} nlink=${stat.nlink}`;
};

const attributeLines = (process: Process, upper: string, path: string): string[] => {
  const full = `${upper}/${path}`;
  const names = process
    .listxattr(full, { follow: false })
    .filter((name) => name.startsWith('trusted.overlay.') && name !== 'trusted.overlay.uuid')
    .sort();
  if (names.length === 0 && path !== '.') return [];
  const lines = names.map((name) => {
    if (name === 'trusted.overlay.origin') return name;
    return `${name}="${decodeName(process.getxattr(full, name, { follow: false }))}"`;
  });
  return [`# file: ${path === '.' ? '.' : path.slice(2)}`, ...lines];
};
