// nsenter: run a program in the namespaces of another process (util-linux).

import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import { become, becomeOrShell, loginShell, notExecuted } from './become.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { seenProcesses } from './processes.ts';

const options = {
  all: { short: 'a' },
  target: { short: 't', argument: 'required' },
  mount: { short: 'm', argument: 'optional' },
  uts: { short: 'u', argument: 'optional' },
  ipc: { short: 'i', argument: 'optional' },
  net: { short: 'n', argument: 'optional' },
  pid: { short: 'p', argument: 'optional' },
  cgroup: { short: 'C', argument: 'optional' },
  user: { short: 'U', argument: 'optional' },
  root: { short: 'r', argument: 'optional' },
  wd: { short: 'w', argument: 'optional' },
  'no-fork': { short: 'F' },
} as const;

type Parsed = Options<keyof typeof options>;

/** Option → the file of it below /proc/PID/ns. The kernel has the first three; all processes share the others. */
const KINDS = {
  mount: 'mnt',
  uts: 'uts',
  pid: 'pid',
  ipc: 'ipc',
  net: 'net',
  cgroup: 'cgroup',
  user: 'user',
} as const;

type Kind = keyof typeof KINDS;

export const nsenter: Command = {
  name: 'nsenter',
  help: `
Usage:
 nsenter [options] [<program> [<argument>...]]

Run a program in namespaces of another process. Without one it is a shell.

Options:
 -a, --all              enter all namespaces
 -t, --target <pid>     the process whose namespaces are meant
 -m, --mount[=<file>]   enter its mount namespace
 -u, --uts[=<file>]     enter its UTS namespace: the hostname
 -p, --pid[=<file>]     enter its pid namespace
 -i, -n, -C, -U         accepted: all processes share these namespaces
 -r, --root[=<dir>]     take its root directory
 -w, --wd[=<dir>]       take its working directory
 -F, --no-fork          do not fork before the program runs
     --help             display this help
     --version          display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, nsenter, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => parsed.has('all') || parsed.has(kind));
    const target = await targetOf(out, parsed, kinds);
    if (typeof target === 'number') return target;
    if (target === undefined) return becomeOrShell(out, parsed.operands);
    const { error } = attempt(() => enter(process, target, kinds, parsed));
    if (error) {
      const kind =
        error.call === 'setns'
          ? `reassociate to namespace 'ns/${KINDS[kinds[0] ?? 'mount']}' failed`
          : 'cannot enter';
      await out.complain(kind, error);
      return 1;
    }
    const inside = kinds.includes('pid') && target.pids !== process.pids && !parsed.has('no-fork');
    return inside ? startInside(out, target, parsed.operands) : becomeOrShell(out, parsed.operands);
  },
};

/** The process that is meant; undefined when nobody's namespaces are asked for, a number when it is not there. */
const targetOf = async (
  out: Output,
  parsed: Parsed,
  kinds: readonly Kind[],
): Promise<Process | number | undefined> => {
  const file = kinds.map((kind) => parsed.value(kind)).find((value) => value !== undefined);
  const text = parsed.value('target') ?? /^\/proc\/(\d+)\/ns\/\w+$/.exec(file ?? '')?.[1];
  if (text === undefined) {
    if (kinds.length === 0) return undefined;
    const what = `neither filename nor target pid supplied for ns/${KINDS[kinds[0] as Kind]}`;
    await out.warn(file === undefined ? what : `cannot open ${file}: No such file or directory`);
    return 1;
  }
  if (!/^\d+$/.test(text)) {
    await out.warn(`failed to parse pid: '${text}'`);
    return 1;
  }
  const found = seenProcesses(out.process).find(({ pid }) => pid === Number(text));
  if (found) return found.process;
  await out.warn(`cannot open /proc/${text}/ns/${KINDS[kinds[0] ?? 'mount']}: No such file or directory`);
  return 1;
};

const enter = (process: Process, target: Process, kinds: readonly Kind[], parsed: Parsed): void => {
  const { root, cwd, pid } = target;
  if (kinds.includes('uts')) process.setns(pid, 'uts');
  if (kinds.includes('mount')) process.setns(pid, 'mnt');
  if (parsed.has('root')) {
    if (parsed.value('root') === undefined) process.root = process.cwd = root;
    else process.chroot(parsed.value('root') as string);
  }
  if (parsed.has('wd')) {
    if (parsed.value('wd') === undefined) process.cwd = cwd;
    else process.chdir(parsed.value('wd') as string);
  }
};

/** Only a child can be in another pid namespace. */
const startInside = async (out: Output, target: Process, operands: readonly string[]): Promise<number> => {
  const { process } = out;
  const asked = findProgram(process, operands[0] ?? '', process.env.get('PATH') ?? DEFAULT_PATH);
  const chosen = operands.length > 0 ? { path: asked, argv: operands } : loginShell(process);
  const { path, argv } = chosen;
  if (path === undefined) return become(out, argv);
  const { pids, container } = target;
  const started = attempt(() => process.spawn(path, argv, { pids, ...(container ? { container } : {}) }));
  if (started.error) return notExecuted(out, argv[0] ?? '', started.error);
  return shellStatus(await started.value.exited);
};
