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
  ['privileged', 'p'],
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

/** shopt's options and what they are at start, in the order of its listing. */
export const shoptDefaults = {
  autocd: false,
  assoc_expand_once: false,
  cdable_vars: false,
  cdspell: false,
  checkhash: false,
  checkjobs: false,
  checkwinsize: true,
  cmdhist: true,
  compat31: false,
  compat32: false,
  compat40: false,
  compat41: false,
  compat42: false,
  compat43: false,
  compat44: false,
  complete_fullquote: true,
  direxpand: false,
  dirspell: false,
  dotglob: false,
  execfail: false,
  expand_aliases: false,
  extdebug: false,
  extglob: false,
  extquote: true,
  failglob: false,
  force_fignore: true,
  globasciiranges: true,
  globskipdots: true,
  globstar: false,
  gnu_errfmt: false,
  histappend: false,
  histreedit: false,
  histverify: false,
  hostcomplete: true,
  huponexit: false,
  inherit_errexit: false,
  interactive_comments: true,
  lastpipe: false,
  lithist: false,
  localvar_inherit: false,
  localvar_unset: false,
  login_shell: false,
  mailwarn: false,
  no_empty_cmd_completion: false,
  nocaseglob: false,
  nocasematch: false,
  noexpand_translation: false,
  nullglob: false,
  patsub_replacement: true,
  progcomp: true,
  progcomp_alias: false,
  promptvars: true,
  restricted_shell: false,
  shift_verbose: false,
  sourcepath: true,
  varredir_close: false,
  xpg_echo: false,
} as const;
