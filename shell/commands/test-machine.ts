// A plain kernel with the commands in /bin, for tests: runs an argv and gives what came out of it.

import { bootKernel } from '../fs/boot.ts';
import { virtualClock } from '../fs/clock.ts';
import type { Identity } from '../fs/credentials.ts';
import type { Kernel } from '../fs/kernel.ts';
import { makedev, S_IFCHR } from '../fs/mode.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { elfImage } from '../fs/program.ts';
import { createRandom } from '../fs/random.ts';
import { shellStatus } from '../fs/signal.ts';
import { checkLending, watchLending } from '../fs/test-lending.ts';
import { mountOverlay } from '../overlay/index.ts';
import { runAsBusybox } from './flavor.ts';
import { loadProgram } from './index.ts';
import { drain, feed } from './test-streams.ts';
import { toBytes, toText } from './text.ts';

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cred?: Identity;
  /** Runs the command as an applet of busybox. */
  readonly busybox?: boolean;
}

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
learner:x:1000:1000:Learner:/home/learner:/bin/bash
`;
const GROUP = 'root:x:0:\ndaemon:x:1:\nsudo:x:27:learner\ndocker:x:999:learner\nlearner:x:1000:\n';

export class TestMachine {
  readonly kernel: Kernel;
  readonly init: Process;

  constructor() {
    watchLending();
    this.kernel = bootKernel({
      clock: virtualClock(),
      random: createRandom(7),
      loader: (name) => loadProgram(name),
      filesystemTypes: { overlay: mountOverlay },
      hostname: 'cowsh',
    });
    this.init = this.kernel.createInit();
    for (const dir of ['/bin', '/dev', '/etc', '/root', '/home', '/tmp', '/work']) this.init.mkdir(dir);
    this.init.mknod('/dev/null', S_IFCHR | 0o666, makedev(1, 3));
    this.init.mknod('/dev/zero', S_IFCHR | 0o666, makedev(1, 5));
    this.init.mknod('/dev/full', S_IFCHR | 0o666, makedev(1, 7));
    this.put('/etc/passwd', PASSWD);
    this.put('/etc/group', GROUP);
    this.init.chdir('/work');
  }

  put(path: string, text: string, mode = 0o644): void {
    const fd = this.init.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
    this.init.write(fd, toBytes(text));
    this.init.close(fd);
  }

  /** Puts program files for these commands into /bin. */
  install(...names: string[]): void {
    for (const name of names) {
      const fd = this.init.open(`/bin/${name}`, O.WRONLY | O.CREAT | O.TRUNC, 0o755);
      this.init.write(fd, elfImage(name, 4096).read(0, 4096));
      this.init.close(fd);
    }
  }

  get(path: string): string {
    const fd = this.init.open(path, O.RDONLY);
    const bytes = this.init.pread(fd, this.init.fstat(fd).size, 0);
    this.init.close(fd);
    return toText(bytes);
  }

  /** Runs a command by its name in the program table, with pipes for its three streams. */
  async run(argv: readonly string[], options: RunOptions = {}): Promise<Result> {
    const command = argv[0] ?? '';
    const program = await loadProgram(command.split('/').at(-1) ?? '');
    if (!program) throw new Error(`no command ${command}`);
    const { init } = this;
    const [input, typed] = init.pipe();
    const [outRead, out] = init.pipe();
    const [errRead, err] = init.pipe();
    const child = init.fork(
      (process) => {
        process.argv = argv;
        if (options.busybox) runAsBusybox(process);
        process.env = new Map(Object.entries(options.env ?? {}));
        if (options.cwd !== undefined) process.chdir(options.cwd);
        return program(process, argv);
      },
      {
        fds: { 0: input, 1: out, 2: err },
        defaultSignals: ['SIGPIPE'],
        ...(options.cred ? { cred: options.cred } : {}),
      },
    );
    for (const fd of [input, out, err]) init.close(fd);
    const [, stdout, stderr, status] = await Promise.all([
      feed(init, typed, toBytes(options.stdin ?? '')),
      drain(init, outRead),
      drain(init, errRead),
      child.exited,
    ]);
    checkLending(command);
    return { stdout: toText(stdout), stderr: toText(stderr), status: shellStatus(status) };
  }
}
