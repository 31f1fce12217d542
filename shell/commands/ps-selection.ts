// Which processes ps shows.

import { Tty } from '../fs/tty.ts';
import type { Accounts } from './accounts.ts';
import { programName, type SeenProcess, stateOf } from './processes.ts';
import type { Asked, Listed } from './ps-options.ts';

export type Chooses = (seen: SeenProcess) => boolean;

const isLeader = ({ process }: SeenProcess): boolean => process.session === process.pid;

const isListed = (
  { kind, words }: Listed,
  accounts: Accounts,
  seenAs: (pid: number) => number,
): Chooses | string => {
  const numbers = words.map(Number);
  if (kind === 'pid') return ({ pid }) => numbers.includes(pid);
  if (kind === 'ppid') return ({ ppid }) => numbers.includes(ppid);
  if (kind === 'session') return ({ process }) => numbers.includes(seenAs(process.session));
  if (kind === 'command') return (seen) => words.some((word) => programName(seen) === word.slice(0, 15));
  if (kind === 'user') {
    const users = words.map((word) => accounts.uid(word));
    return users.includes(undefined)
      ? 'user name does not exist'
      : ({ process }) => users.includes(process.cred.uid);
  }
  if (kind === 'tty') return isOnTerminal(words, accounts);
  if (kind === 'session or group' && words.every((word) => /^\d+$/.test(word)))
    return ({ process }) => numbers.includes(seenAs(process.session));
  const groups = words.map((word) => accounts.gid(word));
  return groups.includes(undefined)
    ? 'group name does not exist'
    : ({ process }) => groups.includes(process.cred.gid);
};

const isOnTerminal = (words: readonly string[], accounts: Accounts): Chooses | string => {
  const names = words.map((word) =>
    word === '-' || word === '?' ? undefined : nameOfTerminal(word, accounts),
  );
  if (names.includes('')) return 'TTY could not be found';
  return ({ process: { terminal } }) => names.includes(terminal instanceof Tty ? terminal.name : undefined);
};

/** `pts/0`, `/dev/pts/0` or `0`; empty for what is none. */
const nameOfTerminal = (word: string, accounts: Accounts): string =>
  [word, `/dev/${word}`, `/dev/pts/${word}`].find(
    (path) => path.startsWith('/') && accounts.process.tryStat(path)?.kind === 'char',
  ) ?? '';

/** The processes that are asked for, or what is wrong with the lists. */
export const choice = (
  asked: Asked,
  accounts: Accounts,
  seenAs: (pid: number) => number,
): Chooses | string => {
  const lists = asked.lists.map((list) => isListed(list, accounts, seenAs));
  const problem = lists.find((list) => typeof list === 'string');
  if (problem !== undefined) return problem;
  const tests = lists.filter((list) => typeof list !== 'string');
  const own = accounts.process;
  if (asked.bsd.has('T')) tests.push(({ process }) => process.terminal === own.terminal);
  const simple = simpleChoice(asked, own);
  const any: Chooses =
    tests.length > 0 && !asksForMany(asked)
      ? (seen) => tests.some((test) => test(seen))
      : (seen) => simple(seen) || tests.some((test) => test(seen));
  const runs: Chooses = (seen) => !asked.bsd.has('r') || stateOf(seen, own) === 'R';
  return (seen) => (any(seen) && runs(seen)) !== asked.deselect;
};

const asksForMany = ({ unix, bsd }: Asked): boolean =>
  ['A', 'e', 'a', 'd'].some((letter) => unix.has(letter)) || bsd.has('a') || bsd.has('x');

/** As procps's select_bits_setup: by user, terminal and session. */
const simpleChoice = ({ unix, bsd }: Asked, own: Accounts['process']): Chooses => {
  if (unix.has('A') || unix.has('e') || (bsd.has('a') && bsd.has('x'))) return () => true;
  const hasTerminal: Chooses = ({ process }) => process.terminal !== undefined;
  const isMine: Chooses = ({ process }) => process.cred.uid === own.cred.uid;
  if (unix.has('d')) return (seen) => !isLeader(seen);
  if (unix.has('a')) return (seen) => !isLeader(seen) && hasTerminal(seen);
  if (bsd.has('a')) return hasTerminal;
  if (bsd.has('x')) return isMine;
  if (bsd.size > 0) return (seen) => isMine(seen) && hasTerminal(seen);
  return (seen) => isMine(seen) && seen.process.terminal === own.terminal;
};
