// find: walk directory trees and test every file.

import type { Process } from '../fs/process.ts';
import { appletUsage } from './busybox/usage.ts';
import type { Command } from './command.ts';
import { FindError, type FindExpression, parseExpression } from './find-expression.ts';
import { FindRun } from './find-run.ts';
import { flavorOf, libcOf } from './flavor.ts';
import { printHelp, printVersion } from './options.ts';
import { Output } from './output.ts';
import { isTerminal } from './terminal.ts';

export const find: Command = {
  name: 'find',
  help: `Usage: find [-H] [-L] [-P] [-Olevel] [path...] [expression]
Walk the tree below each path and test every file in it.

Without a path the working directory is taken, without an expression -print.

Expressions are made of operators, options, tests and actions:

Operators (strongest first):
      ( EXPR )   ! EXPR   -not EXPR   EXPR1 -a EXPR2   EXPR1 -and EXPR2   EXPR1 EXPR2
      EXPR1 -o EXPR2   EXPR1 -or EXPR2   EXPR1 , EXPR2

Options:
      -daystart -depth -follow -maxdepth LEVELS -mindepth LEVELS -mount -xdev
      -ignore_readdir_race -noleaf -regextype TYPE -warn -nowarn

Tests (N can be +N or -N or N):
      -amin N -anewer FILE -atime N -cmin N -cnewer FILE -ctime N -empty
      -executable -false -gid N -group NAME -ilname PATTERN -iname PATTERN
      -inum N -ipath PATTERN -iregex PATTERN -links N -lname PATTERN -mmin N
      -mtime N -name PATTERN -newer FILE -newerXY REFERENCE -nogroup -nouser
      -path PATTERN -perm [-/]MODE -readable -regex PATTERN -samefile FILE
      -size N[bcwkMG] -true -type [bcdpfls] -uid N -user NAME -wholename PATTERN
      -writable -xtype [bcdpfls]

Actions:
      -delete -exec COMMAND ; -exec COMMAND {} + -execdir COMMAND ;
      -ok COMMAND ; -ls -print -print0 -printf FORMAT -prune -quit

      --help        display this help and exit
      --version     output version information and exit
`,
  run: (process, argv) => runFind(process, argv),
};

const runFind = async (process: Process, argv: readonly string[]): Promise<number> => {
  const out = new Output(process);
  const words = argv.slice(1);
  if (words.some((word) => word === '-help' || word === '--help')) return printHelp(out, find);
  if (words.some((word) => word === '-version' || word === '--version')) return printVersion(out, find);
  let links: 'never' | 'operands' | 'always' = 'never';
  while (/^-([HLP]|O\d+|D)$/.test(words[0] ?? '')) {
    const option = words.shift();
    if (option === '-D') words.shift();
    if (option === '-H') links = 'operands';
    if (option === '-L') links = 'always';
    if (option === '-P') links = 'never';
  }
  const start = words.findIndex((word, at) => /^(-.+|\(|!)$/.test(word) && !(at === 0 && word === '--'));
  const paths = start < 0 ? words : words.slice(0, start);
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
