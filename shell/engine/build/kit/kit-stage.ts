// A stage on its way through the front end: the vertex it has come to, its variables, and the history of its image.

import type { Config } from '../../config.ts';
import type { BuildArguments } from '../build-arguments.ts';
import { Stage } from '../stage.ts';
import { ExpansionError, showWord, type Variables } from '../word-expansion.ts';
import type { Vertex } from './vertex.ts';

export interface HistoryLine {
  readonly createdBy: string;
  /** The step that made its layer. */
  readonly vertex: Vertex | undefined;
}

export class KitStage extends Stage {
  /** undefined: scratch. */
  vertex: Vertex | undefined;
  readonly history: HistoryLine[] = [];
  /** What ENV and ARG have set, whichever came last. */
  readonly #set = new Map<string, string>();
  readonly #argumentNames: string[] = [];

  constructor(
    vertex: Vertex | undefined,
    config: Partial<Config>,
    args: BuildArguments,
    escapeToken: string,
    /** A stage of this Dockerfile goes on with its history and its variables. */
    before: KitStage | undefined,
  ) {
    super('', config, args, escapeToken);
    this.vertex = vertex;
    if (before !== undefined) {
      this.history.push(...before.history);
      this.maintainer = before.maintainer;
    }
    this.takeEnvironment(this.env.map((entry) => entry.split('=', 1)[0] as string));
  }

  /** After ENV: these names. */
  takeEnvironment(names: readonly string[]): void {
    for (const entry of this.env) {
      const cut = entry.indexOf('=');
      const name = entry.slice(0, cut);
      if (names.includes(name)) this.#set.set(name, entry.slice(cut + 1));
    }
  }

  /** A here-document with its variables filled in; quotes and escapes stay. Throws BuildError. */
  expandDocument(text: string): string {
    return text.replace(/[\\`][\s\S]|\$(?:\{[^}]*\}|\w+)/g, (word) =>
      word.startsWith('$') ? this.expand(word) : word,
    );
  }

  /** After ARG. */
  takeArgument(name: string): void {
    const value = this.arguments.declaredValue(name);
    if (!this.#argumentNames.includes(name)) this.#argumentNames.push(name);
    if (value !== undefined) this.#set.set(name, value);
  }

  /** What a program of this stage gets. */
  get runEnvironment(): string[] {
    const own = [...this.#set].map(([name, value]) => `${name}=${value}`);
    const beside = this.arguments
      .beside(own)
      .filter((entry) => !this.#set.has(entry.split('=', 1)[0] as string));
    return [...own, ...beside];
  }

  /** A command as history knows it, the arguments it saw before it. */
  recorded(argv: readonly string[]): string {
    const seen = this.#argumentNames.map((name) => `${name}=${this.#set.get(name) ?? ''}`);
    return [...(seen.length > 0 ? [`|${seen.length}`, ...seen] : []), ...argv].join(' ');
  }

  /** A command as the progress shows it. */
  shown(text: string): string {
    try {
      return showWord(text, this.variables(), this.escapeToken);
    } catch (error) {
      if (error instanceof ExpansionError) return text;
      throw error;
    }
  }

  protected override variables(): Variables {
    return (name) => this.#set.get(name) ?? this.arguments.value(name);
  }
}
