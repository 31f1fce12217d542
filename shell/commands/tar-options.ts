// The options of tar, and the job that they describe.

import { isFsError, strerror } from '../fs/errno.ts';
import { Accounts } from './accounts.ts';
import { closeInput, openInput, readAll } from './input.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import { parseDate } from './parse-date.ts';
import { parseMode } from './symbolic-mode.ts';
import type { Added, TarJob } from './tar-job.ts';
import { type Rename, readRename } from './tar-rename.ts';
import { tarOperands } from './tar-words.ts';
import { toText } from './text.ts';

export const tarOptions = {
  create: { short: 'c' },
  extract: { short: 'x', alias: ['get'] },
  list: { short: 't' },
  append: { short: 'r' },
  update: { short: 'u' },
  compare: { short: 'd', alias: ['diff'] },
  file: { short: 'f', argument: 'required' },
  verbose: { short: 'v' },
  gzip: { short: 'z', alias: ['gunzip', 'ungzip'] },
  bzip2: { short: 'j' },
  xz: { short: 'J' },
  'auto-compress': { short: 'a' },
  zstd: {},
  'exclude-from': { short: 'X', argument: 'required' },
  'files-from': { short: 'T', argument: 'required' },
  null: {},
  'no-recursion': {},
  recursion: {},
  'remove-files': {},
  sort: { argument: 'required' },
  transform: { alias: ['xform'], argument: 'required' },
  'show-transformed-names': { alias: ['show-stored-names'] },
  owner: { argument: 'required' },
  group: { argument: 'required' },
  mode: { argument: 'required' },
  mtime: { argument: 'required' },
  wildcards: {},
  'no-wildcards': {},
  format: { short: 'H', argument: 'required' },
  overwrite: {},
  'skip-old-files': {},
  'keep-newer-files': {},
  'unlink-first': { short: 'U' },
  'keep-old-files': { short: 'k' },
  'same-permissions': { short: 'p', alias: ['preserve-permissions'] },
  'no-same-permissions': {},
  'same-owner': {},
  'no-same-owner': { short: 'o' },
  'numeric-owner': {},
  'strip-components': { argument: 'required' },
  exclude: { argument: 'required' },
  'to-stdout': { short: 'O' },
  touch: { short: 'm' },
  dereference: { short: 'h' },
  'absolute-names': { short: 'P' },
  xattrs: {},
  'xattrs-include': { argument: 'required' },
} as const;

type Given = Options<keyof typeof tarOptions>;

/** `usage`: an expression that cannot be read. `fatal`: complained about, there is nothing to go on with. */
export const tarJob = async (
  out: Output,
  parsed: Given,
  action: TarJob['action'],
): Promise<TarJob | 'usage' | 'fatal'> => {
  const { process } = out;
  const rename = renameOf(parsed.values('transform'));
  if (rename === undefined) return 'usage';
  const [names, patterns, added] = [
    await listed(out, parsed.values('files-from'), parsed.has('null'), ': Cannot stat'),
    await listed(out, parsed.values('exclude-from'), false, ''),
    await addedAs(out, parsed),
  ];
  if (names === undefined || patterns === undefined || added === undefined) return 'fatal';
  const root = process.cred.uid === 0;
  const archive = parsed.value('file') ?? '-';
  const ending = parsed.has('auto-compress') ? /\.(?:tgz|taz|gz|zst|tzst)$/.exec(archive)?.[0] : undefined;
  const zipped = parsed.has('gzip') || /gz|taz/.test(ending ?? '');
  return {
    action,
    archive,
    operands: [...tarOperands(parsed.operands), ...names.map((text) => ({ kind: 'name', text }) as const)],
    rename,
    added,
    zstd: parsed.has('zstd') || /zst/.test(ending ?? ''),
    recursion: parsed.last('no-recursion', 'recursion') !== 'no-recursion',
    removeFiles: parsed.has('remove-files'),
    sorted: (parsed.value('sort') ?? 'none') === 'name',
    wildcards: parsed.last('wildcards', 'no-wildcards') === 'wildcards',
    showTransformed: parsed.has('show-transformed-names'),
    old:
      OLD[parsed.last('overwrite', 'skip-old-files', 'keep-newer-files', 'unlink-first') ?? ''] ?? 'replace',
    verbose: parsed.list.filter(({ name }) => name === 'verbose').length,
    gzip: zipped,
    keepOld: parsed.has('keep-old-files'),
    permissions:
      (parsed.last('same-permissions', 'no-same-permissions') ?? (root ? 'same-permissions' : '')) ===
      'same-permissions',
    owner: (parsed.last('same-owner', 'no-same-owner') ?? (root ? 'same-owner' : '')) === 'same-owner',
    numeric: parsed.has('numeric-owner'),
    strip: Number(parsed.value('strip-components') ?? 0),
    exclude: [...parsed.values('exclude'), ...patterns],
    toStdout: parsed.has('to-stdout'),
    touch: parsed.has('touch'),
    follow: parsed.has('dereference'),
    absolute: parsed.has('absolute-names'),
    xattrs:
      parsed.has('xattrs') || parsed.has('xattrs-include')
        ? parsed.has('xattrs-include')
          ? parsed.values('xattrs-include')
          : [action === 'extract' ? 'user.*' : '*']
        : [],
  };
};

const OLD: Readonly<Record<string, TarJob['old']>> = {
  overwrite: 'replace',
  'skip-old-files': 'skip',
  'keep-newer-files': 'newer',
  'unlink-first': 'replace',
};

const renameOf = (expressions: readonly string[]): Rename | undefined => {
  const renames = expressions.map(readRename);
  if (renames.includes(undefined)) return undefined;
  return (name) => renames.reduce((text, rename) => rename?.(text) ?? text, name);
};

/** The names in files, one a line; undefined after a complaint. */
const listed = async (
  out: Output,
  files: readonly string[],
  zero: boolean,
  deed: string,
): Promise<string[] | undefined> => {
  const { process } = out;
  const names: string[] = [];
  for (const file of files) {
    try {
      const fd = openInput(process, file);
      names.push(...toText(await readAll(process, fd)).split(zero ? '\0' : '\n'));
      closeInput(process, fd);
    } catch (error) {
      if (!isFsError(error)) throw error;
      await out.warn(`${file}${deed}: ${strerror(error.code)}`);
      return undefined;
    }
  }
  return names.filter((name) => name !== '');
};

/** `name`, `name:number` or a number: an owner or a group for members. */
const memberOwner = (text: string, numberOf: (name: string) => number | undefined) => {
  const [, word = '', number] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  if (/^\d+$/.test(word) && number === undefined) return { id: Number(word), name: '' };
  const known = number === undefined ? numberOf(word) : Number(number);
  return { ...(known === undefined ? {} : { id: known }), name: word };
};

/** What the options say of all files that are added; undefined after a complaint. */
const addedAs = async (out: Output, parsed: Given): Promise<Added | undefined> => {
  const { process } = out;
  const accounts = new Accounts(process);
  const [owner, group, mode, date] = [
    parsed.value('owner'),
    parsed.value('group'),
    parsed.value('mode'),
    parsed.value('mtime'),
  ];
  const changes = mode === undefined ? undefined : parseMode(mode);
  if (mode !== undefined && changes === undefined) {
    await out.warn('Invalid mode given on option');
    return undefined;
  }
  const now = process.kernel.clock.now();
  const stamp = date?.startsWith('/') || date?.startsWith('.') ? process.tryStat(date)?.mtime : undefined;
  const time = date === undefined ? undefined : (stamp ?? parseDate(date, now));
  if (date !== undefined && time === undefined) {
    const unknown = '-9223372036854775807';
    await out.errorText(`${out.name}: Substituting ${unknown} for unknown date format \u2018${date}\u2019\n`);
  }
  return {
    ...(owner === undefined ? {} : { owner: memberOwner(owner, (name) => accounts.user(name)?.uid) }),
    ...(group === undefined ? {} : { group: memberOwner(group, (name) => accounts.group(name)?.gid) }),
    ...(changes === undefined ? {} : { mode: changes }),
    ...(time === undefined ? {} : { mtime: Number(time / 1_000_000_000n) }),
  };
};
