// tar -t, and the long lines that -v shows.

import { type TarHeader, TYPE } from '../engine/tar/header.ts';
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import { flavorOf } from './flavor.ts';
import { modeString } from './mode-string.ts';
import type { Output } from './output.ts';
import { eachEntry, type TarJob } from './tar-job.ts';
import { formatTime } from './time-format.ts';

const KINDS: Readonly<Record<string, number>> = {
  [TYPE.file]: S_IFREG,
  [TYPE.hardLink]: S_IFREG,
  [TYPE.symlink]: S_IFLNK,
  [TYPE.char]: S_IFCHR,
  [TYPE.block]: S_IFBLK,
  [TYPE.directory]: S_IFDIR,
  [TYPE.fifo]: S_IFIFO,
};

/** The columns of owner and size: they grow as the list goes on, and never shrink. */
export class TarLister {
  #width = 19;
  readonly #numeric: boolean;
  readonly #clock: string;

  constructor(process: Process, numeric: boolean) {
    this.#numeric = numeric;
    this.#clock = flavorOf(process) === 'gnu' ? '%Y-%m-%d %H:%M' : '%Y-%m-%d %H:%M:%S';
  }

  line(header: TarHeader): string {
    const { type, uid, gid, uname, gname, linkname } = header;
    const mode = modeString((header.mode & 0o7777) | (KINDS[type] ?? S_IFREG));
    const owner = this.#numeric ? `${uid}/${gid}` : `${uname || uid}/${gname || gid}`;
    const device = type === TYPE.char || type === TYPE.block;
    const size = device ? `${header.devmajor ?? 0},${header.devminor ?? 0}` : String(header.size);
    this.#width = Math.max(this.#width, owner.length + 1 + size.length);
    const time = formatTime(this.#clock, BigInt(Math.floor(header.mtime)) * 1_000_000_000n);
    const target =
      type === TYPE.symlink ? ` -> ${linkname}` : type === TYPE.hardLink ? ` link to ${linkname}` : '';
    const first = type === TYPE.hardLink ? `h${mode.slice(1)}` : mode;
    return `${first} ${owner} ${size.padStart(this.#width - owner.length - 1)} ${time} ${quoteName(header.name)}${target}`;
  }
}

/** Names as tar shows them: control characters as escapes. */
export const quoteName = (name: string): string =>
  name.replace(/[\\\n\t\r]/g, (character) => ESCAPES[character] ?? character);

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** The name that a member would be unpacked under; undefined when nothing of it is left. */
export const shownName = ({ rename, strip }: TarJob, name: string): string | undefined =>
  rename(name).split('/').slice(strip).join('/') || undefined;

export const listArchive = async (out: Output, job: TarJob): Promise<boolean> => {
  const lister = new TarLister(out.process, job.numeric);
  return eachEntry(out, job, ({ header }) => {
    const name = job.showTransformed ? shownName(job, header.name) : header.name;
    if (name === undefined) return;
    out.line(job.verbose > 0 ? lister.line({ ...header, name }) : quoteName(name));
  });
};
