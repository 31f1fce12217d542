// How numfmt reads and writes one number.

export type Scale = 'none' | 'auto' | 'si' | 'iec' | 'iec-i';

type Round = 'up' | 'down' | 'from-zero' | 'towards-zero' | 'nearest';

export interface NumberStyle {
  readonly from: Scale;
  readonly to: Scale;
  readonly fromUnit: number;
  readonly toUnit: number;
  readonly round: Round;
  readonly suffix: string;
  /** The width; negative: blanks come after the number. */
  readonly padding?: number;
  /** A number keeps the width of its field. */
  readonly autoPadding: boolean;
  readonly zeros?: boolean;
  readonly precision?: number;
  readonly before?: string;
  readonly after?: string;
}

const LETTERS = 'KMGTPEZY';
const DIGITS = 18;

const FORMAT = /^((?:[^%]|%%)*)%(0*)'?(0*)( *)(-?)(\d*)(?:\.(\d*))?f((?:[^%]|%%)*)$/;

/** What is wrong with a format; undefined where nothing is. */
export const formatProblem = (format: string, quote: (text: string) => string): string | undefined => {
  if (FORMAT.test(format)) return undefined;
  const bare = format.replaceAll('%%', '');
  if (!bare.includes('%')) return `format ${quote(format)} has no % directive`;
  if (bare.endsWith('%') && bare.split('%').length === 2) return `format ${quote(format)} ends in %`;
  const first = /^(?:[^%]|%%)*%[0' -]*\d*(?:\.\d*)?f/.exec(format);
  if (first) return `format ${quote(format)} has too many % directives`;
  return `invalid format ${quote(format)}, directive must be %[0]['][-][N][.][N]f`;
};

export const readFormat = (format: string | undefined): Partial<NumberStyle> => {
  const found = FORMAT.exec(format ?? '');
  if (!found) return {};
  const [, before = '', zero1 = '', zero2 = '', , minus = '', width = '', precision, after = ''] = found;
  const padding = Number(width) * (minus === '-' ? -1 : 1);
  return {
    before: before.replaceAll('%%', '%'),
    after,
    zeros: zero1 + zero2 !== '',
    ...(padding === 0 ? {} : { padding }),
    ...(precision === undefined ? {} : { precision: Number(precision) }),
  };
};

/** `1024`, `K` (1000), `Ki` (1024), `4K`; undefined for anything else. */
export const unitSize = (text: string): number | undefined => {
  const found = /^(\d*)(?:([KMGTPEZY])(i?))?$/.exec(text);
  if (!found || text === '') return undefined;
  const [, digits = '', letter, i] = found;
  const base = i === 'i' ? 1024 : 1000;
  const size = Number(digits || 1) * (letter === undefined ? 1 : base ** (LETTERS.indexOf(letter) + 1));
  return size > 0 ? size : undefined;
};

const rounders: Readonly<Record<Round, (value: number) => number>> = {
  up: Math.ceil,
  down: Math.floor,
  'towards-zero': Math.trunc,
  'from-zero': (value) => (value < 0 ? Math.floor(value) : Math.ceil(value)),
  nearest: (value) => (value < 0 ? Math.ceil(value - 0.5) : Math.floor(value + 0.5)),
};

export class Formatter {
  readonly #style: NumberStyle;
  readonly #quote: (text: string) => string;

  constructor(style: NumberStyle, quote: (text: string) => string) {
    this.#style = style;
    this.#quote = quote;
  }

  change(field: string, later: boolean): { text: string } | { problem: string } {
    const { suffix, autoPadding, fromUnit, toUnit, before = '', after = '' } = this.#style;
    const bare =
      suffix !== '' && field.endsWith(suffix) && field !== suffix ? field.slice(0, -suffix.length) : field;
    const text = bare.replace(/^[ \t]+/, '');
    const read = this.#read(text);
    if ('problem' in read) return read;
    const value = fromUnit === 1 && toUnit === 1 ? read.value : (read.value * fromUnit) / toUnit;
    const shown = this.#show(value, read.decimals);
    if ('problem' in shown) return shown;
    const padded = autoPadding && (text !== bare || later) ? field.length : undefined;
    return { text: before + this.#pad(`${shown.text}${suffix}`, padded) + after };
  }

  #read(text: string): { value: number; decimals: number } | { problem: string } {
    const { from } = this.#style;
    const found = /^(-?(?:\d+(?:\.(\d+))?|\.(\d+)))([\s\S]*)$/.exec(text);
    if (!found) return { problem: `invalid number: ${this.#quote(text)}` };
    const [, digits = '', decimals1, decimals2, rest = ''] = found;
    const value = Number(digits);
    if (rest === '') return { value, decimals: (decimals1 ?? decimals2 ?? '').length };
    const unit = rest.replace(/^[ \t]+/, '');
    const power = LETTERS.indexOf(unit[0] ?? '') + 1;
    if (power === 0) return { problem: `invalid suffix in input: ${this.#quote(text)}` };
    if (from === 'none')
      return { problem: `rejecting suffix in input: ${this.#quote(text)} (consider using --from)` };
    const i = unit[1] === 'i';
    if (from === 'iec-i' && !i)
      return { problem: `missing 'i' suffix in input: ${this.#quote(text)} (e.g Ki/Mi/Gi)` };
    const takesI = i && (from === 'iec-i' || from === 'auto');
    const end = unit.slice(takesI ? 2 : 1);
    if (end !== '') return { problem: `invalid suffix in input ${this.#quote(text)}: ${this.#quote(end)}` };
    const base = from === 'si' || (from === 'auto' && !i) ? 1000 : 1024;
    return { value: value * base ** power, decimals: 0 };
  }

  #show(value: number, decimals: number): { text: string } | { problem: string } {
    const { to, precision } = this.#style;
    if (to === 'none') {
      const places = precision ?? decimals;
      const power = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
      if (power + places > DIGITS) {
        const short = /e/.test(value.toPrecision(6))
          ? Number(value.toPrecision(6)).toExponential()
          : String(value);
        const shown = short.replace(/e\+(\d)$/, 'e+0$1');
        return {
          problem: `value${places > 0 ? '/precision' : ''} too large to be printed: '${shown}${places > 0 ? `/${places}` : ''}' (consider using --to)`,
        };
      }
      return { text: this.#fixed(this.#round(value, places), places) };
    }
    return { text: this.#scaled(value, to === 'si' ? 1000 : 1024) };
  }

  #round(value: number, places: number): number {
    const scaled = Number(`${value}e${places}`);
    const exact = Number.isNaN(scaled) ? value * 10 ** places : scaled;
    return rounders[this.#style.round](exact) / 10 ** places;
  }

  #fixed(value: number, places: number): string {
    if (places > 0) return value.toFixed(places);
    // A half goes to the even neighbour, as printf has it.
    const below = Math.floor(value);
    const up = value - below > 0.5 || (value - below === 0.5 && below % 2 !== 0);
    return BigInt(up ? below + 1 : below).toString();
  }

  #scaled(value: number, base: number): string {
    const { precision, to } = this.#style;
    let power = 0;
    while (Math.abs(value) >= base ** (power + 1)) power++;
    let scaled = value / base ** power;
    const places = precision !== undefined ? Math.min(power * 3, precision) : Math.abs(scaled) < 10 ? 1 : 0;
    scaled = this.#round(scaled, places);
    if (Math.abs(scaled) >= base) {
      scaled /= base;
      power++;
    }
    const shows = scaled !== 0 && Math.abs(scaled) < 10 && power > 0;
    const text = this.#fixed(scaled, precision ?? (shows ? 1 : 0));
    const letter = power === 0 ? '' : (LETTERS[power - 1] ?? '(error)');
    return `${text}${letter}${to === 'iec-i' && power > 0 ? 'i' : ''}`;
  }

  #pad(text: string, width: number | undefined): string {
    const { padding, zeros } = this.#style;
    if (padding === undefined) return width === undefined ? text : text.padStart(width);
    if (padding < 0) return text.padEnd(-padding);
    if (!zeros) return text.padStart(padding);
    const sign = text.startsWith('-') ? '-' : '';
    return sign + text.slice(sign.length).padStart(padding - sign.length, '0');
  }
}
