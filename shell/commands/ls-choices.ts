// Those of ls's options whose value is a word of a list.

import type { Process } from '../fs/process.ts';
import { choose } from './choice.ts';
import type { LsOptions } from './ls-options.ts';
import type { LsRules } from './ls-rules.ts';
import type { Output } from './output.ts';

const WHEN = {
  always: ['always', 'yes', 'force'],
  never: ['never', 'no', 'none'],
  auto: ['auto', 'tty', 'if-tty'],
} as const;
const SORT = {
  none: ['none'],
  time: ['time'],
  size: ['size'],
  extension: ['extension'],
  version: ['version'],
  width: ['width'],
} as const;
const TIME = {
  atime: ['atime', 'access', 'use'],
  ctime: ['ctime', 'status'],
  btime: ['birth', 'creation'],
} as const;
const FORMAT = {
  long: ['verbose', 'long'],
  commas: ['commas'],
  across: ['horizontal', 'across'],
  columns: ['vertical'],
  lines: ['single-column'],
} as const;
const QUOTING = {
  literal: ['literal'],
  shell: ['shell'],
  'shell-always': ['shell-always'],
  'shell-escape': ['shell-escape'],
  'shell-escape-always': ['shell-escape-always'],
  c: ['c'],
  'c-maybe': ['c-maybe'],
  escape: ['escape'],
  locale: ['locale'],
  clocale: ['clocale'],
} as const;
const INDICATORS = {
  none: ['none'],
  slash: ['slash'],
  'file-type': ['file-type'],
  classify: ['classify'],
} as const;

/** QUOTING_STYLE, where it is a style. */
export const quotingFromEnvironment = ({ env }: Process): LsRules['quoting'] | undefined => {
  const word = env.get('QUOTING_STYLE') ?? '';
  return word in QUOTING ? (word as LsRules['quoting']) : undefined;
};

export type Mutable = { -readonly [K in keyof LsRules]: LsRules[K] };

/** Puts the words into the rules; a number is the exit status of a complaint. */
export const readChoices = async (
  out: Output,
  parsed: LsOptions,
  rules: Mutable,
  tty: boolean,
): Promise<number | undefined> => {
  for (const { name, value } of parsed.list) {
    if (name === 'color') {
      const when = value === undefined ? 'always' : await choose(out, '--color', value, WHEN);
      if (when === undefined) return out.status;
      rules.color = when === 'always' || (when === 'auto' && tty);
    }
    if (name === 'hyperlink') {
      const when = value === undefined ? 'always' : await choose(out, '--hyperlink', value, WHEN);
      if (when === undefined) return out.status;
      rules.hyperlink = when === 'always' || (when === 'auto' && tty);
    }
    if (name === 'f') rules.color = false;
    if (name === 'F') rules.indicators = 'classify';
    if (name === 'p') rules.indicators = 'slash';
    if (name === 'file-type') rules.indicators = 'file-type';
    if (name === 'classify') {
      const when = value === undefined ? 'always' : await choose(out, '--classify', value, WHEN);
      if (when === undefined) return out.status;
      if (when === 'always' || (when === 'auto' && tty)) rules.indicators = 'classify';
    }
    if (value === undefined) continue;
    if (name === 'sort') {
      const sort = await choose(out, '--sort', value, SORT);
      if (sort === undefined) return out.status;
      rules.sort = sort;
    }
    if (name === 'time') {
      const time = await choose(out, '--time', value, TIME);
      if (time === undefined) return out.status;
      rules.time = time;
    }
    if (name === 'format') {
      const format = await choose(out, '--format', value, FORMAT);
      if (format === undefined) return out.status;
      rules.layout = format;
    }
    if (name === 'quoting-style') {
      const style = await choose(out, '--quoting-style', value, QUOTING);
      if (style === undefined) return out.status;
      rules.quoting = style;
    }
    if (name === 'indicator-style') {
      const style = await choose(out, '--indicator-style', value, INDICATORS);
      if (style === undefined) return out.status;
      rules.indicators = style;
    }
  }
  return undefined;
};
