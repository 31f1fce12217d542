// tar -d: tells how files differ from the members of an archive.

import { wholeOf } from '../engine/tar/archive-source.ts';
import { type TarHeader, TYPE } from '../engine/tar/header.ts';
import type { ArchiveEntry } from '../engine/tar/read-archive.ts';
import type { FileKind } from '../fs/mode.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { errorText } from './flavor.ts';
import type { Output } from './output.ts';
import { eachEntry, type TarJob } from './tar-job.ts';
import { quoteName, TarLister } from './tar-list.ts';

const KINDS: Readonly<Record<string, FileKind>> = {
  [TYPE.file]: 'file',
  [TYPE.hardLink]: 'file',
  [TYPE.symlink]: 'symlink',
  [TYPE.directory]: 'directory',
  [TYPE.char]: 'char',
  [TYPE.block]: 'block',
  [TYPE.fifo]: 'fifo',
};

export const compareArchive = async (out: Output, job: TarJob): Promise<boolean> => {
  const { process } = out;
  const lister = new TarLister(process, job.numeric);
  let differs = false;
  for (const { kind, text } of job.operands) if (kind === 'directory') process.chdir(text);
  const finished = await eachEntry(out, job, async (entry) => {
    const { header } = entry;
    if (job.verbose > 0) out.line(job.verbose > 1 ? lister.line(header) : quoteName(header.name));
    const name = quoteName(header.name.replace(/\/+$/, ''));
    const looked = attempt(() => process.lstat(header.name));
    if (looked.error) {
      const words = errorText(process, looked.error.code);
      await out.errorText(`${out.name}: ${name}: Warning: Cannot stat: ${words}\n`);
      differs = true;
      return;
    }
    for (const difference of differences(process, entry, looked.value)) {
      out.line(`${name}: ${difference}`);
      differs = true;
    }
  });
  if (differs && out.status === 0) out.status = 1;
  await out.flush();
  return finished;
};

const differences = (process: Process, { header, data }: ArchiveEntry, stat: Stat): string[] => {
  if (stat.kind !== KINDS[header.type]) return ['File type differs'];
  const found = attributes(header, stat);
  if (header.type === TYPE.symlink && process.readlink(header.name) !== header.linkname)
    found.push('Symlink differs');
  if (header.type !== TYPE.file) return found;
  if (stat.size !== data.size) return [...found, 'Size differs'];
  const opened = attempt(() => process.open(header.name, O.RDONLY));
  if (opened.error) return [...found, 'Cannot open'];
  const same = Buffer.compare(process.pread(opened.value, stat.size, 0), wholeOf(data)) === 0;
  process.close(opened.value);
  return same ? found : [...found, 'Contents differ'];
};

const attributes = ({ type, mode, uid, gid, mtime }: TarHeader, stat: Stat): string[] => {
  const link = type === TYPE.symlink;
  return [
    !link && (stat.mode & 0o7777) !== (mode & 0o7777) ? 'Mode differs' : '',
    stat.uid !== uid ? 'Uid differs' : '',
    stat.gid !== gid ? 'Gid differs' : '',
    type === TYPE.file && stat.mtime / 1_000_000_000n !== BigInt(Math.floor(mtime)) ? 'Mod time differs' : '',
  ].filter((text) => text !== '');
};
