// lsmod and modprobe (kmod): the modules of the kernel that a Docker host needs, and who uses them.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename } from './path-name.ts';

/** Module → its size in bytes. */
const MODULES: Readonly<Record<string, number>> = {
  br_netfilter: 32_768,
  bridge: 421_888,
  overlay: 212_992,
  veth: 40_960,
};

/** Other modules that need one. */
const USERS: Readonly<Record<string, string>> = { bridge: 'br_netfilter' };

const lsmod = async (out: Output): Promise<number> => {
  const { kernel } = out.process;
  const unions = new Set(
    kernel
      .namespaces()
      .flatMap(({ mounts }) => mounts.filter(({ type }) => type === 'overlay').map(({ fs }) => fs)),
  );
  out.line('Module                  Size  Used by');
  for (const [name, size] of Object.entries(MODULES)) {
    const used = name === 'overlay' ? unions.size : USERS[name] === undefined ? 0 : 1;
    out.line(`${name.padEnd(20)}${String(size).padStart(8)}  ${used} ${USERS[name] ?? ''}`.trimEnd());
  }
  return out.end();
};

const options = {
  all: { short: 'a' },
  quiet: { short: 'q' },
  remove: { short: 'r' },
  verbose: { short: 'v' },
  'dry-run': { short: 'n' },
} as const;

export const kmod: Command = {
  name: 'kmod',
  help: `Usage: lsmod
       modprobe [-aqrvn] MODULE...
List the modules of the kernel, or load one: those that there are, are loaded.

  -a, --all       all operands are modules
  -q, --quiet     do not complain
  -r, --remove    remove a module: all are in use
      --help      display this help
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const name = basename(argv[0] ?? '');
    const parsed = await parseOptions(out, { ...kmod, name }, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (name === 'lsmod') return lsmod(out);
    const [first] = parsed.operands;
    if (first === undefined) {
      await out.errorText('modprobe: ERROR: missing parameters. See -h.\n');
      return 1;
    }
    for (const module of parsed.has('all') ? parsed.operands : [first])
      await load(out, module, parsed.has('remove'), parsed.has('quiet'));
    return out.end();
  },
};

const load = async (out: Output, module: string, removes: boolean, quiet: boolean): Promise<void> => {
  const fatal = (text: string): Promise<void> => {
    out.status = 1;
    return quiet ? Promise.resolve() : out.errorText(`modprobe: FATAL: ${text}\n`);
  };
  const known = Object.hasOwn(MODULES, module.replaceAll('-', '_'));
  if (!known) await fatal(`Module ${module} not found in directory /lib/modules/6.8.0-45-generic`);
  else if (removes) await fatal(`Module ${module} is in use.`);
};
