// find: walk directory trees and test every file.

import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { appletUsage } from './busybox/usage.ts';
import type { Command } from './command.ts';
import { type FindExpression, parseExpression } from './find-expression.ts';
import { FindError } from './find-primary.ts';
import { FindRun } from './find-run.ts';
import { flavorOf, libcOf } from './flavor.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { printHelp, printVersion } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { isTerminal } from './terminal.ts';
import { toText } from './text.ts';

export const find: Command = {
  name: 'find',
  help: `Usage: find [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]
Walk the tree below each path and test every file in it.

Without a path the working directory is taken, without an expression -print.

Expressions are made of operators, options, tests and actions:

Operators (strongest first):
      ( EXPR )   ! EXPR   -not EXPR   EXPR1 -a EXPR2   EXPR1 -and EXPR2   EXPR1 EXPR2
      EXPR1 -o EXPR2   EXPR1 -or EXPR2   EXPR1 , EXPR2

Options:
      -daystart -depth -follow -maxdepth LEVELS -mindepth LEVELS -mount -xdev
      -files0-from FILE -ignore_readdir_race -noleaf -regextype TYPE -warn -nowarn

Tests (N can be +N or -N or N):
      -amin N -anewer FILE -atime N -cmin N -cnewer FILE -ctime N -empty
      -executable -false -fstype TYPE -gid N -group NAME -ilname PATTERN -iname PATTERN
      -inum N -ipath PATTERN -iregex PATTERN -links N -lname PATTERN -mmin N
      -mtime N -name PATTERN -newer FILE -newerXY REFERENCE -nogroup -nouser
      -path PATTERN -perm [-/]MODE -readable -regex PATTERN -samefile FILE
      -size N[bcwkMG] -true -type [bcdpfls] -uid N -used N -user NAME
      -wholename PATTERN
      -writable -xtype [bcdpfls]

Actions:
      -delete -exec COMMAND ; -exec COMMAND {} + -execdir COMMAND ;
      -fls FILE -fprint FILE -fprint0 FILE -fprintf FILE FORMAT -ls
      -ok COMMAND ; -okdir COMMAND ; -print -print0 -printf FORMAT -prune -quit

      --help        display this help and exit
      --version     output version information and exit
`,
  run: (process, argv) => runFind(process, argv),
};

const DEBUG: ReadonlySet<string> = new Set([
  'exec',
  'opt',
  'rates',
  'search',
  'stat',
  'time',
  'tree',
  'all',
  'help',
]);

const runFind = async (process: Process, argv: readonly string[]): Promise<number> => {
  const out = new Output(process);
  const words = argv.slice(1);
  if (words.some((word) => word === '-help' || word === '--help')) return printHelp(out, find);
  if (words.some((word) => word === '-version' || word === '--version')) return printVersion(out, find);
  let links: 'never' | 'operands' | 'always' = 'never';
  if (/^-O(?!\d+$)/.test(words[0] ?? '')) {
    await out.warn('Please specify a decimal number immediately after -O');
    return 1;
  }
  while (/^-([HLP]|O\d+|D)$/.test(words[0] ?? '')) {
    const option = words.shift();
    const flag = option === '-D' ? words.shift() : undefined;
    if (flag !== undefined && !DEBUG.has(flag))
      await out.errorText(`${out.name}: Ignoring unrecognised debug flag ${quoteLocale(process, flag)}\n`);
    if (option === '-H') links = 'operands';
    if (option === '-L') links = 'always';
    if (option === '-P') links = 'never';
  }
  const start = words.findIndex((word, at) => /^(-.+|\(|!)$/.test(word) && !(at === 0 && word === '--'));
  let paths: readonly string[] = start < 0 ? words : words.slice(0, start);
  const listed = words.indexOf('-files0-from');
  if (listed >= 0 && flavorOf(process) === 'gnu') {
    const [, list = ''] = words.splice(listed, 2);
    const [extra] = paths;
    if (extra !== undefined) {
      await out.warn(`extra operand ${quoteLocale(process, extra)}`);
      await out.errorText('find: file operands cannot be combined with -files0-from\n');
      return 1;
    }
    const found = await startingPoints(out, list);
    if (found === undefined) return 1;
    if (found.length === 0) return out.end();
    paths = found;
  }
  let expression: FindExpression;
  try {
    expression = parseExpression(process, start < 0 ? [] : words.slice(start), links);
  } catch (error) {
    if (!(error instanceof FindError)) throw error;
    await out.warn(error.message);
    if (flavorOf(process) === 'busybox' && /^unknown/.test(error.message))
      await out.errorText(appletUsage(find, libcOf(process)));
    return 1;
  }
  // As GNU's: warnings are for people, and a person types at a terminal.
  if (isTerminal(process, 0))
    for (const warning of expression.warnings) await out.errorText(`${out.name}: warning: ${warning}\n`);
  const run = new FindRun(out, expression);
  await run.walkAll(paths.length > 0 ? paths : ['.']);
  return out.end();
};

/** -files0-from: the paths of a file, each with a zero byte after it; undefined after a complaint. */
const startingPoints = async (out: Output, list: string): Promise<string[] | undefined> => {
  const { process } = out;
  const { value: fd, error } = attempt(() => openInput(process, list));
  if (error !== undefined) {
    await out.complain(`cannot open ${quoteLocale(process, list)} for reading`, error);
    return undefined;
  }
  const names = toText(await readAll(process, fd))
    .replace(/\0$/, '')
    .split('\0');
  closeInput(process, fd);
  const shown = quoteLocale(process, list === '-' ? '(standard input)' : list);
  const paths: string[] = [];
  for (const [at, name] of names.entries()) {
    if (name !== '') paths.push(name);
    else if (names.length > 1) await out.warn(`${shown}:${at + 1}: invalid zero-length file name`);
  }
  return paths;
};
