// which: where programs lie along PATH (the one of debianutils).

import type { Command } from './command.ts';
import { programsNamed } from './find-program.ts';
import { flavorOf } from './flavor.ts';
import { scanOptions } from './options.ts';
import { Output } from './output.ts';
import { usageError } from './usage-error.ts';

export const which: Command = {
  name: 'which',
  help: `Usage: which [-as] ARGS
Print the path of each program ARGS name, as a shell would find it along PATH.

  -a   all that PATH has, not the first alone
  -s   print nothing: the exit status says it
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const scan = scanOptions(argv.slice(1), { a: {}, s: {} }, { stopAtOperand: true });
    if (scan.problem !== undefined) {
      const letter = /'(.)'/.exec(scan.problem)?.[1] ?? '-';
      await out.errorText(`Illegal option -${letter}\n`);
      out.text(`Usage: ${out.name} [-as] args\n`);
      await out.flush();
      return 2;
    }
    if (scan.operands.length === 0 && flavorOf(process) === 'busybox') return usageError(out, which, '');
    const given = new Set(scan.options.map(({ name }) => name));
    out.status = scan.operands.length === 0 ? 1 : 0;
    for (const name of scan.operands) {
      const found = programsNamed(process, name, process.env.get('PATH') ?? '');
      if (found.length === 0) out.status = 1;
      if (!given.has('s')) for (const path of given.has('a') ? found : found.slice(0, 1)) out.line(path);
    }
    return out.end();
  },
};
