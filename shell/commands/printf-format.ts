// printf's formats: conversions, escapes, and the format used again while arguments remain.

import { ESCAPED_CHARACTERS } from './byte-letters.ts';
import { paddedReal, readReal, realText, ZERO } from './c-float.ts';
import { based, integerText, padded, type Spec, truncated } from './number-format.ts';
import { byteCodec } from './text-codec.ts';

export interface PrintfOptions {
  /** bash's words for errors. */
  bash: boolean;
  /** Floating point numbers are C's double, not its long double. */
  double?: boolean;
  /** What %(format)T makes of a time in nanoseconds since 1970. */
  time?: (format: string, time: bigint) => string;
  /** What %q does; without it there is no %q. */
  quote?: (text: string) => string;
  /** For %(...)T: nanoseconds since 1970. */
  now(): bigint;
}

export interface PrintfResult {
  text: string;
  /** Complaints, without the command's name. */
  errors: string[];
  /** How much of the text stands before each complaint. */
  places: number[];
}

const CONVERSION =
  /%%|%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d*))?(?:hh|h|ll|l|L|j|z|t)?(?:\(([^)]*)\)(?=T))?([a-zA-Z])?/g;

export function formatPrintf(
  format: string,
  values: readonly string[],
  options: PrintfOptions,
): PrintfResult {
  const run = new Run(values, options);
  do {
    run.once(format);
  } while (!run.stopped && run.used > 0 && run.used < values.length && run.advanced());
  return { text: run.text, errors: run.errors, places: run.places };
}

class Run {
  text = '';
  readonly errors: string[] = [];
  readonly places: number[] = [];
  stopped = false;
  used = 0;
  #before = 0;
  readonly #values: readonly string[];
  readonly #options: PrintfOptions;

  constructor(values: readonly string[], options: PrintfOptions) {
    this.#values = values;
    this.#options = options;
  }

  #complain(error: string): void {
    this.errors.push(error);
    this.places.push(this.text.length);
  }

  /** Whether the last round took arguments: else the format would repeat for ever. */
  advanced(): boolean {
    const moved = this.used > this.#before;
    this.#before = this.used;
    return moved;
  }

  once(format: string): void {
    let from = 0;
    for (const found of format.matchAll(CONVERSION)) {
      this.#literal(format.slice(from, found.index));
      from = found.index + found[0].length;
      if (this.stopped) return;
      if (found[0] === '%%') this.text += '%';
      else this.#convert(found, format[from]);
      if (this.stopped) return;
    }
    this.#literal(format.slice(from));
  }

  #literal(text: string): void {
    // GNU's \c ends everything in a format too, bash's only in %b.
    const end = this.#options.bash ? null : /^(?:[^\\]|\\[^c])*?(?=\\c)/.exec(text);
    const { text: read, stopped } = unescapePrintf(end === null ? text : end[0], false);
    this.text += read;
    this.stopped ||= stopped || end !== null;
  }

  #next(): string | undefined {
    return this.#values[this.used++];
  }

  #convert(found: RegExpMatchArray, next: string | undefined): void {
    const [whole, flags = '', width, precision, timeFormat, letter] = found;
    const star = (text: string | undefined): number | undefined =>
      text === '*' ? Number(this.#integer(this.#next())) : text === undefined ? undefined : Number(text);
    const wide = star(width) ?? 0;
    const spec: Spec = {
      flags: wide < 0 ? `${flags}-` : flags,
      width: Math.abs(wide),
      precision: star(precision),
    };
    if (letter === 'T' && timeFormat !== undefined && this.#options.time !== undefined) {
      this.text += padded(this.#time(timeFormat), spec);
      return;
    }
    const conversion = letter === undefined ? undefined : this.#conversions[letter];
    if (conversion === undefined || (/q/i.test(letter as string) && this.#options.quote === undefined)) {
      this.#complain(
        this.#options.bash
          ? (letter ?? next) === undefined
            ? `\`${whole}': missing format character`
            : `\`${letter ?? next}': invalid format character`
          : `${whole}: invalid conversion specification`,
      );
      this.stopped = true;
      return;
    }
    this.text += conversion(spec);
  }

  readonly #conversions: Record<string, (spec: Spec) => string> = {
    s: (spec) => inBytes(this.#next() ?? '', (text) => padded(truncated(text, spec), spec)),
    c: (spec) => inBytes(this.#next() ?? '', (text) => padded(text[0] ?? '\0', spec)),
    b: (spec) => {
      const { text, stopped } = unescapePrintf(this.#next() ?? '', true);
      this.stopped ||= stopped;
      return inBytes(text, (given) => padded(truncated(given, spec), spec));
    },
    q: (spec) =>
      inBytes(this.#options.quote?.(this.#next() ?? '') ?? '', (text) => padded(truncated(text, spec), spec)),
    Q: (spec) =>
      inBytes(this.#options.quote?.(truncated(this.#next() ?? '', spec)) ?? '', (text) => padded(text, spec)),
    d: (spec) => integerText(BigInt.asIntN(64, this.#integer(this.#next(), true)), spec),
    i: (spec) => integerText(BigInt.asIntN(64, this.#integer(this.#next(), true)), spec),
    u: (spec) =>
      integerText(BigInt.asUintN(64, this.#integer(this.#next())), {
        ...spec,
        flags: spec.flags.replace(/[+ ]/g, ''),
      }),
    o: (spec) => based(this.#integer(this.#next()), 8, '0', spec),
    x: (spec) => based(this.#integer(this.#next()), 16, '0x', spec),
    X: (spec) => based(this.#integer(this.#next()), 16, '0x', spec).toUpperCase(),
    f: (spec) => this.#float('f', spec),
    F: (spec) => this.#float('f', spec).toUpperCase(),
    e: (spec) => this.#float('e', spec),
    E: (spec) => this.#float('e', spec).toUpperCase(),
    g: (spec) => this.#float('g', spec),
    G: (spec) => this.#float('g', spec).toUpperCase(),
    a: (spec) => this.#float('a', spec),
    A: (spec) => this.#float('a', spec).toUpperCase(),
  };

  #integer(text: string | undefined, signed = false): bigint {
    if (text === undefined || text === '') return 0n;
    if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
    const shape = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)?/.exec(text) as RegExpExecArray;
    const digits = shape[2];
    const rest = text.slice(shape[0].length);
    if (digits === undefined || rest !== '') this.#complain(this.#badNumber(text, digits !== undefined));
    if (digits === undefined) return 0n;
    const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
    const value = shape[1] === '-' ? -size : size;
    if (this.#options.bash) return this.#inRange(value, text, signed);
    if (value > 0xffff_ffff_ffff_ffffn || value < -0x8000_0000_0000_0000n) {
      this.#complain(`${text}: Numerical result out of range`);
      return value < 0n ? -0x8000_0000_0000_0000n : 0x7fff_ffff_ffff_ffffn;
    }
    return value;
  }

  // As strtoimax and strtoumax: the nearest number there is, with a warning that fails nothing.
  #inRange(value: bigint, text: string, signed: boolean): bigint {
    const [least, most] = signed ? [-(2n ** 63n), 2n ** 63n - 1n] : [1n - 2n ** 64n, 2n ** 64n - 1n];
    if (value >= least && value <= most) return value;
    this.#complain(`${WARNING}${text}: Numerical result out of range`);
    return signed && value < 0n ? least : most;
  }

  #badNumber(text: string, partly: boolean): string {
    if (this.#options.bash)
      return `${text}: invalid ${/^0\d/.test(text) ? 'octal ' : text.startsWith('0x') ? 'hex ' : ''}number`;
    return partly ? `${text}: not completely converted` : `${text}: expected a numeric value`;
  }

  #float(kind: 'f' | 'e' | 'g' | 'a', spec: Spec): string {
    const text = this.#next() ?? '0';
    const read = readReal(
      /^["']/.test(text) ? String(text.codePointAt(1) ?? 0) : text || '0',
      this.#options.double ? 'double' : 'long',
    );
    if (read === undefined || read.rest !== '') this.#complain(this.#badNumber(text, read !== undefined));
    else if (read.outOfRange) this.#complain(this.#outOfRange(text));
    const shown = realText(kind, read?.value ?? ZERO, spec.precision, spec.flags.includes('#'));
    return paddedReal(shown, spec.flags, spec.width);
  }

  #outOfRange(text: string): string {
    return `${this.#options.bash ? WARNING : ''}${text}: Numerical result out of range`;
  }

  #time(format: string): string {
    const text = this.#next();
    const time =
      text === undefined || text === '-1' || text === '-2'
        ? this.#options.now()
        : this.#integer(text, true) * 1_000_000_000n;
    return this.#options.time?.(format === '' ? '%H:%M:%S' : format, time) ?? '';
  }
}

/** What the complaints that do not change the status begin with. */
export const WARNING = 'warning: ';

const ASCII = /^[\x00-\x7f]*$/;

/** Widths and precisions of texts count bytes, whatever the locale (printf(3), without `l`). */
const inBytes = (text: string, change: (bytes: string) => string): string =>
  ASCII.test(text) ? change(text) : byteCodec.name(change(byteCodec.argument(text)));

/** Backslash escapes of a format, or of a %b argument (where octal is \0nnn and \c stops everything). */
export function unescapePrintf(text: string, argument: boolean): { text: string; stopped: boolean } {
  if (!text.includes('\\')) return { text, stopped: false };
  let out = '';
  let from = 0;
  for (const found of text.matchAll(
    /\\(0[0-7]{0,3}|[1-7][0-7]{0,2}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[\s\S])/g,
  )) {
    out += text.slice(from, found.index);
    from = found.index + found[0].length;
    const body = found[1] as string;
    if (body === 'c' && argument) return { text: joinBytes(out), stopped: true };
    out += escaped(body, argument) ?? found[0];
  }
  return { text: joinBytes(out + text.slice(from)), stopped: false };
}

function escaped(body: string, argument: boolean): string | undefined {
  if (/^[uU]./.test(body))
    return String.fromCodePoint(Math.min(Number.parseInt(body.slice(1), 16), 0x10ffff));
  if (/^x[0-9a-fA-F]/.test(body)) return byte(Number.parseInt(body.slice(1), 16));
  if (/^[0-7]/.test(body)) {
    // A format reads at most three octal digits: \0101 is \010 and 1.
    if (!argument && body.length === 4) return byte(Number.parseInt(body.slice(0, 3), 8)) + body[3];
    return byte(Number.parseInt(body, 8) & 0xff);
  }
  if ((body === "'" || body === '"' || body === '?') && argument) return undefined;
  return ESCAPED_CHARACTERS[body];
}

const byte = (value: number): string => String.fromCharCode(value < 0x80 ? value : 0xdc00 + value);

// Bytes that together are UTF-8 become the characters they spell.
function joinBytes(text: string): string {
  return text.replace(/[\udc80-\udcff]+/g, (run) => {
    const bytes = Uint8Array.from(run, (char) => char.charCodeAt(0) - 0xdc00);
    const decoded = new TextDecoder().decode(bytes);
    return decoded.includes('\ufffd') ? run : decoded;
  });
}
