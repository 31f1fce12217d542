// renice: another niceness for processes that run (util-linux).

import type { Process } from '../fs/process.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { printHelp, printVersion } from './options.ts';
import { Output } from './output.ts';
import { seenProcesses } from './processes.ts';
import { usageError } from './usage-error.ts';

type Kind = 'process' | 'process group' | 'user';

/** What the words behind an option are. */
const KINDS: Readonly<Record<string, Kind>> = {
  '-g': 'process group',
  '--pgrp': 'process group',
  '-u': 'user',
  '--user': 'user',
  '-p': 'process',
  '--pid': 'process',
};

export const renice: Command = {
  name: 'renice',
  help: `
Usage:
 renice [-n] <priority> [-p|--pid] <pid>...
 renice [-n] <priority>  -g|--pgrp <pgid>...
 renice [-n] <priority>  -u|--user <user>...

Give running processes another niceness. All are scheduled alike here, whatever theirs is.

Options:
 -n, --priority <num>   the niceness
 -p, --pid              processes by number (default)
 -g, --pgrp             process groups by number
 -u, --user             all processes of a user
     --help             display this help
     --version          display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.slice(1);
    if (words[0] === '-h' || words[0] === '--help') return printHelp(out, renice);
    if (words[0] === '-V' || words[0] === '--version') return printVersion(out, renice);
    if (words[0] === '-n' || words[0] === '--priority') words.shift();
    const [priority, ...targets] = words;
    if (priority === undefined || targets.length === 0)
      return usageError(out, renice, 'not enough arguments');
    if (!/^[-+]?\d+$/.test(priority)) return usageError(out, renice, `invalid priority '${priority}'`);
    let kind: Kind = 'process';
    for (const word of targets) {
      const next = KINDS[word];
      if (next === undefined) await change(out, kind, word, Number(priority));
      else kind = next;
    }
    return out.end();
  },
};

const change = async (out: Output, kind: Kind, word: string, priority: number): Promise<void> => {
  const { process } = out;
  const id =
    kind === 'user' ? new Accounts(process).uid(word) : /^\d+$/.test(word) ? Number(word) : undefined;
  if (id === undefined)
    return out.warn(kind === 'user' ? `unknown user ${word}` : `bad ${kind} ID value: ${word}`);
  const targets = targetsOf(process, kind, id);
  const about = `${id} (${kind} ID)`;
  const [first] = targets;
  if (first === undefined) return out.warn(`failed to get priority for ${about}: No such process`);
  const before = least(targets.map((target) => target.process));
  for (const { pid } of targets) {
    const { error } = attempt(() => process.setPriority(pid, priority));
    if (error) return out.complain(`failed to set priority for ${about}`, error);
  }
  out.line(`${about} old priority ${before}, new priority ${least(targets.map((target) => target.process))}`);
};

const targetsOf = (process: Process, kind: Kind, id: number): { pid: number; process: Process }[] =>
  seenProcesses(process).filter((seen) => {
    if (kind === 'process') return id === 0 ? seen.process === process : seen.pid === id;
    if (kind === 'user') return seen.process.cred.uid === id;
    return seen.process.group === (id === 0 ? process.group : id);
  });

/** Of several the most favoured one is told (getpriority(2)). */
const least = (processes: readonly Process[]): number => Math.min(...processes.map(({ nice }) => nice));
