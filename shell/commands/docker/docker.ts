// docker: finds the subcommand, reads its flags, runs it, and words what went wrong.

import type { Process } from '../../fs/process.ts';
import type { Command } from '../command.ts';
import { commandAt, groups, mainHelp } from './command-table.ts';
import { Docker, type DockerCommand, refusalOf } from './docker-command.ts';
import { type FlagTable, parseFlags } from './flags.ts';
import { globalFlags } from './global-flags.ts';
import { commandHelp, sectionText, usageLine } from './help-text.ts';
import { CLIENT_VERSION_LINE } from './version-facts.ts';

const PING = 'Head _ping';
const levels = ['debug', 'info', 'warn', 'warning', 'error', 'fatal', 'panic', 'trace'];

const run = async (process: Process, argv: readonly string[]): Promise<number> => {
  // A Go program asks for it, even where its shell has it ignored.
  process.onSignal('SIGINT', 'default');
  const docker = new Docker(process, 'docker', PING);
  const parsed = parseFlags(globalFlags, argv.slice(1), { interspersed: false });
  if ('error' in parsed) {
    const usage = 'Usage:  docker [OPTIONS] COMMAND [ARG...]';
    return wrong(docker, 'docker', parsed.error, usage, 125);
  }
  if (parsed.values.version) return say(docker, `${CLIENT_VERSION_LINE}\n`);
  const level = parsed.values['log-level'] ?? '';
  if (!levels.includes(level)) {
    await docker.complain(`Unable to parse logging level: ${level}`);
    return 1;
  }
  const host = parsed.values.host.at(-1);
  const words = parsed.args[0] === 'help' ? [...parsed.args.slice(1), '--help'] : parsed.args;
  const asksHelp = parsed.args[0] === 'help';
  const [name] = words;
  if (parsed.wantsHelp || name === undefined || name === '--help') return say(docker, mainHelp());
  if (asksHelp && !commandAt(`docker ${name}`) && !groups.has(name)) {
    await docker.complain(`unknown help topic: ${name}`);
    return 1;
  }
  return groups.has(name)
    ? runGroup(process, name, words.slice(1), host)
    : runNamed(process, `docker ${name}`, words.slice(1), host);
};

const say = (docker: Docker, text: string): Promise<number> => {
  docker.print(text);
  return docker.out.end();
};

const runGroup = async (
  process: Process,
  group: string,
  words: readonly string[],
  host: string | undefined,
): Promise<number> => {
  const docker = new Docker(process, `docker ${group}`, PING);
  const known = groups.get(group);
  const [name] = words;
  const help = `Usage:  docker ${group} COMMAND\n\n${known?.summary}\n\n${sectionText({ title: 'Commands', entries: known?.entries ?? [] })}\nRun 'docker ${group} COMMAND --help' for more information on a command.\n`;
  if (name === undefined) {
    await docker.out.errorText(help);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') return say(docker, help);
  if (commandAt(`docker ${group} ${name}`))
    return runNamed(process, `docker ${group} ${name}`, words.slice(1), host);
  const usage = group === 'volume' ? ' COMMAND' : '';
  return wrong(
    docker,
    `docker ${group}`,
    `docker: unknown command: docker ${group} ${name}`,
    `Usage:  docker ${group}${usage}`,
    1,
  );
};

const runNamed = async (
  process: Process,
  path: string,
  words: readonly string[],
  host: string | undefined,
): Promise<number> => {
  const command = commandAt(path);
  const docker = new Docker(
    process,
    path,
    command?.request?.(words.filter((word) => !word.startsWith('-'))) ?? PING,
    host,
  );
  if (!command) {
    await docker.complain(`docker: unknown command: ${path}\n\nRun 'docker --help' for more information`);
    return 1;
  }
  const parsed = parseFlags<FlagTable>(command.flags, words, { interspersed: !command.takesCommand });
  if ('error' in parsed) return wrong(docker, path, parsed.error, usageLine(command, path), 125);
  for (const warning of parsed.warnings) docker.line(warning);
  if (parsed.wantsHelp) return say(docker, commandHelp(command, path));
  const miscount = wrongCount(command, parsed.args.length);
  if (miscount !== undefined) {
    const word = command.count.most === undefined ? 'See' : 'Run';
    return wrong(docker, path, `docker: '${path}' ${miscount}`, usageLine(command, path), 1, word);
  }
  return perform(docker, command, parsed.values as never, parsed.args);
};

const perform = async (
  docker: Docker,
  command: DockerCommand,
  flags: never,
  args: readonly string[],
): Promise<number> => {
  try {
    const status = await command.run(docker, flags, args);
    await docker.out.flush();
    return status;
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    await docker.complain(refusal.message);
    return refusal.status;
  }
};

/** An error, the usage line, and where help is. */
const wrong = async (
  docker: Docker,
  path: string,
  message: string,
  usage: string,
  status: number,
  word = 'Run',
): Promise<number> => {
  await docker.complain(`${message}\n\n${usage}\n\n${word} '${path} --help' for more information`);
  return status;
};

const wrongCount = ({ count: { least, most } }: DockerCommand, given: number): string | undefined => {
  if (given >= least && given <= (most ?? given)) return undefined;
  const many = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;
  if (most === 0) return 'accepts no arguments';
  if (most === least) return `requires ${many(least)}`;
  if (most === undefined) return `requires at least ${many(least)}`;
  return least === 0
    ? `requires at most ${many(most)}`
    : `requires at least ${least} and at most ${many(most)}`;
};

export const docker: Command = { name: 'docker', help: mainHelp(), run };
