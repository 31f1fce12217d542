// The awks that images bring: what each of them understands, how it prints numbers, and its words for trouble.

import type { Place } from './token.ts';

export type DialectName = 'mawk' | 'gawk' | 'busybox';

/** Where a run-time error happened. */
export interface Moment {
  readonly fileName: string;
  readonly fileRecords: number;
  readonly records: number;
}

export interface Dialect {
  readonly name: DialectName;
  /** Characters of the locale; the others count bytes. */
  readonly characters: boolean;
  /** Whole numbers from here on are printed by CONVFMT or OFMT. */
  readonly wholeLimit: number;
  /** What printf's %d can show. */
  readonly integerLimit: number;
  /** `a{2}` in patterns. */
  readonly intervals: boolean;
  /** `\w`, `\<` and their kin in patterns. */
  readonly gnuPatterns: boolean;
  /** `**`, `switch`, `func`, BEGINFILE: the language beyond POSIX. */
  readonly extended: boolean;
  readonly hexInput: boolean;
  /** Status of a program that cannot be read. */
  readonly syntaxStatus: number;
  syntaxError(place: Place): string;
  missingBrace(place: Place): string;
  openString(place: Place): string;
  openRegex(place: Place): string;
  undefinedFunction(place: Place, name: string): string;
  cannotRead(name: string, error: string): string;
  cannotReadProgram(name: string, error: string): string;
  cannotWrite(name: string, error: string, place: Place): string;
  runtime(message: string, moment: Moment, place: Place): string;
  /** `moment`: none for a pattern that stands in the program. */
  badRegex(pattern: string, problem: string, place: Place, moment: Moment | undefined): AwkError;
  directory(name: string): string;
  readonly words: {
    readonly divisionByZero: string | undefined;
    readonly fewArguments: ((format: string) => string) | undefined;
    readonly negativeField: (index: number) => string;
  };
}

const line = ({ line: number }: Place): string => `line ${number}: `;

const mawkRuntime = (message: string, { fileName, fileRecords, records }: Moment): string =>
  `run time error: ${message}\n\tFILENAME="${fileName}" FNR=${fileRecords} NR=${records}`;

const mawkBase = {
  name: 'mawk',
  characters: false,
  gnuPatterns: false,
  extended: false,
  syntaxStatus: 2,
  syntaxError: (place) => `${line(place)}syntax error at or near ${place.near || 'end of line'}`,
  missingBrace: (place) => `line ${place.line + 1}: missing } near end of file`,
  openString: (place) => `${line(place)}runaway string constant ${clipped(place.near)} ...`,
  openRegex: (place) => `${line(place)}runaway regular expression ${clipped(place.near)} ...`,
  undefinedFunction: (place, name) => `line ${place.line + 1}: function ${name} never defined`,
  cannotRead: (name, error) => `cannot open ${name} (${error})`,
  cannotReadProgram: (name, error) => `cannot open ${name} (${error})`,
  cannotWrite: (name, error) => `cannot open "${name}" for output (${error})`,
  runtime: mawkRuntime,
  badRegex(pattern, problem, place, moment) {
    const words = `regular expression compile failed (${MAWK_PATTERN_WORDS[problem] ?? problem})\n${pattern}`;
    return new AwkError(moment === undefined ? line(place) + words : mawkRuntime(words, moment));
  },
  directory: () => 'read error (Is a directory)',
  words: {
    divisionByZero: undefined,
    fewArguments: (format) => `not enough arguments passed to ${format}`,
    negativeField: (index) => `negative field index $${index}`,
  },
} satisfies Partial<Dialect>;

const clipped = (text: string): string => text.slice(0, 10);

const BAD_CLASS = 'bad class -- [], [^] or [';
const MAWK_PATTERN_WORDS: Readonly<Record<string, string>> = {
  'Unmatched ( or \\(': "missing ')'",
  'Unmatched [, [^, [:, [., or [=': BAD_CLASS,
  'Invalid regular expression': BAD_CLASS,
  'Invalid character class name': BAD_CLASS,
};

/** 1.3.4-20200120: Debian 11 and 12, Ubuntu 20.04 and 22.04. */
export const mawk: Dialect = {
  ...mawkBase,
  wholeLimit: 2 ** 31 - 1,
  integerLimit: 2 ** 31 - 1,
  intervals: false,
  hexInput: true,
};

/** 1.3.4-20240123: Ubuntu 24.04. */
export const newMawk: Dialect = {
  ...mawkBase,
  wholeLimit: 2 ** 63,
  integerLimit: 2 ** 63,
  intervals: true,
  hexInput: false,
};

const commandLine = ({ line: number }: Place): string => `cmd. line:${number}: `;

/** gawk shows the line, and a caret below the place. */
const shown = (place: Place, message: string): string => {
  const prefix = commandLine(place);
  const indent = ' '.repeat(Math.max(0, place.column));
  return `${prefix}${place.text}\nNAME: ${prefix}${indent}^ ${message}`;
};

export const gawk: Dialect = {
  name: 'gawk',
  characters: true,
  wholeLimit: Number.POSITIVE_INFINITY,
  integerLimit: Number.POSITIVE_INFINITY,
  intervals: true,
  gnuPatterns: true,
  extended: true,
  hexInput: false,
  syntaxStatus: 1,
  syntaxError: (place) =>
    shown(place, place.near === '' ? 'unexpected newline or end of string' : 'syntax error'),
  missingBrace: (place) => shown(place, 'unexpected newline or end of string'),
  openString: (place) => shown(place, 'unterminated string'),
  openRegex: (place) => shown(place, 'unterminated regexp'),
  undefinedFunction: (place, name) => `${commandLine(place)}fatal: function \`${name}' not defined`,
  cannotRead: (name, error) => `fatal: cannot open file \`${name}' for reading: ${error}`,
  cannotReadProgram: (name, error) => `fatal: cannot open source file \`${name}' for reading: ${error}`,
  cannotWrite: (name, error, place) => `${commandLine(place)}fatal: cannot redirect to \`${name}': ${error}`,
  runtime: (message, { fileName, fileRecords }, place) => {
    const where = fileRecords > 0 ? `(FILENAME=${fileName} FNR=${fileRecords}) ` : '';
    return `${commandLine(place)}${where}fatal: ${message}`;
  },
  badRegex(pattern, problem, place, moment) {
    const words = `${problem}: /${pattern}/`;
    if (moment === undefined) return new AwkError(`${commandLine(place)}error: ${words}`, 1);
    return new AwkError(this.runtime(`invalid regexp: ${words}`, moment, place));
  },
  directory: (name) => `warning: command line argument \`${name}' is a directory: skipped`,
  words: {
    divisionByZero: 'division by zero attempted',
    fewArguments: (format) => `not enough arguments to satisfy format string\n\t\`${format}'`,
    negativeField: (index) => `attempt to access field ${index}`,
  },
};

export const busybox: Dialect = {
  name: 'busybox',
  characters: false,
  wholeLimit: 2 ** 63,
  integerLimit: 2 ** 31,
  intervals: true,
  gnuPatterns: true,
  extended: false,
  hexInput: true,
  syntaxStatus: 1,
  syntaxError: (place) => `${commandLine(place)}Unexpected token`,
  missingBrace: (place) => `${commandLine(place)}Unexpected token`,
  openString: (place) => `${commandLine(place)}Unexpected end of string`,
  openRegex: (place) => `${commandLine(place)}Unexpected end of string`,
  undefinedFunction: (place) => `${commandLine(place)}Call to undefined function`,
  cannotRead: (name, error) => `${name}: ${error}`,
  cannotReadProgram: (name, error) => `can't open '${name}': ${error}`,
  cannotWrite: (name, error) => `can't open '${name}': ${error}`,
  runtime: (message, _moment, place) => `${commandLine(place)}${message}`,
  badRegex: (pattern, problem) => new AwkError(`bad regex '${pattern}': ${problem}`, 1),
  directory: () => 'cmd. line:1: Is a directory',
  words: {
    divisionByZero: 'Division by zero',
    fewArguments: undefined,
    negativeField: () => 'Access to negative field',
  },
};

/** Ends the program: reported as it is, after the program's name. */
export class AwkError extends Error {
  readonly status: number;

  constructor(message: string, status = 2) {
    super(message);
    this.status = status;
  }
}
