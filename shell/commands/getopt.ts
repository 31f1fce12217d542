// getopt: a script's options, put in order and quoted for `eval set --` (getopt(1), util-linux).

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import {
  type FoundOption,
  type Grammar,
  readLong,
  readShort,
  type Scan,
  scanCommandLine,
} from './getopt-scan.ts';
import { type Options, parseOptions, printHelp } from './options.ts';
import { Output } from './output.ts';
import { usageError } from './usage-error.ts';

const options = {
  alternative: { short: 'a' },
  longoptions: { short: 'l', argument: 'required' },
  name: { short: 'n', argument: 'required' },
  options: { short: 'o', argument: 'required' },
  quiet: { short: 'q' },
  'quiet-output': { short: 'Q' },
  shell: { short: 's', argument: 'required' },
  test: { short: 'T' },
  unquoted: { short: 'u' },
  help: { short: 'h' },
} as const;

const STATUS = { mistake: 1, usage: 2, enhanced: 4 } as const;

export const getopt: Command = {
  name: 'getopt',
  usageStatus: STATUS.usage,
  help: `
Usage:
 getopt <optstring> <parameters>
 getopt [options] [--] <optstring> <parameters>
 getopt [options] -o|--options <optstring> [options] [--] <parameters>

Put a script's options in order, for eval.

Options:
 -a, --alternative             long options may begin with a single -
 -l, --longoptions <longopts>  the long options to know
 -n, --name <progname>         the name in front of complaints
 -o, --options <optstring>     the short options to know
 -q, --quiet                   do not complain of wrong options
 -Q, --quiet-output            print no options
 -s, --shell <shell>           quote as <shell> reads it: sh, bash, csh, tcsh
 -T, --test                    say by the status that this is the enhanced getopt
 -u, --unquoted                do not quote what is printed

 -h, --help                    display this help
 -V, --version                 display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const [, first] = argv;
    const compatible = process.env.has('GETOPT_COMPATIBLE');
    if (first === undefined)
      return compatible ? printed(out, ' --\n') : usageError(out, getopt, 'missing optstring argument');
    if (compatible || !first.startsWith('-')) return asOnce(out, first, argv.slice(2));
    const parsed = await parseOptions(out, getopt, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('help')) return printHelp(out, getopt);
    if (parsed.has('test')) return STATUS.enhanced;
    const quote = quoting(parsed);
    if (quote === undefined) return usageError(out, getopt, 'unknown shell after -s or --shell argument');
    const [text, words] = optionText(parsed);
    if (text === undefined) return usageError(out, getopt, 'missing optstring argument');
    const grammar = {
      ...shortGrammar(process, text),
      long: readLong(parsed.values('longoptions').flatMap((names) => names.split(/[\s,]+/).filter(Boolean))),
      single: parsed.has('alternative'),
    };
    return print(out, scanCommandLine(words, grammar), {
      name: parsed.value('name') ?? 'getopt',
      quiet: parsed.has('quiet'),
      silent: parsed.has('quiet-output'),
      quote,
    });
  },
};

interface Style {
  readonly name: string;
  /** No complaints. */
  readonly quiet: boolean;
  /** No options either. */
  readonly silent: boolean;
  readonly quote: (text: string) => string;
}

/** The form that getopt had before it could quote. */
const asOnce = (out: Output, text: string, words: readonly string[]): Promise<number> => {
  const grammar = {
    ...shortGrammar(out.process, text.replace(/^[-+]+/, '')),
    long: new Map(),
    single: false,
  };
  return print(out, scanCommandLine(words, grammar), {
    name: 'getopt',
    quiet: false,
    silent: false,
    quote: (word) => word,
  });
};

/** The short options, and the words that are left: without -o the first of those is the options. */
const optionText = (parsed: Options<keyof typeof options>): [string | undefined, readonly string[]] => {
  const given = parsed.value('options');
  if (given !== undefined) return [given, parsed.operands];
  const [text, ...words] = parsed.operands;
  return [text, words];
};

const shortGrammar = (process: Process, text: string): Pick<Grammar, 'short' | 'order'> => ({
  short: readShort(text.replace(/^[-+]/, '')),
  order:
    text.startsWith('+') || process.env.has('POSIXLY_CORRECT')
      ? 'stop'
      : text.startsWith('-')
        ? 'in place'
        : 'permute',
});

const quoting = (parsed: Options<keyof typeof options>): ((text: string) => string) | undefined => {
  const quote = QUOTING[parsed.value('shell') ?? 'sh'];
  return parsed.has('unquoted') ? quote && ((text) => text) : quote;
};

const bourne = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;
const csh = (text: string): string =>
  `'${text.replace(/['!]/g, "'\\$&'").replace(/\n/g, '\\n').replace(/\s/g, "'\\$&'")}'`;

const QUOTING: Readonly<Record<string, (text: string) => string>> = {
  sh: bourne,
  bash: bourne,
  csh,
  tcsh: csh,
};

const print = async (out: Output, { found, operands }: Scan, style: Style): Promise<number> => {
  let line = '';
  let status = 0;
  for (const item of found) {
    if ('problem' in item) {
      status = STATUS.mistake;
      if (!style.quiet) await out.errorText(`${style.name}: ${item.problem}\n`);
    } else line += ` ${'operand' in item ? style.quote(item.operand) : optionWords(item, style)}`;
  }
  const rest = operands.map((operand) => ` ${style.quote(operand)}`).join('');
  return style.silent ? status : (await printed(out, `${line} --${rest}\n`)) || status;
};

const optionWords = ({ option, value = '', takes }: FoundOption, { quote }: Style): string =>
  takes === 'none' ? option : `${option} ${quote(value)}`;

const printed = async (out: Output, text: string): Promise<number> => {
  out.text(text);
  return out.end();
};
