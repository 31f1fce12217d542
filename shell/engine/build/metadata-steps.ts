// Steps that only change the configuration: they make an image, but no layer.

import type { Healthcheck } from '../config.ts';
import { goDuration } from '../go-duration.ts';
import { resolvePath } from '../go-path.ts';
import { isSignalWord } from '../signal-words.ts';
import { failBuild } from './build-error.ts';
import type { CommandLine, Instruction, InstructionOf } from './instruction.ts';
import type { Stage } from './stage.ts';

/** What Go's %q makes of a list of strings. */
const quoted = (words: readonly string[]): string =>
  `[${words.map((word) => JSON.stringify(word)).join(' ')}]`;

export const commandOf = (stage: Stage, { words, shell }: CommandLine): string[] =>
  shell ? [...stage.shell, ...words] : [...words];

type MetadataKind = Exclude<Instruction['kind'], 'from' | 'run' | 'copy' | 'add' | 'workdir'>;
type MetadataStep<K extends MetadataKind> = (stage: Stage, instruction: InstructionOf<K>) => string;

const setVariable = (stage: Stage, name: string, value: string): string => {
  const entry = `${name}=${value}`;
  const env = [...stage.env];
  const at = env.findIndex((known) => known.split('=', 1)[0] === name);
  if (at === -1) env.push(entry);
  else env[at] = entry;
  stage.config.Env = env;
  return entry;
};

const portKey = (spec: string): string[] => {
  const [range = '', protocol = 'tcp'] = spec.split('/');
  const [first = '', last = first] = range.split('-');
  const valid = [first, last].every((port) => /^\d+$/.test(port) && Number(port) <= 65535);
  if (!valid || Number(last) < Number(first)) return failBuild(`Invalid containerPort: ${range}`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase()))
    return failBuild(`Invalid proto: ${protocol}`);
  const keys: string[] = [];
  for (let port = Number(first); port <= Number(last); port += 1)
    keys.push(`${port}/${protocol.toLowerCase()}`);
  return keys;
};

const healthText = ({
  Test = [],
  Interval = 0,
  Timeout = 0,
  StartPeriod = 0,
  Retries = 0,
}: Healthcheck): string => {
  const times = [Interval, Timeout, StartPeriod].map((time) => `"${goDuration(time)}"`).join(' ');
  return `&{${quoted(Test)} ${times} '\\x${Retries.toString(16).padStart(2, '0')}'}`;
};

/** Changes the stage's configuration and gives the comment that stands for the step. */
export const metadataSteps: { readonly [K in MetadataKind]: MetadataStep<K> } = {
  env: (stage, { pairs }) => {
    // All are filled in as the variables stand before the instruction.
    const expanded = pairs.map(([name, value]): [string, string] => [
      stage.expand(name),
      stage.expand(value),
    ]);
    return `ENV ${expanded.map(([name, value]) => setVariable(stage, name, value)).join(' ')}`;
  },
  label: (stage, { pairs }) => {
    const labels = pairs.map(([name, value]): [string, string] => [stage.expand(name), stage.expand(value)]);
    stage.config.Labels = { ...stage.config.Labels, ...Object.fromEntries(labels) };
    return `LABEL ${labels.map(([name, value]) => `${name}=${value}`).join(' ')}`;
  },
  arg: (stage, { args }) => {
    const shown = args.map(([word, raw]) => {
      const name = stage.expand(word);
      const value = raw === undefined ? undefined : stage.expand(raw);
      stage.arguments.declare(name, value);
      return value === undefined ? name : `${name}=${value}`;
    });
    return `ARG ${shown.join(' ')}`;
  },
  cmd: (stage, { command }) => {
    const words = commandOf(stage, command);
    stage.config.Cmd = words;
    if (command.words.length > 0) stage.commandSet = true;
    return `CMD ${quoted(words)}`;
  },
  entrypoint: (stage, { command }) => {
    const words = commandOf(stage, command);
    stage.config.Entrypoint = words;
    if (!stage.commandSet) stage.config.Cmd = null;
    return `ENTRYPOINT ${quoted(words)}`;
  },
  user: (stage, { user }) => {
    stage.config.User = stage.expand(user);
    return `USER ${stage.config.User}`;
  },
  maintainer: (stage, { maintainer }) => {
    stage.maintainer = maintainer;
    return `MAINTAINER ${maintainer}`;
  },
  stopsignal: (stage, { signal }) => {
    const name = stage.expand(signal);
    if (!isSignalWord(name)) failBuild(`Invalid signal: ${name}`);
    stage.config.StopSignal = name;
    return `STOPSIGNAL ${name}`;
  },
  expose: (stage, { ports }) => {
    const list = stage.expandList(ports);
    const keys = list.flatMap(portKey).map((key): [string, object] => [key, {}]);
    stage.config.ExposedPorts = { ...stage.config.ExposedPorts, ...Object.fromEntries(keys) };
    return `EXPOSE ${list.join(' ')}`;
  },
  volume: (stage, { paths }) => {
    const list = paths.map((path) => stage.expand(path));
    if (list.includes('')) failBuild('VOLUME specified can not be an empty string');
    stage.config.Volumes = { ...stage.config.Volumes, ...Object.fromEntries(list.map((path) => [path, {}])) };
    return `VOLUME [${list.join(' ')}]`;
  },
  shell: (stage, { words }) => {
    stage.config.Shell = [...words];
    return `SHELL [${words.join(' ')}]`;
  },
  onbuild: (stage, { trigger }) => {
    stage.config.OnBuild = [...(stage.config.OnBuild ?? []), trigger];
    return `ONBUILD ${trigger}`;
  },
  healthcheck: (stage, { health }) => {
    stage.config.Healthcheck = health;
    return `HEALTHCHECK ${healthText(health)}`;
  },
};

/** A directory relative to the one before. Throws BuildError. */
export const nextWorkingDirectory = (stage: Stage, path: string): string => {
  const wanted = stage.expand(path);
  if (wanted === '') failBuild('cannot normalize nothing');
  return resolvePath(`/${stage.config.WorkingDir}`, wanted);
};
