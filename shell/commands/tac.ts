// tac: print files line by line from the end.

import { fail } from '../fs/errno.ts';
import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { compileRegex, RegexError } from './posix-regex.ts';
import { quoteAlways } from './quoting.ts';
import { byteCodec } from './text-codec.ts';

const options = {
  before: { short: 'b' },
  regex: { short: 'r' },
  separator: { short: 's', argument: 'required' },
} as const;

export const tac: Command = {
  name: 'tac',
  help: `Usage: tac [OPTION]... [FILE]...
Print each FILE with its last line first.

Without a FILE, or where FILE is -, standard input is read.

  -b, --before             the separator comes before a piece, not after it
  -r, --regex              the separator is a regular expression
  -s, --separator=STRING   pieces are parted by STRING, not by newlines
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, tac, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const separator = byteCodec.argument(parsed.value('separator') ?? '\n') || '\0';
    const before = parsed.has('before');
    try {
      const pattern = parsed.has('regex') ? separator : separator.replace(/[\\.*[\]^$]/g, '\\$&');
      const matcher = compileRegex(pattern, { extended: false });
      await eachInput(
        out,
        parsed.operands,
        async (fd) => {
          // GNU's goes to the end first, and that fails on a directory.
          if (process.fstat(fd).kind === 'directory') fail('EINVAL');
          const text = byteCodec.decode(await readAll(process, fd));
          const pieces = before ? splitBefore(text, matcher) : splitAfter(text, matcher);
          for (const piece of pieces.reverse()) out.bytes(byteCodec.encode(piece));
        },
        {
          opening: (name) => `failed to open ${quoteName(process, name)} for reading`,
          reading: (name) => `${name}: read error`,
        },
      );
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      await out.warn(error.message);
    }
    return out.end();
  },
};

const quoteName = (process: Parameters<typeof quoteAlways>[0], name: string): string =>
  name.startsWith("'") ? name : quoteAlways(process, name);

type Matcher = ReturnType<typeof compileRegex>;

const ends = (text: string, matcher: Matcher): { start: number; end: number }[] => {
  const found: { start: number; end: number }[] = [];
  for (let at = 0; at < text.length; ) {
    const match = matcher.find(text, at);
    if (match === undefined) break;
    if (match.end > match.start) found.push(match);
    at = Math.max(match.end, at + 1);
  }
  return found;
};

const splitAfter = (text: string, matcher: Matcher): string[] => {
  const pieces: string[] = [];
  let from = 0;
  for (const { end } of ends(text, matcher)) {
    pieces.push(text.slice(from, end));
    from = end;
  }
  return from < text.length ? [...pieces, text.slice(from)] : pieces;
};

const splitBefore = (text: string, matcher: Matcher): string[] => {
  const pieces: string[] = [];
  let from = 0;
  for (const { start } of ends(text, matcher)) {
    if (start > from || start > 0) pieces.push(text.slice(from, start));
    from = start;
  }
  return [...pieces, text.slice(from)].filter((piece) => piece !== '');
};
