// gzip, gunzip, zcat: compress files, and the way back.

import { loading } from '../fs/loading.ts';
import { O } from '../fs/open-flags.ts';
import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { readAll, readAnswer } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';

const options = {
  stdout: { short: 'c', alias: ['to-stdout'] },
  decompress: { short: 'd', alias: ['uncompress'] },
  force: { short: 'f' },
  keep: { short: 'k' },
  list: { short: 'l' },
  'no-name': { short: 'n' },
  name: { short: 'N' },
  quiet: { short: 'q', alias: ['silent'] },
  recursive: { short: 'r' },
  suffix: { short: 'S', argument: 'required' },
  test: { short: 't' },
  verbose: { short: 'v' },
  '1': {},
  '2': {},
  '3': {},
  '4': {},
  '5': {},
  '6': {},
  '7': {},
  '8': {},
  '9': {},
  fast: {},
  best: {},
} as const;

type Given = Options<keyof typeof options>;

const KNOWN_SUFFIX = /(?:\.gz|\.z|\.tgz|\.taz|-gz|-z|_z)$/i;

const zipper = (name: string, always: readonly ('decompress' | 'stdout')[]): Command => {
  const command: Command = {
    name,
    help: `Usage: ${name} [OPTION]... [FILE]...
${name === 'gzip' ? 'Compress FILEs: each becomes FILE.gz.' : name === 'gunzip' ? 'Decompress FILEs: each loses its .gz.' : 'Print what compressed FILEs hold.'}

Without a FILE, or where FILE is -, standard input is read.

  -c, --stdout      to standard output; the files stay
  -d, --decompress  the way back
  -f, --force       overwrite files, compress links
  -k, --keep        the files stay
  -l, --list        tell how much compressed files hold
  -n, --no-name     neither keep nor restore name and time
  -N, --name        keep or restore name and time
  -q, --quiet       no warnings
  -r, --recursive   directories too, all the way down
  -S, --suffix=SUF  SUF for compressed files, not .gz
  -t, --test        only see whether the files are whole
  -v, --verbose     tell about each file
  -1, --fast        faster
  -9, --best        smaller
      --help        display this help and exit
      --version     display version information and exit
`,
    run: async (process, argv) => {
      const out = new Output(process);
      const words = [argv[0] ?? name, ...always.map((option) => `--${option}`), ...argv.slice(1)];
      // Messages begin with gzip whatever it is called: the others are scripts around it, but with busybox.
      if (flavorOf(process) === 'gnu') process.argv = ['gzip', ...argv.slice(1)];
      const parsed = await parseOptions(
        out,
        { ...command, usageHint: "Try `gzip --help' for more information." },
        words,
        options,
      );
      if ('exit' in parsed) return parsed.exit;
      const run = new Run(out, parsed);
      for (const operand of parsed.operands.length > 0 ? parsed.operands : ['-']) await run.operand(operand);
      run.total();
      return out.end();
    },
  };
  return command;
};

class Run {
  readonly #out: Output;
  readonly #parsed: Given;
  readonly #suffix: string;
  readonly #sums = { files: 0, packed: 0, plain: 0, overhead: 0 };

  constructor(out: Output, parsed: Given) {
    this.#out = out;
    this.#parsed = parsed;
    this.#suffix = parsed.value('suffix') ?? '.gz';
  }

  async operand(name: string): Promise<void> {
    const { process } = this.#out;
    if (name === '-') return this.#stream();
    let path = name;
    let found = attempt(() => this.#stat(path));
    if (found.error?.code === 'ENOENT' && this.#unpacks && !KNOWN_SUFFIX.test(name)) {
      path = `${name}${this.#suffix}`;
      found = attempt(() => this.#stat(path));
    }
    const { value: stat, error } = found;
    if (error !== undefined) return this.#out.complain(path, error);
    if (stat.kind === 'directory') {
      if (!this.#parsed.has('recursive')) return this.#notice(`${name} is a directory -- ignored`);
      for (const entry of process.readdir(path)) await this.operand(joinPath(path, entry.name));
      return;
    }
    await this.#file(path, stat);
  }

  total(): void {
    const { files, packed, plain, overhead } = this.#sums;
    if (files > 1) this.#listLine(packed, plain, overhead, '(totals)');
  }

  get #unpacks(): boolean {
    return this.#parsed.has('decompress') || this.#parsed.has('list') || this.#parsed.has('test');
  }

  get #toStdout(): boolean {
    return this.#parsed.has('stdout');
  }

  #stat(path: string): Stat {
    const { process } = this.#out;
    const stat = this.#parsed.has('force') || this.#toStdout ? process.stat(path) : process.lstat(path);
    if (stat.kind === 'symlink') process.open(path, O.RDONLY | O.NOFOLLOW);
    return stat;
  }

  /** A warning: the exit status becomes 2, unless something worse happened. */
  async #notice(text: string): Promise<void> {
    const before = this.#out.status;
    if (!this.#parsed.has('quiet')) await this.#out.errorText(`${this.#out.name}: ${text}\n`);
    this.#out.status = before || 2;
  }

  async #stream(): Promise<void> {
    const { process } = this.#out;
    if (process.tty(this.#unpacks ? 0 : 1) && !this.#parsed.has('force')) {
      const what = this.#unpacks ? 'read from' : 'written to';
      await this.#out.warn(
        `compressed data not ${what} a terminal. Use -f to force ${this.#unpacks ? 'de' : ''}compression.`,
      );
      await this.#out.errorText('For help, type: gzip -h\n');
      return;
    }
    const bytes = await readAll(process, 0);
    const { gzipBytes, gunzipBytes } = await loading(import('./gzip-format.ts'));
    if (!this.#unpacks) {
      this.#out.bytes(gzipBytes(bytes, { level: this.#level }));
      return this.#out.flush();
    }
    const unzipped = this.#passed(bytes) ?? gunzipBytes(bytes);
    if ('problem' in unzipped) return this.#damaged('stdin', unzipped.problem);
    if (this.#parsed.has('list'))
      this.#list(bytes.length, unzipped.bytes.length, unzipped.overhead, 'stdout');
    else if (!this.#parsed.has('test')) this.#out.bytes(unzipped.bytes);
    await this.#out.flush();
  }

  /** -cdf: what is not compressed comes out as it is. */
  #passed(bytes: Uint8Array): { bytes: Uint8Array; overhead: number } | undefined {
    const compressed = bytes.length === 0 || (bytes[0] === 0x1f && bytes[1] === 0x8b);
    if (compressed || !this.#toStdout || !this.#parsed.has('force')) return undefined;
    return { bytes, overhead: 0 };
  }

  get #level(): number {
    const given = this.#parsed.list.findLast(({ name }) => /^\d$|^fast$|^best$/.test(name))?.name;
    return given === undefined ? 6 : given === 'fast' ? 1 : given === 'best' ? 9 : Number(given);
  }

  async #file(path: string, stat: Stat): Promise<void> {
    const out = this.#out;
    const { process } = out;
    const force = this.#parsed.has('force');
    if (stat.kind !== 'file') return this.#notice(`${path} is not a directory or a regular file - ignored`);
    if (stat.nlink > 1 && !force && !this.#toStdout && !this.#parsed.has('test') && !this.#parsed.has('list'))
      return this.#notice(
        `${path} has ${stat.nlink - 1} other link${stat.nlink > 2 ? 's' : ''} -- file ignored`,
      );
    const target = this.#target(path);
    if (target === undefined) {
      if (!this.#unpacks)
        return out.errorText(`${out.name}: ${path} already has ${this.#suffix} suffix -- unchanged\n`);
      if (this.#parsed.has('recursive')) return;
      return this.#notice(`${path}: unknown suffix -- ignored`);
    }
    const { value: fd, error } = attempt(() =>
      process.open(path, O.RDONLY | (O.NOFOLLOW * Number(!force && !this.#toStdout))),
    );
    if (error !== undefined) return out.complain(path, error);
    const bytes = await readAll(process, fd);
    process.close(fd);
    const { gzipBytes, gunzipBytes } = await loading(import('./gzip-format.ts'));
    const unzipped = this.#unpacks ? (this.#passed(bytes) ?? gunzipBytes(bytes)) : undefined;
    if (unzipped !== undefined && 'problem' in unzipped) return this.#damaged(path, unzipped.problem);
    if (this.#parsed.has('list'))
      return this.#list(bytes.length, unzipped?.bytes.length ?? 0, unzipped?.overhead ?? 0, target);
    if (this.#parsed.has('test')) {
      if (this.#parsed.has('verbose')) await out.errorText(`${path}:\t OK\n`);
      return;
    }
    const named: { name?: string; mtime?: number } = this.#parsed.has('no-name')
      ? {}
      : { name: path.split('/').at(-1) ?? '', mtime: Number(stat.mtime / 1_000_000_000n) };
    const result = unzipped?.bytes ?? gzipBytes(bytes, { level: this.#level, ...named });
    const [packed, plain] = this.#unpacks ? [bytes.length, result.length] : [result.length, bytes.length];
    const overhead = unzipped?.overhead ?? 18 + (named.name === undefined ? 0 : named.name.length + 1);
    if (this.#toStdout) {
      out.bytes(result);
      await out.flush();
    } else if (!(await this.#write(target, result, stat))) return;
    if (this.#parsed.has('verbose'))
      await out.errorText(`${path}:\t${ratio(packed - overhead, plain)}${this.#fate(target)}\n`);
    if (!this.#toStdout && !this.#parsed.has('keep')) process.unlink(path);
  }

  #fate(target: string): string {
    if (this.#toStdout) return '';
    return this.#parsed.has('keep') ? ` -- created ${target}` : ` -- replaced with ${target}`;
  }

  #target(path: string): string | undefined {
    if (!this.#unpacks) {
      if (this.#toStdout) return path;
      return path.endsWith(this.#suffix) || KNOWN_SUFFIX.test(path) ? undefined : `${path}${this.#suffix}`;
    }
    if (path.endsWith(this.#suffix) && path.length > this.#suffix.length)
      return path.slice(0, -this.#suffix.length);
    if (/\.t[ag]z$/i.test(path)) return path.replace(/\.t[ag]z$/i, '.tar');
    if (KNOWN_SUFFIX.test(path)) return path.replace(KNOWN_SUFFIX, '');
    return this.#toStdout || this.#parsed.has('list') || this.#parsed.has('test') ? path : undefined;
  }

  async #write(target: string, bytes: Uint8Array, stat: Stat): Promise<boolean> {
    const { process } = this.#out;
    if (process.tryLstat(target) !== undefined && !(await this.#mayOverwrite(target))) return false;
    // An applet gives the new file the mode when it makes it, and leaves it at that.
    const applet = flavorOf(process) === 'busybox';
    const mode = applet ? stat.mode & 0o777 : 0o600;
    const { value: fd, error } = attempt(() => process.open(target, O.WRONLY | O.CREAT | O.EXCL, mode));
    if (error !== undefined) {
      await this.#out.complain(target, error);
      return false;
    }
    await process.write(fd, bytes);
    if (!applet) {
      process.futimens(fd, { atime: stat.atime, mtime: stat.mtime });
      // The group first: who may not give the file away may still do that much.
      attempt(() => process.fchown(fd, -1, stat.gid));
      process.fchmod(fd, stat.mode & 0o777);
      attempt(() => process.fchown(fd, stat.uid, -1));
    }
    process.close(fd);
    return true;
  }

  async #mayOverwrite(target: string): Promise<boolean> {
    const { process } = this.#out;
    let may = this.#parsed.has('force');
    if (!may) {
      await this.#out.errorText(`${this.#out.name}: ${target} already exists;`);
      if (process.tty(0)) {
        await this.#out.errorText(' do you wish to overwrite (y or n)? ');
        may = /^[yY]/.test((await readAnswer(process)) ?? '');
      }
      if (!may) {
        await this.#out.errorText('\tnot overwritten\n');
        this.#out.status ||= 2;
      }
    }
    if (may) process.unlink(target);
    return may;
  }

  async #damaged(name: string, problem: string): Promise<void> {
    this.#out.status = 1;
    await this.#out.errorText(`\n${this.#out.name}: ${name}: ${problem}\n`);
  }

  #list(packed: number, plain: number, overhead: number, name: string): void {
    if (this.#sums.files++ === 0 && !this.#parsed.has('quiet'))
      this.#out.line('         compressed        uncompressed  ratio uncompressed_name');
    this.#sums.packed += packed;
    this.#sums.plain += plain;
    this.#sums.overhead += overhead;
    this.#listLine(packed, plain, overhead, name);
  }

  #listLine(packed: number, plain: number, overhead: number, name: string): void {
    this.#out.line(
      `${String(packed).padStart(19)} ${String(plain).padStart(19)} ${ratio(packed - overhead, plain)} ${name}`,
    );
  }
}

/** How much was saved; headers do not count. */
const ratio = (packed: number, plain: number): string =>
  `${(plain === 0 ? 0 : (100 * (plain - packed)) / plain).toFixed(1).padStart(5)}%`;

export const gzip = zipper('gzip', []);
export const gunzip = zipper('gunzip', ['decompress']);
export const zcat = zipper('zcat', ['decompress', 'stdout']);
