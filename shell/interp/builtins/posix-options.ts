// The options that the builtins of dash and busybox ash take: any other letter ends the command, and where it is a
// special builtin the shell.
import { loading } from '../../fs/loading.ts';
import type { Redirected } from '../redirect.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import type { Builtin } from './builtin.ts';

/** As getopt writes them; a builtin that is not named here reads its own words, or has no options. */
const dash: Readonly<Record<string, string>> = {
  '.': '',
  bg: '',
  cd: 'LP',
  chdir: 'LP',
  command: 'pvV',
  export: 'p',
  fg: '',
  hash: 'rv',
  jobs: 'lp',
  printf: '',
  pwd: 'LP',
  read: 'p:r',
  readonly: 'p',
  trap: '',
  ulimit: 'HSatfdscmlpnvwr',
  umask: 'S',
  unalias: 'a',
  unset: 'fv',
  wait: '',
};

const ash: Readonly<Record<string, string | undefined>> = {
  ...dash,
  export: 'np',
  hash: 'r',
  printf: undefined,
  read: 'p:u:rt:n:sd:',
  ulimit: 'HSacdefilmnpqrstvux',
  wait: 'n',
};

/** The first letter that the builtin does not know. */
function illegalLetter(words: readonly string[], letters: string): string | undefined {
  for (let at = 1; at < words.length; at++) {
    const word = words[at] as string;
    if (!/^-./.test(word) || word === '--') return undefined;
    for (let i = 1; i < word.length; i++) {
      const place = letters.indexOf(word[i] as string);
      if (place === -1) return word[i];
      if (letters[place + 1] !== ':') continue;
      if (i === word.length - 1) at++;
      break;
    }
  }
  return undefined;
}

/** Throws at an option that the shell's builtin does not have. */
function checkOptions({ dialect }: Shell, argv: readonly string[]): void {
  const [name = ''] = argv;
  const letters = (dialect === 'dash' ? dash : ash)[name];
  if (letters === undefined || !argv[1]?.startsWith('-')) return;
  const letter = illegalLetter(argv, letters);
  if (letter === undefined) return;
  const text =
    dialect === 'ash' && name === 'ulimit' ? `invalid option -- '${letter}'` : `Illegal option -${letter}`;
  throw new ShellError(`${name}: ${text}`, {
    status: dialect === 'ash' && name === 'ulimit' ? 1 : 2,
    scope: 'command',
  });
}

/** bash's builtins that take `--help` for a word like others. */
const HELPLESS: ReadonlySet<string> = new Set([':', '[', '[[', 'bind', 'echo', 'false', 'test', 'true']);

const explain = async (shell: Shell, name: string): Promise<number> =>
  (await loading(import('./help-text.ts'))).showTopic(shell, name);

/** Runs a builtin whose options are the shell's own. */
export function runOwn(
  shell: Shell,
  builtin: Builtin,
  argv: readonly string[],
  redirected: Redirected,
): ReturnType<Builtin['run']> {
  if (shell.dialect !== 'bash') checkOptions(shell, argv);
  else if (argv[1] === '--help' && !HELPLESS.has(argv[0] as string)) return explain(shell, argv[0] as string);
  shell.builtin = argv[0];
  return builtin.run(shell, argv, redirected);
}

/** POSIX: what goes wrong in a special builtin ends the shell. */
export function runSpecial(
  shell: Shell,
  builtin: Builtin,
  argv: readonly string[],
  redirected: Redirected,
): ReturnType<Builtin['run']> {
  try {
    return runOwn(shell, builtin, argv, redirected);
  } catch (error) {
    throw error instanceof ShellError && error.scope === 'command' ? error.ending('shell') : error;
  }
}
