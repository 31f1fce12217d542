// A plain kernel that knows overlays, for the tests of this room.

import { bootKernel } from '../fs/boot.ts';
import { virtualClock } from '../fs/clock.ts';
import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { createRandom } from '../fs/random.ts';
import type { TraceEvent, TraceStep } from '../fs/trace.ts';
import { mountAufs, mountOverlay } from './index.ts';

/** A layer's content: a path that ends in '/' is a directory, any other a file with that text. */
type Tree = Readonly<Record<string, string>>;

export class TestMachine {
  readonly kernel = bootKernel({
    clock: virtualClock(),
    random: createRandom(1),
    loader: () => undefined,
    filesystemTypes: { overlay: mountOverlay, aufs: mountAufs },
  });
  readonly process: Process = this.kernel.createInit();

  put(path: string, text: string, flags: number = O.WRONLY | O.CREAT | O.TRUNC): void {
    const fd = this.process.open(path, flags);
    this.process.write(fd, Buffer.from(text));
    this.process.close(fd);
  }

  text(path: string): string {
    const fd = this.process.open(path, O.RDONLY);
    const bytes = this.process.pread(fd, 1 << 20, 0);
    this.process.close(fd);
    return Buffer.from(bytes).toString();
  }

  names(path: string): string[] {
    return this.process.readdir(path).map((entry) => entry.name);
  }

  tree(top: string, tree: Tree): void {
    this.process.mkdir(top);
    for (const [path, text] of Object.entries(tree)) {
      if (path.endsWith('/')) this.process.mkdir(`${top}/${path.slice(0, -1)}`);
      else this.put(`${top}/${path}`, text);
    }
  }

  /** Makes /l0, /l1, ... /u, /w, /m and mounts them on /m; the first tree is the topmost lower layer. */
  overlay(trees: readonly Tree[], options = ''): void {
    for (const [at, tree] of trees.entries()) this.tree(`/l${at}`, tree);
    for (const path of ['/u', '/w', '/m']) this.process.mkdir(path);
    const lowers = trees.map((_, at) => `/l${at}`).join(':');
    this.mount(`lowerdir=${lowers},upperdir=/u,workdir=/w${options}`);
  }

  mount(options: string, target = '/m'): void {
    this.process.mount({ source: 'overlay', target, type: 'overlay', options });
  }

  /** The error's name that a call gives, or 'ok'. */
  errno(call: () => unknown): string {
    try {
      call();
      return 'ok';
    } catch (error) {
      if (isFsError(error)) return error.code;
      throw error;
    }
  }

  /** What the union told the trace during `action`: lookups, copies, whiteouts, merges. */
  told(action: () => void, kinds: readonly TraceStep['kind'][]): TraceEvent[] {
    const events: TraceEvent[] = [];
    const end = this.kernel.trace.subscribe((event) => {
      if (kinds.includes(event.kind)) events.push(event);
    });
    action();
    end();
    return events;
  }
}
