// An applet's usage text in busybox's layout, made of its line in the table and of the command's own help.

import { type Command, summary } from '../command.ts';
import type { OptionTable } from '../option-table.ts';
import { applets } from './applets.ts';

const VERSION = {
  glibc: 'BusyBox v1.36.1 (2023-05-18 22:34:17 UTC)',
  musl: 'BusyBox v1.36.1 (2024-06-10 07:11:47 UTC)',
} as const;

export const bannerOf = (libc: keyof typeof VERSION): string => `${VERSION[libc]} multi-call binary.`;

/** The banner, `Usage: …`, what it does, and a line for each option that the applet knows. */
export const appletUsage = (command: Command, libc: keyof typeof VERSION): string => {
  const applet = applets[command.name];
  if (applet === undefined) return `${bannerOf(libc)}\n\n${command.help}`;
  const rows = optionRows(command.help, applet.letters);
  const usage = `Usage: ${command.name} ${applet.usage}`.trimEnd();
  const listed = rows.length === 0 ? '' : `\n${rows.map((row) => `\t${row}\n`).join('')}`;
  return `${bannerOf(libc)}\n\n${usage}\n\n${summary(command).replace(/\.$/, '')}\n${listed}`;
};

/** `-x` or `-x ARG`, a tab and what the help says about it. */
const optionRows = (help: string, letters = ''): string[] =>
  [
    // A text of several lines is one here.
    ...help
      .replace(/\n {10,}(?=[^\s-])/g, ' ')
      .matchAll(/^ {1,8}((?:-\w(?:, )?)+)(?:--([\w-]+))?(?:\[?[= ]([A-Z]\w*)\]?)? {2,}(\S.*)$/gm),
  ].flatMap(([, given = '', , argument, text = '']) => {
    const known = [...given.matchAll(/-(\w)/g)].filter(([, letter = '']) => letters.includes(letter));
    if (known.length === 0) return [];
    const names = known.map(([name]) => name).join(',');
    return [`${names}${argument === undefined ? '' : ` ${argument}`}\t${text}`];
  });

/** The options of a command that its applet knows too. */
export const appletOptions = (command: Command, table: OptionTable): OptionTable => {
  const applet = applets[command.name];
  if (applet === undefined || applet.letters === undefined) return table;
  const { letters, long = '' } = applet;
  const longs = new Set(long.split(' '));
  const known: Record<string, OptionTable[string]> = {};
  for (const [name, spec] of Object.entries(table)) {
    const short = [...(spec.short ?? (name.length === 1 ? name : ''))].filter((letter) =>
      letters.includes(letter),
    );
    const alias = [name, ...(spec.alias ?? [])].filter((word) => longs.has(word));
    if (short.length > 0 || alias.length > 0)
      known[name] = { ...spec, short: short.join(''), alias, hidden: !longs.has(name) };
  }
  return known;
};

export const appletFailure = (name: string): number => applets[name]?.failure ?? 1;

/** The exit status that the applet of that name ends with where ours ends with `status`. */
export const appletEnd = (name: string, status: number): number => applets[name]?.ends?.[status] ?? status;
