// How one grep searches and prints: its options, read once.

import { flavorOf } from './flavor.ts';
import { readColors } from './grep-colors.ts';
import type { GrepStyle } from './grep-file.ts';
import type { GrepOptions } from './grep-options.ts';
import { compilePatterns, type GrepSyntax } from './grep-patterns.ts';
import type { Output } from './output.ts';
import { RegexError } from './posix-regex.ts';
import { isTerminal } from './terminal.ts';
import { codecOf } from './text-codec.ts';

/** -X's words. */
export const MATCHERS: Readonly<Record<string, GrepSyntax>> = {
  grep: 'basic-regexp',
  egrep: 'extended-regexp',
  fgrep: 'fixed-strings',
  perl: 'perl-regexp',
};

/** What becomes of directories: -r and -R are an action too. */
export const directoryAction = (parsed: GrepOptions): string => {
  const last = parsed.last('recursive', 'dereference-recursive', 'directories');
  if (last === undefined) return 'read';
  return last === 'directories' ? (parsed.value('directories') ?? 'read') : 'recurse';
};

const binaryFiles = (parsed: GrepOptions): string => {
  const last = parsed.last('text', 'I', 'binary-files');
  if (last === 'text') return 'text';
  return last === 'I' ? 'without-match' : (parsed.value('binary-files') ?? 'binary');
};

const separatorOf = (parsed: GrepOptions): string | undefined => {
  const last = parsed.last('group-separator', 'no-group-separator');
  if (last === undefined) return '--';
  return last === 'group-separator' ? parsed.value('group-separator') : undefined;
};

const number = async (
  out: Output,
  parsed: GrepOptions,
  name: 'max-count' | 'after-context' | 'before-context' | 'context',
  what: string,
) => {
  const value = parsed.value(name);
  if (value === undefined) return undefined;
  // A count below zero is no limit.
  if (name === 'max-count' && /^-\d+$/.test(value)) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  await out.warn(name === 'max-count' ? what : `${value}: ${what}`);
  return null;
};

export const readStyle = async (
  out: Output,
  parsed: GrepOptions,
  operands: readonly string[],
  patterns: readonly string[],
): Promise<GrepStyle | undefined> => {
  const bad = 'invalid context length argument';
  const max = await number(out, parsed, 'max-count', 'invalid max count');
  const both = await number(out, parsed, 'context', bad);
  const after = await number(out, parsed, 'after-context', bad);
  const before = await number(out, parsed, 'before-context', bad);
  if (max === null || both === null || after === null || before === null) return undefined;
  const codec = codecOf(out.process);
  const syntax = (parsed.last('extended-regexp', 'fixed-strings', 'basic-regexp', 'perl-regexp') ??
    MATCHERS[parsed.value('X') ?? 'grep']) as GrepSyntax;
  const binary = binaryFiles(parsed);
  const ignoreCase = parsed.last('ignore-case', 'no-ignore-case') === 'ignore-case';
  try {
    const list = patterns.flatMap((pattern) => pattern.split('\n')).map((pattern) => codec.argument(pattern));
    const rules = {
      syntax,
      ignoreCase,
      words: parsed.has('word-regexp'),
      lines: parsed.has('line-regexp'),
      utf8: codec.utf8,
    };
    const recursive = directoryAction(parsed) === 'recurse';
    const names = parsed.last('with-filename', 'no-filename');
    const [only = '.'] = operands;
    const manyFiles = operands.length > 1 || (recursive && out.process.tryStat(only)?.kind === 'directory');
    return {
      matcher: compilePatterns(list, rules),
      codec,
      invert: parsed.has('invert-match'),
      nothing:
        (max === 0 || (parsed.has('invert-match') && list.includes(''))) &&
        !parsed.has('files-without-match'),
      max,
      after: after ?? both ?? 0,
      before: before ?? both ?? 0,
      context: after !== undefined || before !== undefined || both !== undefined,
      offsets: parsed.has('byte-offset'),
      numbers: parsed.has('line-number'),
      names: names === undefined ? manyFiles : names === 'with-filename',
      only: parsed.has('only-matching'),
      text: binary === 'text' || (binary === 'binary' && parsed.has('null-data')),
      withoutBinary: binary === 'without-match',
      tab: parsed.has('initial-tab'),
      groups: separatorOf(parsed),
      terminator: parsed.has('null-data') ? 0 : 10,
      list: parsed.has('quiet')
        ? 'quiet'
        : (parsed.last('files-with-matches', 'files-without-match') as GrepStyle['list']),
      count: parsed.has('count') && parsed.last('files-with-matches', 'files-without-match') === undefined,
      afterName: parsed.has('null') ? '\0' : undefined,
      color: wantsColor(out, parsed) ? await readColors(out) : undefined,
    };
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    const text = parsed.values('regexp')[0] ?? parsed.operands[0] ?? '';
    await out.warn(flavorOf(out.process) === 'gnu' ? error.message : `bad regex '${text}'`);
    return undefined;
  }
};

const wantsColor = (out: Output, parsed: GrepOptions): boolean => {
  if (flavorOf(out.process) === 'busybox') return false;
  const when = parsed.has('color') ? parsed.value('color') || 'auto' : 'never';
  return (
    ['always', 'yes', 'force'].includes(when) ||
    (!['never', 'no', 'none'].includes(when) &&
      isTerminal(out.process, 1) &&
      out.process.env.get('TERM') !== 'dumb')
  );
};
