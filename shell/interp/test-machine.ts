// A plain kernel with the shells and the commands in /bin, for tests: runs a script and gives what came out of it.

import { runAsBusybox } from '../commands/flavor.ts';
import { commandNames, loadProgram } from '../commands/index.ts';
import { drain, feed } from '../commands/test-streams.ts';
import { bootKernel } from '../fs/boot.ts';
import { virtualClock } from '../fs/clock.ts';
import type { Kernel } from '../fs/kernel.ts';
import { makedev, S_IFCHR, S_IFREG } from '../fs/mode.ts';
import { encodeName } from '../fs/name.ts';
import { mountProc } from '../fs/proc.ts';
import type { Process } from '../fs/process.ts';
import { elfImage, type Program } from '../fs/program.ts';
import { createRandom } from '../fs/random.ts';
import { shellStatus } from '../fs/signal.ts';
import { shellProgram } from './main.ts';

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export const ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/bin:/bin',
  HOME: '/root',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
};

const SHELLS = {
  bash: shellProgram('bash'),
  dash: shellProgram('dash'),
  sh: shellProgram('dash'),
  ash: shellProgram('ash'),
};

/** `busybox APPLET ARG...` */
const busybox: Program = async (process, argv) => {
  process.argv = argv.slice(1);
  runAsBusybox(process);
  return (await loadProgram(argv[1] ?? ''))?.(process, argv.slice(1)) ?? 127;
};

const PROGRAMS: Readonly<Record<string, Program>> = { ...SHELLS, busybox };

export interface RunOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
}

export class ShellMachine {
  readonly kernel: Kernel;
  readonly init: Process;
  #directories = 0;

  constructor() {
    this.kernel = bootKernel({
      clock: virtualClock(),
      random: createRandom(7),
      loader: (name) => PROGRAMS[name] ?? loadProgram(name),
      filesystemTypes: { proc: mountProc },
      hostname: 'cowsh',
    });
    this.init = this.kernel.createInit();
    for (const dir of [
      '/usr',
      '/usr/bin',
      '/dev',
      '/etc',
      '/proc',
      '/root',
      '/home',
      '/home/learner',
      '/tmp',
    ])
      this.init.mkdir(dir);
    this.init.symlink('usr/bin', '/bin');
    this.init.mount({ source: 'proc', target: '/proc', type: 'proc' });
    this.init.symlink('/proc/self/fd', '/dev/fd');
    for (const [minor, name] of [
      [3, 'null'],
      [5, 'zero'],
      [7, 'full'],
    ] as const)
      this.init.mknod(`/dev/${name}`, S_IFCHR | 0o666, makedev(1, minor));
    this.init.mknod('/dev/tty', S_IFCHR | 0o666, makedev(5, 0));
    this.put(
      '/etc/passwd',
      'root:x:0:0:root:/root:/bin/bash\nlearner:x:1000:1000:Learner:/home/learner:/bin/bash\n',
    );
    const bin = this.init.stat('/bin').ino;
    for (const name of [...Object.keys(PROGRAMS), ...commandNames()]) {
      this.kernel.disk.create(bin, name, {
        mode: S_IFREG | 0o755,
        uid: 0,
        gid: 0,
        content: elfImage(name, 100_000),
      });
    }
  }

  put(path: string, text: string, mode = 0o644): void {
    const fd = this.init.open(path, 0o1101, mode);
    this.init.write(fd, encodeName(text));
    this.init.close(fd);
  }

  /** Where the last script ran. */
  get directory(): string {
    return `/tmp/${this.#directories}`;
  }

  /** Runs `shell -c script` in a fresh directory. */
  async run(shell: string, script: string, options: RunOptions = {}): Promise<Result> {
    this.#directories++;
    const { directory } = this;
    this.init.mkdir(directory);
    const { init } = this;
    const [input, typed] = init.pipe();
    const [outRead, out] = init.pipe();
    const [errRead, err] = init.pipe();
    const child = init.spawn(`/bin/${shell}`, options.argv ?? [shell, '-c', script], {
      fds: { 0: input, 1: out, 2: err },
      env: new Map(Object.entries({ ...ENVIRONMENT, ...options.env })),
      cwd: directory,
      defaultSignals: ['SIGPIPE'],
    });
    for (const fd of [input, out, err]) init.close(fd);
    const [, stdout, stderr, status] = await Promise.all([
      feed(init, typed, encodeName(options.stdin ?? '')),
      drain(init, outRead),
      drain(init, errRead),
      child.exited,
    ]);
    return { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), status: shellStatus(status) };
  }
}
