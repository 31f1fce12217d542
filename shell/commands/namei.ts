// namei (util-linux): follow a path name part by part.

import { type FsError, strerror } from '../fs/errno.ts';
import type { Stat } from '../fs/stat.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { modeString } from './mode-string.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  mountpoints: { short: 'x' },
  long: { short: 'l' },
  modes: { short: 'm' },
  owners: { short: 'o' },
  vertical: { short: 'v' },
  // The real help says --nosymlinks, which the real program does not know.
  nolinks: { short: 'n' },
} as const;

const MOST_LINKS = 40;

export const namei: Command = {
  name: 'namei',
  help: `
Usage:
 namei [options] <pathname>...

Follow a path name part by part.

Options:
 -x, --mountpoints a D for mount points
 -l, --long        modes and owners, one under the other (-m -o -v)
 -m, --modes       the mode of each file
 -n, --nolinks     do not follow symbolic links
 -o, --owners      the owner and group of each file
 -v, --vertical    modes and owners one under the other

     --help        display this help
     --version     display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, namei, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) {
      await out.warn('pathname argument is missing');
      await out.errorText(`Try '${out.name} --help' for more information.\n`);
      return 1;
    }
    const follower = new Follower(out, parsed);
    for (const path of parsed.operands) {
      if (path === '') {
        out.status = 1;
        break;
      }
      await follower.show(path);
    }
    return out.end();
  },
};

interface Part {
  readonly name: string;
  /** How many links led here. */
  readonly level: number;
  readonly stat?: Stat;
  readonly error?: FsError;
  readonly target?: string;
  readonly mountPoint?: boolean;
}

class Follower {
  readonly #out: Output;
  readonly #accounts: Accounts;
  readonly #modes: boolean;
  readonly #owners: boolean;
  readonly #vertical: boolean;
  readonly #links: boolean;
  readonly #mountPoints: boolean;
  /** Columns of the widest names so far. */
  #userWidth = 0;
  #groupWidth = 0;
  #followed = 0;

  constructor(out: Output, parsed: Options<keyof typeof options>) {
    const long = parsed.has('long');
    this.#out = out;
    this.#accounts = new Accounts(out.process);
    this.#modes = long || parsed.has('modes');
    this.#owners = long || parsed.has('owners');
    this.#vertical = long || parsed.has('vertical');
    this.#links = !parsed.has('nolinks');
    this.#mountPoints = parsed.has('mountpoints');
  }

  /** Shows the parts of `path`, and of what its links lead to. */
  async show(path: string): Promise<void> {
    const parts: Part[] = [];
    this.#followed = 0;
    const whole = this.#follow(path, '', 0, parts);
    this.#out.line(`f: ${path}`);
    for (const part of parts) this.#line(part);
    if (parts.some(({ error }) => error !== undefined)) this.#out.status = 1;
    else if (!whole) await this.#out.warn(`${path}: exceeded limit of symlinks`);
  }

  /** Gathers the parts of `path`, which stands in `directory`. False after a failed one. */
  #follow(path: string, directory: string, level: number, parts: Part[]): boolean {
    const { process } = this.#out;
    const names = path.split('/').filter((name) => name !== '');
    let at = path.startsWith('/') ? '/' : directory;
    if (path.startsWith('/')) parts.push(this.#part('/', '/', level));
    for (const name of names) {
      const full = at === '' ? name : at.endsWith('/') ? `${at}${name}` : `${at}/${name}`;
      const part = this.#part(full, name, level);
      parts.push(part);
      if (part.error !== undefined) return false;
      if (part.target !== undefined && this.#links) {
        if (this.#followed++ > MOST_LINKS) return false;
        if (!this.#follow(process.readlink(full), at, level + 1, parts)) return false;
      }
      at = full;
    }
    return true;
  }

  #part(path: string, name: string, level: number): Part {
    const { process } = this.#out;
    const { value: stat, error } = attempt(() => process.lstat(path));
    if (error !== undefined) return { name, level, error };
    this.#userWidth = Math.max(this.#userWidth, this.#accounts.userName(stat.uid).length);
    this.#groupWidth = Math.max(this.#groupWidth, this.#accounts.groupName(stat.gid).length);
    const target = stat.kind === 'symlink' ? { target: process.readlink(path) } : {};
    const mountPoint = this.#mountPoints && stat.kind === 'directory' && this.#isMountPoint(path, stat);
    return { name, level, stat, mountPoint, ...target };
  }

  #isMountPoint(path: string, stat: Stat): boolean {
    const above = this.#out.process.tryStat(`${path}/..`);
    return above !== undefined && (above.dev !== stat.dev || above.ino === stat.ino);
  }

  #line({ name, level, stat, error, target, mountPoint }: Part): void {
    const indent = '  '.repeat(level);
    if (stat === undefined) {
      const columns =
        (this.#modes ? 10 : 1) +
        (this.#owners ? this.#userWidth + this.#groupWidth + 2 : 0) +
        (this.#vertical ? 0 : 1);
      this.#out.line(`${' '.repeat(columns)}${indent} ${name} - ${error ? strerror(error.code) : ''}`);
      return;
    }
    const mode = mountPoint ? `D${modeString(stat.mode).slice(1)}` : modeString(stat.mode);
    const user = this.#accounts.userName(stat.uid).padEnd(this.#userWidth);
    const group = this.#accounts.groupName(stat.gid).padEnd(this.#groupWidth);
    const columns = `${this.#modes ? mode : mode[0]}${this.#owners ? ` ${user} ${group}` : ''}`;
    const shown = this.#vertical ? columns + indent : `${indent} ${columns}`;
    this.#out.line(`${shown} ${name}${target === undefined ? '' : ` -> ${target}`}`);
  }
}
