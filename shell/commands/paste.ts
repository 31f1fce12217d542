// paste: put lines of files side by side.

import { CONTROL_CHARACTERS } from './byte-letters.ts';
import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { openInput } from './input.ts';
import { LineReader } from './line-reader.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { byteCodec } from './text-codec.ts';

const options = {
  delimiters: { short: 'd', argument: 'required' },
  serial: { short: 's' },
  'zero-terminated': { short: 'z' },
} as const;

interface Style {
  /** Each a character, or nothing. */
  readonly delimiters: readonly string[];
  readonly end: string;
}

export const paste: Command = {
  name: 'paste',
  help: `Usage: paste [OPTION]... [FILE]...
Print lines that are made of the lines of each FILE, with TABs between them.

Without a FILE, or where FILE is -, standard input is read.

  -d, --delimiters=LIST   use the characters of LIST in turn, not TABs
  -s, --serial            one FILE after the other: each becomes one line
  -z, --zero-terminated   lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, paste, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const list = parsed.value('delimiters') ?? '\t';
    if (/(?:^|[^\\])(?:\\\\)*\\$/.test(list)) {
      await out.warn(`delimiter list ends with an unescaped backslash: ${list}`);
      return 1;
    }
    const delimiters = (byteCodec.argument(list) || '\\0').match(/\\?[\s\S]/g) ?? [];
    const style = {
      delimiters: delimiters.map((text) =>
        text.length === 1 ? text : (ESCAPES[text[1] ?? ''] ?? text[1] ?? ''),
      ),
      end: parsed.has('zero-terminated') ? '\0' : '\n',
    };
    if (!parsed.has('serial')) return parallel(out, parsed.operands, style);
    await eachInput(out, parsed.operands, async (fd) => {
      const reader = new LineReader(process, fd, style.end);
      let line = await reader.next();
      for (let count = 0; line !== undefined; count++) {
        const next = await reader.next();
        const after = next === undefined ? '' : (style.delimiters[count % style.delimiters.length] ?? '');
        out.bytes(byteCodec.encode(`${line}${after}`));
        line = next;
        await out.caughtUp();
      }
      out.text(style.end);
    });
    return out.end();
  },
};

/** `\a` is no bell here. */
const { a: _bell, ...LETTERS } = CONTROL_CHARACTERS;
const ESCAPES: Readonly<Record<string, string>> = { ...LETTERS, '0': '' };

const parallel = async (out: Output, names: readonly string[], style: Style): Promise<number> => {
  const { process } = out;
  const readers: { name: string; reader: LineReader }[] = [];
  let input: LineReader | undefined;
  const given = names.length > 0 ? names : ['-'];
  for (const name of given) {
    try {
      if (name !== '-') {
        readers.push({ name, reader: new LineReader(process, openInput(process, name), style.end) });
        continue;
      }
      input ??= new LineReader(process, 0, style.end);
      readers.push({ name, reader: input });
    } catch (error) {
      await out.complain(quoteIfNeeded(process, name), error);
      return 1;
    }
  }
  const { delimiters, end } = style;
  for (;;) {
    let text = '';
    let some = false;
    for (const [at, { name, reader }] of readers.entries()) {
      if (at > 0) text += delimiters[(at - 1) % delimiters.length];
      try {
        const line = await reader.next();
        if (line !== undefined) some = true;
        text += line ?? '';
      } catch (error) {
        await out.complain(quoteIfNeeded(process, name), error);
      }
    }
    if (!some) return out.end();
    out.bytes(byteCodec.encode(`${text}${end}`));
    await out.caughtUp();
  }
};
