// hexdump (util-linux): show files in hexadecimal and other forms; hd is hexdump -C.

import { isPrintable, LETTER_ESCAPES } from './byte-letters.ts';
import type { Command } from './command.ts';
import { type DumpState, dumpBlocks, sameBytes } from './dump-input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { parseSize } from './size-text.ts';

const options = {
  'one-byte-octal': { short: 'b' },
  'one-byte-char': { short: 'c' },
  canonical: { short: 'C' },
  'two-bytes-decimal': { short: 'd' },
  length: { short: 'n', argument: 'required' },
  'two-bytes-octal': { short: 'o' },
  skip: { short: 's', argument: 'required' },
  'no-squeezing': { short: 'v' },
  'two-bytes-hex': { short: 'x' },
  help: { short: 'h' },
  version: { short: 'V' },
} as const;

const BLOCK = 16;

/** A line without its address; the block is filled up with zeros, `length` bytes of it count. */
type Display = (block: Uint8Array, length: number) => string;

const bytesShown =
  (width: number, show: (byte: number) => string): Display =>
  (block, length) =>
    Array.from({ length: BLOCK }, (_value, at) =>
      (at < length ? ` ${show(block[at] as number)}` : '').padStart(width),
    ).join('');

const pairsShown =
  (width: number, gap: number, show: (pair: number) => string): Display =>
  (block, length) =>
    Array.from({ length: BLOCK / 2 }, (_value, at) => {
      const pair = (block[at * 2] as number) | ((block[at * 2 + 1] as number) << 8);
      return ' '.repeat(gap) + (at * 2 < length ? show(pair) : '').padStart(width);
    }).join('');

const octal = (byte: number): string => byte.toString(8).padStart(3, '0');

const character = (byte: number): string =>
  (LETTER_ESCAPES[byte] ?? (isPrintable(byte) ? String.fromCharCode(byte) : octal(byte))).padStart(3);

const canonical: Display = (block, length) => {
  const cells = Array.from({ length: BLOCK }, (_value, at) =>
    at < length ? (block[at] as number).toString(16).padStart(2, '0') : '  ',
  );
  const text = [...block.subarray(0, length)].map((byte) =>
    isPrintable(byte) ? String.fromCharCode(byte) : '.',
  );
  return `  ${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}  |${text.join('')}|`;
};

const DISPLAYS = {
  'one-byte-octal': bytesShown(4, octal),
  'one-byte-char': bytesShown(4, character),
  canonical,
  'two-bytes-decimal': pairsShown(5, 3, (pair) => String(pair).padStart(5, '0')),
  'two-bytes-octal': pairsShown(6, 2, (pair) => pair.toString(8).padStart(6, '0')),
  'two-bytes-hex': pairsShown(4, 4, (pair) => pair.toString(16).padStart(4, '0')),
} as const satisfies Record<string, Display>;

const plain = pairsShown(4, 1, (pair) => pair.toString(16).padStart(4, '0'));

const isDisplay = (name: string): name is keyof typeof DISPLAYS => Object.hasOwn(DISPLAYS, name);

const dumper = (name: string, always: readonly (keyof typeof DISPLAYS)[]): Command => {
  const command: Command = {
    name,
    help: `
Usage:
 ${name} [options] <file>...

Show the bytes of files in hexadecimal, decimal, octal or as characters.

Options:
 -b, --one-byte-octal      bytes in octal
 -c, --one-byte-char       bytes as characters
 -C, --canonical           bytes in hexadecimal, and as characters
 -d, --two-bytes-decimal   pairs of bytes in decimal
 -o, --two-bytes-octal     pairs of bytes in octal
 -x, --two-bytes-hex       pairs of bytes in hexadecimal
 -n, --length <length>     stop after so many bytes
 -s, --skip <offset>       start after so many bytes
 -v, --no-squeezing        show lines that are as the one before too

 -h, --help                display this help
 -V, --version             display version
`,
    run: async (process, argv) => {
      const out = new Output(process);
      const words = argv.map((word) => (word === '-h' ? '--help' : word === '-V' ? '--version' : word));
      const { help: _help, version: _version, ...table } = options;
      const parsed = await parseOptions(out, command, words, table);
      if ('exit' in parsed) return parsed.exit;
      const given = [...always, ...parsed.list.map((option) => option.name).filter(isDisplay)];
      const displays = given.length > 0 ? given.map((display) => DISPLAYS[display]) : [plain];
      const sizes: number[] = [];
      for (const option of ['skip', 'length'] as const) {
        const value = parsed.value(option);
        const size = value === undefined ? (option === 'skip' ? 0 : Number.POSITIVE_INFINITY) : sizeOf(value);
        if (size === undefined) {
          await out.warn(
            `failed to parse ${option === 'skip' ? 'offset' : 'length'}: '${value}': Invalid argument`,
          );
          return 1;
        }
        sizes.push(size);
      }
      const [skip = 0, limit = 0] = sizes;
      const digits = given.at(-1) === 'canonical' ? 8 : 7;
      const address = (offset: number, display?: Display): string =>
        offset.toString(16).padStart(display === undefined ? digits : display === canonical ? 8 : 7, '0');
      const state: DumpState = { opened: 0, unskipped: 0 };
      let offset = skip;
      let before: Uint8Array | undefined;
      let starred = false;
      for await (const block of dumpBlocks(out, parsed.operands, BLOCK, { skip, limit }, state)) {
        const same = !parsed.has('no-squeezing') && before !== undefined && sameBytes(before, block);
        if (same && !starred) out.line('*');
        const whole = new Uint8Array(BLOCK);
        whole.set(block);
        if (!same)
          for (const display of displays)
            out.line(`${address(offset, display)}${display(whole, block.length)}`);
        starred = same;
        before = block;
        offset += block.length;
        await out.caughtUp();
      }
      // Where -s leads past the end the address is that of the end.
      if (offset > skip || state.unskipped > 0) {
        const end = offset - state.unskipped;
        if (end > 0) out.line(address(end));
      }
      if (state.opened === 0 && parsed.operands.length > 0 && limit > 0)
        await out.warn('all input file arguments failed');
      return out.end();
    },
  };
  return command;
};

const sizeOf = (text: string): number | undefined =>
  /^0[xX][\da-fA-F]+$/.test(text) ? Number(text) : parseSize(text, { b: 512 });

export const hexdump = dumper('hexdump', []);
export const hd = dumper('hd', ['canonical']);
