// What a running program has: variables, the record, its input and its streams.

import type { Process } from '../../fs/process.ts';
import { createRandom, type Random } from '../../fs/random.ts';
import { byteCodec, codecOf, type TextCodec } from '../text-codec.ts';
import { AwkArray } from './array.ts';
import { AwkError, type Dialect, type Moment } from './dialect.ts';
import { formatText } from './format.ts';
import { MainInput } from './main-input.ts';
import { numberText } from './number-text.ts';
import { Patterns, RegexError } from './pattern.ts';
import { CurrentRecord } from './record.ts';
import type { RawRecord } from './record-reader.ts';
import { type Splitter, splitterFor, withNewlines } from './splitting.ts';
import { Streams } from './streams.ts';
import type { Place } from './token.ts';
import { Input, setNumberRules, toNumber, type Value } from './value.ts';

export interface Variable {
  value: Value;
  /** Told after every assignment. */
  readonly changed?: () => void;
}

const NOWHERE: Place = { line: 1, column: 0, text: '', near: '' };

export class Runtime {
  readonly process: Process;
  readonly dialect: Dialect;
  readonly codec: TextCodec;
  readonly patterns: Patterns;
  readonly streams: Streams;
  readonly record: CurrentRecord;
  readonly input = new MainInput(this);
  readonly arrays = new Map<string, AwkArray>();
  readonly #variables = new Map<string, Variable>();
  /** Variables that are asked for again and again, as text. */
  separators = { field: ' ', record: '\n', output: ' ', outputRecord: '\n', subscript: '\x1c' };
  #conversion = '%.6g';
  #outputFormat = '%.6g';
  #splitter: Splitter;
  exitStatus = 0;
  /** How deep functions are nested. */
  depth = 0;
  seed = 0;
  random: Random;

  constructor(process: Process, dialect: Dialect) {
    this.process = process;
    this.dialect = dialect;
    this.codec = dialect.characters ? codecOf(process) : byteCodec;
    setNumberRules({ hexInput: dialect.hexInput, signedNames: dialect.name === 'gawk' });
    this.patterns = new Patterns(dialect, this.codec.utf8);
    this.streams = new Streams(
      process,
      this.codec,
      new Patterns(dialect, false),
      dialect.name === 'mawk' ? '/bin/sh' : 'sh',
    );
    this.#splitter = splitterFor(' ', this.patterns);
    this.record = new CurrentRecord({
      split: (text) => this.#splitter(text),
      text: (value) => this.text(value),
      outputSeparator: () => this.separators.output,
    });
    // mawk begins anywhere, the others always with the same numbers.
    this.random = createRandom(dialect.name === 'mawk' ? process.kernel.random.next() : 0);
    this.#defineVariables();
  }

  #defineVariables(): void {
    const initial: Record<string, [Value, ((text: string) => void)?]> = {
      FS: [' ', (text) => this.#setFieldSeparator(text, this.separators.record)],
      RS: ['\n', (text) => this.#setFieldSeparator(this.separators.field, text)],
      OFS: [' ', (text) => this.#separate({ output: text })],
      ORS: ['\n', (text) => this.#separate({ outputRecord: text })],
      SUBSEP: ['\x1c', (text) => this.#separate({ subscript: text })],
      CONVFMT: ['%.6g', (text) => this.#setConversion(text)],
      OFMT: ['%.6g', (text) => this.#setOutputFormat(text)],
      FILENAME: [''],
      NR: [0],
      FNR: [0],
      RSTART: [0],
      RLENGTH: [-1],
    };
    if (this.dialect.name === 'gawk') {
      initial.IGNORECASE = [0];
      initial.RT = [''];
      initial.FPAT = ['[^[:space:]]+', (text) => this.#setFieldPattern(text)];
    }
    for (const [name, [value, changed]] of Object.entries(initial)) {
      const variable: Variable =
        changed === undefined ? { value } : { value, changed: () => changed(this.text(variable.value)) };
      this.#variables.set(name, variable);
    }
    if (this.dialect.name === 'gawk') this.#watchCase();
  }

  #watchCase(): void {
    const variable: Variable = {
      value: 0,
      changed: () => {
        this.patterns.ignoreCase = toNumber(variable.value) !== 0;
        this.#setFieldSeparator(this.separators.field, this.separators.record);
      },
    };
    this.#variables.set('IGNORECASE', variable);
  }

  #separate(change: Partial<Runtime['separators']>): void {
    // What has been assigned to fields keeps the separator of its time.
    if (change.output !== undefined) void this.record.whole;
    this.separators = { ...this.separators, ...change };
  }

  #setConversion(text: string): void {
    this.#conversion = text;
  }

  #setOutputFormat(text: string): void {
    this.#outputFormat = text;
  }

  #setFieldSeparator(field: string, record: string): void {
    this.record.settle();
    this.#separate({ field, record });
    this.#splitter = this.guard(NOWHERE, () =>
      record === '' ? withNewlines(field, this.patterns) : splitterFor(field, this.patterns),
    );
  }

  /** gawk: FPAT says what fields are, not what separates them. */
  #setFieldPattern(source: string): void {
    this.record.settle();
    const matcher = this.guard(NOWHERE, () => this.patterns.compile(source));
    this.#splitter = (text) => {
      const fields: string[] = [];
      for (let from = 0; from < text.length; ) {
        const match = matcher.find(text, from);
        if (match === undefined) break;
        fields.push(text.slice(match.start, match.end));
        from = match.end > match.start ? match.end : match.end + 1;
      }
      return fields;
    };
  }

  variable(name: string): Variable {
    let variable = this.#variables.get(name);
    if (variable === undefined) {
      variable = { value: undefined };
      this.#variables.set(name, variable);
    }
    return variable;
  }

  array(name: string): AwkArray {
    let array = this.arrays.get(name);
    if (array === undefined) {
      array = new AwkArray();
      this.arrays.set(name, array);
    }
    return array;
  }

  assign(name: string, value: Value): void {
    if (name === 'NF') {
      this.record.count = toNumber(value);
      return;
    }
    const variable = this.variable(name);
    variable.value = value;
    variable.changed?.();
  }

  /** By CONVFMT. */
  text(value: Value): string {
    if (typeof value === 'string') return value;
    if (value === undefined) return '';
    return typeof value === 'number' ? this.#numberText(value, this.#conversion) : value.text;
  }

  /** By OFMT: what print prints. */
  outputText(value: Value): string {
    return typeof value === 'number' ? this.#numberText(value, this.#outputFormat) : this.text(value);
  }

  #numberText(value: number, format: string): string {
    // Small whole numbers are most of all.
    if ((value | 0) === value && value !== -2147483648) return String(value);
    return numberText(value, format, this.dialect, (how, what) => formatText(this, how, [what], NOWHERE));
  }

  /** The key of an array element. */
  key(values: readonly Value[]): string {
    return values.length === 1
      ? this.text(values[0])
      : values.map((value) => this.text(value)).join(this.separators.subscript);
  }

  /** Text that came in as bytes. */
  decode(text: string): string {
    if (!this.codec.utf8 || !/[\x80-\xff]/.test(text)) return text;
    return this.codec.decode(byteCodec.encode(text));
  }

  /** Makes a record of the main input or of getline the current one. */
  setRecord({ text, end }: RawRecord): void {
    this.record.whole = new Input(this.decode(text));
    if (this.dialect.name === 'gawk') this.variable('RT').value = end;
  }

  count(...names: string[]): void {
    for (const name of names) {
      const variable = this.variable(name);
      variable.value = toNumber(variable.value) + 1;
    }
  }

  get moment(): Moment {
    return {
      fileName: this.text(this.variable('FILENAME').value),
      fileRecords: toNumber(this.variable('FNR').value),
      records: toNumber(this.variable('NR').value),
    };
  }

  /** What stops the program at `place`. */
  error(place: Place, message: string): AwkError {
    const { moment } = this;
    return new AwkError(
      this.dialect.runtime(message, moment, place),
      this.dialect.name === 'busybox' ? 1 : 2,
    );
  }

  /** Runs what compiles a pattern; a bad one stops the program. */
  guard<T>(place: Place, run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      throw this.dialect.badRegex('', error.message, place, this.moment);
    }
  }
}
