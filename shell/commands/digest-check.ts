// Lists of digests are read and checked: md5sum -c and its like.

import { type DigestKind, digestOf } from './digest.ts';
import { eachInput } from './each-input.ts';
import { closeInput, lines, openInput } from './input.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { toText } from './text.ts';

export const checkOptions = {
  check: { short: 'c' },
  'ignore-missing': {},
  quiet: {},
  status: {},
  strict: {},
  warn: { short: 'w' },
} as const;

export const checkHelp = `For checking:
      --ignore-missing  say nothing about files that are not there
      --quiet           say nothing about files that are right
      --status          say nothing; the exit status tells
      --strict          lines that are no digests are a failure
  -w, --warn            warn about such lines
`;

type Given = Pick<Options<keyof typeof checkOptions>, 'has' | 'operands'>;

/** The kinds that a line may be of: by its title, or by the number of its digits where it has none. */
export type KindFor = (found: { title?: string; digits: number }) => DigestKind | undefined;

/** Reads lists of digests; the exit status is 1 when anything is wrong. */
export const checkDigests = async (
  out: Output,
  parsed: Given,
  kindFor: KindFor,
  title: string,
): Promise<number> => {
  await eachInput(out, parsed.operands, async (fd, list) => {
    const shown = list === '-' ? "'standard input'" : quoteIfNeeded(out.process, list);
    const counts = { good: 0, bad: 0, unread: 0, improper: 0, missing: 0 };
    let number = 0;
    for await (const bytes of lines(out.process, fd)) {
      number++;
      const entry = readEntry(toText(bytes).replace(/\r?\n$/, ''), kindFor);
      if (entry === undefined) {
        counts.improper++;
        const what = `improperly formatted ${title} checksum line`;
        if (parsed.has('warn')) await out.errorText(`${out.name}: ${shown}: ${number}: ${what}\n`);
      }
      if (entry !== undefined) await checkOne(out, parsed, entry, counts);
    }
    await report(out, parsed, shown, counts);
  });
  return out.end();
};

interface Entry {
  readonly kind: DigestKind;
  readonly digest: string;
  readonly name: string;
}

const readEntry = (line: string, kindFor: KindFor): Entry | undefined => {
  const plain = /^\\?([0-9a-fA-F]+) [ *](.+)$/.exec(line);
  const tagged = /^\\?([A-Z][A-Za-z0-9-]*) \((.+)\) = ([0-9a-fA-F]+)$/.exec(line);
  const [digest, name, title] = plain
    ? [plain[1], plain[2]]
    : tagged
      ? [tagged[3], tagged[2], tagged[1]]
      : [];
  if (digest === undefined || name === undefined) return undefined;
  const kind = kindFor({ ...(title === undefined ? {} : { title }), digits: digest.length });
  if (kind === undefined || kind.digits !== digest.length) return undefined;
  const unescaped = line.startsWith('\\')
    ? name.replace(/\\([nr\\])/g, (_all, letter) => UNESCAPED[letter] ?? letter)
    : name;
  return { kind, digest: digest.toLowerCase(), name: unescaped };
};

const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', '\\': '\\' };

interface Counts {
  good: number;
  bad: number;
  unread: number;
  improper: number;
  missing: number;
}

const checkOne = async (out: Output, parsed: Given, entry: Entry, counts: Counts): Promise<void> => {
  const { process } = out;
  try {
    const fd = openInput(process, entry.name);
    const right = (await digestOf(process, fd, entry.kind)) === entry.digest;
    closeInput(process, fd);
    counts[right ? 'good' : 'bad']++;
    if (!parsed.has('status') && !(right && parsed.has('quiet')))
      out.line(`${entry.name}: ${right ? 'OK' : 'FAILED'}`);
  } catch (error) {
    if (parsed.has('ignore-missing') && process.tryStat(entry.name) === undefined) {
      counts.missing++;
      return;
    }
    counts.unread++;
    await out.complain(quoteIfNeeded(process, entry.name), error);
    if (!parsed.has('status')) out.line(`${entry.name}: FAILED open or read`);
  }
};

const report = async (out: Output, parsed: Given, shown: string, counts: Counts): Promise<void> => {
  const { good, bad, unread, improper, missing } = counts;
  if (good + bad + unread + missing === 0) {
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
