// jq: the command line around the language. The manner is that of jq 1.6.

import { isFsError, strerror } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import type { Command } from '../command.ts';
import { closeInput, openInput, readAll } from '../input.ts';
import { Output } from '../output.ts';
import { toText } from '../text.ts';
import { type CommandLine, type NamedArgument, namedObject, readCommandLine } from './command-line.ts';
import { help, USE_HELP } from './help.ts';
import { Inputs } from './inputs.ts';
import type { Json } from './json.ts';
import { JsonParser, JsonSyntaxError, parseJson } from './json-parser.ts';
import { CompileError, compile } from './program.ts';
import { runFilter } from './run.ts';

export const jq: Command = {
  name: 'jq',
  help,
  usageStatus: 2,
  run: async (process, argv) => {
    const out = new Output(process);
    const line = readCommandLine(argv.slice(1));
    if ('problem' in line) return usage(out, line.problem);
    if (line.flags.has('help')) {
      out.text(help);
      return out.end();
    }
    if (line.flags.has('version')) {
      out.line('jq-1.6');
      return out.end();
    }
    return start(process, out, line);
  },
};

const usage = async (out: Output, problem: string): Promise<number> => {
  await out.errorText(`jq: ${problem}\n${USE_HELP}`);
  return 2;
};

const start = async (process: Process, out: Output, line: CommandLine): Promise<number> => {
  const files = [...line.files];
  let source = line.program;
  if (line.flags.has('from-file')) {
    if (source === undefined) return showUsage(out);
    const text = await readFile(process, source);
    if ('problem' in text) {
      await out.errorText(`jq: Could not open ${source}: ${text.problem}\n`);
      return 2;
    }
    source = text.text;
  }
  if (source === undefined) {
    // A filter may be left out where jq is no end of the pipe by itself.
    if (process.tty(0) !== undefined && process.tty(1) !== undefined) return showUsage(out);
    source = '.';
  }
  const variables = await readVariables(process, out, line);
  if (typeof variables === 'number') return variables;
  try {
    const filter = compile(source, variables);
    const raw = line.flags.has('raw-input');
    const inputs = new Inputs(process, files, raw, (message) => out.errorText(message));
    return await runFilter(out, filter, variables, line, inputs);
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    await out.errorText(error.message);
    return 3;
  }
};

const showUsage = async (out: Output): Promise<number> => {
  await out.errorText(help);
  return 2;
};

type Text = { readonly text: string } | { readonly problem: string };

const readFile = async (process: Process, name: string): Promise<Text> => {
  try {
    const fd = openInput(process, name);
    const text = toText(await readAll(process, fd));
    closeInput(process, fd);
    return { text };
  } catch (error) {
    if (!isFsError(error)) throw error;
    return { problem: strerror(error.code) };
  }
};

/** The variables of the command line; a status when one of them is wrong. */
const readVariables = async (
  process: Process,
  out: Output,
  line: CommandLine,
): Promise<Map<string, Json> | number> => {
  const named = new Map<string, Json>();
  for (const argument of line.named) {
    const value = await readNamed(process, argument);
    if ('problem' in value) {
      if (argument.how === 'argjson') return usage(out, value.problem);
      await out.errorText(`jq: ${value.problem}\n`);
      return 2;
    }
    // The first one of a name counts.
    if (!named.has(argument.name)) named.set(argument.name, value.value);
  }
  const positional: Json[] = [];
  for (const { text, json } of line.positional) {
    const value = json ? parsedText(text) : { value: text };
    if (value === undefined) return usage(out, 'invalid JSON text passed to --jsonargs');
    positional.push(value.value);
  }
  const variables = new Map(named);
  variables.set('ARGS', namedObject(named, positional));
  return variables;
};

type Value = { readonly value: Json } | { readonly problem: string };

const parsedText = (text: string): { readonly value: Json } | undefined => {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return undefined;
  }
};

const readNamed = async (process: Process, { how, name, value }: NamedArgument): Promise<Value> => {
  if (how === 'arg') return { value };
  if (how === 'argjson') return parsedText(value) ?? { problem: 'invalid JSON text passed to --argjson' };
  const text = await readFile(process, value);
  const lead = `Bad JSON in --${how} ${name} ${value}: `;
  if ('problem' in text) return { problem: `${lead}Could not open ${value}: ${text.problem}` };
  if (how === 'rawfile') return { value: text.text };
  const parser = new JsonParser();
  try {
    parser.feed(Buffer.from(text.text, 'utf8').toString('latin1'));
    parser.end();
    return { value: parser.values };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { problem: lead + error.message };
  }
};
