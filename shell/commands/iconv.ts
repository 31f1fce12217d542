// iconv: text from one encoding to another.

import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinBytes } from './text.ts';

/** Code points of some bytes; -1 for what is no character. */
type Decode = (bytes: Uint8Array) => number[];
/** The bytes of a code point; undefined when the encoding has no such character. */
type Encode = (code: number) => readonly number[] | undefined;

interface Encoding {
  readonly decode: Decode;
  readonly encode: Encode;
  /** What a text begins with. */
  readonly mark?: readonly number[];
}

const singleBytes = (limit: number): Encoding => ({
  decode: (bytes) => [...bytes].map((byte) => (byte < limit ? byte : -1)),
  encode: (code) => (code < limit ? [code] : undefined),
});

const decodeUtf8: Decode = (bytes) => {
  const codes: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number;
    const length =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    const rest = [...bytes.subarray(at + 1, at + length)];
    if (length === 0 || rest.length < length - 1 || rest.some((byte) => byte >> 6 !== 2)) {
      codes.push(-1);
      at++;
      continue;
    }
    const start = length === 1 ? first : first & (0x7f >> length);
    codes.push(rest.reduce((code, byte) => (code << 6) | (byte & 0x3f), start));
    at += length;
  }
  return codes;
};

const wide = (little: boolean, mark?: readonly number[]): Encoding => ({
  decode: (bytes) => {
    const swap =
      bytes[0] === 0xfe && bytes[1] === 0xff
        ? true
        : bytes[0] === 0xff && bytes[1] === 0xfe
          ? false
          : !little;
    const marked = mark !== undefined && /^(254,255|255,254)$/.test(String([...bytes.subarray(0, 2)]));
    const body = Buffer.from(marked ? bytes.subarray(2) : bytes);
    const even = body.subarray(0, body.length - (body.length % 2));
    const text = ((marked ? swap : !little) ? even.swap16() : even).toString('utf16le');
    return [...text].map((one) => one.codePointAt(0) ?? -1);
  },
  encode: (code) => {
    const bytes = Buffer.from(String.fromCodePoint(code), 'utf16le');
    return [...(little ? bytes : bytes.swap16())];
  },
  ...(mark === undefined ? {} : { mark }),
});

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  UTF8: { decode: decodeUtf8, encode: (code) => [...Buffer.from(String.fromCodePoint(code), 'utf8')] },
  LATIN1: singleBytes(0x100),
  ASCII: singleBytes(0x80),
  UTF16: wide(true, [0xff, 0xfe]),
  UTF16LE: wide(true),
  UTF16BE: wide(false),
};

const ALIASES: Readonly<Record<string, string>> = {
  ISO88591: 'LATIN1',
  '88591': 'LATIN1',
  L1: 'LATIN1',
  USASCII: 'ASCII',
  ANSIX341968: 'ASCII',
};

const find = (name: string): Encoding | undefined => {
  const key = name.toUpperCase().replace(/[-_.]/g, '');
  return ENCODINGS[ALIASES[key] ?? key];
};

export const iconv: Command = {
  name: 'iconv',
  help: `Usage: iconv [OPTION...] [FILE...]
Convert the encoding of the FILEs, or of standard input.

  -f, --from-code=NAME   the encoding the text is in (default: UTF-8)
  -t, --to-code=NAME     the encoding to write (default: UTF-8)
  -c                     leave out characters that cannot be converted
  -l, --list             list the encodings
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, iconv, argv, {
      'from-code': { short: 'f', argument: 'required' },
      'to-code': { short: 't', argument: 'required' },
      c: {},
      list: { short: 'l' },
    } as const);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('list')) {
      for (const name of Object.keys(ENCODINGS)) out.line(`${name}//`);
      return out.end();
    }
    const [to = 'UTF-8', ...suffixes] = (parsed.value('to-code') ?? 'UTF-8').split('//');
    const source = find((parsed.value('from-code') ?? 'UTF-8').split('//')[0] ?? '');
    const target = find(to);
    if (source === undefined || target === undefined) {
      await out.errorText('iconv: failed to start conversion processing: No such file or directory\n');
      return 1;
    }
    const parts: Uint8Array[] = [];
    for (const name of parsed.operands.length > 0 ? parsed.operands : ['-']) {
      try {
        const fd = openInput(process, name);
        parts.push(await readAll(process, fd));
        closeInput(process, fd);
      } catch (error) {
        await out.complain(`cannot open input file \`${name}'`, error);
      }
    }
    const drops = parsed.has('c') || suffixes.includes('IGNORE');
    const substitute = suffixes.includes('TRANSLIT') ? target.encode(0x3f) : undefined;
    const codes = source.decode(joinBytes(parts));
    if (target.mark !== undefined && codes.length > 0) out.bytes(Uint8Array.from(target.mark));
    for (const [at, code] of codes.entries()) {
      const bytes = code < 0 ? undefined : (target.encode(code) ?? substitute);
      if (bytes !== undefined) out.bytes(Uint8Array.from(bytes));
      else if (!drops) {
        const position = codes.slice(0, at).reduce((sum, one) => sum + (source.encode(one)?.length ?? 1), 0);
        await out.errorText(`iconv: illegal input sequence at position ${position}\n`);
        return 1;
      }
    }
    return out.end();
  },
};
