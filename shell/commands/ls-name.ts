// A name as ls shows it: quoted as asked, coloured, with the sign of its type.

import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { CONTROL_ESCAPES } from './byte-letters.ts';
import { displayWidth } from './display-width.ts';
import type { Painter } from './ls-colors.ts';
import type { LsEntry } from './ls-entry.ts';
import type { LsRules, QuotingStyle } from './ls-rules.ts';
import { isUtf8, quoteAlways, quoteListed } from './quoting.ts';

const ESCAPES: Readonly<Record<string, string>> = { ...CONTROL_ESCAPES, '\\': '\\\\' };

const controls = (name: string, extra: RegExp): string =>
  name
    .replace(
      /[\p{Cc}\udc80-\udcff\\]/gu,
      (c) => ESCAPES[c] ?? `\\${(c.charCodeAt(0) & 0xff).toString(8).padStart(3, '0')}`,
    )
    .replace(extra, (c) => `\\${c}`);

/** In quotes as a shell reads them, control characters as they are. */
const plainShell = (name: string): string =>
  name.includes("'") && !/[!"$`\\]/.test(name) ? `"${name}"` : `'${name.replace(/'/g, "'\\''")}'`;

const QUOTE: Readonly<Record<QuotingStyle, (process: Process, name: string) => string>> = {
  literal: (_process, name) => name,
  shell: (process, name) => (quoteListed(process, name) === name ? name : plainShell(name)),
  'shell-always': (_process, name) => plainShell(name),
  'shell-escape': quoteListed,
  'shell-escape-always': quoteAlways,
  'c-maybe': (_process, name) => (controls(name, /"/g) === name ? name : `"${controls(name, /"/g)}"`),
  locale: (process, name) => (isUtf8(process) ? `‘${controls(name, /’/g)}’` : `'${controls(name, /'/g)}'`),
  c: (_process, name) => `"${controls(name, /"/g)}"`,
  escape: (_process, name) => controls(name, / /g),
};

export const quoteName = (process: Process, name: string, rules: LsRules): string => {
  const quoted = QUOTE[rules.quoting](process, name);
  return rules.question ? quoted.replace(/\p{Cc}|\p{Cs}/gu, '?') : quoted;
};

/** The character that -F and -p put behind a name. */
export const indicatorOf = (stat: Stat | undefined, rules: LsRules, isLink = false): string => {
  if (rules.indicators === 'none' || stat === undefined) return '';
  if (stat.kind === 'directory') return '/';
  if (rules.indicators === 'slash') return '';
  if (stat.kind === 'symlink') return isLink ? '' : '@';
  if (stat.kind === 'fifo') return '|';
  if (stat.kind === 'socket') return '=';
  const runs = stat.kind === 'file' && (stat.mode & 0o111) !== 0;
  return runs && rules.indicators === 'classify' ? '*' : '';
};

export interface ShownName {
  readonly text: string;
  /** Columns that it takes, colours not counted. */
  readonly width: number;
}

/** `align`: some name of the listing is quoted, and the others step one column in. */
export const shownName = (
  process: Process,
  entry: LsEntry,
  rules: LsRules,
  colors: Painter | undefined,
  align: boolean,
): ShownName => {
  const quoted = quoteName(process, entry.name, rules);
  const lead = align && quoted === entry.name ? ' ' : '';
  const sign = rules.layout === 'long' && entry.stat.kind === 'symlink' ? '' : indicatorOf(entry.stat, rules);
  const painted = colors ? colors.paint(quoted, entry) : quoted;
  return { text: lead + painted + sign, width: lead.length + displayWidth(quoted) + sign.length };
};
