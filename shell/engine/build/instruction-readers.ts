// One reader per Dockerfile instruction: flags and argument counts checked, in the daemon's words.

import type { Healthcheck } from '../config.ts';
import {
  type CommandLine,
  type CopyArguments,
  type FrontEnd,
  type InstructionBody,
  InstructionError,
  type Pair,
} from './instruction.ts';
import type { InstructionWords } from './instruction-words.ts';

type Reader = (words: InstructionWords, frontEnd: FrontEnd) => InstructionBody;

const refuse = (message: string, known: readonly string[] = []): never => {
  throw new InstructionError(message, known);
};

type Flags = Readonly<Record<string, 'value' | 'switch' | 'values'>>;

/** Values of the leading flags, each as often as it may be given. */
const allFlagsOf = (words: InstructionWords, known: Flags): ReadonlyMap<string, readonly string[]> => {
  const flags = new Map<string, string[]>();
  for (const word of words.flags) {
    const [, name = '', value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const kind = Object.hasOwn(known, name)
      ? known[name]
      : refuse(`Unknown flag: ${name}`, Object.keys(known));
    if (value === undefined && kind !== 'switch') refuse(`Missing a value on flag: ${name}`);
    if (flags.has(name) && kind !== 'values') refuse(`Duplicate flag specified: ${name}`);
    if (kind === 'switch' && !['true', 'false', undefined].includes(value))
      refuse(`Expecting boolean value for flag ${name}, not: ${value}`);
    flags.set(name, [...(flags.get(name) ?? []), value ?? 'true']);
  }
  return flags;
};

const flagsOf = (words: InstructionWords, known: readonly string[] = []): ReadonlyMap<string, string> => {
  const flags = allFlagsOf(words, Object.fromEntries(known.map((name) => [name, 'value'])));
  return new Map([...flags].map(([name, [value = '']]) => [name, value]));
};

const some = (words: InstructionWords): readonly string[] =>
  words.args.length > 0 ? words.args : refuse(`${words.name} requires at least one argument`);

const one = (words: InstructionWords): string =>
  words.args.length === 1 ? (words.args[0] as string) : refuse(`${words.name} requires exactly one argument`);

const commandLine = ({ args, json }: InstructionWords): CommandLine => ({ words: args, shell: !json });

const pairs = (words: InstructionWords): Pair[] => {
  const args = some(words);
  const list: Pair[] = [];
  for (let at = 0; at + 1 < args.length; at += 2) {
    if (args[at] === '') refuse(`${words.name} names can not be blank`);
    list.push([args[at] as string, args[at + 1] as string]);
  }
  return list;
};

const copyFlags = { chown: 'value', chmod: 'value' } as const satisfies Flags;
const currentCopyFlags = { ...copyFlags, link: 'switch' } as const satisfies Flags;

const copyArguments = (words: InstructionWords, frontEnd: FrontEnd, own: Flags): CopyArguments => {
  if (words.args.length < 2) {
    refuse(
      `${words.name} requires at least two arguments, but only one was provided. Destination could not be determined`,
    );
  }
  const known = frontEnd === 'current' ? currentCopyFlags : copyFlags;
  const flags = allFlagsOf(words, { ...known, ...own });
  return {
    sources: words.args.slice(0, -1),
    destination: words.args.at(-1) as string,
    from: flags.get('from')?.[0],
    chown: flags.get('chown')?.[0],
    chmod: flags.get('chmod')?.[0],
    link: flags.get('link')?.[0] === 'true',
    checksum: flags.get('checksum')?.[0],
    heredocs: words.heredocs,
  };
};

const add: Reader = (words, frontEnd) => ({
  kind: 'add',
  ...copyArguments(words, frontEnd, frontEnd === 'current' ? { checksum: 'value' } : {}),
});

const copy: Reader = (words, frontEnd) => ({
  kind: 'copy',
  ...copyArguments(words, frontEnd, { from: 'value' }),
});

const from: Reader = (words) => {
  const [base = '', as = '', name] = words.args;
  const stage = words.args.length === 3 && as.toLowerCase() === 'as' ? name?.toLowerCase() : undefined;
  if (stage !== undefined && !/^[a-z][a-z0-9\-_.]*$/.test(stage)) {
    refuse(
      `invalid name for build stage: ${JSON.stringify(name)}, name can't start with a number or contain symbols`,
    );
  }
  if (stage === undefined && words.args.length !== 1) refuse('FROM requires either one or three arguments');
  const platform = flagsOf(words, ['platform']).get('platform');
  return { kind: 'from', base, stage, platform };
};

const runFlags: Readonly<Record<FrontEnd, Flags>> = {
  classic: { mount: 'values', network: 'value', security: 'value' },
  buildkit: { mount: 'values' },
  current: { mount: 'values', network: 'value' },
};

const run: Reader = (words, frontEnd) => {
  const flags = allFlagsOf(words, runFlags[frontEnd]);
  return {
    kind: 'run',
    command: commandLine(words),
    mounts: flags.get('mount') ?? [],
    network: flags.get('network')?.[0],
    heredocs: words.heredocs,
    needsBuildKit: [...flags.keys()][0],
  };
};

const arg: Reader = (words) => {
  const args = some(words).map((word): [string, string | undefined] => {
    const equals = word.indexOf('=');
    const name = equals === -1 ? word : word.slice(0, equals);
    if (name === '') refuse('ARG names can not be blank');
    return [name, equals === -1 ? undefined : word.slice(equals + 1)];
  });
  return { kind: 'arg', args };
};

const shell: Reader = (words) => {
  some(words);
  return words.json
    ? { kind: 'shell', words: words.args }
    : refuse('SHELL requires the arguments to be in JSON form');
};

const onbuild: Reader = (words) => {
  const [text = ''] = some(words);
  const trigger = (/^\S+/.exec(text)?.[0] ?? '').toUpperCase();
  if (trigger === 'ONBUILD') refuse("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  if (trigger === 'MAINTAINER' || trigger === 'FROM')
    refuse(`${trigger} isn't allowed as an ONBUILD trigger`);
  return { kind: 'onbuild', trigger: words.original.replace(/^\s*ONBUILD\s*/i, '') };
};

const durationUnits: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const duration = (text: string): number => {
  if (!/^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/.test(text)) {
    return refuse(`time: invalid duration ${JSON.stringify(text)}`);
  }
  let total = 0;
  for (const [, count, unit = 's'] of text.matchAll(/([\d.]+)(ns|us|ms|s|m|h)/g)) {
    total += Number(count) * (durationUnits[unit] ?? 0);
  }
  return total;
};

const LEAST = 1e6;

const longEnough = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return undefined;
  const time = duration(text);
  return time < LEAST ? refuse(`Interval "${name}" cannot be less than 1ms`) : time;
};

const retriesOf = (text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text)) refuse(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text) < 1 ? refuse(`--retries must be at least 1 (not ${Number(text)})`) : Number(text);
};

const healthcheck: Reader = (words) => {
  const [type = '', ...command] = some(words);
  if (type.toUpperCase() === 'NONE') {
    if (command.length > 0) refuse('HEALTHCHECK NONE takes no arguments');
    return { kind: 'healthcheck', health: { Test: ['NONE'] } };
  }
  if (type.toUpperCase() !== 'CMD') refuse(`Unknown type ${JSON.stringify(type)} in HEALTHCHECK (try CMD)`);
  if (command.length === 0) refuse('Missing command after HEALTHCHECK CMD');
  const flags = flagsOf(words, ['interval', 'timeout', 'start-period', 'retries']);
  const health: Healthcheck = { Test: [words.json ? 'CMD' : 'CMD-SHELL', ...command] };
  const interval = longEnough('interval', flags.get('interval'));
  const timeout = longEnough('timeout', flags.get('timeout'));
  const startPeriod = longEnough('start-period', flags.get('start-period'));
  const retries = retriesOf(flags.get('retries'));
  if (interval !== undefined) health.Interval = interval;
  if (timeout !== undefined) health.Timeout = timeout;
  if (startPeriod !== undefined) health.StartPeriod = startPeriod;
  if (retries !== undefined) health.Retries = retries;
  return { kind: 'healthcheck', health };
};

export const instructionReaders: Readonly<Record<string, Reader>> = {
  ADD: add,
  ARG: arg,
  CMD: (words) => ({ kind: 'cmd', command: commandLine(words) }),
  COPY: copy,
  ENTRYPOINT: (words) => ({ kind: 'entrypoint', command: commandLine(words) }),
  ENV: (words) => ({ kind: 'env', pairs: pairs(words) }),
  EXPOSE: (words) => ({ kind: 'expose', ports: [...some(words)].sort() }),
  FROM: from,
  HEALTHCHECK: healthcheck,
  LABEL: (words) => ({ kind: 'label', pairs: pairs(words) }),
  MAINTAINER: (words) => ({ kind: 'maintainer', maintainer: one(words) }),
  ONBUILD: onbuild,
  RUN: run,
  SHELL: shell,
  STOPSIGNAL: (words) => ({ kind: 'stopsignal', signal: one(words) }),
  USER: (words) => ({ kind: 'user', user: one(words) }),
  VOLUME: (words) => ({ kind: 'volume', paths: some(words) }),
  WORKDIR: (words) => ({ kind: 'workdir', path: one(words) }),
};
