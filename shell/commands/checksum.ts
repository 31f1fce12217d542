// md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum: print and check digests.

import { createHash } from 'node:crypto';
import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { chunks, closeInput, lines, openInput } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { toText } from './text.ts';

const options = {
  binary: { short: 'b' },
  check: { short: 'c' },
  tag: {},
  text: { short: 't' },
  zero: { short: 'z' },
  'ignore-missing': {},
  quiet: {},
  status: {},
  strict: {},
  warn: { short: 'w' },
} as const;

type Given = Options<keyof typeof options>;

interface Kind {
  readonly title: string;
  readonly algorithm: string;
  readonly digits: number;
}

const digestOf = async (process: Process, fd: number, { algorithm }: Kind): Promise<string> => {
  const hash = createHash(algorithm);
  for await (const chunk of chunks(process, fd)) hash.update(chunk);
  return hash.digest('hex');
};

const helpOf = (name: string, { title, digits }: Kind): string => `Usage: ${name} [OPTION]... [FILE]...
Print or check ${title} (${digits * 4}-bit) digests.

Without a FILE, or where FILE is -, standard input is read.

  -b, --binary          mark the files as read in binary mode
  -c, --check           read digests from the FILEs and check them
      --tag             print in BSD style
  -t, --text            read in text mode (default)
  -z, --zero            end lines with a zero byte

For checking:
      --ignore-missing  say nothing about files that are not there
      --quiet           say nothing about files that are right
      --status          say nothing; the exit status tells
      --strict          lines that are no digests are a failure
  -w, --warn            warn about such lines
      --help        display this help and exit
      --version     output version information and exit
`;

const checksum = (name: string, kind: Kind): Command => {
  const command: Command = {
    name,
    help: helpOf(name, kind),
    run: async (process, argv) => {
      const out = new Output(process);
      const parsed = await parseOptions(out, command, argv, options);
      if ('exit' in parsed) return parsed.exit;
      if (parsed.has('check')) return check(out, parsed, kind);
      await eachInput(out, parsed.operands, async (fd, file) => {
        const digest = await digestOf(process, fd, kind);
        const escaped = file.replace(/[\\\n\r]/g, (character) => ESCAPED[character] ?? character);
        const mark = escaped === file || parsed.has('zero') ? '' : '\\';
        const shown = parsed.has('zero') ? file : escaped;
        const binary = parsed.last('binary', 'text') === 'binary' ? '*' : ' ';
        const text = parsed.has('tag')
          ? `${kind.title} (${shown}) = ${digest}`
          : `${digest} ${binary}${shown}`;
        out.text(`${mark}${text}${parsed.has('zero') ? '\0' : '\n'}`);
      });
      return out.end();
    },
  };
  return command;
};

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

/** Reads lists of digests; the exit status is 1 when anything is wrong. */
const check = async (out: Output, parsed: Given, kind: Kind): Promise<number> => {
  await eachInput(out, parsed.operands, async (fd, list) => {
    const shown = list === '-' ? "'standard input'" : quoteIfNeeded(out.process, list);
    const counts = { good: 0, bad: 0, unread: 0, improper: 0 };
    for await (const bytes of lines(out.process, fd)) {
      const entry = readEntry(toText(bytes).replace(/\r?\n$/, ''), kind);
      if (entry === undefined) counts.improper++;
      else await checkOne(out, parsed, kind, entry, counts);
    }
    await report(out, parsed, shown, counts);
  });
  return out.end();
};

interface Entry {
  readonly digest: string;
  readonly name: string;
}

const readEntry = (line: string, { digits, title }: Kind): Entry | undefined => {
  const plain = new RegExp(`^\\\\?([0-9a-fA-F]{${digits}}) [ *](.+)$`).exec(line);
  const tagged = new RegExp(`^\\\\?${title} \\((.+)\\) = ([0-9a-fA-F]{${digits}})$`).exec(line);
  const [digest, name] = plain ? [plain[1], plain[2]] : tagged ? [tagged[2], tagged[1]] : [];
  if (digest === undefined || name === undefined) return undefined;
  const unescaped = line.startsWith('\\')
    ? name.replace(/\\([nr\\])/g, (_all, letter) => UNESCAPED[letter] ?? letter)
    : name;
  return { digest: digest.toLowerCase(), name: unescaped };
};

const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', '\\': '\\' };

interface Counts {
  good: number;
  bad: number;
  unread: number;
  improper: number;
}

const checkOne = async (
  out: Output,
  parsed: Given,
  kind: Kind,
  entry: Entry,
  counts: Counts,
): Promise<void> => {
  const { process } = out;
  try {
    const fd = openInput(process, entry.name);
    const right = (await digestOf(process, fd, kind)) === entry.digest;
    closeInput(process, fd);
    counts[right ? 'good' : 'bad']++;
    if (!parsed.has('status') && !(right && parsed.has('quiet')))
      out.line(`${entry.name}: ${right ? 'OK' : 'FAILED'}`);
  } catch (error) {
    if (parsed.has('ignore-missing') && process.tryStat(entry.name) === undefined) return;
    counts.unread++;
    await out.complain(quoteIfNeeded(process, entry.name), error);
    if (!parsed.has('status')) out.line(`${entry.name}: FAILED open or read`);
  }
};

const report = async (out: Output, parsed: Given, shown: string, counts: Counts): Promise<void> => {
  const { good, bad, unread, improper } = counts;
  if (good + bad + unread === 0 && !(parsed.has('ignore-missing') && improper === 0)) {
    await out.warn(`${shown}: no properly formatted checksum lines found`);
    return;
  }
  if (bad + unread > 0) out.status = 1;
  if (improper > 0 && parsed.has('strict')) out.status = 1;
  if (!parsed.has('status')) {
    const say = (count: number, one: string, many: string): Promise<void> =>
      out.errorText(count === 0 ? '' : `${out.name}: WARNING: ${count} ${count === 1 ? one : many}\n`);
    await out.flush();
    if (improper > 0) await say(improper, 'line is improperly formatted', 'lines are improperly formatted');
    if (unread > 0) await say(unread, 'listed file could not be read', 'listed files could not be read');
    if (bad > 0) await say(bad, 'computed checksum did NOT match', 'computed checksums did NOT match');
  }
  if (parsed.has('ignore-missing') && good === 0 && bad === 0)
    await out.warn(`${shown}: no file was verified`);
};

export const md5sum = checksum('md5sum', { title: 'MD5', algorithm: 'md5', digits: 32 });
export const sha1sum = checksum('sha1sum', { title: 'SHA1', algorithm: 'sha1', digits: 40 });
export const sha224sum = checksum('sha224sum', { title: 'SHA224', algorithm: 'sha224', digits: 56 });
export const sha256sum = checksum('sha256sum', { title: 'SHA256', algorithm: 'sha256', digits: 64 });
export const sha384sum = checksum('sha384sum', { title: 'SHA384', algorithm: 'sha384', digits: 96 });
export const sha512sum = checksum('sha512sum', { title: 'SHA512', algorithm: 'sha512', digits: 128 });
