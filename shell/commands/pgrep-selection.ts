// What pgrep and pkill go by besides names: parents, groups, sessions, terminals, users, states and age.

import { Tty } from '../fs/tty.ts';
import { Accounts, readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Output } from './output.ts';
import { type SeenProcess, stateOf } from './processes.ts';

type Test = (seen: SeenProcess) => boolean;

export const SELECTING = [
  ...['parent', 'pgroup', 'session', 'terminal', 'euid', 'uid', 'group', 'pidfile', 'runstates', 'older'],
] as const;

/** A test for one option, or what is wrong with its value. */
export const selects = (
  out: Output,
  option: string,
  value: string,
  all: readonly SeenProcess[],
): Test | string => {
  const { process } = out;
  const words = value.split(',');
  const accounts = new Accounts(process);
  const numbers = new Map(all.map(({ pid, process: other }) => [other.pid, pid]));
  const shown = (pid: number): number => numbers.get(pid) ?? 0;
  if (option === 'euid' || option === 'uid') {
    const unknown = words.find((word) => accounts.uid(word) === undefined);
    return unknown === undefined
      ? (seen) => words.some((word) => accounts.uid(word) === seen.process.cred.uid)
      : `invalid user name: ${unknown}`;
  }
  if (option === 'group') {
    const unknown = words.find((word) => accounts.gid(word) === undefined);
    return unknown === undefined
      ? (seen) => words.some((word) => accounts.gid(word) === seen.process.cred.gid)
      : `invalid group name: ${unknown}`;
  }
  if (option === 'terminal') return ({ process: { terminal } }) => words.includes(nameOf(terminal));
  if (option === 'runstates') return (seen) => value.includes(stateOf(seen));
  if (option === 'pidfile') return byFile(out, value);
  const wrong = words.find((word) => !/^\d+$/.test(word));
  if (wrong !== undefined) return `${COMPLAINTS[option] ?? 'not a number'}: ${wrong}`;
  const wanted = words.map(Number);
  if (option === 'parent') return ({ ppid }) => wanted.includes(ppid);
  // 0 stands for the caller's own.
  const own = (pid: number, mine: number): boolean =>
    wanted.includes(shown(pid)) || (wanted.includes(0) && pid === mine);
  if (option === 'pgroup') return (seen) => own(seen.process.group, process.group);
  if (option === 'session') return (seen) => own(seen.process.session, process.session);
  return ({ process: { startedAt } }) =>
    Number((process.kernel.clock.now() - startedAt) / 1_000_000_000n) >= (wanted[0] ?? 0);
};

const COMPLAINTS: Readonly<Record<string, string>> = {
  pgroup: 'invalid process group',
  session: 'invalid session id',
};

const nameOf = (terminal: unknown): string =>
  terminal instanceof Tty ? terminal.name.replace('/dev/', '') : '?';

const byFile = ({ process }: Output, name: string): Test | string => {
  const { value: text } = attempt(() => readText(process, name));
  const number = /^\s*(\d+)\s/.exec(`${text ?? ''}\n`)?.[1];
  return number === undefined
    ? `pidfile not valid\nTry \`${process.argv[0]} --help' for more information.`
    : ({ pid }) => pid === Number(number);
};
