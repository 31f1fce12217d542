// A machine: a kernel with a host on its disk, a Docker engine, and snapshots of the whole.

import { SOCKET } from '../engine/connect.ts';
import type { Engine, EngineApi } from '../engine/engine.ts';
import { DATA_ROOT } from '../engine/paths.ts';
import type { DriverName } from '../engine/storage/driver-names.ts';
import { bootKernel } from '../fs/boot.ts';
import { type Clock, realClock } from '../fs/clock.ts';
import { emptyType } from '../fs/empty-filesystem.ts';
import type { Kernel } from '../fs/kernel.ts';
import { mountProc } from '../fs/proc.ts';
import type { Process } from '../fs/process.ts';
import { createRandom } from '../fs/random.ts';
import type { Snapshot } from '../fs/snapshot.ts';
import { mountSysfs } from '../fs/sysfs.ts';
import { HOSTNAME, learner, writeHost } from '../images/host.ts';
import type { ImageFile } from './image-files.ts';
import { dockerHost } from './late-docker-host.ts';
import { loadProgram } from './programs.ts';

export interface MachineOptions {
  /** The real clock unless told. */
  readonly clock?: Clock;
  /** The same seed gives the same ids, names and bytes; 1 unless told. */
  readonly seed?: number;
  /** Bundled images that are there at boot; ubuntu:20.04 unless told. */
  readonly images?: readonly string[];
  /** overlay2 unless told. */
  readonly storageDriver?: DriverName;
  /** Images from outside, loaded before anything runs. */
  readonly load?: readonly ImageFile[];
}

export interface MachineSnapshot {
  readonly kernel: Snapshot;
  readonly engine: unknown;
}

export interface Machine {
  readonly kernel: Kernel;
  /** Process 1 of the host, root; it runs no program. */
  readonly init: Process;
  readonly engine: EngineApi;
  /** Names of the images that were loaded from outside; the ID of one without a name. */
  readonly loaded: readonly string[];
  /** Everything as it is now, in a time that does not depend on how many files there are. */
  snapshot(): MachineSnapshot;
  restore(snapshot: MachineSnapshot): void;
}

const DOCKERD = ['/usr/bin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock'];
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin';

/** Throws ImageFileError. */
export const createMachine = (options: MachineOptions = {}): Machine => {
  const clock = options.clock ?? realClock();
  const kernel = bootKernel({
    clock,
    random: createRandom(options.seed ?? 1),
    loader: loadProgram,
    filesystemTypes: {
      overlay: (...mount) => dockerHost().mountOverlay(...mount),
      aufs: (...mount) => dockerHost().mountAufs(...mount),
      proc: mountProc,
      sysfs: mountSysfs,
      devpts: emptyType('devpts', 0o755),
      mqueue: emptyType('mqueue', 0o1777),
      btrfs: (...mount) => dockerHost().mountBtrfs(...mount),
      zfs: (...mount) => dockerHost().mountZfs(...mount),
    },
    hostname: HOSTNAME,
  });
  const init = bootHost(kernel);
  const engine = startEngine(kernel, init, options);
  const { load = [] } = options;
  return {
    kernel,
    init,
    get engine() {
      return engine();
    },
    loaded: load.length === 0 ? [] : dockerHost().loadImages(engine(), load),
    snapshot: () => ({ kernel: kernel.snapshot(), engine: engine().save() }),
    restore: (snapshot) => {
      kernel.restore(snapshot.kernel);
      engine().restore(snapshot.engine);
    },
  };
};

const bootHost = (kernel: Kernel): Process => {
  const init = kernel.createInit(['/sbin/init']);
  init.env.set('PATH', PATH);
  writeHost(init);
  init.mount({ source: 'proc', target: '/proc', type: 'proc' });
  init.mount({ source: 'sysfs', target: '/sys', type: 'sysfs' });
  // As systemd leaves it.
  init.mount({ source: '', target: '/', propagation: 'shared', recursive: true });
  return init;
};

/** The engine is made when somebody looks into its files, calls its socket, or asks for it here. */
const startEngine = (kernel: Kernel, init: Process, options: MachineOptions): (() => Engine) => {
  const { images = ['ubuntu:20.04'], storageDriver } = options;
  const dockerd = kernel.newProcess(init.pid, { ...init.inherited(), argv: DOCKERD });
  let opened: Engine | undefined;
  const engine = (): Engine => (opened ??= dockerHost().openEngine(dockerd, storageDriver));
  if (storageDriver !== undefined) engine();
  kernel.disk.fillLater(dockerd.stat(DATA_ROOT).ino, {
    all: () => unseen(kernel, () => engine().layOut(images)),
  });
  dockerd.listen(SOCKET, engine);
  dockerd.chmod(SOCKET, 0o660);
  dockerd.chown(SOCKET, 0, learner.groups[2]);
  return engine;
};

/** Does what was done at boot, whoever looks now: the trace says nothing of it, and their call goes on. */
const unseen = (kernel: Kernel, work: () => void): void => {
  const { trace, current } = kernel;
  const { on, actor } = trace;
  trace.on = false;
  work();
  trace.on = on;
  trace.actor = actor;
  kernel.current = current;
};
