// chmod: change permission bits.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { modeString } from './mode-string.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { referenceStat } from './reference-file.ts';
import { applyMode, type ModeChanges, parseMode } from './symbolic-mode.ts';
import { missingOperand, usageError } from './usage-error.ts';

const options = {
  changes: { short: 'c' },
  silent: { short: 'f', alias: ['quiet'] },
  verbose: { short: 'v' },
  'no-preserve-root': {},
  'preserve-root': {},
  reference: { argument: 'required' },
  recursive: { short: 'R' },
} as const;

interface ChmodRules {
  readonly changes: ModeChanges;
  readonly umask: number;
  readonly recursive: boolean;
  readonly silent: boolean;
  readonly tell: 'nothing' | 'changes' | 'all';
  /** Modes that look like options (-x) say when the umask kept a bit back. */
  readonly surprising: boolean;
}

export const chmod: Command = {
  name: 'chmod',
  help: `Usage: chmod [OPTION]... MODE[,MODE]... FILE...
  or:  chmod [OPTION]... OCTAL-MODE FILE...
  or:  chmod [OPTION]... --reference=RFILE FILE...
Give each FILE the permissions MODE, or those of RFILE.

  -c, --changes          tell of the files that change
  -f, --silent, --quiet  leave most complaints out
  -v, --verbose          tell of every file
      --no-preserve-root  treat / like any directory (default)
      --preserve-root    with -R, refuse /
      --reference=RFILE  take RFILE's permissions
  -R, --recursive        change directories and all that is in them
      --help        display this help and exit
      --version     output version information and exit

A MODE looks like '[ugoa]*([-+=]([rwxXst]*|[ugo]))+|[-+=][0-7]+'.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const { words, modes } = pickModes(argv);
    const parsed = await parseOptions(out, chmod, words, options);
    if ('exit' in parsed) return parsed.exit;
    const reference = parsed.value('reference');
    const inline = modes.length > 0;
    const operands = [...parsed.operands];
    let text = modes.join(',');
    if (!inline && reference === undefined) text = operands.shift() ?? '';
    if (operands.length === 0) {
      return missingOperand(out, chmod, inline || reference !== undefined || text === '' ? [] : [text]);
    }
    let changes: ModeChanges | undefined;
    if (reference !== undefined) {
      const stat = await referenceStat(out, reference);
      if (stat === undefined) return 1;
      changes = parseMode((stat.mode & 0o7777).toString(8).padStart(5, '0'));
    } else changes = parseMode(text);
    if (!changes) return usageError(out, chmod, `invalid mode: ${quoteLocale(process, text)}`);
    const rules: ChmodRules = {
      changes,
      umask: process.umask(),
      recursive: parsed.has('recursive'),
      silent: parsed.has('silent'),
      tell: parsed.has('verbose') ? 'all' : parsed.has('changes') ? 'changes' : 'nothing',
      surprising: inline,
    };
    for (const name of operands) {
      if (
        rules.recursive &&
        parsed.last('preserve-root', 'no-preserve-root') === 'preserve-root' &&
        name === '/'
      ) {
        await out.warn(`it is dangerous to operate recursively on ${quoteAlways(process, name)}`);
        await out.warn('use --no-preserve-root to override this failsafe');
      } else await changeTree(out, name, rules, true);
    }
    return out.end();
  },
};

/** Modes that begin with a minus sign (-x, -rw) are no options. */
const pickModes = (argv: readonly string[]): { words: string[]; modes: string[] } => {
  const end = argv.indexOf('--');
  const isMode = (word: string, at: number): boolean =>
    at > 0 && (end === -1 || at < end) && /^-[rwxXstugoa,+=0-7]/.test(word);
  return { words: argv.filter((word, at) => !isMode(word, at)), modes: argv.filter(isMode) };
};

const changeTree = async (out: Output, name: string, rules: ChmodRules, operand: boolean): Promise<void> => {
  const { process } = out;
  const quoted = quoteAlways(process, name);
  const looked = attempt(() => (operand ? process.stat(name) : process.lstat(name)));
  if (looked.error) {
    out.status = 1;
    const dangling = process.tryLstat(name)?.kind === 'symlink';
    if (!rules.silent) {
      if (dangling) await out.warn(`cannot operate on dangling symlink ${quoted}`);
      else await out.complain(`cannot access ${quoted}`, looked.error);
    }
    if (rules.tell === 'all') out.line(`${quoted} could not be accessed`);
    return;
  }
  if (looked.value.kind === 'symlink') {
    if (rules.tell === 'all') out.line(`neither symbolic link ${quoted} nor referent has been changed`);
    return;
  }
  await changeOne(out, name, looked.value, rules);
  const enters = operand ? process.tryLstat(name)?.kind === 'directory' : looked.value.kind === 'directory';
  if (!rules.recursive || !enters) return;
  const listed = attempt(() => process.readdir(name));
  if (listed.error) {
    out.status = 1;
    if (!rules.silent) await out.complain(`cannot read directory ${quoted}`, listed.error);
    return;
  }
  for (const entry of listed.value) await changeTree(out, joinPath(name, entry.name), rules, false);
};

const changeOne = async (out: Output, name: string, stat: Stat, rules: ChmodRules): Promise<void> => {
  const { process } = out;
  const quoted = quoteAlways(process, name);
  const old = stat.mode & 0o7777;
  const wanted = applyMode(stat.mode, rules.changes, rules.umask, stat.kind === 'directory');
  const { error } = attempt(() => process.chmod(name, wanted));
  const [from, to] = [shown(stat.mode), shown((stat.mode & ~0o7777) | wanted)];
  if (error) {
    out.status = 1;
    if (!rules.silent) await out.complain(`changing permissions of ${quoted}`, error);
    if (rules.tell === 'all') out.line(`failed to change mode of ${quoted} from ${from} to ${to}`);
    return;
  }
  const now = process.tryStat(name)?.mode ?? wanted;
  if ((now & 0o7777) !== old && rules.tell !== 'nothing')
    out.line(out.worded(`mode of ${quoted} changed from ${from} to ${shown(now)}`));
  if ((now & 0o7777) === old && rules.tell === 'all')
    out.line(out.worded(`mode of ${quoted} retained as ${from}`));
  if (!rules.surprising) return;
  const naive = applyMode(stat.mode, rules.changes, 0, stat.kind === 'directory');
  if ((wanted & ~naive) === 0) return;
  const [got, expected] = [
    modeString((stat.mode & ~0o7777) | wanted).slice(1),
    modeString((stat.mode & ~0o7777) | naive).slice(1),
  ];
  await out.warn(`${name}: new permissions are ${got}, not ${expected}`);
};

const shown = (mode: number): string =>
  `${(mode & 0o7777).toString(8).padStart(4, '0')} (${modeString(mode).slice(1)})`;
