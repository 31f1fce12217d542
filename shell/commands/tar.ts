// tar: make, list and unpack archives. What it writes is the POSIX format; GNU's own differs in its magic.

import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { compareArchive } from './tar-compare.ts';
import { createArchive } from './tar-create.ts';
import { extractFiles } from './tar-extract.ts';
import type { TarJob } from './tar-job.ts';
import { listArchive } from './tar-list.ts';
import { tarJob, tarOptions } from './tar-options.ts';
import { lackingValue, tarWords } from './tar-words.ts';
import { usageError } from './usage-error.ts';

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
  -d, --compare, --diff      tell how files differ from an archive
  -r, --append               put files at the end of an archive
  -t, --list                 list an archive
  -u, --update               the same for files newer than in the archive
  -x, --extract, --get       take files out of an archive

How:
  -a, --auto-compress        compress as the name of the archive says
  -C, --directory=DIR        go to DIR first
      --exclude=PATTERN      leave out files that match PATTERN
  -X, --exclude-from=FILE    leave out what the patterns in FILE match
  -f, --file=ARCHIVE         the archive, not standard input or output
      --group=NAME           the group of files that are added
  -h, --dereference          the files that symbolic links name, not the links
  -k, --keep-old-files       an error where a file is there already
      --keep-newer-files     leave files that are newer than in the archive
      --mode=CHANGES         the mode of files that are added
      --mtime=DATE           the time of files that are added
  -m, --touch                do not restore times
      --no-recursion         directories without what is in them
      --null                 names in -T's file end with a zero byte
      --no-same-owner        the files are yours (default for ordinary users)
      --no-same-permissions  with your umask (default for ordinary users)
      --numeric-owner        numbers, not names, of users and groups
      --owner=NAME           the owner of files that are added
  -O, --to-stdout            the contents of files to standard output
  -p, --preserve-permissions  without your umask (default for root)
  -P, --absolute-names       names keep their leading slash
      --remove-files         remove files that have been added
      --same-owner           the files belong to whom the archive says (default for root)
      --strip-components=NUMBER  names lose NUMBER leading parts
      --show-transformed-names  tell names as they become
      --skip-old-files       leave files that are there
      --sort=ORDER           directories in this order: none, name
  -T, --files-from=FILE      take names from FILE too
      --transform=EXPRESSION  change names by an s command of sed
  -U, --unlink-first         remove files before making them anew
  -v, --verbose              tell the names of files
      --xattrs               extended attributes too
      --xattrs-include=MASK  extended attributes that match MASK too
      --wildcards            names of members are patterns
  -z, --gzip                 compress, or decompress, with gzip
      --zstd                 the same with zstd

      --help                 display this help
      --version              output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    out.failureStatus = 2;
    const words = tarWords(argv);
    const lacking = lackingValue(words);
    if (lacking !== undefined) return complainUsage(out, `Old option '${lacking}' requires an argument.`);
    const parsed = await parseOptions(out, { ...tar, usageStatus: 64, usageHint: HINT }, words, tarOptions);
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
    const job = await tarJob(out, parsed, action);
    if (job === 'usage') return complainUsage(out, 'Invalid transform expression');
    if (job === 'fatal') return fatal(out);
    const updates = action === 'append' || action === 'update';
    if (updates && (job.gzip || job.zstd || parsed.has('bzip2') || parsed.has('xz')))
      return complainUsage(out, 'Cannot update compressed archives');
    if (parsed.has('bzip2') || parsed.has('xz'))
      return otherCompressor(out, parsed.has('bzip2') ? 'bzip2' : 'xz');
    if (action === 'create' && job.operands.length === 0 && !parsed.has('files-from'))
      return complainUsage(out, 'Cowardly refusing to create an empty archive');
    if (action !== 'create' && job.archive === '-' && process.tty(0))
      return fatal(out, 'Refusing to read archive contents from terminal (missing -f option?)');
    if (action === 'create' && job.archive === '-' && process.tty(1))
      return fatal(out, 'Refusing to write archive contents to terminal (missing -f option?)');
    const finished = await ACTIONS[action](out, job);
    if (!finished) await out.warn('Error is not recoverable: exiting now');
    // A difference that -d has found is no failure.
    else if (out.status === 2) await out.warn('Exiting with failure status due to previous errors');
    return out.end();
  },
};

type Action = 'create' | 'extract' | 'list' | 'append' | 'update' | 'compare';

/** False: it could not be finished. */
const ACTIONS: Readonly<Record<Action, (out: Output, job: TarJob) => Promise<boolean>>> = {
  create: createArchive,
  append: createArchive,
  update: createArchive,
  compare: compareArchive,
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

const fatal = async (out: Output, problem = ''): Promise<number> => {
  if (problem !== '') await out.warn(problem);
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
