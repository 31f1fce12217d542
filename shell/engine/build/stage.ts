// The state of a build stage: the image so far, and the configuration that its next image gets.

import { type Config, orderedConfig } from '../config.ts';
import type { BuildArguments } from './build-arguments.ts';
import { failBuild } from './build-error.ts';
import { ExpansionError, expandWord, expandWords, type Variables } from './word-expansion.ts';

const DEFAULT_SHELL = ['/bin/sh', '-c'];
const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export class Stage {
  /** `''` is scratch. */
  imageId: string;
  config: Config;
  readonly arguments: BuildArguments;
  maintainer = '';
  /** A CMD of this stage: ENTRYPOINT leaves it alone. */
  commandSet = false;
  protected readonly escapeToken: string;

  constructor(imageId: string, config: Partial<Config>, args: BuildArguments, escapeToken: string) {
    this.imageId = imageId;
    this.config = orderedConfig({ ...config, OpenStdin: false, StdinOnce: false });
    this.arguments = args;
    this.escapeToken = escapeToken;
    if (!this.env.some((entry) => entry.startsWith('PATH='))) this.config.Env = [...this.env, DEFAULT_PATH];
  }

  get env(): readonly string[] {
    return this.config.Env ?? [];
  }

  get shell(): readonly string[] {
    return this.config.Shell ?? DEFAULT_SHELL;
  }

  /** The configuration with another command, as it stands in container_config. */
  withCommand(command: readonly string[]): Config {
    return orderedConfig({ ...this.config, Cmd: [...command] });
  }

  /** The command by which a step without a program is known: `#(nop)`. */
  nop(...comment: readonly string[]): string[] {
    return [...this.shell, ...comment];
  }

  /** An argument with its variables filled in. Throws BuildError. */
  expand(word: string): string {
    return guarded(() => expandWord(word, this.variables(), this.escapeToken));
  }

  expandList(words: readonly string[]): string[] {
    return words.flatMap((word) => guarded(() => expandWords(word, this.variables(), this.escapeToken)));
  }

  protected variables(): Variables {
    const env = new Map(this.env.map((entry): [string, string] => split(entry)));
    return (name) => env.get(name) ?? this.arguments.value(name);
  }
}

const split = (entry: string): [string, string] => {
  const equals = entry.indexOf('=');
  return equals === -1 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
};

const guarded = <T>(expand: () => T): T => {
  try {
    return expand();
  } catch (error) {
    if (error instanceof ExpansionError) return failBuild(error.message);
    throw error;
  }
};
