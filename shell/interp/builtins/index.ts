// The table of builtins.
import type { Shell } from '../shell.ts';
import { alias, unalias } from './alias.ts';
import type { Builtin } from './builtin.ts';
import { cd } from './cd.ts';
import { declare, local, typeset } from './declare.ts';
import { dirs, popd, pushd } from './directories.ts';
import { echo } from './echo.ts';
import { dot, evalBuiltin, source } from './eval.ts';
import { exec } from './exec.ts';
import { exportBuiltin, readonlyBuiltin } from './export.ts';
import { breakBuiltin, continueBuiltin, exitBuiltin, returnBuiltin } from './flow.ts';
import { getopts } from './getopts.ts';
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
import { bracket, test } from './test.ts';
import { trap } from './trap.ts';
import { builtinBuiltin, command, hash, type } from './type.ts';
import { umask } from './umask.ts';
import { unset } from './unset.ts';

export type { Builtin } from './builtin.ts';

const constant = (status: number, special = false): Builtin => ({ special, run: () => status });

const builtins = {
  ':': constant(0, true),
  '.': dot,
  '[': bracket,
  alias,
  bg,
  break: breakBuiltin,
  builtin: builtinBuiltin,
  cd,
  chdir: { ...cd, dialects: ['dash', 'ash'] },
  command,
  continue: continueBuiltin,
  declare,
  dirs,
  disown,
  echo,
  eval: evalBuiltin,
  exec,
  exit: exitBuiltin,
  export: exportBuiltin,
  false: constant(1),
  fg,
  getopts,
  hash,
  history,
  jobs,
  kill,
  let: letBuiltin,
  local,
  logout: { ...exitBuiltin, dialects: ['bash'] },
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
  const builtin: Builtin = builtins[name as keyof typeof builtins];
  return builtin.dialects === undefined || builtin.dialects.includes(shell.dialect) ? builtin : undefined;
}

/** The names of all builtins of a shell, for completion. */
export const builtinNames = (shell: Shell): string[] =>
  Object.keys(builtins).filter((name) => builtinFor(shell, name) !== undefined);
