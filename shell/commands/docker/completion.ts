// What a word of a docker command line could become: from the table of commands, their flags and usage lines,
// and the names the engine knows.

import { engineOf } from '../../engine/connect.ts';
import type { ContainerSummary } from '../../engine/contract.ts';
import type { EngineApi } from '../../engine/engine.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { quietly } from '../../engine/quiet.ts';
import { isFsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { commandAt, commandWords, groups } from './command-table.ts';
import type { DockerCommand } from './docker-command.ts';
import type { FlagTable } from './flags.ts';
import { globalFlags } from './global-flags.ts';

interface CompletedWord {
  readonly word: string;
  /** More of the same word is to follow: `web:`. */
  readonly goesOn?: boolean;
}

/** The words that begin with `prefix` and may follow `docker ...before`; undefined where a path of the host may. */
export const dockerWords = (
  process: Process,
  before: readonly string[],
  prefix: string,
): CompletedWord[] | undefined => {
  const words = wordsAfter(process, before, prefix);
  return words
    ?.filter(({ word }) => word.startsWith(prefix))
    .sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : 0));
};

const wordsAfter = (
  process: Process,
  before: readonly string[],
  prefix: string,
): CompletedWord[] | undefined => {
  const { operands: names, waiting } = skipFlags(globalFlags, before);
  if (waiting !== undefined) return [];
  const [first, second] = names;
  if (first === undefined)
    return prefix.startsWith('-') ? flagWords(globalFlags, prefix) : plain(commandWords());
  const isGroup = groups.has(first);
  if (isGroup && second === undefined) return plain(groups.get(first)?.entries.map(([name]) => name) ?? []);
  const path = isGroup ? `docker ${first} ${second}` : `docker ${first}`;
  const command = commandAt(path);
  if (command === undefined) return [];
  const rest = names.slice(isGroup ? 2 : 1);
  return argumentWords(process, command, rest, prefix);
};

const plain = (words: readonly string[]): CompletedWord[] => words.map((word) => ({ word }));

const argumentWords = (
  process: Process,
  command: DockerCommand,
  words: readonly string[],
  prefix: string,
): CompletedWord[] | undefined => {
  const { operands, waiting } = skipFlags(command.flags, words, !command.takesCommand);
  if (waiting !== undefined) return valueWords(process, waiting, prefix);
  const isCommandOfTheirs = command.takesCommand === true && operands.length > 0;
  if (prefix.startsWith('-') && !isCommandOfTheirs) return flagWords(command.flags, prefix);
  return operandWords(process, command, operands, prefix);
};

/** Operands among words, and the flag that still waits for its value. Global flags end at the first operand. */
const skipFlags = (
  table: FlagTable,
  words: readonly string[],
  interspersed = false,
): { operands: readonly string[]; waiting?: string } => {
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') return { operands: [...operands, ...words.slice(at + 1)] };
    if (!word.startsWith('-') || word === '-') {
      if (!interspersed) return { operands: words.slice(at) };
      operands.push(word);
      continue;
    }
    const taker = valueTaker(table, word);
    if (taker === undefined) continue;
    at++;
    if (at === words.length) return { operands, waiting: taker };
  }
  return { operands };
};

/** The flag of a word whose value is the next word. */
const valueTaker = (table: FlagTable, word: string): string | undefined => {
  if (word.includes('=')) return undefined;
  const name = word.startsWith('--')
    ? word.slice(2)
    : Object.keys(table).find((key) => table[key]?.short === word.at(-1));
  const flag = name === undefined ? undefined : table[name];
  return flag === undefined || flag.kind === 'bool' ? undefined : name;
};

const flagWords = (table: FlagTable, prefix: string): CompletedWord[] => {
  const shown = Object.entries(table).filter(([, flag]) => !flag.hidden);
  const long = [...shown.map(([name]) => `--${name}`), '--help'];
  const short = shown.flatMap(([, flag]) => (flag.short === undefined ? [] : [`-${flag.short}`]));
  return plain(prefix.startsWith('--') ? long : [...short, ...long]);
};

type Source = (engine: EngineApi) => CompletedWord[];

const containers =
  (fits: (container: ContainerSummary) => boolean = () => true): Source =>
  (engine) =>
    plain(
      engine.containers
        .list({ all: true })
        .filter(fits)
        .map(({ name }) => name),
    );

const images: Source = (engine) => plain(engine.images.list().flatMap(({ tags }) => tags));
const volumes: Source = (engine) => plain(engine.volumes.list().map(({ Name }) => Name));
const networks: Source = (engine) => plain(engine.networks.list().map(({ Name }) => Name));
const isUp = ({ state }: ContainerSummary): boolean => state.Running;

/** The containers a command has something to do with, where it is not all of them. */
const fitting: Readonly<Record<string, Source>> = {
  attach: containers(isUp),
  exec: containers(isUp),
  kill: containers(isUp),
  pause: containers((container) => isUp(container) && !container.state.Paused),
  start: containers((container) => !isUp(container)),
  stop: containers(isUp),
  top: containers(isUp),
  unpause: containers(({ state }) => state.Paused),
};

/** What the words of a usage line stand for; those left out are free text. */
const sources: Readonly<Record<string, Source>> = {
  CONTAINER: containers(),
  IMAGE: images,
  VOLUME: volumes,
  NETWORK: networks,
  CONTEXT: () => plain(['default']),
  REPOSITORY: images,
  SOURCE_IMAGE: images,
  TARGET_IMAGE: images,
  NAME: (engine) => [...containers()(engine), ...images(engine), ...volumes(engine)],
};

/** Operands that are paths of the host. */
const PATHS = /^(PATH|file|DEST_PATH|SRC_PATH|COMMAND|ARG)/;

const operandWords = (
  process: Process,
  command: DockerCommand,
  operands: readonly string[],
  prefix: string,
): CompletedWord[] | undefined => {
  const verb = command.paths[0].split(' ').at(-1) as string;
  if (verb === 'cp') return copyWords(process, operands, prefix);
  if (verb === 'pull') return ask(process, images);
  const slots = command.usage
    .split(' ')
    .filter((slot) => slot !== '[OPTIONS]')
    .map((slot) => ({ name: /[A-Za-z_]+/.exec(slot)?.[0] ?? '', repeats: slot.includes('...') }));
  const slot = slots[operands.length] ?? slots.find(({ repeats }) => repeats);
  if (slot === undefined) return [];
  if (PATHS.test(slot.name)) return undefined;
  const source = slot.name === 'CONTAINER' ? (fitting[verb] ?? sources.CONTAINER) : sources[slot.name];
  const known = source === undefined ? [] : ask(process, source);
  return slot.repeats ? known.filter(({ word }) => !operands.includes(word)) : known;
};

// One of the two is `CONTAINER:PATH`, the other a path of the host.
const copyWords = (
  process: Process,
  operands: readonly string[],
  prefix: string,
): CompletedWord[] | undefined => {
  if (operands.some((operand) => /^[^/.][^/]*:/.test(operand))) return undefined;
  const names = ask(process, containers()).map(({ word }) => ({ word: `${word}:`, goesOn: true }));
  return names.some(({ word }) => word.startsWith(prefix)) ? names : undefined;
};

const valueWords = (process: Process, flag: string, prefix: string): CompletedWord[] | undefined => {
  if (flag === 'volumes-from' || flag === 'link') return ask(process, containers());
  if (flag === 'network' || flag === 'net') return ask(process, networks);
  if (flag === 'restart') return plain(['no', 'always', 'unless-stopped', 'on-failure']);
  if (flag === 'volume' && !/^[/.~]/.test(prefix))
    return ask(process, volumes).map(({ word }) => ({ word: `${word}:`, goesOn: true }));
  return PATH_FLAGS.test(flag) ? undefined : [];
};

const PATH_FLAGS = /^(file|env-file|label-file|cidfile|iidfile|output|config|volume|device)$/;

/** The engine's answer, unseen by traces; nothing where the daemon is not to be reached. */
const ask = (process: Process, source: Source): CompletedWord[] => {
  try {
    return quietly(process.kernel, () => source(engineOf(process)));
  } catch (error) {
    if (isFsError(error) || isEngineError(error)) return [];
    throw error;
  }
};
