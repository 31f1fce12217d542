// truncate: set the size of files.

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { usageError } from './usage-error.ts';

const options = {
  'no-create': { short: 'c' },
  'io-blocks': { short: 'o' },
  reference: { short: 'r', argument: 'required' },
  size: { short: 's', argument: 'required' },
} as const;

type Relation = '' | '+' | '-' | '<' | '>' | '/' | '%';

const RESULT: Readonly<Record<Relation, (size: number, by: number) => number>> = {
  '': (_size, by) => by,
  '+': (size, by) => size + by,
  '-': (size, by) => Math.max(0, size - by),
  '<': (size, by) => Math.min(size, by),
  '>': (size, by) => Math.max(size, by),
  '/': (size, by) => size - (size % by),
  '%': (size, by) => Math.ceil(size / by) * by,
};

export const truncate: Command = {
  name: 'truncate',
  help: `Usage: truncate OPTION... FILE...
Make each FILE as long as said: what is beyond is lost, what is added reads as
zeros and takes no space. A FILE that does not exist is made.

  -c, --no-create        make no files
  -o, --io-blocks        SIZE counts blocks of the file system, not bytes
  -r, --reference=RFILE  as long as RFILE
  -s, --size=SIZE        to SIZE bytes, or by SIZE bytes
      --help        display this help and exit
      --version     output version information and exit

SIZE is a number with an optional unit: K, M, G ... count 1024, KB, MB ... 1000.
Before it may stand: '+' longer by, '-' shorter by, '<' at most, '>' at least,
'/' down to a multiple of, '%' up to a multiple of.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, truncate, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [sizeText, reference] = [parsed.value('size'), parsed.value('reference')];
    if (sizeText === undefined && reference === undefined) {
      const [size, ref] = [quoteLocale(process, '--size'), quoteLocale(process, '--reference')];
      return usageError(out, truncate, `you must specify either ${size} or ${ref}`);
    }
    const relation = (/^\s*([-+<>/%])/.exec(sizeText ?? '')?.[1] ?? '') as Relation;
    const amountText = (sizeText ?? '0').trim().replace(/^[-+<>/%]\s*/, '');
    const amount = parseSize(amountText);
    if (amount === undefined) {
      await out.warn(`Invalid number: ${quoteLocale(process, amountText)}`);
      return 1;
    }
    if (amount === 0 && (relation === '/' || relation === '%')) {
      await out.warn('division by zero');
      return 1;
    }
    if (reference !== undefined && sizeText !== undefined && relation === '') {
      const [size, ref] = [quoteLocale(process, '--size'), quoteLocale(process, '--reference')];
      return usageError(out, truncate, `you must specify a relative ${size} with ${ref}`);
    }
    if (parsed.operands.length === 0) return usageError(out, truncate, 'missing file operand');
    let base: number | undefined;
    if (reference !== undefined) {
      const stat = attempt(() => process.stat(reference));
      if (stat.error) {
        await out.complain(`cannot stat ${quoteAlways(process, reference)}`, stat.error);
        return 1;
      }
      base = stat.value.size;
    }
    for (const name of parsed.operands) {
      const flags = O.WRONLY | O.NONBLOCK | (parsed.has('no-create') ? 0 : O.CREAT);
      const opened = attempt(() => process.open(name, flags, 0o666));
      if (opened.error) {
        if (parsed.has('no-create') && opened.error.code === 'ENOENT') continue;
        await out.complain(`cannot open ${quoteAlways(process, name)} for writing`, opened.error);
        continue;
      }
      const stat = process.fstat(opened.value);
      const by = parsed.has('io-blocks') ? amount * stat.blksize : amount;
      const size = sizeText === undefined ? (base ?? 0) : RESULT[relation](base ?? stat.size, by);
      const { error } = attempt(() => process.ftruncate(opened.value, size));
      process.close(opened.value);
      if (error)
        await out.complain(`failed to truncate ${quoteAlways(process, name)} at ${size} bytes`, error);
    }
    return out.end();
  },
};
