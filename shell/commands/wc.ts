// wc: count lines, words, characters and bytes.

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { flavorOf } from './flavor.ts';
import { chunks, closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { isUtf8, quoteIfNeeded } from './quoting.ts';
import { toText } from './text.ts';

const options = {
  bytes: { short: 'c' },
  chars: { short: 'm' },
  lines: { short: 'l' },
  'files0-from': { argument: 'required' },
  'max-line-length': { short: 'L' },
  words: { short: 'w' },
} as const;

type Column = 'lines' | 'words' | 'chars' | 'bytes' | 'max-line-length';

type Counts = Record<Column, number>;

const COLUMNS = ['lines', 'words', 'chars', 'bytes', 'max-line-length'] as const satisfies readonly Column[];

export const wc: Command = {
  name: 'wc',
  help: `Usage: wc [OPTION]... [FILE]...
  or:  wc [OPTION]... --files0-from=F
Print how many newlines, words and bytes each FILE has, and a total for several.

Without a FILE, or where FILE is -, standard input is read.
A word is a run of characters between white space.

  -c, --bytes            print the number of bytes
  -m, --chars            print the number of characters
  -l, --lines            print the number of newlines
      --files0-from=F    take file names from F, each ended by a zero byte
  -L, --max-line-length  print the width of the widest line
  -w, --words            print the number of words
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, wc, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const asked = COLUMNS.filter((column) => parsed.has(column));
    const columns: readonly Column[] = asked.length > 0 ? asked : ['lines', 'words', 'bytes'];
    const list = parsed.value('files0-from');
    const names = list === undefined ? parsed.operands : await namesFrom(process, list);
    const width = numberWidth(process, names, columns);
    const total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, 'max-line-length': 0 };
    const print = (counts: Counts, name: string): void => {
      const numbers = columns.map((column) => String(counts[column]).padStart(width)).join(' ');
      out.line(name === '' ? numbers : `${numbers} ${name}`);
    };
    await eachInput(out, names, async (fd, name) => {
      const counts: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, 'max-line-length': 0 };
      try {
        await count(process, fd, columns, counts);
      } catch (error) {
        // A directory is said to be one, and still gets its line.
        await out.complain(quoteIfNeeded(process, name), error);
      }
      for (const column of COLUMNS) total[column] += counts[column];
      if (counts['max-line-length'] > 0) {
        total['max-line-length'] = Math.max(
          total['max-line-length'] - counts['max-line-length'],
          counts['max-line-length'],
        );
      }
      print(counts, names.length > 0 ? quoteNewlines(process, name) : '');
    });
    if (names.length > 1) print(total, 'total');
    return out.end();
  },
};

const quoteNewlines = (process: Process, name: string): string =>
  name.includes('\n') ? quoteIfNeeded(process, name) : name;

const namesFrom = async (process: Process, list: string): Promise<string[]> => {
  const fd = openInput(process, list);
  const text = toText(await readAll(process, fd));
  closeInput(process, fd);
  return text.split('\0').filter((name) => name !== '');
};

const APPLET_WIDTH = 9;

/** Wide enough for the sizes of all regular files; 7 when something else is read; 1 for a single number. */
const numberWidth = (process: Process, names: readonly string[], columns: readonly Column[]): number => {
  if (flavorOf(process) === 'busybox') return columns.length > 1 ? APPLET_WIDTH : 1;
  if (names.length <= 1 && columns.length === 1) return 1;
  const stats = (names.length > 0 ? names : ['-']).map((name) =>
    name === '-' ? process.fstat(0) : process.tryStat(name),
  );
  const known = stats.filter((stat) => stat !== undefined);
  const size = known.reduce((sum, stat) => sum + (stat.kind === 'file' ? stat.size : 0), 0);
  const least = known.some((stat) => stat.kind !== 'file') ? 7 : 1;
  return Math.max(least, String(size).length);
};

/** Counts into `counts`; only what the columns need. */
const count = async (
  process: Process,
  fd: number,
  columns: readonly Column[],
  counts: Counts,
): Promise<void> => {
  const stat = process.fstat(fd);
  if (columns.length === 1 && columns[0] === 'bytes' && stat.kind === 'file') {
    counts.bytes = Math.max(0, stat.size - process.lseek(fd, 0, 'cur'));
    return;
  }
  if (columns.every((column) => column === 'bytes' || column === 'lines'))
    return countLines(process, fd, counts);
  const utf8 = isUtf8(process);
  let inWord = false;
  let width = 0;
  for await (const chunk of chunks(process, fd)) {
    counts.bytes += chunk.length;
    for (const byte of chunk) {
      if (byte === 10) counts.lines++;
      const space = byte === 32 || (byte >= 9 && byte <= 13);
      const continuation = utf8 && (byte & 0xc0) === 0x80;
      if (!continuation) counts.chars++;
      if (space) inWord = false;
      else if (!inWord && isWordByte(byte, utf8)) {
        inWord = true;
        counts.words++;
      }
      if (byte === 10 || byte === 13 || byte === 12) {
        counts['max-line-length'] = Math.max(counts['max-line-length'], width);
        width = 0;
      } else if (byte === 9) width += 8 - (width % 8);
      else if (byte >= 32 && byte !== 127 && !continuation && (byte < 127 || utf8)) width++;
    }
  }
  counts['max-line-length'] = Math.max(counts['max-line-length'], width);
};

const countLines = async (process: Process, fd: number, counts: Counts): Promise<void> => {
  for await (const chunk of chunks(process, fd)) {
    counts.bytes += chunk.length;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) counts.lines++;
  }
};

/** Words are made of printable characters: in the C locale those are ASCII's. */
const isWordByte = (byte: number, utf8: boolean): boolean =>
  (byte > 32 && byte < 127) || (utf8 && byte >= 128);
