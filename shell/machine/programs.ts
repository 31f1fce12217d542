// The programs of a machine: all commands, the shells, and busybox, which is many in one file.

import { appletEnd } from '../commands/busybox/usage.ts';
import { type Libc, runAsBusybox } from '../commands/flavor.ts';
import { loadProgram as loadCommand } from '../commands/index.ts';
import { loading } from '../fs/loading.ts';
import type { Program } from '../fs/process.ts';
import type { Loader } from '../fs/program.ts';

const encoder = new TextEncoder();

/** busybox runs the applet that it was called by, or that its first argument names. */
const busybox =
  (libc: Libc): Program =>
  async (process, argv) => {
    const called = applet(argv[0] ?? '');
    const words = called === 'busybox' ? argv.slice(1) : argv;
    const name = applet(words[0] ?? '');
    const program = name === 'busybox' ? undefined : await loadProgram(name === 'sh' ? 'ash' : name);
    if (program === undefined) {
      await process.write(2, encoder.encode(`${name || 'busybox'}: applet not found\n`));
      return 127;
    }
    process.argv = words;
    runAsBusybox(process, libc);
    return appletEnd(name, await program(process, words));
  };

/** The programs that are busybox, and the C library each is linked with. */
const BUSYBOX: Readonly<Record<string, Libc>> = { busybox: 'glibc', 'busybox-musl': 'musl' };

const applet = (path: string): string => path.replace(/^-/, '').split('/').at(-1) ?? '';

const shells = { bash: 'bash', sh: 'dash', dash: 'dash', ash: 'ash' } as const;

const loadShell = async (name: keyof typeof shells): Promise<Program> =>
  (await loading(import('../interp/main.ts'))).shellProgram(shells[name]);

const isShell = (name: string): name is keyof typeof shells => Object.hasOwn(shells, name);

/** The kernel's loader. */
export const loadProgram: Loader = (name) => {
  const libc = BUSYBOX[name];
  if (libc !== undefined) return busybox(libc);
  return isShell(name) ? loadShell(name) : loadCommand(name);
};
