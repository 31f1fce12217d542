// Pathname expansion: a walk over readdir, component by component.

import { isFsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { compilePattern, hasMagic, unescapePattern } from '../pattern.ts';

export interface GlobOptions {
  extended: boolean;
  dotglob: boolean;
  globstar: boolean;
  nocase: boolean;
  /** A pattern that starts with a dot also finds `.` and `..` (dash). */
  dots: boolean;
}

/** Paths that match, sorted; empty when none does. */
export function glob(process: Process, pattern: string, options: GlobOptions): string[] {
  const components = splitComponents(pattern);
  const found = new Set<string>();
  walk(process, pattern.startsWith('/') ? '/' : '', components, 0, options, found);
  return [...found].sort(compareNames);
}

const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Component {
  pattern: string;
  /** The slashes that follow, as written. */
  slashes: string;
}

// A slash inside brackets still separates (POSIX 2.13.3).
function splitComponents(pattern: string): Component[] {
  const components: Component[] = [];
  const shape = /((?:\\[^/]|[^/\\]|\\(?=\/|$))*)(\/*)/gs;
  for (const [whole, text, slashes] of pattern.replace(/^\/+/, '').matchAll(shape)) {
    if (whole !== '') components.push({ pattern: text as string, slashes: slashes as string });
  }
  return components;
}

function walk(
  process: Process,
  base: string,
  parts: Component[],
  at: number,
  options: GlobOptions,
  found: Set<string>,
): void {
  const part = parts[at];
  if (part === undefined) {
    if (base !== '' && exists(process, base)) found.add(base);
    return;
  }
  if (options.globstar && part.pattern === '**') return walkDeep(process, base, parts, at, options, found);
  if (!hasMagic(part.pattern, options.extended)) {
    walk(process, base + unescapePattern(part.pattern) + part.slashes, parts, at + 1, options, found);
    return;
  }
  const shape = compilePattern(part.pattern, { extended: options.extended, fold: options.nocase });
  const hidden = options.dotglob || part.pattern.startsWith('.') || part.pattern.startsWith('\\.');
  const dots = options.dots && hidden ? ['.', '..'] : [];
  for (const name of [...dots, ...names(process, base)]) {
    if ((name.startsWith('.') && !hidden) || !shape.test(name)) continue;
    if (at === parts.length - 1 && part.slashes === '') found.add(base + name);
    else if (isDirectory(process, base + name))
      walk(process, base + name + part.slashes, parts, at + 1, options, found);
  }
}

// `**` alone stands for this directory and all below it; it does not follow symbolic links.
function walkDeep(
  process: Process,
  base: string,
  parts: Component[],
  at: number,
  options: GlobOptions,
  found: Set<string>,
  top = true,
): void {
  const last = at === parts.length - 1;
  const slashes = parts[at]?.slashes ?? '';
  if (!last) walk(process, base, parts, at + 1, options, found);
  else if (base !== '' && (slashes !== '' || top)) found.add(base);
  for (const entry of entries(process, base)) {
    if (entry.name.startsWith('.') && !options.dotglob) continue;
    if (last && slashes === '') found.add(base + entry.name);
    if (entry.type === 'directory')
      walkDeep(process, `${base}${entry.name}/`, parts, at, options, found, false);
  }
}

function entries(process: Process, base: string) {
  try {
    return process.readdir(base === '' ? '.' : base);
  } catch (error) {
    if (isFsError(error)) return [];
    throw error;
  }
}

const names = (process: Process, base: string): string[] => entries(process, base).map((entry) => entry.name);
const exists = (process: Process, path: string): boolean => process.tryLstat(path) !== undefined;
const isDirectory = (process: Process, path: string): boolean => process.tryStat(path)?.kind === 'directory';
