// od: show files in octal and other forms.

import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { type DumpState, dumpBlocks, sameBytes } from './dump-input.ts';
import { formatBlock, type OdFormat, readFormats } from './od-format.ts';
import { oldOperands } from './od-operands.ts';
import { showStrings } from './od-strings.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { usageError } from './usage-error.ts';

const options = {
  'address-radix': { short: 'A', argument: 'required' },
  endian: { argument: 'required' },
  'skip-bytes': { short: 'j', argument: 'required' },
  'read-bytes': { short: 'N', argument: 'required' },
  strings: { argument: 'optional' },
  S: { argument: 'required' },
  format: { short: 't', argument: 'required' },
  'output-duplicates': { short: 'v' },
  width: { short: 'w', argument: 'optional' },
  traditional: {},
  a: {},
  b: {},
  B: {},
  c: {},
  d: {},
  D: {},
  e: {},
  f: {},
  F: {},
  h: {},
  H: {},
  i: {},
  I: {},
  l: {},
  L: {},
  o: {},
  O: {},
  s: {},
  x: {},
  X: {},
} as const;

type Given = Options<keyof typeof options>;

/** The letters of old, and the type strings they stand for. */
const OLD: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  B: 'o2',
  c: 'c',
  d: 'u2',
  D: 'u4',
  e: 'fD',
  f: 'fF',
  F: 'fD',
  h: 'x2',
  H: 'x4',
  i: 'dI',
  I: 'dL',
  l: 'dL',
  L: 'dL',
  o: 'o2',
  O: 'o4',
  s: 'd2',
  x: 'x2',
  X: 'x4',
};

const RADIX: Readonly<Record<string, (offset: number) => string>> = {
  d: (offset) => String(offset).padStart(7, '0'),
  o: (offset) => offset.toString(8).padStart(7, '0'),
  x: (offset) => offset.toString(16).padStart(6, '0'),
  n: () => '',
};

export const od: Command = {
  name: 'od',
  help: `Usage: od [OPTION]... [FILE]...
Show the bytes of FILEs, one after the other, as octal numbers or in other forms.

Without a FILE, or where FILE is -, standard input is read.

  -A, --address-radix=RADIX  offsets are decimal (d), octal (o), hexadecimal (x), or not shown (n)
      --endian={big|little}  the order of bytes in a number
  -j, --skip-bytes=BYTES     start after BYTES
  -N, --read-bytes=BYTES     stop after BYTES
  -S BYTES, --strings[=BYTES]  show strings of BYTES (3) characters at least that a zero byte ends
  -t, --format=TYPE          the forms to show
  -v, --output-duplicates    show lines that are as the one before too
  -w[BYTES], --width[=BYTES]  a line has BYTES (32) bytes
      --help        display this help and exit
      --version     output version information and exit

TYPE is made of:
  a          names of characters, without the high bit
  c          characters, or backslash escapes
  d[SIZE]    signed decimal numbers of SIZE bytes
  f[SIZE]    floating point numbers
  o[SIZE]    octal numbers
  u[SIZE]    unsigned decimal numbers
  x[SIZE]    hexadecimal numbers
SIZE may be C, S, I or L as well, for f also F or D. A z after it adds the characters to the line.

The old options: -a is -t a, -b is -t o1, -c is -t c, -d is -t u2, -f is -t fF, -i is -t dI, -l is -t dL,
-o is -t o2, -s is -t d2, -x is -t x2.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, od, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const endian = parsed.value('endian');
    if (endian !== undefined) {
      const known = await choose(out, '--endian', endian, { little: ['little'], big: ['big'] }, od);
      if (known === undefined) return 1;
    }
    const style = readStyle(parsed, (text) => quoteLocale(process, text));
    if (typeof style === 'string') {
      await out.warn(style);
      return 1;
    }
    const old = oldOperands(
      parsed.operands,
      parsed.has('traditional'),
      MODERN.some((name) => parsed.has(name)),
    );
    if (old.extra !== undefined) {
      await out.warn(`extra operand ${quoteLocale(process, old.extra)}`);
      return usageError(out, od, 'compatibility mode supports at most one file');
    }
    const state: DumpState = { opened: 0, unskipped: 0 };
    const placed = old.skip === undefined ? style : { ...style, skip: old.skip };
    if (style.strings !== undefined)
      await showStrings(out, old.names, { ...placed, least: style.strings }, state);
    else await dump(out, old.names, { ...placed, address: labelled(placed, old.label) }, state);
    if (state.unskipped > 0 && state.opened > 0) {
      await out.warn('cannot skip past end of combined input');
      return 1;
    }
    return out.end();
  },
};

/** With any of these POSIX has no operand for the offset. */
const MODERN = [
  'address-radix',
  'skip-bytes',
  'read-bytes',
  'strings',
  'S',
  'format',
  'output-duplicates',
  'width',
] as const;

/** Addresses, and the label that runs beside them. */
const labelled = ({ address, skip }: OdStyle, label: number | undefined): OdStyle['address'] =>
  label === undefined ? address : (offset) => `${address(offset)} (${address(offset - skip + label)})`;

interface OdStyle {
  readonly formats: readonly OdFormat[];
  readonly address: (offset: number) => string;
  readonly skip: number;
  readonly limit: number;
  readonly duplicates: boolean;
  readonly bytes: number;
  readonly little: boolean;
  /** The least length of a string, where strings are asked for. */
  readonly strings: number | undefined;
  readonly warning: string | undefined;
}

const readStyle = (parsed: Given, quote: (text: string) => string): OdStyle | string => {
  const radix = parsed.value('address-radix') ?? 'o';
  const address = RADIX[radix[0] ?? ''];
  if (address === undefined)
    return `invalid output address radix '${radix[0] ?? ''}'; it must be one character from [doxn]`;
  const formats: OdFormat[] = [];
  for (const { name, value } of parsed.list) {
    const types = name === 'format' ? value : OLD[name];
    if (types === undefined) continue;
    const read = readFormats(types, quote);
    if (typeof read === 'string') return read;
    formats.push(...read);
  }
  const strings = parsed.has('S') || parsed.has('strings');
  if (strings && formats.length > 0) return 'no type may be specified when dumping strings';
  if (formats.length === 0) formats.push(...(readFormats('o2', quote) as OdFormat[]));
  const sizes: Record<string, number> = {};
  for (const [name, letter] of [
    ['skip-bytes', 'j'],
    ['read-bytes', 'N'],
    ['strings', 'S'],
    ['S', 'S'],
    ['width', 'w'],
  ] as const) {
    const given = parsed.list.findLast((option) => option.name === name);
    if (given?.value === undefined) continue;
    const size = sizeOf(given.value);
    const option = given.given.startsWith('--') ? given.given : `-${letter}`;
    if (size !== undefined && size >= 2 ** 64) return `${option} argument ${quote(given.value)} too large`;
    if (size === undefined) {
      const suffix = /^\d+./.test(given.value) ? 'invalid suffix in' : 'invalid';
      return `${suffix} ${option} argument ${quote(given.value)}`;
    }
    sizes[name] = size;
  }
  const unit = formats.reduce((most, { size }) => Math.max(most, size), 1);
  const asked = parsed.has('width') ? (sizes.width ?? 32) : 16;
  const fits = asked > 0 && asked % unit === 0;
  return {
    formats,
    address,
    skip: sizes['skip-bytes'] ?? 0,
    limit: sizes['read-bytes'] ?? Number.POSITIVE_INFINITY,
    duplicates: parsed.has('output-duplicates'),
    bytes: fits ? asked : unit,
    little: !(parsed.value('endian') ?? 'little').startsWith('b'),
    strings: strings ? (sizes.S ?? sizes.strings ?? 3) : undefined,
    warning: fits ? undefined : `warning: invalid width ${asked}; using ${unit} instead`,
  };
};

const sizeOf = (text: string): number | undefined => {
  if (/^0[xX][\da-fA-F]+$/.test(text)) return Number(text);
  return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : parseSize(text, { b: 512 });
};

const dump = async (
  out: Output,
  names: readonly string[],
  style: OdStyle,
  state: DumpState,
): Promise<void> => {
  const { formats, bytes, little, address } = style;
  if (style.warning !== undefined) await out.errorText(`${out.name}: ${style.warning}\n`);
  const width = Math.max(...formats.map((format) => (format.width + 1) * (bytes / format.size)));
  const indent = ' '.repeat(address(0).length);
  let offset = style.skip;
  let before: Uint8Array | undefined;
  let starred = false;
  for await (const block of dumpBlocks(out, names, bytes, style, state)) {
    const same =
      !style.duplicates && before !== undefined && block.length === bytes && sameBytes(before, block);
    if (same && !starred) out.line('*');
    if (!same) {
      for (const [at, format] of formats.entries()) {
        out.line(
          `${at === 0 ? address(offset) : indent}${formatBlock(format, block, { bytes, width, little })}`,
        );
      }
    }
    starred = same;
    before = block;
    offset += block.length;
    await out.caughtUp();
  }
  if (state.unskipped === 0 && indent !== '' && (state.opened > 0 || style.limit === 0))
    out.line(address(offset));
};
