// sed: edit a stream of lines by a script.

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { type Options, parseOptions, printHelp } from './options.ts';
import { Output } from './output.ts';
import { type SedCommand, SedError } from './sed-command.ts';
import { SedInput } from './sed-input.ts';
import { SedRun, SedRunError } from './sed-run.ts';
import { parseScript } from './sed-script.ts';
import { codecOf, type TextCodec } from './text-codec.ts';

const options = {
  quiet: { short: 'n', alias: ['silent'] },
  debug: {},
  expression: { short: 'e', argument: 'required' },
  file: { short: 'f', argument: 'required' },
  'follow-symlinks': {},
  'in-place': { short: 'i', argument: 'optional' },
  'line-length': { short: 'l', argument: 'required' },
  posix: {},
  'regexp-extended': { short: 'Er' },
  separate: { short: 's' },
  sandbox: {},
  unbuffered: { short: 'u' },
  'null-data': { short: 'z' },
} as const;

/** GNU's exit status for files that fail and labels that are missing. */
const PANIC = 4;

type Given = Options<keyof typeof options>;

export const sed: Command = {
  name: 'sed',
  help: `Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...
Edit lines by a script, and print them.

  -n, --quiet, --silent      do not print the pattern space by itself
  -e script, --expression=script  add the script to the commands
  -f script-file, --file=script-file  add what the file holds
      --follow-symlinks      edit the file that a link leads to, and keep the link
  -i[SUFFIX], --in-place[=SUFFIX]  edit files in place; with SUFFIX keep the old one
  -l N, --line-length=N      where the l command folds lines
  -E, -r, --regexp-extended  extended regular expressions
  -s, --separate             files are separate streams
  -u, --unbuffered           (accepted)
  -z, --null-data            lines end with a zero byte
      --help                 display this help and exit
      --version              output version information and exit

Without -e and -f the first word that is no option is the script. Without an
input file standard input is read.
`,
  run: (process, argv) => runSed(process, argv),
};

const runSed = async (process: Process, argv: readonly string[]): Promise<number> => {
  const out = new Output(process);
  const parsed = await parseOptions(out, sed, argv, options);
  if ('exit' in parsed) return parsed.exit;
  const operands = [...parsed.operands];
  const codec = codecOf(process);
  const pieces = await scriptPieces(out, parsed, codec);
  if (pieces === undefined) return PANIC;
  if (pieces.length === 0) {
    const script = operands.shift();
    if (script === undefined) {
      await out.flush();
      const help = new Output(process, 2);
      await printHelp(help, sed);
      return 1;
    }
    pieces.push({ source: '-e expression #1', text: codec.argument(script) });
  }
  const script = await readScript(out, parsed, pieces, codec);
  return typeof script === 'number' ? script : edit(out, parsed, script, operands, codec);
};

interface Piece {
  /** What a message begins with: `-e expression #1`, `file x line`. */
  readonly source: string;
  readonly text: string;
}

const scriptPieces = async (out: Output, parsed: Given, codec: TextCodec): Promise<Piece[] | undefined> => {
  const pieces: Piece[] = [];
  let number = 0;
  for (const option of parsed.list) {
    const value = option.value ?? '';
    if (option.name === 'expression')
      pieces.push({ source: `-e expression #${++number}`, text: codec.argument(value) });
    if (option.name !== 'file') continue;
    try {
      const fd = openInput(out.process, value);
      const text = codec.decode(await readAll(out.process, fd)).replace(/\n$/, '');
      closeInput(out.process, fd);
      pieces.push({ source: `file ${value} line `, text });
    } catch (error) {
      await out.complain(`couldn't open file ${value}`, error);
      return undefined;
    }
  }
  return pieces;
};

const readScript = async (
  out: Output,
  parsed: Given,
  pieces: readonly Piece[],
  codec: TextCodec,
): Promise<SedCommand[] | number> => {
  // -e pieces are lines of one script: `-e 'a\' -e text` works.
  const whole = pieces.map(({ text }) => text).join('\n');
  try {
    return parseScript(whole.startsWith('#n\n') ? whole.slice(3) : whole, {
      extended: parsed.has('regexp-extended'),
      utf8: codec.utf8,
    });
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    await out.warn(error.at < 0 ? error.message : `${placeOf(pieces, error.at)}: ${error.message}`);
    return error.at < 0 ? PANIC : 1;
  }
};

/** `-e expression #1, char 3`, `file x line 2`. */
const placeOf = (pieces: readonly Piece[], at: number): string => {
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece.text.length;
    if (at <= end || piece === pieces.at(-1)) {
      const before = piece.text.slice(0, Math.max(0, at - start));
      return piece.source.startsWith('-e')
        ? `${piece.source}, char ${before.length}`
        : `${piece.source}${before.split('\n').length}`;
    }
    start = end + 1;
  }
  return '';
};

const edit = async (
  out: Output,
  parsed: Given,
  script: readonly SedCommand[],
  names: readonly string[],
  codec: TextCodec,
): Promise<number> => {
  const terminator = parsed.has('null-data') ? '\0' : '\n';
  const inPlace = parsed.has('in-place') ? (parsed.value('in-place') ?? '') : undefined;
  const separate = parsed.has('separate') || inPlace !== undefined;
  const width = Number(parsed.value('line-length') ?? 70);
  const input = new SedInput(out, names, {
    terminator,
    separate,
    inPlace,
    followLinks: parsed.has('follow-symlinks'),
    codec,
  });
  const run = new SedRun(
    out.process,
    script,
    { quiet: parsed.has('quiet'), terminator, width, codec, separate },
    input,
  );
  try {
    run.openFiles();
    await run.run();
    await input.finish();
  } catch (error) {
    if (!(error instanceof SedRunError)) throw error;
    await out.warn(error.message);
    return 1;
  }
  await out.flush();
  return run.status || out.status;
};
