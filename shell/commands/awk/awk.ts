// awk, mawk and gawk: one language, and three manners of speaking it.

import { isFsError, strerror } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import type { Command } from '../command.ts';
import { flavorOf } from '../flavor.ts';
import { closeInput, openInput, readAll } from '../input.ts';
import { Output } from '../output.ts';
import { usageError } from '../usage-error.ts';
import { checkJumps } from './check-jumps.ts';
import { type CommandLine, readCommandLine, type WrongOption } from './command-line.ts';
import { builtinNames } from './compile-builtin.ts';
import {
  AwkError,
  busybox,
  type Dialect,
  gawk as gawkDialect,
  mawk as mawkDialect,
  newMawk,
} from './dialect.ts';
import { unescapeString } from './escapes.ts';
import { gawkHelp, mawkHelp, VERSIONS } from './help.ts';
import { Lexer } from './lexer.ts';
import { assignOperand } from './main-input.ts';
import { parseProgram } from './parse-program.ts';
import { runProgram } from './run.ts';
import { Runtime } from './runtime.ts';
import { Input } from './value.ts';

const commandOf = (name: string, help: string, dialect: Dialect, signed: Partial<Command> = {}): Command => {
  const command: Command = {
    name,
    help,
    usageStatus: dialect.syntaxStatus,
    ...signed,
    run: (process, argv) =>
      runAwk(command, process, argv, flavorOf(process) === 'busybox' ? busybox : dialect),
  };
  return command;
};

export const awk: Command = commandOf('awk', mawkHelp, mawkDialect);
export const mawk: Command = commandOf('mawk', mawkHelp, mawkDialect);
export const mawk2024: Command = commandOf('mawk', mawkHelp, newMawk);
export const gawk: Command = commandOf('gawk', gawkHelp, gawkDialect);

const runAwk = async (
  command: Command,
  process: Process,
  argv: readonly string[],
  dialect: Dialect,
): Promise<number> => {
  const out = new Output(process);
  const line = readCommandLine(argv.slice(1), dialect);
  if ('problem' in line) return complain(out, command, line, dialect);
  if (line.shows !== undefined) {
    out.text(line.shows === 'help' ? command.help : VERSIONS[dialect.name]);
    return out.end();
  }
  const runtime = new Runtime(process, dialect);
  try {
    return await start(out, command, line, runtime);
  } catch (error) {
    if (!(error instanceof AwkError)) throw error;
    await runtime.streams.closeAll();
    const name = programName(process, dialect);
    const text = error.message.replaceAll('NAME: ', `${name}: `);
    await process.write(2, runtime.codec.encode(`${name}: ${text}\n`));
    return error.status;
  }
};

/** Messages begin with the last part of argv[0]. */
const programName = (process: Process, { name }: Dialect): string =>
  (process.argv[0] ?? name).split('/').at(-1) ?? name;

const start = async (out: Output, command: Command, line: CommandLine, runtime: Runtime): Promise<number> => {
  const { process, dialect } = runtime;
  const rest = [...line.rest];
  const source =
    line.programFiles.length > 0
      ? await readPrograms(runtime, line.programFiles)
      : runtime.codec.argument(rest.shift() ?? '');
  if (line.programFiles.length === 0 && line.rest.length === 0) return showUsage(out, command, dialect);
  const lexer = new Lexer(source, dialect, builtinNames(dialect));
  const program = parseProgram(lexer.read(), dialect);
  checkJumps(program, dialect);
  for (const warning of lexer.warnings) await out.errorText(`${programName(process, dialect)}: ${warning}\n`);
  fillArrays(runtime, rest);
  if (line.separator !== undefined) setSeparator(runtime, line.separator);
  for (const assignment of line.assignments) {
    if (!assignOperand(runtime, runtime.codec.argument(assignment))) throw badAssignment(assignment, dialect);
  }
  return runProgram(program, runtime);
};

const badAssignment = (text: string, { name }: Dialect): AwkError => {
  if (name === 'mawk') return new AwkError(`improper assignment: -v ${text}`);
  return new AwkError(`fatal: \`${text.split('=')[0]}' is not a legal variable name`);
};

const setSeparator = (runtime: Runtime, text: string): void => {
  const read = unescapeString(runtime.codec.argument(text), runtime.dialect.name !== 'mawk');
  runtime.assign('FS', read);
};

const fillArrays = (runtime: Runtime, operands: readonly string[]): void => {
  const { process, dialect, codec } = runtime;
  const words = [process.argv[0] ?? dialect.name, ...operands];
  for (const [at, word] of words.entries())
    runtime.array('ARGV').elements.set(String(at), new Input(codec.argument(word)));
  runtime.assign('ARGC', words.length);
  for (const [name, value] of process.env)
    runtime.array('ENVIRON').elements.set(codec.argument(name), new Input(codec.argument(value)));
  if (dialect.name === 'gawk') runtime.array('PROCINFO').elements.set('version', '5.2.1');
};

const readPrograms = async (runtime: Runtime, names: readonly string[]): Promise<string> => {
  const { process, dialect, codec } = runtime;
  const texts: string[] = [];
  for (const name of names) {
    try {
      const fd = openInput(process, name);
      texts.push(codec.decode(await readAll(process, fd)));
      closeInput(process, fd);
    } catch (error) {
      if (!isFsError(error)) throw error;
      throw new AwkError(
        dialect.cannotReadProgram(name, strerror(error.code)),
        dialect.name === 'busybox' ? 1 : 2,
      );
    }
  }
  return texts.join('\n');
};

const showUsage = async (out: Output, command: Command, dialect: Dialect): Promise<number> => {
  if (dialect.name === 'busybox') return usageError(out, command, '');
  await out.errorText(command.help);
  return dialect.name === 'mawk' ? 2 : 1;
};

const complain = async (
  out: Output,
  command: Command,
  { problem, option }: WrongOption,
  dialect: Dialect,
): Promise<number> => {
  const name = programName(out.process, dialect);
  const unknown = problem === 'unknown';
  if (dialect.name === 'busybox') {
    const words = unknown ? 'invalid option' : 'option requires an argument';
    return usageError(out, command, `${words} -- '${option}'`);
  }
  if (dialect.name === 'mawk') {
    await out.errorText(
      `${name}: ${unknown ? `not an option: ${option}` : `option -${option} lacks argument`}\n`,
    );
    return 2;
  }
  await out.errorText(
    `${name}: ${unknown ? 'invalid option' : 'option requires an argument'} -- ${option}\n`,
  );
  await out.errorText(command.help);
  return 1;
};
