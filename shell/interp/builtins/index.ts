// The table of builtins.
import type { Shell } from '../shell.ts';
import { alias, unalias } from './alias.ts';
import { bind } from './bind.ts';
import type { Builtin } from './builtin.ts';
import { caller } from './caller.ts';
import { cd } from './cd.ts';
import { compgen, complete, compopt } from './completion.ts';
import { declare, local, typeset } from './declare.ts';
import { dirs, popd, pushd } from './directories.ts';
import { echo } from './echo.ts';
import { enable } from './enable.ts';
import { dot, evalBuiltin, source } from './eval.ts';
import { exec } from './exec.ts';
import { exportBuiltin, readonlyBuiltin } from './export.ts';
import { fc } from './fc.ts';
import { breakBuiltin, continueBuiltin, exitBuiltin, logoutBuiltin, returnBuiltin } from './flow.ts';
import { getopts } from './getopts.ts';
import { hash } from './hash.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { bg, disown, fg, jobs, wait } from './jobs.ts';
import { kill } from './kill.ts';
import { letBuiltin } from './let.ts';
import { times, ulimit } from './limits.ts';
import { mapfile } from './mapfile.ts';
import { printf } from './printf.ts';
import { pwd } from './pwd.ts';
import { read } from './read.ts';
import { set } from './set.ts';
import { shift } from './shift.ts';
import { shopt } from './shopt.ts';
import { suspend } from './suspend.ts';
import { bracket, doubleBracket, test } from './test.ts';
import { trap } from './trap.ts';
import { builtinBuiltin, command, type } from './type.ts';
import { umask } from './umask.ts';
import { unset } from './unset.ts';

export type { Builtin } from './builtin.ts';

const constant = (status: number, special = false): Builtin => ({ special, run: () => status });

const builtins = {
  ':': constant(0, true),
  '.': dot,
  '[': bracket,
  '[[': doubleBracket,
  alias,
  bg,
  bind,
  break: breakBuiltin,
  builtin: builtinBuiltin,
  caller,
  cd,
  chdir: { ...cd, dialects: ['dash', 'ash'] },
  command,
  compgen,
  complete,
  compopt,
  continue: continueBuiltin,
  declare,
  dirs,
  disown,
  echo,
  enable,
  eval: evalBuiltin,
  exec,
  exit: exitBuiltin,
  export: exportBuiltin,
  false: constant(1),
  fc,
  fg,
  getopts,
  hash,
  help,
  history,
  jobs,
  kill,
  let: letBuiltin,
  local,
  logout: logoutBuiltin,
  mapfile,
  popd,
  printf,
  pushd,
  pwd,
  read,
  readarray: mapfile,
  readonly: readonlyBuiltin,
  return: returnBuiltin,
  set,
  shift,
  shopt,
  source,
  suspend,
  test,
  times,
  trap,
  true: constant(0),
  type,
  typeset,
  ulimit,
  umask,
  unalias,
  unset,
  wait,
} satisfies Record<string, Builtin>;

/** The builtin a shell has under that name. */
export function builtinFor(shell: Shell, name: string): Builtin | undefined {
  if (!Object.hasOwn(builtins, name)) return undefined;
  if (shell.state.disabled.size > 0 && shell.state.disabled.has(name)) return undefined;
  const builtin: Builtin = builtins[name as keyof typeof builtins];
  return builtin.dialects === undefined || builtin.dialects.includes(shell.dialect) ? builtin : undefined;
}

/** POSIX's special builtins. */
export const isSpecial = (name: string): boolean =>
  Object.hasOwn(builtins, name) && (builtins as Record<string, Builtin>)[name]?.special === true;

/** The names of a shell's builtins, sorted; `all` adds those that `enable -n` has switched off. */
export const builtinNames = (shell: Shell, all = false): string[] =>
  Object.entries(builtins as Record<string, Builtin>)
    .filter(
      ([name, { dialects }]) =>
        (all || !shell.state.disabled.has(name)) && (dialects?.includes(shell.dialect) ?? true),
    )
    .map(([name]) => name)
    .sort();
