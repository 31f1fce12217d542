// xxd: a hexadecimal dump, and the way back from one.

import { isFsError, strerror } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Command } from './command.ts';
import { readAll } from './input.ts';
import { printHelp } from './options.ts';
import { Output } from './output.ts';
import { joinBytes, toText } from './text.ts';

/** Options and whether they take a value; a word may be given by any beginning of its long name. */
const OPTIONS: Readonly<Record<string, { long: string; value: boolean }>> = {
  a: { long: 'autoskip', value: false },
  b: { long: 'bits', value: false },
  C: { long: 'capitalize', value: false },
  c: { long: 'cols', value: true },
  d: { long: 'd', value: false },
  e: { long: 'e', value: false },
  g: { long: 'groupsize', value: true },
  i: { long: 'include', value: false },
  l: { long: 'len', value: true },
  n: { long: 'name', value: true },
  o: { long: 'offset', value: true },
  p: { long: 'postscript', value: false },
  r: { long: 'revert', value: false },
  s: { long: 'seek', value: true },
  u: { long: 'uppercase', value: false },
};

export const xxd: Command = {
  name: 'xxd',
  help: `Usage:
       xxd [options] [infile [outfile]]
    or
       xxd -r [-s [-]offset] [-c cols] [-ps] [infile [outfile]]
Make a hexadecimal dump, or bytes out of one.

Options:
    -a          a single '*' for lines of zeros
    -b          binary digits
    -C          the array's name in capital letters, with -i
    -c cols     cols bytes in a line: 16, with -i 12, with -ps 30
    -d          offsets in decimal
    -e          little-endian groups
    -g bytes    groups of so many bytes: 2, with -e 4
    -h          show this help
    -i          as an array of C
    -l len      stop after len bytes
    -n name     the name of the array, with -i
    -o off      add off to the offsets
    -ps         plain digits
    -r          back from a dump to bytes
    -s seek     start at seek
    -u          capital letters
    -v          show the version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const read = readWords(argv.slice(1));
    if (read === undefined) {
      await out.errorText(xxd.help);
      return 1;
    }
    const { given, operands } = read;
    if (given.has('h')) return printHelp(out, xxd);
    if (given.has('v')) {
      await out.errorText('xxd (cowsh, in the manner of xxd 2022-01-14)\n');
      return 0;
    }
    const wrong = wrongShape(given);
    if (wrong !== undefined) {
      await out.warn(wrong);
      return 1;
    }
    const [input = '-', output = '-', extra] = operands;
    if (extra !== undefined) {
      await out.errorText(xxd.help);
      return 1;
    }
    const fds = [0, 1];
    for (const [at, name] of [input, output].entries()) {
      if (name === '-') continue;
      try {
        fds[at] = process.open(
          name,
          at === 0 ? O.RDONLY : O.WRONLY | O.CREAT | (given.has('r') ? 0 : O.TRUNC),
          0o666,
        );
      } catch (error) {
        out.failureStatus = 2 + at;
        await out.complain(name, error);
        return 2 + at;
      }
    }
    const target = new Output(process, fds[1]);
    let bytes: Uint8Array;
    try {
      bytes = await readAll(process, fds[0] as number);
    } catch (error) {
      out.failureStatus = 2;
      await out.warn(isFsError(error) ? strerror(error.code) : String(error));
      return 2;
    }
    if (given.has('r') && given.has('b')) {
      await out.warn('Sorry, cannot revert this type of hexdump');
      return 255;
    }
    if (given.has('r')) target.bytes(revert(toText(bytes), given.has('p'), numberOf(given.get('s')) ?? 0));
    else {
      const seek = numberOf(given.get('s')) ?? 0;
      const start = seek < 0 ? bytes.length + seek : seek;
      if (start < 0 || (seek < 0 && process.fstat(fds[0] as number).kind !== 'file')) {
        await out.warn('Sorry, cannot seek.');
        return 4;
      }
      const length = numberOf(given.get('l'));
      const part = bytes.subarray(start, length === undefined ? undefined : start + length);
      await dump(target, part, given, start, input);
    }
    await target.flush();
    return out.end();
  },
};

type Given = ReadonlyMap<string, string>;

const readWords = (words: readonly string[]): { given: Given; operands: string[] } | undefined => {
  const given = new Map<string, string>();
  const operands: string[] = [];
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const text = word.replace(/^--?/, '');
    if (text === 'plain' || text === 'ps') given.set('p', '');
    else if (/^(?:h|help|v|version)$/.test(text)) given.set(text[0] as string, '');
    else {
      const letter = text === 'len' ? 'l' : (text[0] ?? '');
      const option = OPTIONS[letter];
      if (option === undefined) return undefined;
      const attached = option.long.startsWith(text) || text === letter ? '' : text.slice(1);
      const value = option.value ? attached || queue.shift() : '';
      if (value === undefined) return undefined;
      given.set(letter, value);
    }
  }
  return { given, operands };
};

const numberOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const value = /^[+-]?0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text.replace(/^\+/, ''));
  return Number.isNaN(value) ? 0 : value;
};

/** Columns and groups that cannot be. */
const wrongShape = (given: Given): string | undefined => {
  const columns = numberOf(given.get('c')) ?? 0;
  if (columns < 0 || (columns > 256 && !given.has('p'))) return 'invalid number of columns (max. 256).';
  const group = numberOf(given.get('g')) ?? 0;
  return given.has('e') && group > 0 && (group & (group - 1)) !== 0
    ? 'number of octets per group must be a power of 2 with -e.'
    : undefined;
};

const dump = async (
  out: Output,
  bytes: Uint8Array,
  given: Given,
  start: number,
  input: string,
): Promise<void> => {
  const upper = given.has('u');
  const digits = (byte: number): string => {
    const text =
      given.has('b') && !given.has('p')
        ? byte.toString(2).padStart(8, '0')
        : byte.toString(16).padStart(2, '0');
    return upper ? text.toUpperCase() : text;
  };
  const columns = numberOf(given.get('c'));
  if (given.has('p')) {
    const whole = given.get('c') === '0' ? bytes.length : 30;
    return plain(out, bytes, columns || whole, digits);
  }
  if (given.has('i'))
    return array(
      out,
      bytes,
      columns || 12,
      upper,
      given.get('n') ?? (input === '-' ? undefined : input),
      given.has('C'),
    );
  const binary = given.has('b');
  const little = given.has('e');
  const width = columns || (binary ? 6 : 16);
  const usual = binary ? 1 : little ? 4 : 2;
  const asked = numberOf(given.get('g')) ?? usual;
  const group = asked < 0 ? usual : asked === 0 || asked > width ? width : asked;
  const cell = binary ? 8 : 2;
  const whole = Math.ceil(width / group) + width * cell;
  const added = numberOf(given.get('o')) ?? 0;
  let zeros = 0;
  for (let at = 0; at < bytes.length; at += width) {
    const line = bytes.subarray(at, at + width);
    const empty = given.has('a') && line.every((byte) => byte === 0) && at + width < bytes.length;
    zeros = empty ? zeros + 1 : 0;
    if (zeros > 1) {
      if (zeros === 2) out.line('*');
      continue;
    }
    let text = '';
    for (let from = 0; from < line.length; from += group) {
      const cells = [...line.subarray(from, from + group)].map(digits);
      if (little) {
        while (cells.length < group) cells.push(' '.repeat(cell));
        cells.reverse();
      }
      text += `${cells.join('')} `;
    }
    const address = start + at + added;
    const radix = given.has('d') ? 10 : 16;
    const shown = BigInt.asUintN(64, BigInt(address)).toString(radix).padStart(8, '0');
    const letters = [...line]
      .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'))
      .join('');
    out.line(`${shown}: ${text.padEnd(whole)} ${letters}`);
    await out.caughtUp();
  }
};

const plain = async (
  out: Output,
  bytes: Uint8Array,
  width: number,
  digits: (byte: number) => string,
): Promise<void> => {
  for (let at = 0; at < bytes.length; at += width) {
    out.line([...bytes.subarray(at, at + width)].map(digits).join(''));
    await out.caughtUp();
  }
};

const array = async (
  out: Output,
  bytes: Uint8Array,
  width: number,
  upper: boolean,
  name: string | undefined,
  capital: boolean,
): Promise<void> => {
  const plainName = name?.replace(/^(?=\d)/, '__').replace(/[^A-Za-z0-9]/g, '_');
  const fold = (text: string): string => (capital ? text.toUpperCase() : text);
  const identifier = plainName === undefined ? undefined : fold(plainName);
  if (identifier !== undefined) out.line(`unsigned char ${identifier}[] = {`);
  for (let at = 0; at < bytes.length; at += width) {
    const cells = [...bytes.subarray(at, at + width)].map((byte) => {
      const hex = byte.toString(16).padStart(2, '0');
      return upper ? `0X${hex.toUpperCase()}` : `0x${hex}`;
    });
    out.line(`  ${cells.join(', ')}${at + width < bytes.length ? ',' : ''}`);
    await out.caughtUp();
  }
  if (identifier !== undefined)
    out.text(`};\nunsigned int ${identifier}${fold('_len')} = ${bytes.length};\n`);
};

/** The bytes a dump shows, moved by so many. Offsets leave gaps, which are zeros. */
const revert = (text: string, plainDigits: boolean, moved: number): Uint8Array => {
  if (plainDigits) return Buffer.from(text.replace(/[^\da-fA-F]/g, ''), 'hex');
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const line of text.split('\n')) {
    const match = /^\s*([\da-fA-F]+):?\s?(.*)$/.exec(line);
    if (!match) continue;
    const offset = Number.parseInt(match[1] as string, 16) + moved;
    const cells = ((match[2] as string).split(/ {2}/)[0] ?? '').replace(/[^\da-fA-F]/g, '');
    if (offset > end) parts.push(new Uint8Array(offset - end));
    const bytes = Buffer.from(cells, 'hex');
    parts.push(bytes);
    end = Math.max(offset, end) + bytes.length;
  }
  return parts.length === 0 ? new Uint8Array(0) : joinBytes(parts);
};
