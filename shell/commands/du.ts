// du: disk usage of trees.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { type BlockSize, environmentBlockSize, plainBlockSize, readBlockSize } from './block-size.ts';
import type { Command } from './command.ts';
import { duHelp } from './du-help.ts';
import { duNames, excludedIn } from './du-lists.ts';
import { type DuTime, readDuTime } from './du-time.ts';
import { fnmatch } from './fnmatch.ts';
import { blocksOf, humanSize } from './human-size.ts';
import { type NameOf, type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename, joinPath } from './path-name.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { usageError } from './usage-error.ts';

const options = {
  null: { short: '0' },
  all: { short: 'a' },
  'apparent-size': {},
  'block-size': { short: 'B', argument: 'required' },
  bytes: { short: 'b' },
  total: { short: 'c' },
  'dereference-args': { short: 'DH' },
  'max-depth': { short: 'd', argument: 'required' },
  exclude: { argument: 'required' },
  'exclude-from': { short: 'X', argument: 'required' },
  'files0-from': { argument: 'required' },
  'human-readable': { short: 'h' },
  inodes: {},
  k: {},
  dereference: { short: 'L' },
  'count-links': { short: 'l' },
  m: {},
  'no-dereference': { short: 'P' },
  'separate-dirs': { short: 'S' },
  si: {},
  summarize: { short: 's' },
  threshold: { short: 't', argument: 'required' },
  time: { argument: 'optional' },
  'time-style': { argument: 'required' },
  'one-file-system': { short: 'x' },
} as const;

type DuOptions = Options<NameOf<typeof options>>;

interface DuRules {
  readonly all: boolean;
  readonly apparent: boolean;
  readonly inodes: boolean;
  readonly countLinks: boolean;
  readonly separate: boolean;
  readonly depth: number;
  readonly follow: 'none' | 'operands' | 'all';
  readonly exclude: readonly string[];
  readonly oneFileSystem: boolean;
  readonly time: DuTime | undefined;
  /** All files count once, those with one name too: where operands may lie in each other. */
  readonly countsOnce: boolean;
  readonly threshold: number;
  readonly unit: BlockSize['unit'];
  readonly suffix: string;
  readonly end: string;
}

/** What a tree adds up to. */
interface Usage {
  readonly bytes: number;
  readonly files: number;
  readonly time: bigint;
}

export const du: Command = {
  name: 'du',
  help: duHelp,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, du, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const names = await duNames(out, du, parsed.operands, parsed.value('files0-from'));
    if (typeof names === 'number') return names;
    const rules = await duRules(out, parsed, names);
    if (typeof rules === 'number') return rules;
    const walk = new DuWalk(out, rules);
    let total: Usage = NOTHING;
    for (const name of names) {
      total = add(total, await walk.visit(name, 0, undefined));
    }
    if (parsed.has('total')) walk.print(total, 'total');
    return out.end();
  },
};

const add = (a: Usage, b: Usage): Usage => ({
  bytes: a.bytes + b.bytes,
  files: a.files + b.files,
  time: a.time > b.time ? a.time : b.time,
});

const NOTHING: Usage = { bytes: 0, files: 0, time: 0n };

class DuWalk {
  readonly #out: Output;
  readonly #rules: DuRules;
  /** Files with several names, and operands, count once. */
  readonly #seen = new Set<string>();

  constructor(out: Output, rules: DuRules) {
    this.#out = out;
    this.#rules = rules;
  }

  async visit(name: string, depth: number, dev: number | undefined): Promise<Usage> {
    const out = this.#out;
    const { process } = out;
    const rules = this.#rules;
    if (rules.exclude.some((pattern) => fnmatch(pattern, name) || fnmatch(pattern, basename(name))))
      return NOTHING;
    const follow = rules.follow === 'all' || (rules.follow === 'operands' && depth === 0);
    const looked = attempt(() => (follow ? process.stat(name) : process.lstat(name)));
    if (looked.error) {
      await out.complain(`cannot access ${quoteAlways(process, name)}`, looked.error);
      return NOTHING;
    }
    const stat = looked.value;
    if (rules.oneFileSystem && dev !== undefined && stat.dev !== dev) return NOTHING;
    if (this.#countedBefore(stat, depth)) return NOTHING;
    const own: Usage = { bytes: this.#bytesOf(stat), files: 1, time: rules.time?.of(stat) ?? 0n };
    if (stat.kind !== 'directory') {
      if (rules.all || depth === 0) this.#tell(own, name, depth);
      return own;
    }
    const { shown, whole } = await this.#directory(name, depth, dev ?? stat.dev, own);
    this.#tell(shown, name, depth);
    return whole;
  }

  async #directory(
    name: string,
    depth: number,
    dev: number,
    own: Usage,
  ): Promise<{ shown: Usage; whole: Usage }> {
    const { process } = this.#out;
    const listed = attempt(() => process.readdir(name));
    if (listed.error)
      await this.#out.complain(`cannot read directory ${quoteAlways(process, name)}`, listed.error);
    let whole = own;
    let shown = own;
    for (const entry of listed.value ?? []) {
      const path = joinPath(name, entry.name);
      const below = await this.visit(path, depth + 1, dev);
      whole = add(whole, below);
      if (!this.#rules.separate || entry.type !== 'directory') shown = add(shown, below);
      const pause = this.#out.caughtUp() ?? process.breathe();
      if (pause) await pause;
    }
    return { shown, whole };
  }

  print(usage: Usage, name: string): void {
    const { time, end } = this.#rules;
    const stamp = time ? `${time.text(usage.time)}\t` : '';
    this.#out.text(`${this.#sizeText(usage)}\t${stamp}${name}${end}`);
  }

  #tell(usage: Usage, name: string, depth: number): void {
    const { threshold } = this.#rules;
    const size = this.#rules.inodes ? usage.files : usage.bytes;
    const passes = threshold < 0 ? size <= -threshold : size >= threshold;
    if (depth <= this.#rules.depth && passes) this.print(usage, name);
  }

  #countedBefore(stat: Stat, depth: number): boolean {
    const repeats = stat.kind !== 'directory' && stat.nlink > 1 && !this.#rules.countLinks;
    const key = `${stat.dev}:${stat.ino}`;
    if (this.#rules.countLinks) return false;
    if (!repeats && !this.#rules.countsOnce && depth > 0) return false;
    const before = this.#seen.has(key);
    this.#seen.add(key);
    return before;
  }

  /** Apparent sizes are those of files and links: of directories too, but not of devices. */
  #bytesOf(stat: Stat): number {
    if (!this.#rules.apparent) return stat.blocks * 512;
    return ['file', 'symlink', 'directory'].includes(stat.kind) ? stat.size : 0;
  }

  #sizeText(usage: Usage): string {
    const { unit, inodes } = this.#rules;
    if (inodes) return String(usage.files);
    return typeof unit === 'number'
      ? `${blocksOf(usage.bytes, unit)}${this.#rules.suffix}`
      : humanSize(usage.bytes, unit === 'si');
  }
}

const duRules = async (
  out: Output,
  parsed: DuOptions,
  names: readonly string[],
): Promise<DuRules | number> => {
  const { process } = out;
  const depthText = parsed.value('max-depth');
  if (depthText !== undefined && !/^\d+$/.test(depthText)) {
    return usageError(out, du, `invalid maximum depth ${quoteLocale(process, depthText)}`);
  }
  const summarize = parsed.has('summarize');
  if (summarize && parsed.has('all'))
    return usageError(out, du, 'cannot both summarize and show all entries');
  if (summarize && depthText !== undefined) {
    const clash = Number(depthText) === 0 ? 'is the same as using' : 'conflicts with';
    const problem = `warning: summarizing ${clash} --max-depth=${depthText}`;
    if (Number(depthText) !== 0) return usageError(out, du, problem);
    await out.errorText(`${out.name}: ${problem}\n`);
  }
  const unit = await unitOf(out, parsed);
  if (unit === undefined) return 1;
  const threshold = parsed.value('threshold') ?? '0';
  const amount = parseSize(threshold.replace('-', ''));
  if (amount === undefined || (amount === 0 && threshold.startsWith('-'))) {
    const named = parsed.list.findLast(({ name }) => name === 'threshold')?.given;
    const given = amount === 0 ? '--threshold' : named;
    await out.warn(`invalid ${given} argument ${quoteAlways(process, threshold)}`);
    return 1;
  }
  const excluded = await excludedIn(out, parsed.values('exclude-from'));
  if (excluded === undefined) return 1;
  const times = parsed.list.findLast(({ name }) => name === 'time');
  const time =
    times === undefined ? undefined : await readDuTime(out, du, times.value, parsed.value('time-style'));
  if (times !== undefined && time === undefined) return out.status;
  const apparent = parsed.has('apparent-size') || parsed.has('bytes');
  if (apparent && parsed.has('inodes'))
    await out.errorText(
      `${out.name}: warning: options --apparent-size and -b are ineffective with --inodes\n`,
    );
  return {
    all: parsed.has('all'),
    apparent,
    inodes: parsed.has('inodes'),
    countLinks: parsed.has('count-links'),
    separate: parsed.has('separate-dirs'),
    depth: summarize ? 0 : depthText === undefined ? Number.POSITIVE_INFINITY : Number(depthText),
    follow:
      parsed.last('dereference', 'no-dereference') === 'dereference'
        ? 'all'
        : parsed.has('dereference-args')
          ? 'operands'
          : 'none',
    exclude: [...parsed.values('exclude'), ...excluded],
    oneFileSystem: parsed.has('one-file-system'),
    time,
    countsOnce: names.length > 1 || parsed.has('files0-from') || parsed.has('dereference'),
    threshold: threshold.startsWith('-') ? -amount : amount,
    ...unit,
    end: parsed.has('null') ? '\0' : '\n',
  };
};

const unitOf = async (out: Output, parsed: DuOptions): Promise<BlockSize | undefined> => {
  const given = parsed.last('human-readable', 'si', 'k', 'm', 'bytes', 'block-size');
  if (given === undefined) return environmentBlockSize(out, 'DU') ?? plainBlockSize(out);
  if (given === 'human-readable') return { unit: 'human', suffix: '' };
  if (given === 'si') return { unit: 'si', suffix: '' };
  if (given !== 'block-size') return { unit: { k: 1024, m: 1024 ** 2, bytes: 1 }[given], suffix: '' };
  const option = parsed.list.findLast(({ name }) => name === 'block-size');
  return readBlockSize(out, option?.given ?? '', option?.value ?? '');
};
