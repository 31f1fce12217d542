// grep: print the lines that match a pattern.

import type { Process } from '../fs/process.ts';
import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { grepHelp } from './grep-help.ts';
import { type GrepOptions, grepOptions, WITH_VALUE } from './grep-options.ts';
import { searchAll } from './grep-search.ts';
import { MATCHERS, readStyle } from './grep-style.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { parseOptions, printHelp, printVersion } from './options.ts';
import { Output } from './output.ts';
import { toText } from './text.ts';
import { tryHelp, usageError } from './usage-error.ts';

export const grep: Command = {
  name: 'grep',
  usageStatus: 2,
  usageLine: 'Usage: grep [OPTION]... PATTERNS [FILE]...',
  help: grepHelp,
  run: (process, argv) => runGrep(process, argv),
};

const runGrep = async (process: Process, argv: readonly string[]): Promise<number> => {
  const out = new Output(process);
  out.failureStatus = 2;
  const parsed = await parseOptions(out, grep, contextNumbers(argv), grepOptions);
  if ('exit' in parsed) return parsed.exit === 0 ? 0 : 2;
  if (parsed.has('V')) return printVersion(out, grep);
  const wrong = await refused(out, parsed);
  if (wrong !== undefined) return wrong;
  const operands = [...parsed.operands];
  const given = await givenPatterns(out, parsed);
  if (given === undefined) return 2;
  if (!parsed.has('regexp') && !parsed.has('file')) {
    const first = operands.shift();
    if (first === undefined) {
      if (flavorOf(out.process) === 'busybox') return usageError(out, grep, '');
      await out.errorText('Usage: grep [OPTION]... PATTERNS [FILE]...\n');
      await tryHelp(out);
      return 2;
    }
    given.push(first);
  }
  const style = await readStyle(out, parsed, operands, given);
  if (style === undefined) return 2;
  const excluded = await excludedFrom(out, parsed);
  return excluded === undefined ? 2 : searchAll(out, style, parsed, operands, excluded);
};

const SYNTAXES = ['extended-regexp', 'fixed-strings', 'basic-regexp', 'perl-regexp'];
/** The status to end with, when words of options exclude each other or mean nothing. */
const refused = async (out: Output, parsed: GrepOptions): Promise<number | undefined> => {
  if (flavorOf(out.process) === 'busybox') return undefined;
  let syntax: string | undefined;
  for (const { name, value = '' } of parsed.list) {
    const asked = name === 'X' ? MATCHERS[value] : name;
    if (asked === undefined) return trouble(out, `invalid matcher ${value}`);
    if (SYNTAXES.includes(asked)) {
      if (syntax !== undefined && asked !== syntax) return trouble(out, 'conflicting matchers specified');
      syntax = asked;
    }
    if (name === 'directories' && !['read', 'recurse', 'skip'].includes(value))
      return wrongAction(out, value);
    if (name === 'devices' && !['read', 'skip'].includes(value))
      return trouble(out, 'unknown devices method');
    if (name === 'binary-files' && !['binary', 'text', 'without-match'].includes(value))
      return trouble(out, 'unknown binary-files type');
    if (name === 'unix-byte-offsets')
      await out.errorText(`${out.name}: warning: --unix-byte-offsets (-u) is obsolete\n`);
    if (name === 'color' && parsed.value('color') !== undefined && !isColorWord(value))
      return printHelp(out, grep);
  }
  return undefined;
};

const isColorWord = (word: string): boolean =>
  ['always', 'yes', 'force', 'never', 'no', 'none', 'auto', 'tty', 'if-tty', ''].includes(word);

const trouble = async (out: Output, problem: string): Promise<number> => {
  await out.warn(problem);
  return 2;
};

/** argmatch fails with 1 here too. */
const wrongAction = async (out: Output, word: string): Promise<number> => {
  await choose(out, '--directories', word, { read: ['read'], recurse: ['recurse'], skip: ['skip'] }, grep);
  return 1;
};

/** The globs of --exclude-from's files. */
const excludedFrom = async (out: Output, parsed: GrepOptions): Promise<string[] | undefined> => {
  const globs: string[] = [];
  for (const name of parsed.values('exclude-from')) {
    const text = await textOf(out, name);
    if (text === undefined) return undefined;
    globs.push(...text.split('\n').filter((line) => line !== ''));
  }
  return globs;
};

/** `-NUM` is `-C NUM`, among other letters too (`-n5`). */
const contextNumbers = (argv: readonly string[]): string[] => {
  const end = argv.indexOf('--');
  return argv.flatMap((word, at) => {
    const number = /^-([^-efmABCDdX\d]*)(\d+)(\D*)$/.exec(word);
    if (!number || (end >= 0 && at > end) || WITH_VALUE.test(argv[at - 1] ?? '')) return [word];
    const [, before, digits, after] = number;
    return [...(before ? [`-${before}`] : []), `--context=${digits}`, ...(after ? [`-${after}`] : [])];
  });
};

const givenPatterns = async (out: Output, parsed: GrepOptions): Promise<string[] | undefined> => {
  const patterns: string[] = [];
  for (const option of parsed.list) {
    if (option.name === 'regexp') patterns.push(...(option.value ?? '').split('\n'));
    if (option.name !== 'file') continue;
    const text = await textOf(out, option.value ?? '');
    if (text === undefined) return undefined;
    if (text !== '') patterns.push(...text.replace(/\n$/, '').split('\n'));
  }
  return patterns;
};

const textOf = async (out: Output, name: string): Promise<string | undefined> => {
  try {
    const fd = openInput(out.process, name);
    const text = toText(await readAll(out.process, fd));
    closeInput(out.process, fd);
    return text;
  } catch (error) {
    await out.complain(name, error);
    return undefined;
  }
};
