// mkdir: make directories.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { stripSlashes } from './path-name.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { applyMode, parseMode } from './symbolic-mode.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  mode: { short: 'm', argument: 'required' },
  parents: { short: 'p' },
  verbose: { short: 'v' },
  Z: {},
} as const;

export const mkdir: Command = {
  name: 'mkdir',
  help: `Usage: mkdir [OPTION]... DIRECTORY...
Make each DIRECTORY, where it does not exist yet.

  -m, --mode=MODE   set the permissions (as chmod does), not a=rwx - umask
  -p, --parents     make the directories above as well; a DIRECTORY that
                      exists is no error; the directories above do not get
                      the -m permissions
  -v, --verbose     say which directories are made
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, mkdir, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, mkdir, parsed.operands);
    const modeText = parsed.value('mode');
    const changes = modeText === undefined ? undefined : parseMode(modeText);
    if (modeText !== undefined && !changes) {
      await out.warn(`invalid mode ${quoteLocale(process, modeText)}`);
      return 1;
    }
    const wanted = changes ? applyMode(0o777, changes, process.umask(), true) : 0o777;
    // mkdir(2) is asked for a sticky directory that others cannot write to, and +t alone leaves it so.
    const mode = /^[ugoa]*\+t$/.test(modeText ?? '') ? wanted & ~0o022 : wanted;
    const told = (name: string): void => {
      if (parsed.has('verbose')) out.line(toldOf(out, `created directory ${quoteAlways(process, name)}`));
    };
    for (const name of parsed.operands) {
      if (parsed.has('parents')) await makeWithParents(out, name, mode, changes !== undefined, told);
      else await makeOne(out, name, mode, changes !== undefined, told);
    }
    return out.end();
  },
};

/** GNU signs what it tells, an applet does not. */
const toldOf = (out: Output, text: string): string =>
  flavorOf(out.process) === 'gnu' ? `${out.name}: ${text}` : out.worded(text);

type Told = (name: string) => void;

const makeOne = async (
  out: Output,
  name: string,
  mode: number,
  exact: boolean,
  told: Told,
): Promise<void> => {
  const made = attempt(() => makeDirectory(out, name, mode, exact));
  if (made.error) await out.complain(`cannot create directory ${quoteLocale(out.process, name)}`, made.error);
  else told(name);
};

/** mkdir(2), with the very mode where one was asked for: the umask is set aside for the call. */
const makeDirectory = (out: Output, name: string, mode: number, exact: boolean): void => {
  const { process } = out;
  const mask = exact ? process.umask(0) : 0;
  try {
    process.mkdir(name, (mode & 0o7000) === 0 ? mode : mode & 0o1755);
  } finally {
    if (exact) process.umask(mask);
  }
  const again = (mode & 0o6000) !== 0 || (mode & 0o1022) > 0o1000 || flavorOf(process) === 'busybox';
  if (exact && again) process.chmod(name, mode);
};

/** Makes what is missing of a path; the directories above may always be entered by their owner. */
export const makeWithParents = async (
  out: Output,
  name: string,
  mode: number,
  exact: boolean,
  told: Told = () => {},
): Promise<boolean> => {
  const { process } = out;
  const parts = stripSlashes(name).split('/');
  for (let count = 1; count <= parts.length; count++) {
    const path = parts.slice(0, count).join('/');
    const last = count === parts.length;
    if ((path === '' && name !== '') || (!last && /^\.{1,2}$/.test(parts[count - 1] as string))) continue;
    const mask = process.umask();
    if (!last) process.umask(mask & ~0o300);
    const made = attempt(() => (last ? makeDirectory(out, path, mode, exact) : process.mkdir(path, 0o777)));
    if (!last) process.umask(mask);
    if (!made.error) {
      told(last ? name : path);
      continue;
    }
    const exists = process.tryStat(path);
    if (exists?.kind === 'directory') continue;
    const text = quoteLocale(process, last ? name : path);
    if (exists && !last) await out.warn(`cannot create directory ${text}: Not a directory`);
    else await out.complain(`cannot create directory ${text}`, made.error);
    return false;
  }
  return true;
};
