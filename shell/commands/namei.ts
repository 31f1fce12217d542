// namei (util-linux): follow a path name part by part.

import { strerror } from '../fs/errno.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { modeString } from './mode-string.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  long: { short: 'l' },
  modes: { short: 'm' },
  owners: { short: 'o' },
  vertical: { short: 'v' },
  nosymlinks: { short: 'n' },
} as const;

const MOST_LINKS = 40;

export const namei: Command = {
  name: 'namei',
  help: `
Usage:
 namei [options] <pathname>...

Follow a path name part by part.

Options:
 -l, --long        modes and owners, one under the other (-m -o -v)
 -m, --modes       the mode of each file
 -n, --nosymlinks  do not follow symbolic links
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
    for (const path of parsed.operands) {
      out.line(`f: ${path}`);
      new Follower(out, parsed).follow(path, '', 0);
    }
    return out.end();
  },
};

class Follower {
  readonly #out: Output;
  readonly #accounts: Accounts;
  readonly #modes: boolean;
  readonly #owners: boolean;
  readonly #vertical: boolean;
  readonly #links: boolean;
  #followed = 0;

  constructor(out: Output, parsed: Options<keyof typeof options>) {
    const long = parsed.has('long');
    this.#out = out;
    this.#accounts = new Accounts(out.process);
    this.#modes = long || parsed.has('modes');
    this.#owners = long || parsed.has('owners');
    this.#vertical = long || parsed.has('vertical');
    this.#links = !parsed.has('nosymlinks');
  }

  /** Shows the parts of `path`, which stands in `directory`. False after a failed one. */
  follow(path: string, directory: string, level: number): boolean {
    const { process } = this.#out;
    const parts = path.split('/').filter((part) => part !== '');
    let at = path.startsWith('/') ? '/' : directory;
    if (path.startsWith('/')) this.#show('/', '/', level);
    for (const part of parts) {
      const full = at === '' ? part : at.endsWith('/') ? `${at}${part}` : `${at}/${part}`;
      const { value: stat, error } = attempt(() => process.lstat(full));
      if (error !== undefined) {
        this.#out.line(`${this.#blank(level)}${part} - ${strerror(error.code)}`);
        this.#out.status = 1;
        return false;
      }
      this.#show(full, part, level);
      if (stat.kind === 'symlink' && this.#links) {
        if (this.#followed++ > MOST_LINKS) return false;
        if (!this.follow(process.readlink(full), at, level + 1)) return false;
      }
      at = full;
    }
    return true;
  }

  #blank(level: number): string {
    const columns = this.#modes || this.#owners;
    const indent = '  '.repeat(level);
    if (!columns) return `${indent}   `;
    const widths = [this.#modes ? 10 : 0, this.#owners ? 9 : 0].filter((width) => width > 0);
    return `${widths.map((width) => ' '.repeat(width + 1)).join('')}${indent}`;
  }

  #show(path: string, name: string, level: number): void {
    const { process } = this.#out;
    const stat = process.lstat(path);
    const mode = modeString(stat.mode);
    const letter = mode[0] === '-' ? '-' : (mode[0] ?? '');
    const target = stat.kind === 'symlink' ? ` -> ${process.readlink(path)}` : '';
    const indent = '  '.repeat(level);
    const owner = `${this.#accounts.userName(stat.uid)} ${this.#accounts.groupName(stat.gid)}`;
    const columns = [this.#modes ? mode : '', this.#owners ? owner : '']
      .filter((text) => text !== '')
      .join(' ');
    if (this.#vertical && columns !== '') this.#out.line(`${columns} ${indent}${name}${target}`);
    else if (columns !== '')
      this.#out.line(
        `${indent} ${this.#modes ? mode : letter}${this.#owners ? ` ${owner}` : ''} ${name}${target}`,
      );
    else this.#out.line(`${indent}${this.#vertical ? '' : ' '}${letter} ${name}${target}`);
  }
}
