// A filter over its inputs: outputs printed, errors told, and the exit status that comes of it.

import type { Output } from '../output.ts';
import { Calls } from './calls.ts';
import { readsInput } from './check.ts';
import type { CommandLine } from './command-line.ts';
import { type Environment, type Outputs, PAUSE, type World } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { functions, Halt } from './functions.ts';
import type { Inputs } from './inputs.ts';
import { isTrue, JqError, type Json } from './json.ts';
import { JsonSyntaxError } from './json-parser.ts';
import { jsonText, type TextStyle } from './json-text.ts';
import { isTooLarge, Memory } from './memory.ts';
import { run } from './outputs.ts';
import { environmentFor, preludeFunctions } from './program.ts';
import type { Filter } from './syntax-tree.ts';

const STATUS = { falsy: 1, unreadable: 2, noOutput: 4, error: 5 } as const;

/** Filters evaluated between two pauses. */
const TICKS = 512;

export const runFilter = async (
  out: Output,
  filter: Filter,
  variables: ReadonlyMap<string, Json>,
  line: CommandLine,
  inputs: Inputs,
): Promise<number> => new Run(out, filter, variables, line, inputs).all();

class Run {
  readonly #out: Output;
  readonly #filter: Filter;
  readonly #variables: ReadonlyMap<string, Json>;
  readonly #line: CommandLine;
  readonly #inputs: Inputs;
  readonly #style: TextStyle;
  readonly #raw: boolean;
  readonly #end: string;
  readonly #start: string;
  /** Inputs that were read ahead for `input` and `inputs`. */
  #ahead: Json[] | undefined;
  #problem: JsonSyntaxError | undefined;
  #last: Json | undefined;
  #status = 0;
  readonly #calls = new Calls();
  readonly #memory = new Memory();
  #ticks = 0;
  #said = '';

  constructor(
    out: Output,
    filter: Filter,
    variables: ReadonlyMap<string, Json>,
    line: CommandLine,
    inputs: Inputs,
  ) {
    this.#out = out;
    this.#filter = filter;
    this.#variables = variables;
    this.#line = line;
    this.#inputs = inputs;
    const { flags, indent = 2 } = line;
    const tabs = flags.has('tab') && !flags.has('compact-output');
    this.#style = {
      indent: flags.has('compact-output') ? 0 : Math.max(indent, 0),
      tabs,
      sortKeys: flags.has('sort-keys'),
      ascii: flags.has('ascii-output'),
      colors:
        flags.has('color-output') || (out.process.tty(1) !== undefined && !flags.has('monochrome-output')),
    };
    this.#raw = flags.has('raw-output') || flags.has('join-output');
    this.#end = flags.has('join-output') ? '' : '\n';
    this.#start = flags.has('seq') ? '\x1e' : '';
  }

  async all(): Promise<number> {
    const env = environmentFor(this.#world(), this.#variables);
    const { flags } = this.#line;
    try {
      if (readsInput(this.#filter)) await this.#readAhead();
      if (flags.has('null-input')) await this.#one(env, null);
      else if (flags.has('slurp')) await this.#one(env, await this.#slurp());
      else {
        for (let input = await this.#next(); input !== undefined; input = await this.#next()) {
          if (flags.has('stream')) await this.#pieces(env, input);
          else await this.#one(env, input);
          // A file that could not be read ends the run after the next value.
          if (this.#inputs.failed) break;
        }
      }
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      await this.#out.errorText(`parse error: ${error.message}\n`);
      return this.#finish(STATUS.noOutput);
    }
    return this.#finish(this.#inputs.failed ? STATUS.unreadable : this.#status);
  }

  async #finish(status: number): Promise<number> {
    await this.#out.flush();
    if (status !== 0 || !this.#line.flags.has('exit-status')) return status;
    if (this.#last === undefined) return STATUS.noOutput;
    return isTrue(this.#last) ? 0 : STATUS.falsy;
  }

  /** halt and halt_error end the work on this input; jq 1.6 goes on with the next one. */
  async #halt({ status, value }: Halt): Promise<void> {
    this.#status = status;
    if (value !== undefined)
      await this.#out.errorText(typeof value === 'string' ? value : `${jsonText(value)}\n`);
  }

  async #readAhead(): Promise<void> {
    const ahead: Json[] = [];
    try {
      for (let value = await this.#inputs.next(); value !== undefined; value = await this.#inputs.next())
        ahead.push(value);
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      this.#problem = error;
    }
    this.#ahead = ahead;
  }

  #next(): Json | undefined | Promise<Json | undefined> {
    return this.#ahead === undefined ? this.#inputs.next() : this.#nextAhead();
  }

  #nextAhead(): Json | undefined {
    const value = this.#ahead?.shift();
    if (value === undefined && this.#problem !== undefined) throw this.#problem;
    return value;
  }

  async #slurp(): Promise<Json> {
    if (this.#line.flags.has('raw-input')) return this.#inputs.text();
    const all: Json[] = [];
    for (let value = await this.#next(); value !== undefined; value = await this.#next()) all.push(value);
    return all;
  }

  /** With --stream: the filter gets the leaves with their paths. */
  async #pieces(env: Environment, input: Json): Promise<void> {
    for (const piece of this.#outputs(TOSTREAM, env, input)) {
      if (piece !== PAUSE) await this.#one(env, piece.value);
      else await this.#out.process.breathe();
    }
  }

  /** Runs the filter on one input. An error ends this input's outputs, not the program. */
  async #one(env: Environment, input: Json): Promise<void> {
    const { process } = this.#out;
    try {
      for (const output of this.#outputs(this.#filter, env, input)) {
        if (this.#said !== '') await this.#tell();
        if (output !== PAUSE) this.#print(output.value);
        const pause = this.#out.caughtUp() ?? process.breathe();
        if (!pause) continue;
        await pause;
        this.#memory.check();
      }
      this.#status = 0;
    } catch (error) {
      await this.#tell();
      if (isTooLarge(error)) await this.#abort();
      else if (error instanceof RangeError) await this.#complain('nesting is too deep');
      else if (error instanceof Halt) await this.#halt(error);
      else if (error instanceof JqError) await this.#complain(error.value);
      else throw error;
    }
    await this.#tell();
    if (process.tty(1) !== undefined) await this.#out.flush();
  }

  #outputs(filter: Filter, env: Environment, input: Json): Outputs {
    return this.#calls.all(run(filter, env, { value: input, path: undefined }));
  }

  async #abort(): Promise<void> {
    const { process } = this.#out;
    await this.#out.errorText('jq: error: cannot allocate memory\n');
    process.kill(process.pid, 'SIGABRT');
    process.checkpoint();
  }

  /** What debug and stderr have said in the meantime. */
  async #tell(): Promise<void> {
    const text = this.#said;
    this.#said = '';
    if (text !== '') await this.#out.errorText(text);
  }

  #print(value: Json): void {
    this.#last = value;
    const text = this.#raw && typeof value === 'string' ? value : jsonText(value, this.#style);
    this.#out.bytes(Buffer.from(this.#start + text + this.#end, 'utf8'));
  }

  async #complain(value: Json): Promise<void> {
    this.#status = STATUS.error;
    const shown = typeof value === 'string' ? `: ${value}` : ` (not a string): ${jsonText(value)}`;
    await this.#out.errorText(`jq: error (at ${this.#inputs.place})${shown}\n`);
  }

  #world(): World {
    const { process } = this.#out;
    return {
      evaluate,
      calls: this.#calls,
      natives: functions,
      prelude: preludeFunctions(),
      nextInput: () => this.#nextAhead(),
      inputName: () => this.#inputs.name,
      inputLine: () => this.#inputs.line,
      debug: (text) => {
        this.#said += text;
      },
      tick: () => ++this.#ticks % TICKS === 0,
      environment: new Map(process.env),
      now: () => Number(process.kernel.clock.now() / 1000n) / 1e6,
    };
  }
}

const TOSTREAM: Filter = { kind: 'call', name: 'tostream', args: [], place: { line: 1, at: 0 } };
