// A name as ls shows it: quoted as asked, coloured, with the sign of its type.

import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { CONTROL_ESCAPES } from './byte-letters.ts';
import { displayWidth } from './display-width.ts';
import type { Painter } from './ls-colors.ts';
import type { LsEntry } from './ls-entry.ts';
import type { LsRules, QuotingStyle } from './ls-rules.ts';
import { isUtf8, quoteAlways, quoteListed } from './quoting.ts';
import { realPath } from './real-path.ts';
import { toBytes } from './text.ts';

const ESCAPES: Readonly<Record<string, string>> = { ...CONTROL_ESCAPES, '\\': '\\\\' };

/** Escapes for what is not printable: without UTF-8 all that is beyond ASCII. */
const controls = (process: Process, name: string, extra: RegExp): string =>
  name
    .replace(
      isUtf8(process) ? /[\p{Cc}\udc80-\udcff\\]/gu : /[\p{Cc}\\]|[^\x00-\x7f]/gu,
      (c) => ESCAPES[c] ?? [...toBytes(c)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
    )
    .replace(extra, (c) => `\\${c}`);

/** In quotes as a shell reads them, control characters as they are. */
const plainShell = (name: string): string =>
  name.includes("'") && !/[!"$`\\]/.test(name) ? `"${name}"` : `'${name.replace(/'/g, "'\\''")}'`;

/** Without escapes only what a shell would not read back needs quotes. */
const needsQuotes = (process: Process, name: string): boolean =>
  quoteListed(process, name.replace(/[^\x20-\x7e\n\r\t]/g, 'a')) !== name.replace(/[^\x20-\x7e\n\r\t]/g, 'a');

const QUOTE: Readonly<Record<QuotingStyle, (process: Process, name: string) => string>> = {
  literal: (_process, name) => name,
  shell: (process, name) => (needsQuotes(process, name) ? plainShell(name) : name),
  'shell-always': (_process, name) => plainShell(name),
  'shell-escape': quoteListed,
  'shell-escape-always': quoteAlways,
  'c-maybe': (process, name) => {
    const text = controls(process, name, /"/g);
    return text === name ? name : `"${text}"`;
  },
  locale: (process, name) =>
    isUtf8(process) ? `‘${controls(process, name, /’/g)}’` : `'${controls(process, name, /'/g)}'`,
  clocale: (process, name) =>
    isUtf8(process) ? `‘${controls(process, name, /’/g)}’` : `"${controls(process, name, /"/g)}"`,
  c: (process, name) => `"${controls(process, name, /"/g)}"`,
  escape: (process, name) => controls(process, name, / /g),
};

export const quoteName = (process: Process, name: string, rules: LsRules): string => {
  const quoted = QUOTE[rules.quoting](process, name);
  if (!rules.question) return quoted;
  return rules.utf8
    ? quoted.replace(/\p{Cc}|\p{Cs}/gu, '?')
    : quoted.replace(/\p{Cc}|[^\x00-\x7f]/gu, (c) => '?'.repeat(toBytes(c).length));
};

/** A name as a link to its file, for terminals that know OSC 8. */
export const hyperlink = (
  process: Process,
  text: string,
  { name, path }: { name: string; path?: string },
): string => {
  const escaped = (part: string, kept: RegExp): string =>
    [...toBytes(part)]
      .map((byte) => String.fromCharCode(byte))
      .map((c) => (kept.test(c) ? c : `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`))
      .join('');
  const target = realPath(process, path ?? name) ?? '';
  const host = escaped(process.uts.hostname, /[\w.~-]/);
  return `\x1b]8;;file://${host}${escaped(target, /[\w.~/-]/)}\x07${text}\x1b]8;;\x07`;
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
  const linked = rules.hyperlink ? hyperlink(process, quoted, entry) : quoted;
  const painted = colors ? colors.paint(linked, entry) : linked;
  return { text: lead + painted + sign, width: lead.length + displayWidth(quoted) + sign.length };
};
