// The formats of od: how the bytes of a block become fields (od -t).

import { isPrintable, LETTER_ESCAPES } from './byte-letters.ts';

export interface OdFormat {
  /** Bytes of a field. */
  readonly size: number;
  /** Columns of a field, without the space before it. */
  readonly width: number;
  /** The characters follow at the end of the line. */
  readonly trailer: boolean;
  readonly show: (view: DataView, at: number, little: boolean) => string;
}

const CONTROL_NAMES =
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
    ' ',
  );

const character = (view: DataView, at: number): string => {
  const byte = view.getUint8(at);
  return (
    LETTER_ESCAPES[byte] ??
    (isPrintable(byte) ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
  );
};

const named = (view: DataView, at: number): string => {
  const byte = view.getUint8(at) & 0x7f;
  return byte === 127 ? 'del' : (CONTROL_NAMES[byte] ?? String.fromCharCode(byte));
};

const unsigned = (view: DataView, at: number, size: number, little: boolean): bigint => {
  let value = 0n;
  for (let byte = 0; byte < size; byte++)
    value = (value << 8n) | BigInt(view.getUint8(little ? at + size - 1 - byte : at + byte));
  return value;
};

const INTEGERS: Readonly<
  Record<string, { radix: number; widths: Readonly<Record<number, number>>; zeros: boolean }>
> = {
  d: { radix: 10, widths: { 1: 4, 2: 6, 4: 11, 8: 20 }, zeros: false },
  o: { radix: 8, widths: { 1: 3, 2: 6, 4: 11, 8: 22 }, zeros: true },
  u: { radix: 10, widths: { 1: 3, 2: 5, 4: 10, 8: 20 }, zeros: false },
  x: { radix: 16, widths: { 1: 2, 2: 4, 4: 8, 8: 16 }, zeros: true },
};

const integer = (letter: string, size: number): Omit<OdFormat, 'trailer'> => {
  const { radix, widths, zeros } = INTEGERS[letter] as (typeof INTEGERS)[string];
  const width = widths[size] as number;
  return {
    size,
    width,
    show: (view, at, little) => {
      const value = unsigned(view, at, size, little);
      const text = (letter === 'd' ? BigInt.asIntN(size * 8, value) : value).toString(radix);
      return zeros ? text.padStart(width, '0') : text;
    },
  };
};

const float = (size: 4 | 8): Omit<OdFormat, 'trailer'> => ({
  size,
  width: size === 4 ? 15 : 24,
  show: (view, at, little) => {
    const value = size === 4 ? view.getFloat32(at, little) : view.getFloat64(at, little);
    // JavaScript's NaN has no sign, the bytes have one.
    const negative = view.getUint8(little ? at + size - 1 : at) > 127;
    return Number.isNaN(value) ? (negative ? '-nan' : 'nan') : floatText(value, size);
  },
});

/** As %g with as few digits as tell the number from its neighbours, but no fewer than the type is sure of. */
const floatText = (value: number, size: 4 | 8): string => {
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const tiny = Math.abs(value) < (size === 4 ? 2 ** -126 : 2 ** -1022);
  let precision = tiny ? 1 : size === 4 ? 6 : 15;
  const same = (text: string): boolean => (size === 4 ? Math.fround(Number(text)) : Number(text)) === value;
  while (!same(value.toPrecision(precision))) precision++;
  const [digits = '', power = '0'] = value.toExponential(precision - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < precision) {
    const text = value.toFixed(Math.max(precision - 1 - exponent, 0));
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  }
  const mantissa = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
};

const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 };

/** The formats that a type string names, or what is wrong with it. `quote` quotes for the locale. */
export const readFormats = (types: string, quote: (text: string) => string): OdFormat[] | string => {
  const formats: OdFormat[] = [];
  for (let rest = types; rest !== ''; ) {
    const match = /^([acdfoux])(\d+|(?<=[doux])[CSIL]|(?<=f)[FD])?(z?)/.exec(rest);
    if (!match) return `invalid character '${rest[0]}' in type string ${quote(types)}`;
    const [whole, letter = '', sizeText, z] = match;
    if (/[ac]/.test(letter) && sizeText !== undefined)
      return `invalid character '${sizeText[0]}' in type string ${quote(types)}`;
    const size = sizeText === undefined ? (letter === 'f' ? 8 : 4) : (SIZES[sizeText] ?? Number(sizeText));
    const kind = letter === 'f' ? 'floating point' : 'integral';
    const known = letter === 'f' ? [4, 8] : [1, 2, 4, 8];
    if (!/[ac]/.test(letter) && !known.includes(size)) {
      return `invalid type string ${quote(types)};\nthis system doesn't provide a ${size}-byte ${kind} type`;
    }
    const trailer = z === 'z';
    if (letter === 'a') formats.push({ size: 1, width: 3, trailer, show: named });
    else if (letter === 'c') formats.push({ size: 1, width: 3, trailer, show: character });
    else formats.push({ ...(letter === 'f' ? float(size as 4 | 8) : integer(letter, size)), trailer });
    rest = rest.slice(whole.length);
  }
  return formats;
};

/** One line of a block: fields with blanks shared out so that all formats have the same width. */
export const formatBlock = (
  format: OdFormat,
  block: Uint8Array,
  shape: { readonly bytes: number; readonly width: number; readonly little: boolean },
): string => {
  const { size, width } = format;
  const fields = shape.bytes / size;
  const padded = new Uint8Array(shape.bytes);
  padded.set(block);
  const view = new DataView(padded.buffer);
  const blank = Math.floor((shape.bytes - block.length) / size);
  const pad = shape.width - width * fields;
  let left = pad;
  let text = '';
  for (let field = fields; field > blank; field--) {
    const next = Math.floor((pad * (field - 1)) / fields);
    text += format.show(view, (fields - field) * size, shape.little).padStart(left - next + width);
    left = next;
  }
  if (!format.trailer) return text;
  const shown = [...block].map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '.')).join('');
  return `${text}${' '.repeat(blank * width + Math.floor((pad * blank) / fields))}  >${shown}<`;
};
