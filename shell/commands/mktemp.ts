// mktemp: make a temporary file or directory.

import { isFsError, strerror } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { quoteLocale } from './quoting.ts';
import { temporaryName } from './temporary-name.ts';
import { usageError } from './usage-error.ts';

const options = {
  directory: { short: 'd' },
  'dry-run': { short: 'u' },
  quiet: { short: 'q' },
  suffix: { argument: 'required' },
  tmpdir: { short: 'p', argument: 'optional' },
  t: {},
} as const;

const TRIES = 100;

export const mktemp: Command = {
  name: 'mktemp',
  help: `Usage: mktemp [OPTION]... [TEMPLATE]
Make a temporary file or directory, safely, and print its name.
TEMPLATE has at least 3 X's in a row in its last component; tmp.XXXXXXXXXX in
the directory for temporary files is taken where there is none.

  -d, --directory     make a directory, not a file
  -u, --dry-run       make nothing; only print a name
  -q, --quiet         say nothing when it fails
      --suffix=SUFF   append SUFF to TEMPLATE
  -p DIR, --tmpdir[=DIR]  TEMPLATE is relative to DIR, or to $TMPDIR, or to /tmp
  -t                  TEMPLATE is one component, relative to $TMPDIR, -p or /tmp
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.flatMap((word, at) =>
      argv[at - 1] === '-p' ? [] : word === '-p' ? [`-p${argv[at + 1] ?? ''}`] : [word],
    );
    const parsed = await parseOptions(out, mktemp, words, options);
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    if (operands.length > 1) return usageError(out, mktemp, 'too many templates');
    const inTmp = operands.length === 0 || parsed.has('tmpdir') || parsed.has('t');
    const given = operands[0] ?? (flavorOf(process) === 'busybox' ? 'tmp.XXXXXX' : 'tmp.XXXXXXXXXX');
    const run = /X+(?=[^X]*$)/.exec(given)?.[0] ?? '';
    const template = `${given}${parsed.value('suffix') ?? ''}`;
    const suffix = parsed.value('suffix') ?? '';
    const quoted = quoteLocale(process, given);
    const after = run === '' ? '' : given.slice(given.lastIndexOf('X') + 1);
    const problem =
      parsed.has('suffix') && !given.endsWith('X')
        ? `with --suffix, template ${quoted} must end in X`
        : suffix.includes('/')
          ? `invalid suffix ${quoteLocale(process, suffix)}, contains directory separator`
          : parsed.has('t') && given.includes('/')
            ? `invalid template, ${quoted}, contains directory separator`
            : after.includes('/')
              ? `invalid suffix ${quoteLocale(process, after)}, contains directory separator`
              : run.length < 3
                ? `too few X's in template ${quoteLocale(process, template)}`
                : undefined;
    if (problem !== undefined) {
      await out.warn(problem);
      return 1;
    }
    const directory = parsed.value('tmpdir') || process.env.get('TMPDIR') || '/tmp';
    if (inTmp && operands.length > 0 && given.startsWith('/') && parsed.has('tmpdir')) {
      await out.warn(
        `invalid template, ${quoteLocale(process, given)}; with --tmpdir, it may not be absolute`,
      );
      return 1;
    }
    const full = inTmp ? joinPath(directory, template) : template;
    return create(out, parsed, full);
  },
};

const create = async (
  out: Output,
  parsed: Options<keyof typeof options>,
  template: string,
): Promise<number> => {
  const { process } = out;
  const directory = parsed.has('directory');
  for (let tries = 0; ; tries++) {
    const name = temporaryName(process, template);
    try {
      if (directory) process.mkdir(name, 0o700);
      else process.close(process.open(name, O.RDWR | O.CREAT | O.EXCL, 0o600));
      if (parsed.has('dry-run')) {
        if (directory) process.rmdir(name);
        else process.unlink(name);
      }
      out.line(name);
      return out.end();
    } catch (error) {
      if (!isFsError(error)) throw error;
      if (error.code === 'EEXIST' && tries < TRIES) continue;
      const failed = `failed to create ${directory ? 'directory' : 'file'} via template`;
      if (!parsed.has('quiet'))
        await out.warn(`${failed} ${quoteLocale(process, template)}: ${strerror(error.code)}`);
      return 1;
    }
  }
};
