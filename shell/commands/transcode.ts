// What base64, base32 and basenc do alike: a file as letters in lines of a width, or letters as bytes.

import type { Coding } from './base-n.ts';
import type { Command } from './command.ts';
import { chunks, closeInput, openInput, readAll } from './input.ts';
import type { NameOf, Options, OptionTable } from './options.ts';
import type { Output } from './output.ts';
import { quoteIfNeeded, quoteLocale } from './quoting.ts';
import { joinBytes } from './text.ts';
import { byteCodec } from './text-codec.ts';
import { extraOperand, usageError } from './usage-error.ts';

export const codingOptions = {
  decode: { short: 'd' },
  'ignore-garbage': { short: 'i' },
  wrap: { short: 'w', argument: 'required' },
} as const satisfies OptionTable;

type CodingOptions = Pick<Options<NameOf<typeof codingOptions>>, 'has' | 'value' | 'operands'>;

/** Writes the operand's bytes, or those of standard input, in `coding`, or reads them; gives the exit status. */
export const transcode = async (
  out: Output,
  command: Command,
  parsed: CodingOptions,
  coding: Coding | undefined,
): Promise<number> => {
  const { process } = out;
  const wrap = parsed.value('wrap') ?? '76';
  if (!/^\d+$/.test(wrap)) {
    await out.warn(`invalid wrap size: ${quoteLocale(process, wrap)}`);
    return 1;
  }
  if (coding === undefined) return usageError(out, command, 'missing encoding type');
  const [name = '-', extra] = parsed.operands;
  if (extra !== undefined) return extraOperand(out, command, extra);
  let fd: number;
  try {
    fd = openInput(process, name);
  } catch (error) {
    await out.complain(quoteIfNeeded(process, name), error);
    return 1;
  }
  try {
    if (parsed.has('decode')) await decodeInput(out, fd, coding, parsed.has('ignore-garbage'));
    else await encodeInput(out, fd, coding, Number(wrap));
  } catch (error) {
    await out.complain('read error', error);
  }
  closeInput(process, fd);
  return out.end();
};

const decodeInput = async (out: Output, fd: number, coding: Coding, lenient: boolean): Promise<void> => {
  const text = byteCodec.decode(await readAll(out.process, fd)).replaceAll('\n', '');
  const known = new Set(coding.letters);
  const meant = lenient ? [...text].filter((letter) => known.has(letter)).join('') : text;
  const { bytes, valid } = coding.decode(meant);
  out.bytes(bytes);
  if (!valid) await out.warn('invalid input');
};

const encodeInput = async (out: Output, fd: number, coding: Coding, wrap: number): Promise<void> => {
  let rest: Uint8Array = new Uint8Array(0);
  let column = 0;
  const put = async (bytes: Uint8Array): Promise<void> => {
    const text = coding.encode(bytes);
    if (text === undefined) {
      column = 0;
      return out.warn('invalid input (length must be multiple of 4 characters)');
    }
    if (wrap === 0) return out.text(text);
    for (let at = 0; at < text.length; ) {
      const piece = text.slice(at, at + wrap - column);
      at += piece.length;
      column += piece.length;
      out.text(piece);
      if (column < wrap) continue;
      out.text('\n');
      column = 0;
    }
  };
  for await (const chunk of chunks(out.process, fd)) {
    const bytes = rest.length > 0 ? joinBytes([rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % coding.bytes);
    await put(bytes.subarray(0, whole));
    rest = bytes.subarray(whole);
    await out.flush();
  }
  if (rest.length > 0) await put(rest);
  if (column > 0) out.text('\n');
};
