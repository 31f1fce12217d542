// Variables whose value the shell makes up when they are read: RANDOM, SECONDS, LINENO and kin.
import { printHead } from './print-command.ts';
import type { Shell } from './shell.ts';

interface Special {
  read(shell: Shell): string;
  write?(shell: Shell, value: string): void;
}

const NANOSECONDS = 1_000_000_000n;

const everywhere: Record<string, Special> = {
  LINENO: { read: (shell) => String(shell.line()) },
};

const inAsh: Record<string, Special> = {
  ...everywhere,
  RANDOM: {
    read: (shell) => String(shell.randomNumber() & 0x7fff),
    write: (shell, value) => {
      shell.state.randomSeed = Number.parseInt(value, 10) || 0;
    },
  },
};

const inBash: Record<string, Special> = {
  ...inAsh,
  SRANDOM: { read: (shell) => String(shell.randomNumber()) },
  SECONDS: {
    read: (shell) => String((shell.now() - shell.state.secondsBase) / NANOSECONDS),
    write: (shell, value) => {
      shell.state.secondsBase = shell.now() - BigInt(Number.parseInt(value, 10) || 0) * NANOSECONDS;
    },
  },
  EPOCHSECONDS: { read: (shell) => String(shell.now() / NANOSECONDS) },
  EPOCHREALTIME: {
    read: (shell) =>
      `${shell.now() / NANOSECONDS}.${String((shell.now() % NANOSECONDS) / 1000n).padStart(6, '0')}`,
  },
  HISTCMD: { read: ({ state }) => String(state.history.length) },
  BASHPID: { read: (shell) => String(shell.process.pid) },
  BASH_SUBSHELL: { read: (shell) => String(shell.becoming?.shown ?? shell.subshellLevel) },
  BASH_COMMAND: {
    read: ({ trapped, running }) => {
      const node = trapped ?? running;
      return node === undefined ? '' : printHead(node);
    },
  },
};

const byDialect = { bash: inBash, dash: everywhere, ash: inAsh };

const listsInBash: Record<string, (shell: Shell) => readonly string[]> = {
  PIPESTATUS: (shell) => shell.state.pipeStatus.map(String),
  FUNCNAME: (shell) => shell.functionNames(),
  BASH_LINENO: (shell) => shell.callLines(),
  BASH_SOURCE: (shell) => shell.sourceNames(),
  DIRSTACK: (shell) => [shell.directory(), ...shell.state.directories],
  GROUPS: (shell) => shell.process.cred.groups.map(String),
};

/** What bash computes, for completion. */
export const dynamicNames: readonly string[] = [...Object.keys(inBash), ...Object.keys(listsInBash)];

/** True for names that some shell computes; most names are none, so this is asked first. */
export const isDynamic = (name: string): boolean =>
  Object.hasOwn(inBash, name) || Object.hasOwn(listsInBash, name);

/** The computed value; undefined when this shell does not compute that one. */
export function dynamicValue(shell: Shell, name: string, subscript?: string): string | undefined {
  const list = dynamicList(shell, name);
  if (list !== undefined) return list[subscript === undefined ? 0 : Number(subscript) || 0];
  const table = byDialect[shell.dialect];
  return Object.hasOwn(table, name) ? table[name]?.read(shell) : undefined;
}

export function dynamicList(shell: Shell, name: string): readonly string[] | undefined {
  return shell.dialect === 'bash' && Object.hasOwn(listsInBash, name)
    ? listsInBash[name]?.(shell)
    : undefined;
}

/** Takes an assignment where one means something special; false when it is an ordinary one. */
export function setDynamic(shell: Shell, name: string, value: string): boolean {
  const write = byDialect[shell.dialect][name]?.write;
  write?.(shell, value);
  return write !== undefined || (shell.dialect === 'bash' && Object.hasOwn(listsInBash, name));
}
