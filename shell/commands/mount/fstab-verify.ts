// findmnt --verify: what is wrong with the lines of /etc/fstab, or would be when the machine starts.

import { attempt } from '../attempt.ts';
import type { Output } from '../output.ts';
import { diskTag } from './disk-tags.ts';
import { brokenLines, readTable, type TableEntry } from './fstab.ts';
import { splitOptions } from './mount-words.ts';
import { isNetwork, isPseudo } from './pseudo-filesystems.ts';

type Mark = ' ' | 'W' | 'E';

interface Remark {
  readonly mark: Mark;
  readonly text: string;
}

const remark = (mark: Mark, text: string): Remark => ({ mark, text });

/** Lines that are no entries, each told on standard error; answers how many. */
export const complainOfBrokenLines = async (out: Output, file: string | undefined): Promise<number> => {
  const lines = brokenLines(out.process, file);
  for (const line of lines)
    await out.errorText(`${out.name}: ${file ?? '/etc/fstab'}: parse error at line ${line} -- ignored\n`);
  return lines.length;
};

export const verifyTable = async (
  out: Output,
  file: string | undefined,
  verbose: boolean,
): Promise<number> => {
  const broken = await complainOfBrokenLines(out, file);
  const entries = readTable(out.process, file);
  let [errors, warnings] = [0, 0];
  for (const [at, entry] of entries.entries()) {
    const all = remarksOn(out, entry, entries.slice(at + 1));
    const shown = verbose ? all : all.filter(({ mark }) => mark !== ' ');
    if (shown.length > 0) out.line(entry.target);
    for (const { mark, text } of shown) out.line(`   [${mark}] ${text}`);
    errors += all.filter(({ mark }) => mark === 'E').length;
    warnings += all.filter(({ mark }) => mark === 'W').length;
  }
  if (broken + errors + warnings === 0) out.line('Success, no errors or warnings detected');
  else
    await out.errorText(
      `\n${counted(broken, 'parse error')}, ${counted(errors, 'error')}, ${counted(warnings, 'warning')}\n`,
    );
  await out.flush();
  return errors === 0 && broken === 0 ? 0 : 1;
};

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const remarksOn = (out: Output, entry: TableEntry, later: readonly TableEntry[]): Remark[] => {
  const swap = entry.type === 'swap';
  const twice = swap ? [] : later.filter(({ target, type }) => target === entry.target && type !== 'swap');
  return [
    ...twice.map(() => remark('W', 'target specified more than once')),
    ...(swap ? [] : [aboutTarget(out, entry)]),
    ...aboutOptions(entry),
    ...aboutSource(out, entry),
  ];
};

const isOnDemand = ({ options }: TableEntry): boolean => options.split(',').includes('noauto');

const aboutTarget = ({ process }: Output, entry: TableEntry): Remark => {
  const { error } = attempt(() => process.stat(entry.target));
  if (!error) return remark(' ', 'target exists');
  return isOnDemand(entry)
    ? remark('W', `unreachable target: ${error.message}`)
    : remark('E', `unreachable on boot required target: ${error.message}`);
};

const aboutOptions = ({ options }: TableEntry): Remark[] => {
  const { vfs, fs, user } = splitOptions(options);
  const own = user.filter((word) => word !== 'defaults');
  return [
    ...(vfs.length > 0 ? [remark(' ', `VFS options: ${vfs.join(',')}`)] : []),
    ...(fs.length > 0 ? [remark(' ', `FS options: ${fs.join(',')}`)] : []),
    ...(own.length > 0 ? [remark(' ', `userspace options: ${own.join(',')}`)] : []),
  ];
};

const aboutSource = (out: Output, entry: TableEntry): Remark[] => {
  const { process } = out;
  const { source, type } = entry;
  const tag = /^(UUID|LABEL|PARTUUID|PARTLABEL)=(.*)$/.exec(source);
  if (tag && diskTag(tag[1] ?? '') !== tag[2])
    return [
      isOnDemand(entry)
        ? remark('W', `unreachable: ${source}`)
        : remark('E', `unreachable on boot required source: ${source}`),
    ];
  if (isPseudo(type) || isNetwork(type))
    return [
      remark(' ', `do not check ${source} source (pseudo/net)`),
      remark(' ', `do not check ${source} FS type (pseudo/net)`),
    ];
  const device = tag ? '/dev/vda' : source;
  const looked = attempt(() => process.stat(device));
  if (looked.error)
    return [
      remark('W', `unreachable source: ${source}: ${looked.error.message}`),
      ...unsupported(out, type),
      remark('W', `cannot detect on-disk filesystem type (${looked.error.message})`),
    ];
  const exists =
    looked.value.kind === 'block'
      ? remark(' ', `source ${source} exists`)
      : remark('W', `non-blockdevice source ${source} (use loop?)`);
  const found = looked.value.rdev === process.kernel.disk.dev ? diskTag('TYPE') : undefined;
  return [exists, ...unsupported(out, type), aboutType(entry, found)];
};

const unsupported = ({ process }: Output, type: string): Remark[] =>
  type === 'swap' || type === 'auto' || Object.hasOwn(process.kernel.filesystemTypes, type)
    ? []
    : [remark('W', `${type} seems unsupported by the current kernel`)];

const aboutType = ({ type }: TableEntry, found: string | undefined): Remark => {
  if (found === undefined) return remark('W', 'cannot detect on-disk filesystem type');
  if (type === 'auto' || type === found) return remark(' ', `FS type is ${found}`);
  return remark('W', `${type} does not match with on-disk ${found}`);
};
