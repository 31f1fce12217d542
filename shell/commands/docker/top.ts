// docker top: what runs in a container.

import { defineCommand, failDocker } from './docker-command.ts';
import { textTable } from './text-table.ts';

type Running = { pid: number; ppid: number; user: string; startedAt: bigint; command: string };

const clockTime = (time: bigint): string => new Date(Number(time / 1_000_000n)).toISOString().slice(11, 16);
const program = (command: string): string => {
  const path = command.split(' ', 1)[0] ?? '';
  return path.slice(path.lastIndexOf('/') + 1);
};

/** ps -ef, and the columns that -o can ask for. */
const columns: Readonly<Record<string, readonly [heading: string, value: (one: Running) => string]>> = {
  uid: ['UID', (one) => one.user],
  user: ['USER', (one) => one.user],
  pid: ['PID', (one) => String(one.pid)],
  ppid: ['PPID', (one) => String(one.ppid)],
  c: ['C', () => '0'],
  stime: ['STIME', (one) => clockTime(one.startedAt)],
  tty: ['TTY', () => '?'],
  time: ['TIME', () => '00:00:00'],
  cmd: ['CMD', (one) => one.command],
  args: ['COMMAND', (one) => one.command],
  '%cpu': ['%CPU', () => '0.0'],
  '%mem': ['%MEM', () => '0.0'],
  vsz: ['VSZ', () => '0'],
  rss: ['RSS', () => '0'],
  stat: ['STAT', () => 'Ss'],
  start: ['START', (one) => clockTime(one.startedAt)],
  comm: ['COMMAND', (one) => program(one.command)],
};
/** `ps aux`. */
const bsd = ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'time', 'args'];

/** Which columns the options of ps ask for. */
const columnsOf = (words: readonly string[]): readonly string[] => {
  const at = words.findIndex((word) => /^-[a-zA-Z]*o/.test(word));
  if (at !== -1) return (words[at]?.replace(/^-[a-zA-Z]*?o/, '') || words[at + 1] || '').split(',');
  return words.some((word) => /^-?a?u/.test(word)) ? bsd : full;
};

const full = ['uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];

export const top = defineCommand({
  paths: ['docker container top', 'docker top'],
  usage: 'CONTAINER [ps OPTIONS]',
  summary: 'Show the processes of a container',
  flags: {},
  count: { least: 1 },
  takesCommand: true,
  request: ([name]) => `Get containers/${name}/top`,
  run: (docker, _options, [name = '', ...words]) => {
    const running = docker.engine.containers.top(name);
    const list = columnsOf(words);
    const chosen = list.map(
      (key) =>
        columns[key] ??
        failDocker(`Error response from daemon: ps: error: unknown user-defined format specifier "${key}"`),
    );
    const rows = [
      chosen.map(([heading]) => heading),
      ...running.map((one) => chosen.map(([, value]) => value(one))),
    ];
    docker.print(textTable(rows, { minWidth: 20, padding: 3 }));
    return 0;
  },
});
