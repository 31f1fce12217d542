// tr: translate, squeeze or delete characters. It works on bytes, as GNU's does.

import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { chunks } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { readSet, SetError } from './tr-set.ts';
import { extraOperand, missingOperand, usageError } from './usage-error.ts';

const options = {
  complement: { short: 'cC' },
  delete: { short: 'd' },
  'squeeze-repeats': { short: 's' },
  'truncate-set1': { short: 't' },
} as const;

export const tr: Command = {
  name: 'tr',
  help: `Usage: tr [OPTION]... STRING1 [STRING2]
Copy standard input to standard output, with characters translated, squeezed or left out.

  -c, -C, --complement    take the characters that are not in STRING1
  -d, --delete            leave out the characters in STRING1
  -s, --squeeze-repeats   make one of several equal characters in a row that the
                            last STRING names
  -t, --truncate-set1     cut STRING1 to the length of STRING2
      --help        display this help and exit
      --version     output version information and exit

Most characters stand for themselves. These do not:

  \\NNN            the byte with octal value NNN
  \\\\ \\a \\b \\f \\n \\r \\t \\v  backslash and the usual controls
  C1-C2           all from C1 to C2
  [C*]            in STRING2, C as often as STRING1 is long
  [C*N]           C N times, octal when N begins with 0
  [:CLASS:]       alnum alpha blank cntrl digit graph lower print punct space upper xdigit
  [=C=]           C
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, tr, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const [first, second, third] = parsed.operands;
    const deleting = parsed.has('delete');
    const squeezing = parsed.has('squeeze-repeats');
    if (first === undefined) return missingOperand(out, tr, []);
    if (second === undefined && deleting === squeezing) {
      await out.warn(`missing operand after ${quoteLocale(process, first)}`);
      if (flavorOf(process) === 'busybox') return usageError(out, tr, '');
      const why = deleting
        ? 'Two strings must be given when both deleting and squeezing repeats.'
        : 'Two strings must be given when translating.';
      await out.errorText(`${why}\nTry '${out.name} --help' for more information.\n`);
      return 1;
    }
    if (third !== undefined) return extraOperand(out, tr, third);
    if (second !== undefined && deleting && !squeezing) {
      await out.warn(`extra operand ${quoteLocale(process, second)}`);
      await out.errorText(
        `Only one string may be given when deleting without squeezing repeats.\nTry '${out.name} --help' for more information.\n`,
      );
      return 1;
    }
    try {
      const convert = converter(first, second, {
        complement: parsed.has('complement'),
        deleting,
        squeezing,
        truncate: parsed.has('truncate-set1'),
      });
      const unbuffered = process.tty(1) !== undefined || flavorOf(process) === 'busybox';
      for await (const chunk of chunks(process, 0)) {
        out.bytes(convert(chunk));
        // stdio keeps what goes into a file or a pipe until its buffer is full; busybox does without.
        if (unbuffered) await out.flush();
        else await out.caughtUp();
      }
    } catch (error) {
      if (!(error instanceof SetError)) throw error;
      if (error.usage) return usageError(out, tr, error.message);
      await out.warn(error.message);
      return 1;
    }
    return out.end();
  },
};

interface Rules {
  readonly complement: boolean;
  readonly deleting: boolean;
  readonly squeezing: boolean;
  readonly truncate: boolean;
}

type Convert = (chunk: Uint8Array) => Uint8Array;

/** Throws SetError. */
const converter = (first: string, second: string | undefined, rules: Rules): Convert => {
  const set1 = readSet(byteCodec.argument(first), undefined);
  let from = rules.complement ? others(set1) : set1;
  const translating = second !== undefined && !rules.deleting;
  if (translating && /\[:(?!upper|lower)[a-z]+:\]/.test(second)) {
    throw new SetError(
      "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'",
    );
  }
  let to = second === undefined ? [] : readSet(byteCodec.argument(second), translating ? from.length : 0);
  if (translating) {
    if (to.length === 0 && !rules.truncate) {
      throw new SetError('when not truncating set1, string2 must be non-empty');
    }
    if (rules.truncate) from = from.slice(0, to.length);
    const last = to.at(-1) ?? 0;
    while (to.length < from.length) to = [...to, ...new Array<number>(from.length - to.length).fill(last)];
  }
  const removed = flags(rules.deleting ? from : []);
  const table = Uint8Array.from({ length: 256 }, (_none, byte) => byte);
  if (translating) for (const [index, byte] of from.entries()) table[byte] = to[index] ?? byte;
  const squeezed = flags(rules.squeezing ? (second === undefined ? from : to) : []);
  let last = -1;
  return (chunk) => {
    const result = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (removed[byte]) continue;
      const made = table[byte] as number;
      if (made === last && squeezed[made]) continue;
      last = made;
      result[length++] = made;
    }
    return result.subarray(0, length);
  };
};

const flags = (bytes: readonly number[]): Uint8Array => {
  const set = new Uint8Array(256);
  for (const byte of bytes) set[byte] = 1;
  return set;
};

const others = (bytes: readonly number[]): number[] => {
  const set = flags(bytes);
  return Array.from({ length: 256 }, (_none, byte) => byte).filter((byte) => set[byte] === 0);
};
