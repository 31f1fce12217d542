// setsid: run a program in a session of its own, away from the terminal (util-linux).

import { shellStatus } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import { become } from './become.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { usageError } from './usage-error.ts';

const options = { ctty: { short: 'c' }, fork: { short: 'f' }, wait: { short: 'w' } } as const;

export const setsid: Command = {
  name: 'setsid',
  help: `
Usage:
 setsid [options] <program> [arguments ...]

Run a program in a session of its own.

Options:
 -c, --ctty     keep the terminal
 -f, --fork     always in a child
 -w, --wait     wait for the child, and end as it does
     --help     display this help
     --version  display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, setsid, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const [name] = parsed.operands;
    if (name === undefined) return usageError(out, setsid, 'no command specified');
    const away = { terminal: parsed.has('ctty') ? process.terminal : undefined };
    // Who leads a process group cannot lead a session: a child does.
    if (!parsed.has('fork') && process.group !== process.pid) {
      Object.assign(process, away, { group: process.pid, session: process.pid });
      return become(out, parsed.operands);
    }
    const path = findProgram(process, name, process.env.get('PATH') ?? DEFAULT_PATH);
    if (path === undefined) return become(out, parsed.operands);
    const foreground = parsed.has('wait') && process.foreground;
    const rules = { ...away, newGroup: true, foreground };
    const started = attempt(() => process.spawn(path, parsed.operands, rules));
    if (started.error) {
      await out.complain(`failed to execute ${name}`, started.error);
      return started.error.code === 'ENOENT' ? 127 : 126;
    }
    return parsed.has('wait') ? shellStatus(await started.value.exited) : 0;
  },
};
