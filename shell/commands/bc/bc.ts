// bc: arithmetic of any precision.

import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { closeInput, lines, openInput } from '../input.ts';
import { parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { isTerminal } from '../terminal.ts';
import { toText } from '../text.ts';
import { Lexer } from './lexer.ts';
import { Machine } from './machine.ts';
import { runRoutine } from './run-routine.ts';
import { StatementCompiler } from './statement.ts';
import { Words } from './words.ts';

const options = {
  compile: { short: 'c' },
  help: { short: 'h' },
  interactive: { short: 'i' },
  mathlib: { short: 'l' },
  quiet: { short: 'q' },
  standard: { short: 's' },
  version: { short: 'v' },
  warn: { short: 'w' },
} as const;

const WIDTH = 70;

const LIMITS = `BC_BASE_MAX     = 2147483647
BC_DIM_MAX      = 16777215
BC_SCALE_MAX    = 2147483647
BC_STRING_MAX   = 2147483647
MAX Exponent    = 9223372036854775807
Number of vars  = 32767
`;

const BANNER = 'bc (cowsh, in the manner of GNU bc 1.07.1)\n';

export const bc: Command = {
  name: 'bc',
  usageHint: '',
  help: `usage: bc [options] [file ...]
Calculate with numbers of any length: a language of statements and functions.

  -h  --help         show this text and end
  -i  --interactive  behave as at a terminal
  -l  --mathlib      have s, c, a, l, e and j, and a scale of 20
  -q  --quiet        no line of greeting
  -s  --standard     (accepted) nothing but POSIX's language
  -w  --warn         (accepted) warn of what POSIX's language has not
  -v  --version      show the version and end
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, bc, argv, options);
    if ('exit' in parsed) {
      if (parsed.exit !== 0) await out.errorText(bc.help);
      return parsed.exit;
    }
    if (parsed.has('help') || parsed.has('version')) {
      out.text(parsed.has('help') ? bc.help : BANNER);
      return out.end();
    }
    const interactive = parsed.has('interactive') || (isTerminal(process, 0) && isTerminal(process, 1));
    if (interactive && !parsed.has('quiet')) out.text(BANNER);
    const wrap = new Wrap(process.env.get('BC_LINE_LENGTH'));
    let read: () => Promise<string | undefined> = async () => undefined;
    const machine = new Machine(
      {
        print: (text) => out.text(wrap.add(text)),
        complain: (text) => out.errorText(`${text}\n`),
        readLine: () => read(),
        breathe: async () => {
          await out.caughtUp();
          await process.breathe();
        },
      },
      parsed.has('mathlib'),
    );
    for (const name of [...parsed.operands, '-']) {
      const opened = attempt(() => openInput(process, name));
      if (opened.error) {
        await out.errorText(`File ${name} is unavailable.\n`);
        return 1;
      }
      const source = sourceOf(out, opened.value);
      read = source;
      const goesOn = await runSource(out, machine, source, name === '-' ? '(standard_in)' : name);
      closeInput(process, opened.value);
      if (!goesOn) break;
    }
    return out.end();
  },
};

/** The lines of a descriptor; what was printed is shown before a line is waited for. */
const sourceOf = (out: Output, fd: number): (() => Promise<string | undefined>) => {
  const iterator = lines(out.process, fd)[Symbol.asyncIterator]();
  return async () => {
    if (out.process.tty(fd)) await out.flush();
    const { value, done } = await iterator.next();
    return done ? undefined : toText(value);
  };
};

/** Runs a program line by line; false when it has ended itself. */
const runSource = async (
  out: Output,
  machine: Machine,
  line: () => Promise<string | undefined>,
  name: string,
): Promise<boolean> => {
  const complain = (at: number, text: string): Promise<void> => out.errorText(`${name} ${at}: ${text}\n`);
  const lexer: Lexer = new Lexer({
    line,
    illegal: (character) => complain(lexer.line, `illegal character: ${shown(character)}`),
  });
  const words = new Words(lexer, complain);
  const statements = new StatementCompiler(words, {
    limits: () => out.text(LIMITS),
    warranty: () => out.text(BANNER),
  });
  for (;;) {
    const item = await statements.item();
    if (item.kind === 'end') return true;
    if (item.kind === 'quit') return false;
    if (item.kind === 'define') machine.define(item.routine);
    if (item.kind === 'run' && !(await runRoutine(machine, item.routine))) return false;
    if (out.process.tty(1)) await out.flush();
  }
};

const shown = (character: string): string =>
  character < ' ' ? `^${String.fromCharCode(character.charCodeAt(0) + 64)}` : character;

/** Breaks long lines as bc does: a backslash in the last column but one. */
class Wrap {
  readonly #width: number;
  #column = 0;

  constructor(text: string | undefined) {
    const width = Number(text ?? WIDTH);
    this.#width = width === 0 ? Number.POSITIVE_INFINITY : width > 2 ? width : WIDTH;
  }

  add(text: string): string {
    let wrapped = '';
    for (const character of text) {
      if (character === '\n') this.#column = 0;
      else if (++this.#column === this.#width - 1) {
        wrapped += '\\\n';
        this.#column = 1;
      }
      wrapped += character;
    }
    return wrapped;
  }
}
