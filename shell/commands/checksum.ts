// md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum, b2sum: print and check digests.

import type { Command } from './command.ts';
import { blake2b, type DigestKind, digestKinds, digestLine, digestOf } from './digest.ts';
import { checkDigests, checkHelp, checkOptions, type KindFor } from './digest-check.ts';
import { eachInput } from './each-input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { usageError } from './usage-error.ts';

const options = {
  ...checkOptions,
  binary: { short: 'b' },
  tag: {},
  text: { short: 't' },
  zero: { short: 'z' },
} as const;

const LENGTH = { length: { short: 'l', argument: 'required' } } as const;

const helpOf = (
  name: string,
  { title, digits }: DigestKind,
  length: string,
): string => `Usage: ${name} [OPTION]... [FILE]...
Print or check ${title} (${digits * 4}-bit) digests.

Without a FILE, or where FILE is -, standard input is read.

  -b, --binary          mark the files as read in binary mode
  -c, --check           read digests from the FILEs and check them
${length}      --tag             print in BSD style
  -t, --text            read in text mode (default)
  -z, --zero            end lines with a zero byte

${checkHelp}      --help        display this help and exit
      --version     output version information and exit
`;

const LENGTH_HELP = '  -l, --length=BITS     digests of so many bits, a multiple of 8\n';

const checksum = (name: string, kind: DigestKind, varies = false): Command => {
  const command: Command = {
    name,
    help: helpOf(name, kind, varies ? LENGTH_HELP : ''),
    run: async (process, argv) => {
      const out = new Output(process);
      const parsed = await parseOptions(
        out,
        command,
        argv,
        varies ? { ...options, ...LENGTH } : { ...options, length: { hidden: true, short: '' } },
      );
      if ('exit' in parsed) return parsed.exit;
      const used = await digestLength(out, parsed.value('length'), kind);
      if (used === undefined) return 1;
      if (parsed.has('check') && parsed.has('tag'))
        return usageError(out, command, 'the --tag option is meaningless when verifying checksums');
      if (parsed.has('check'))
        return checkDigests(out, parsed, varies ? blakeFor : ownKind(kind), kind.title);
      const style = {
        tag: parsed.has('tag'),
        binary: parsed.last('binary', 'text') === 'binary',
        zero: parsed.has('zero'),
      };
      await eachInput(out, parsed.operands, async (fd, file) => {
        out.text(digestLine(await digestOf(process, fd, used), file, used, style));
      });
      return out.end();
    },
  };
  return command;
};

/** BLAKE2b of the length that was asked for; undefined after a complaint. */
export const digestLength = async (
  out: Output,
  text: string | undefined,
  kind: DigestKind,
): Promise<DigestKind | undefined> => {
  const bits = Number(text ?? 0);
  if (bits === 0) return kind;
  const { process } = out;
  const problem = !/^\d+$/.test(text ?? '')
    ? ''
    : bits > 512
      ? `maximum digest length for ${quoteLocale(process, 'BLAKE2b')} is 512 bits`
      : bits % 8 !== 0
        ? 'length is not a multiple of 8'
        : undefined;
  if (problem === undefined) return blake2b(bits);
  await out.warn(`invalid length: ${quoteLocale(process, text ?? '')}`);
  if (problem !== '') await out.warn(problem);
  return undefined;
};

const ownKind =
  (kind: DigestKind): KindFor =>
  ({ title = kind.title }) =>
    title === kind.title ? kind : undefined;

/** Any length that the title or the digits tell. */
export const blakeFor: KindFor = ({ title, digits }) => {
  const bits = digits * 4;
  if (bits === 0 || bits > 512 || bits % 8 !== 0) return undefined;
  const kind = blake2b(bits);
  return title === undefined || title === kind.title ? kind : undefined;
};

export const md5sum = checksum('md5sum', digestKinds.md5);
export const sha1sum = checksum('sha1sum', digestKinds.sha1);
export const sha224sum = checksum('sha224sum', digestKinds.sha224);
export const sha256sum = checksum('sha256sum', digestKinds.sha256);
export const sha384sum = checksum('sha384sum', digestKinds.sha384);
export const sha512sum = checksum('sha512sum', digestKinds.sha512);
export const b2sum = checksum('b2sum', blake2b(512), true);
