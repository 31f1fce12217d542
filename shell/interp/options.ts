// `set -o` options with their letters, and bash's `shopt` options.

export const optionLetters = {
  allexport: 'a',
  notify: 'b',
  errexit: 'e',
  noglob: 'f',
  hashall: 'h',
  monitor: 'm',
  noexec: 'n',
  nounset: 'u',
  verbose: 'v',
  xtrace: 'x',
  noclobber: 'C',
  braceexpand: 'B',
  errtrace: 'E',
  histexpand: 'H',
  physical: 'P',
  functrace: 'T',
  privileged: 'p',
  onecmd: 't',
  keyword: 'k',
  ignoreeof: '',
  emacs: '',
  vi: '',
  history: '',
  posix: '',
  pipefail: '',
  nolog: '',
  'interactive-comments': '',
} as const;

export type OptionName = keyof typeof optionLetters;

/** The options dash knows, in the order `set -o` lists them there. */
export const dashOptions = [
  ['errexit', 'e'],
  ['noglob', 'f'],
  ['ignoreeof', 'I'],
  ['interactive', 'i'],
  ['monitor', 'm'],
  ['noexec', 'n'],
  ['stdin', 's'],
  ['xtrace', 'x'],
  ['verbose', 'v'],
  ['vi', 'V'],
  ['emacs', 'E'],
  ['noclobber', 'C'],
  ['allexport', 'a'],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['nolog', ''],
  ['debug', ''],
] as const;

export function optionByLetter(letter: string): OptionName | undefined {
  for (const name of Object.keys(optionLetters) as OptionName[])
    if (optionLetters[name] === letter) return name;
  return undefined;
}

export const isOptionName = (name: string): name is OptionName => Object.hasOwn(optionLetters, name);

// bash prints `$-` in this order.
const FLAG_ORDER = 'abefhkmnptuvxBCEHPT';

/** `$-`: the letters of the set options, `i`, and how the commands came in (`c` or `s`). */
export function optionFlags(
  options: ReadonlySet<string>,
  interactive: boolean,
  origin: 'c' | 's' | '',
): string {
  const set = new Set<string>(interactive ? ['i'] : []);
  for (const name of options) if (isOptionName(name)) set.add(optionLetters[name]);
  const order = `${FLAG_ORDER.slice(0, 5)}i${FLAG_ORDER.slice(5)}`;
  return [...order].filter((letter) => set.has(letter)).join('') + origin;
}

/** shopt's options and what they are at start. */
export const shoptDefaults = {
  autocd: false,
  cdable_vars: false,
  checkhash: false,
  checkwinsize: true,
  cmdhist: true,
  dotglob: false,
  execfail: false,
  expand_aliases: false,
  extglob: false,
  extquote: true,
  failglob: false,
  globasciiranges: true,
  globskipdots: true,
  globstar: false,
  histappend: false,
  inherit_errexit: false,
  interactive_comments: true,
  lastpipe: false,
  localvar_inherit: false,
  login_shell: false,
  nocaseglob: false,
  nocasematch: false,
  nullglob: false,
  patsub_replacement: true,
  progcomp: true,
  promptvars: true,
  sourcepath: true,
  xpg_echo: false,
} as const;
