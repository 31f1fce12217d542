// tar: make, list and unpack archives. What it writes is the POSIX format; GNU's own differs in its magic.

import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { createArchive } from './tar-create.ts';
import { extractFiles } from './tar-extract.ts';
import type { TarJob } from './tar-job.ts';
import { listArchive } from './tar-list.ts';
import { lackingValue, tarOperands, tarWords } from './tar-words.ts';
import { usageError } from './usage-error.ts';

const options = {
  create: { short: 'c' },
  extract: { short: 'x', alias: ['get'] },
  list: { short: 't' },
  file: { short: 'f', argument: 'required' },
  verbose: { short: 'v' },
  gzip: { short: 'z', alias: ['gunzip', 'ungzip'] },
  bzip2: { short: 'j' },
  xz: { short: 'J' },
  'auto-compress': { short: 'a' },
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

type Given = Options<keyof typeof options>;

export const tar: Command = {
  name: 'tar',
  usageStatus: 2,
  help: `Usage: tar [OPTION...] [FILE]...
Put many files into one archive, and take them out again.

  tar -cf archive.tar foo bar   make archive.tar of the files foo and bar
  tar -tvf archive.tar          list the files of archive.tar
  tar -xf archive.tar           take all files out of archive.tar

What to do:
  -c, --create               make an archive
  -t, --list                 list an archive
  -x, --extract, --get       take files out of an archive

How:
  -a, --auto-compress        compress as the name of the archive says
  -C, --directory=DIR        go to DIR first
      --exclude=PATTERN      leave out files that match PATTERN
  -f, --file=ARCHIVE         the archive, not standard input or output
  -h, --dereference          the files that symbolic links name, not the links
  -k, --keep-old-files       an error where a file is there already
  -m, --touch                do not restore times
      --no-same-owner        the files are yours (default for ordinary users)
      --no-same-permissions  with your umask (default for ordinary users)
      --numeric-owner        numbers, not names, of users and groups
  -O, --to-stdout            the contents of files to standard output
  -p, --preserve-permissions  without your umask (default for root)
  -P, --absolute-names       names keep their leading slash
      --same-owner           the files belong to whom the archive says (default for root)
      --strip-components=NUMBER  names lose NUMBER leading parts
  -v, --verbose              tell the names of files
      --xattrs               extended attributes too
      --xattrs-include=MASK  extended attributes that match MASK too
  -z, --gzip                 compress, or decompress, with gzip

      --help                 display this help
      --version              output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    out.failureStatus = 2;
    const words = tarWords(argv);
    const lacking = lackingValue(words);
    if (lacking !== undefined) return complainUsage(out, `Old option '${lacking}' requires an argument.`);
    const parsed = await parseOptions(out, { ...tar, usageStatus: 64, usageHint: HINT }, words, options);
    if ('exit' in parsed) return parsed.exit;
    const actions = parsed.list
      .filter(({ name }) => Object.hasOwn(ACTIONS, name))
      .map(({ name }) => name as Action);
    const [action] = actions;
    if (action === undefined)
      return complainUsage(
        out,
        "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options",
      );
    if (actions.some((other) => other !== action))
      return complainUsage(
        out,
        "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option",
      );
    const job = jobOf(out, parsed, action);
    if (parsed.has('bzip2') || parsed.has('xz'))
      return otherCompressor(out, parsed.has('bzip2') ? 'bzip2' : 'xz');
    if (action === 'create' && job.operands.length === 0)
      return complainUsage(out, 'Cowardly refusing to create an empty archive');
    if (action !== 'create' && job.archive === '-' && process.tty(0))
      return fatal(out, 'Refusing to read archive contents from terminal (missing -f option?)');
    if (action === 'create' && job.archive === '-' && process.tty(1))
      return fatal(out, 'Refusing to write archive contents to terminal (missing -f option?)');
    const finished = await ACTIONS[action](out, job);
    if (!finished) await out.warn('Error is not recoverable: exiting now');
    else if (out.status !== 0) await out.warn('Exiting with failure status due to previous errors');
    return out.end();
  },
};

type Action = 'create' | 'extract' | 'list';

/** False: it could not be finished. */
const ACTIONS: Readonly<Record<Action, (out: Output, job: TarJob) => Promise<boolean>>> = {
  create: createArchive,
  extract: extractFiles,
  list: listArchive,
};

const HINT = "Try 'tar --help' or 'tar --usage' for more information.";

const complainUsage = async (out: Output, problem: string): Promise<number> => {
  if (flavorOf(out.process) === 'busybox') return usageError(out, tar, '');
  await out.warn(problem);
  await out.errorText(`${HINT}\n`);
  return 2;
};

const fatal = async (out: Output, problem: string): Promise<number> => {
  await out.warn(problem);
  await out.warn('Error is not recoverable: exiting now');
  return 2;
};

/** The host has no other compressor than gzip. */
const otherCompressor = async (out: Output, name: string): Promise<number> => {
  await out.errorText(`${out.name} (child): ${name}: Cannot exec: No such file or directory\n`);
  await out.errorText(`${out.name} (child): Error is not recoverable: exiting now\n`);
  await out.warn('Child returned status 2');
  return fatal(out, 'Error is not recoverable: exiting now').then(() => 2);
};

const jobOf = ({ process }: Output, parsed: Given, action: Action): TarJob => {
  const root = process.cred.uid === 0;
  const archive = parsed.value('file') ?? '-';
  const zipped = parsed.has('gzip') || (parsed.has('auto-compress') && /\.(?:tgz|taz|gz)$/.test(archive));
  return {
    archive,
    operands: tarOperands(parsed.operands),
    verbose: parsed.list.filter(({ name }) => name === 'verbose').length,
    gzip: zipped,
    keepOld: parsed.has('keep-old-files'),
    permissions:
      (parsed.last('same-permissions', 'no-same-permissions') ?? (root ? 'same-permissions' : '')) ===
      'same-permissions',
    owner: (parsed.last('same-owner', 'no-same-owner') ?? (root ? 'same-owner' : '')) === 'same-owner',
    numeric: parsed.has('numeric-owner'),
    strip: Number(parsed.value('strip-components') ?? 0),
    exclude: parsed.values('exclude'),
    toStdout: parsed.has('to-stdout'),
    touch: parsed.has('touch'),
    follow: parsed.has('dereference'),
    absolute: parsed.has('absolute-names'),
    xattrs:
      parsed.has('xattrs') || parsed.has('xattrs-include')
        ? parsed.has('xattrs-include')
          ? parsed.values('xattrs-include')
          : [action === 'create' ? '*' : 'user.*']
        : [],
  };
};
