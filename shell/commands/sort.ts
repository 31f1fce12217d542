// sort: lines in order.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { openEmpty } from './open-empty.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded } from './quoting.ts';
import { inputNames } from './sort-inputs.ts';
import { withKeys } from './sort-old-keys.ts';
import { sortOptions } from './sort-options.ts';
import { readRules, type SortRules } from './sort-rules.ts';
import { byteCodec } from './text-codec.ts';

export const sort: Command = {
  name: 'sort',
  usageStatus: 2,
  help: `Usage: sort [OPTION]... [FILE]...
Print the lines of all FILEs in order.

Without a FILE, or where FILE is -, standard input is read.

Order:
  -b, --ignore-leading-blanks  blanks at the start do not count
  -d, --dictionary-order       only blanks, letters and digits count
  -f, --ignore-case            lower case counts as upper case
  -g, --general-numeric-sort   by the value as a floating point number
  -i, --ignore-nonprinting     only printable characters count
  -M, --month-sort             by month: other < JAN < ... < DEC
  -h, --human-numeric-sort     by sizes with a unit: 2K 1G
  -n, --numeric-sort           by the value as a number
  -R, --random-sort            shuffle, equal keys together
  -r, --reverse                turn the order around
      --sort=WORD              general-numeric, human-numeric, month, numeric,
                                 random, version
  -V, --version-sort           numbers within the text count as numbers

Other:
      --batch-size=N           (accepted)
      --compress-program=PROG  (accepted)
      --files0-from=FILE       the inputs are the names in FILE, each ended by a
                                 zero byte
      --random-source=FILE     take chance from FILE
  -c, --check                  check whether the input is sorted
  -C, --check=quiet            the same without a message
  -k, --key=KEYDEF             sort by a key; KEYDEF is F[.C][OPTS][,F[.C][OPTS]]
  -m, --merge                  the inputs are sorted already
  -o, --output=FILE            write to FILE
  -s, --stable                 lines with equal keys keep their order
  -S, --buffer-size=SIZE       (accepted)
  -t, --field-separator=SEP    fields are parted by SEP, not by blanks
  -T, --temporary-directory=DIR  (accepted)
      --parallel=N             (accepted)
  -u, --unique                 print only the first of equal lines
  -z, --zero-terminated        lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    out.failureStatus = 2;
    const parsed = await parseOptions(out, sort, withKeys(process, argv), sortOptions);
    if ('exit' in parsed) return parsed.exit;
    const rules = await readRules(out, parsed);
    if (rules === undefined) return out.status;
    const names = await inputNames(out, sort, parsed);
    if (names === undefined) return 2;
    if (rules.check !== undefined) return check(out, rules, names);
    const inputs: string[][] = [];
    for (const name of names) {
      const lines: string[] = [];
      if (!(await readLines(out, name, rules.end, lines))) return 2;
      inputs.push(lines);
    }
    const sorted = parsed.has('merge') ? merge(inputs, rules) : sortLines(inputs.flat(), rules);
    const output = parsed.value('output');
    if (output !== undefined) {
      const { value, error } = attempt(() => openEmpty(process, output));
      if (error !== undefined) {
        await out.complain(`open failed: ${quoteIfNeeded(process, output)}`, error);
        return 2;
      }
      process.dup2(value, 1);
    }
    for (const line of sorted) {
      out.bytes(byteCodec.encode(`${line}${rules.end}`));
      await out.caughtUp();
    }
    return out.end();
  },
};

const readLines = async (
  out: Output,
  name: string,
  end: string,
  lines: string[],
  refusal = 'cannot read',
): Promise<boolean> => {
  const shown = quoteIfNeeded(out.process, name);
  const opened = attempt(() => openInput(out.process, name));
  if (opened.error !== undefined) {
    await out.complain(`${refusal}: ${shown}`, opened.error);
    return false;
  }
  try {
    const text = byteCodec.decode(await readAll(out.process, opened.value));
    for (const line of text.split(end)) lines.push(line);
    if (lines.at(-1) === '') lines.pop();
  } catch (error) {
    await out.complain(`read failed: ${shown}`, error);
    return false;
  } finally {
    closeInput(out.process, opened.value);
  }
  return true;
};

/** Node's sort is stable: of equal lines the first one read stays first. */
const sortLines = (lines: string[], rules: SortRules): string[] =>
  withoutRepeats(rules.plain ? lines.sort() : lines.sort(rules.compare), rules);

/** Takes the least of the inputs' next lines again and again; what is not sorted comes out unsorted. */
const merge = (inputs: readonly (readonly string[])[], rules: SortRules): string[] => {
  const at = inputs.map(() => 0);
  const merged: string[] = [];
  for (;;) {
    let best = -1;
    for (const [index, lines] of inputs.entries()) {
      const line = lines[at[index] as number];
      if (line === undefined) continue;
      if (best < 0 || rules.compare(inputs[best]?.[at[best] as number] as string, line) > 0) best = index;
    }
    if (best < 0) return withoutRepeats(merged, rules);
    merged.push(inputs[best]?.[(at[best] as number)++] as string);
  }
};

const withoutRepeats = (sorted: string[], { same, unique }: SortRules): string[] => {
  return unique
    ? sorted.filter((line, at) => at === 0 || same(sorted[at - 1] as string, line) !== 0)
    : sorted;
};

const check = async (out: Output, rules: SortRules, names: readonly string[]): Promise<number> => {
  const [name = '-', extra] = names;
  if (extra !== undefined) {
    await out.warn(
      `extra operand ${quoteAlways(out.process, extra)} not allowed with -${rules.check === 'quiet' ? 'C' : 'c'}`,
    );
    return 2;
  }
  const lines: string[] = [];
  if (!(await readLines(out, name, rules.end, lines, 'open failed'))) return 2;
  const wrong = lines.findIndex((line, at) => {
    if (at === 0) return false;
    const order = rules.compare(lines[at - 1] as string, line);
    return order > 0 || (rules.unique && order === 0);
  });
  if (wrong < 0) return 0;
  if (rules.check === 'loud') {
    const disorder = `${out.name}: ${name}:${wrong + 1}: disorder: ${byteCodec.name(lines[wrong] as string)}\n`;
    await out.errorText(flavorOf(out.process) === 'gnu' ? disorder : `Check line ${wrong}\n`);
  }
  return 1;
};
