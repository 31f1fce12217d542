// tsort: puts names in an order in which each pair's first comes before its second.

import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { extraOperand } from './usage-error.ts';

export const tsort: Command = {
  name: 'tsort',
  help: `Usage: tsort [OPTION] [FILE]
Print the names in FILE in an order that agrees with all its pairs.

Without a FILE, or where FILE is -, standard input is read.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, tsort, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const [name = '-', extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, tsort, extra);
    try {
      const fd = openInput(process, name);
      const text = byteCodec.decode(await readAll(process, fd));
      closeInput(process, fd);
      const words = text.split(/[ \t\n]+/).filter((word) => word !== '');
      if (words.length % 2 === 1) {
        await out.warn(`${quoteIfNeeded(process, name)}: input contains an odd number of tokens`);
        return 1;
      }
      await sortNames(out, quoteIfNeeded(process, name), words);
    } catch (error) {
      await out.complain(quoteIfNeeded(process, name), error);
    }
    return out.end();
  },
};

interface Item {
  /** How many still have to come before it. */
  before: number;
  /** The latest pair first. */
  readonly after: string[];
}

const sortNames = async (out: Output, shown: string, words: readonly string[]): Promise<void> => {
  const items = new Map<string, Item>();
  const itemOf = (name: string): Item => {
    const item = items.get(name) ?? { before: 0, after: [] };
    items.set(name, item);
    return item;
  };
  for (let at = 0; at < words.length; at += 2) {
    const [first, second] = [words[at] as string, words[at + 1] as string];
    const item = itemOf(first);
    const next = itemOf(second);
    if (first === second) continue;
    item.after.unshift(second);
    next.before++;
  }
  while (items.size > 0) {
    const queue = [...items.keys()].filter((name) => items.get(name)?.before === 0).sort();
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      out.bytes(byteCodec.encode(`${name}\n`));
      for (const after of items.get(name)?.after ?? []) {
        const item = items.get(after);
        if (item !== undefined && --item.before === 0) queue.push(after);
      }
      items.delete(name);
    }
    if (items.size > 0) await breakLoop(out, shown, items);
  }
};

/** Tells the names of a loop and takes one of its pairs away. */
const breakLoop = async (out: Output, shown: string, items: Map<string, Item>): Promise<void> => {
  const path = findLoop(items);
  await out.warn(`${shown}: input contains a loop:`);
  for (const name of path) await out.warn(byteCodec.name(name));
  const last = items.get(path.at(-1) as string);
  const first = path[0] as string;
  last?.after.splice(last.after.indexOf(first), 1);
  const item = items.get(first);
  if (item !== undefined) item.before--;
};

const findLoop = (items: ReadonlyMap<string, Item>): string[] => {
  // Every name that is left has one before it: going back must come to a name twice.
  const previous = new Map<string, string>();
  for (const [name, { after }] of items) {
    for (const next of after) if (items.has(next) && !previous.has(next)) previous.set(next, name);
  }
  const seen: string[] = [];
  let name = [...items.keys()].sort().find((one) => previous.has(one)) as string;
  while (!seen.includes(name)) {
    seen.push(name);
    name = previous.get(name) as string;
  }
  const loop = seen.slice(seen.indexOf(name)).reverse();
  // Begins with the first in the alphabet.
  const start = loop.indexOf([...loop].sort()[0] as string);
  return [...loop.slice(start), ...loop.slice(0, start)];
};
