// getpcaps: the capabilities of processes (libcap2-bin).

import type { Command } from '../command.ts';
import { Output } from '../output.ts';
import { seenProcesses } from '../processes.ts';
import { setsText } from './set-text.ts';

export const getpcaps: Command = {
  name: 'getpcaps',
  help: `usage: getpcaps <pid> [<pid> ...]

  Tells the capabilities of processes, in the format of cap_from_text(3).

    --help, -h or --usage  display this message
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const pids = argv.slice(1);
    const [first] = pids;
    if (first === undefined || ['--help', '-h', '--usage'].includes(first)) {
      await out.errorText(getpcaps.help);
      return first === undefined ? 1 : 0;
    }
    let status = 0;
    for (const pid of pids) status = (await tell(out, pid)) || status;
    await out.flush();
    return status;
  },
};

const tell = async (out: Output, text: string): Promise<number> => {
  if (!/^\d+$/.test(text)) {
    await out.errorText(`Cannot parse pid ${text}: (Invalid argument)\n`);
    return 1;
  }
  const pid = Number(text);
  const found = pid === 0 ? out.process : seenProcesses(out.process).find((one) => one.pid === pid)?.process;
  if (found === undefined) {
    await out.errorText(`Failed to get cap's for process ${pid}: (No such process)\n`);
    return 1;
  }
  out.line(`${pid}: ${setsText(found.cred)}`);
  return 0;
};
