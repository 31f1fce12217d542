// unexpand: spaces to tabs.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { lineBatches } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { readTabStops, type TabStops, withTabOption } from './tab-stops.ts';
import { byteCodec } from './text-codec.ts';

const options = {
  all: { short: 'a' },
  'first-only': {},
  tabs: { short: 't', argument: 'required' },
} as const;

export const unexpand: Command = {
  name: 'unexpand',
  help: `Usage: unexpand [OPTION]... [FILE]...
Print each FILE with tabs in place of spaces at the start of its lines.

Without a FILE, or where FILE is -, standard input is read.

  -a, --all        all blanks, not only those at the start of a line
      --first-only only those at the start (in spite of -a)
  -t, --tabs=N     tabs are N characters apart, not 8 (with -a)
  -t, --tabs=LIST  tabs are at these columns (with -a); the last may be /N or +N
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const plain = argv.some((word) => /^-\d/.test(word));
    const parsed = await parseOptions(out, unexpand, withTabOption(argv), options);
    if ('exit' in parsed) return parsed.exit;
    const stops = readTabStops(process, parsed.values('tabs'));
    if (typeof stops === 'string') {
      await out.warn(stops);
      return 1;
    }
    const all = !parsed.has('first-only') && (parsed.has('all') || (parsed.has('tabs') && !plain));
    await eachInput(out, parsed.operands, async (fd) => {
      for await (const batch of lineBatches(process, fd)) {
        for (const line of batch) {
          out.bytes(byteCodec.encode(new Unexpander(stops, all).line(byteCodec.decode(line))));
        }
        await out.flush();
      }
    });
    return out.end();
  },
};

/** Blanks wait until it is known whether they reach a tab stop; a single one before a stop stays a space. */
class Unexpander {
  readonly #stops: TabStops;
  readonly #all: boolean;
  #column = 0;
  #pending = '';
  #oneBlankBeforeStop = false;
  #afterBlank = true;
  #converting = true;

  constructor(stops: TabStops, all: boolean) {
    this.#stops = stops;
    this.#all = all;
  }

  line(line: string): string {
    let text = '';
    for (let at = 0; at < line.length; at++) {
      text += this.#character(line[at] as string);
      if (!this.#converting) return text + line.slice(at + 1);
    }
    return text + this.#settled();
  }

  #character(character: string): string {
    const blank = character === ' ' || character === '\t';
    let shown: string | undefined = character;
    if (blank) {
      const next = this.#stops.next(this.#column);
      if (next === undefined) this.#converting = false;
      else shown = this.#blank(character, next);
      if (shown === undefined) return '';
    } else this.#column = character === '\b' ? Math.max(this.#column - 1, 0) : this.#column + 1;
    const text = this.#settled() + shown;
    this.#afterBlank = blank;
    if (!blank && !this.#all) this.#converting = false;
    return text;
  }

  /** What a blank becomes; undefined while it waits. */
  #blank(character: string, next: number): string | undefined {
    let shown = character;
    if (character === '\t') {
      this.#column = next;
      if (this.#pending !== '') this.#pending = `\t${this.#pending.slice(1)}`;
    } else {
      this.#column++;
      if (!(this.#afterBlank && this.#column === next)) {
        if (this.#column === next) this.#oneBlankBeforeStop = true;
        this.#pending += character;
        this.#afterBlank = true;
        return undefined;
      }
      this.#pending = `\t${this.#pending.slice(1)}`;
      shown = '\t';
    }
    this.#pending = this.#oneBlankBeforeStop ? this.#pending.slice(0, 1) : '';
    return shown;
  }

  #settled(): string {
    const { length } = this.#pending;
    const text = length > 1 && this.#oneBlankBeforeStop ? `\t${this.#pending.slice(1)}` : this.#pending;
    this.#pending = '';
    if (length > 0) this.#oneBlankBeforeStop = false;
    return text;
  }
}
