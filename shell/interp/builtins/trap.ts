// trap: actions for signals and for the shell's end.
import { chain, inOrder, type Maybe } from '../maybe.ts';
import { singleQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { conditionName, shownCondition } from '../traps.ts';
import { type Builtin, badOption, print } from './builtin.ts';
import { signalListing } from './kill.ts';
import { showUsage } from './usage.ts';

export const trap: Builtin = {
  special: true,
  run(shell, argv) {
    const words = argv.slice(1);
    const bash = shell.dialect === 'bash';
    if (words[0] === '-l' && bash) return print(shell, 'trap', signalListing());
    if ((words[0] === '-p' && bash) || words.length === 0)
      return print(shell, 'trap', listing(shell, words.slice(1)));
    if (words[0] === '--') words.shift();
    const [action = '', ...conditions] = words;
    const reset =
      (action === '-' && (bash ? conditions.length > 0 : true)) ||
      (conditions.length === 0 && conditionName(action, shell.dialect) !== undefined) ||
      /^\d+$/.test(action);
    const names = action === '-' || !reset ? conditions : words;
    if (conditions.length === 0 && !reset) return usage(shell, action);
    return setAll(shell, names, reset ? undefined : action);
  },
};

function usage(shell: Shell, action: string): Maybe<number> {
  if (shell.dialect !== 'bash') return chain(badTrap(shell, action), () => 1);
  if (/^-./.test(action)) return badOption(shell, 'trap', action[1] as string);
  return showUsage(shell, 'trap');
}

function setAll(shell: Shell, names: readonly string[], action: string | undefined): Maybe<number> {
  let status = 0;
  return chain(
    inOrder(names, (text) => {
      // dash goes no further than the first that is none.
      if (status !== 0 && shell.dialect === 'dash') return;
      const name = conditionName(text, shell.dialect);
      if (name !== undefined) return shell.traps.set(name, action);
      status = 1;
      return shell.dialect === 'bash'
        ? shell.complain(`trap: ${text}: invalid signal specification`)
        : badTrap(shell, text);
    }),
    () => status,
  );
}

const badTrap = (shell: Shell, text: string): Maybe<void> =>
  shell.dialect === 'dash'
    ? shell.write(2, `trap: ${text}: bad trap\n`)
    : shell.complain(`trap: ${text}: bad trap`);

function listing(shell: Shell, only: readonly string[]): string {
  const set = shell.traps.listed();
  const wanted = only.map((text) => conditionName(text, shell.dialect));
  const shown =
    only.length === 0 ? set : wanted.flatMap((name) => set.filter(([condition]) => condition === name));
  return shown
    .map(([name, action]) => `trap -- ${singleQuote(action)} ${shownCondition(name, shell.dialect)}\n`)
    .join('');
}
