// sysctl: variables of the kernel, as /proc/sys has them (procps).

import { readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const sysctlOptions = {
  all: { short: 'aAX' },
  values: { short: 'n' },
  names: { short: 'N' },
  ignore: { short: 'e' },
  quiet: { short: 'q' },
  write: { short: 'w' },
  load: { short: 'p', argument: 'optional' },
} as const;

export const sysctl: Command = {
  name: 'sysctl',
  help: `
Usage:
 sysctl [options] [variable...]

Print variables of the kernel, those that /proc/sys has. They cannot be set here.

Options:
  -a, --all      all of them
  -e, --ignore   do not complain about unknown ones
  -n, --values   values only
  -N, --names    names only
  -q, --quiet    accepted
  -w, --write    set one: refused
      --help     display this help
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, sysctl, argv, sysctlOptions);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0 && !parsed.has('all')) {
      out.text(sysctl.help);
      await out.flush();
      return 1;
    }
    const print = async (name: string): Promise<void> => {
      const path = `/proc/sys/${name.replaceAll('.', '/')}`;
      const { value, error } = attempt(() => readText(process, path));
      if (error) {
        if (!parsed.has('ignore')) await out.warn(`cannot stat ${path}: ${error.message}`);
      } else if (parsed.has('names')) out.line(name);
      else out.line(`${parsed.has('values') ? '' : `${name} = `}${value.trimEnd()}`);
    };
    const walk = (path: string, name: string): string[] =>
      process.tryStat(path)?.kind === 'directory'
        ? process
            .readdir(path)
            .flatMap((entry) =>
              walk(`${path}/${entry.name}`, name === '' ? entry.name : `${name}.${entry.name}`),
            )
        : [name];
    for (const name of parsed.has('all') ? walk('/proc/sys', '').sort() : parsed.operands) {
      if (!name.includes('=')) await print(name);
      else await out.warn(`setting key "${name.split('=')[0]}": Read-only file system`);
    }
    return out.end();
  },
};
