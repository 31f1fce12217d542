// Canonical absolute paths: symbolic links, '.' and '..' resolved (realpath(3)).

import type { Process } from '../fs/process.ts';
import { joinPath } from './path-name.ts';

const LINKS_MAX = 40;

/** What may be missing: nothing, the last component, or any. */
export type Missing = 'none' | 'last' | 'any';

/** The canonical path of `name`; undefined when more is missing than may be. */
export const realPath = (process: Process, name: string, missing: Missing = 'any'): string | undefined => {
  if (name === '') return undefined;
  let resolved = name.startsWith('/') ? '/' : process.getcwd();
  let pending = name.split('/').filter((part) => part !== '' && part !== '.');
  let links = 0;
  while (pending.length > 0) {
    const [part, ...rest] = pending as [string, ...string[]];
    pending = rest;
    if (part === '..') {
      resolved = resolved.slice(0, resolved.lastIndexOf('/')) || '/';
      continue;
    }
    const path = joinPath(resolved, part);
    const stat = process.tryLstat(path);
    if (!stat && (missing === 'none' || (missing === 'last' && rest.length > 0))) return undefined;
    if (stat && stat.kind !== 'directory' && stat.kind !== 'symlink' && rest.length > 0 && missing !== 'any')
      return undefined;
    if (stat?.kind !== 'symlink') {
      resolved = path;
      continue;
    }
    if (++links > LINKS_MAX) return undefined;
    const target = process.readlink(path);
    if (target.startsWith('/')) resolved = '/';
    pending = [...target.split('/').filter((step) => step !== '' && step !== '.'), ...rest];
  }
  return resolved;
};

/** The way from the directory `from` to `to`, both canonical: `../b/c`. */
export const relativePath = (from: string, to: string): string => {
  const [a, b] = [from, to].map((path) => path.split('/').filter((part) => part !== '')) as [
    string[],
    string[],
  ];
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common++;
  return [...a.slice(common).map(() => '..'), ...b.slice(common)].join('/') || '.';
};
