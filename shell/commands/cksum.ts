// cksum: POSIX's cyclic redundancy check and the number of bytes; or the digest that -a names.

import type { Process } from '../fs/process.ts';
import { blakeFor, digestLength } from './checksum.ts';
import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { blake2b, type DigestKind, digestKinds, digestLine, digestOf } from './digest.ts';
import { checkDigests, checkHelp, checkOptions, type KindFor } from './digest-check.ts';
import { eachInput } from './each-input.ts';
import { chunks } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { bsdSum, systemVSum } from './sum.ts';

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

const step = (crc: number, byte: number): number =>
  ((crc << 8) ^ (TABLE[((crc >>> 24) ^ byte) & 0xff] as number)) >>> 0;

const crcSum = async (process: Process, fd: number): Promise<string> => {
  let [crc, size] = [0, 0];
  for await (const chunk of chunks(process, fd)) {
    for (const byte of chunk) crc = step(crc, byte);
    size += chunk.length;
  }
  // The length counts too, lowest byte first.
  for (let left = size; left > 0; left = Math.floor(left / 256)) crc = step(crc, left & 0xff);
  return `${~crc >>> 0} ${size}`;
};

const SUMS = { bsd: bsdSum, sysv: systemVSum, crc: crcSum } as const;
const KINDS: Readonly<Record<string, DigestKind>> = { ...digestKinds, blake2b: blake2b(512) };

const ALGORITHMS = {
  bsd: ['bsd'],
  sysv: ['sysv'],
  crc: ['crc'],
  md5: ['md5'],
  sha1: ['sha1'],
  sha224: ['sha224'],
  sha256: ['sha256'],
  sha384: ['sha384'],
  sha512: ['sha512'],
  blake2b: ['blake2b'],
  sm3: ['sm3'],
} as const;

type Algorithm = keyof typeof ALGORITHMS;

const options = {
  ...checkOptions,
  algorithm: { short: 'a', argument: 'required' },
  debug: {},
  length: { short: 'l', argument: 'required' },
  tag: {},
  untagged: {},
  zero: { short: 'z' },
} as const;

export const cksum: Command = {
  name: 'cksum',
  help: `Usage: cksum [OPTION]... [FILE]...
Print the checksum (CRC) and the number of bytes of each FILE, or its digest.

Without a FILE, or where FILE is -, standard input is read.

  -a, --algorithm=NAME  what is computed: sysv, bsd, crc (default), md5, sha1,
                          sha224, sha256, sha384, sha512, blake2b, sm3
  -c, --check           read digests from the FILEs and check them
  -l, --length=BITS     BLAKE2b digests of so many bits, a multiple of 8
      --tag             print in BSD style (default)
      --untagged        print as md5sum and its like do
  -z, --zero            end lines with a zero byte
      --debug           accepted

${checkHelp}      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, cksum, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const given = parsed.value('algorithm');
    const algorithm = given === undefined ? 'crc' : await choose(out, '--algorithm', given, ALGORITHMS);
    if (algorithm === undefined) return out.status;
    const problem = misuse(parsed, given === undefined ? undefined : algorithm);
    if (problem !== undefined) {
      await out.warn(problem);
      return 1;
    }
    if (parsed.has('check'))
      return checkDigests(
        out,
        parsed,
        kindsFor(given === undefined ? undefined : algorithm),
        KINDS[algorithm]?.title ?? 'CRC',
      );
    const base = KINDS[algorithm];
    const kind = base && (await digestLength(out, parsed.value('length'), base));
    if (base && !kind) return 1;
    const style = {
      tag: parsed.last('tag', 'untagged') !== 'untagged',
      binary: false,
      zero: parsed.has('zero'),
    };
    await eachInput(out, parsed.operands, async (fd, name) => {
      if (kind) out.text(digestLine(await digestOf(process, fd, kind), name, kind, style));
      else {
        const sum = await SUMS[algorithm as keyof typeof SUMS](process, fd);
        out.text(`${sum}${parsed.operands.length > 0 ? ` ${name}` : ''}${style.zero ? '\0' : '\n'}`);
      }
    });
    return out.end();
  },
};

const misuse = (
  parsed: Options<keyof typeof options>,
  algorithm: Algorithm | undefined,
): string | undefined => {
  if (parsed.has('length') && algorithm !== 'blake2b')
    return '--length is only supported with --algorithm=blake2b';
  if (parsed.has('check') && algorithm !== undefined && algorithm in SUMS)
    return '--check is not supported with --algorithm={bsd,sysv,crc}';
  return undefined;
};

/** A line without a title can be checked only where the algorithm was named. */
const kindsFor =
  (algorithm: Algorithm | undefined): KindFor =>
  (found) => {
    if (algorithm !== undefined && algorithm !== 'blake2b') {
      const kind = KINDS[algorithm] as DigestKind;
      return (found.title ?? kind.title) === kind.title ? kind : undefined;
    }
    if (found.title === undefined && algorithm === undefined) return undefined;
    if (algorithm === undefined && found.title !== undefined) {
      const kind = Object.values(digestKinds).find(({ title }) => title === found.title);
      if (kind) return kind;
    }
    return blakeFor(found);
  };
