// cowsh's side of the differential tests: the same calls, on a machine of its own for every script.

import { bootKernel } from '../../fs/boot.ts';
import type { CapabilitySet } from '../../fs/capability.ts';
import { virtualClock } from '../../fs/clock.ts';
import { makeCred } from '../../fs/credentials.ts';
import { isFsError } from '../../fs/errno.ts';
import type { Kernel } from '../../fs/kernel.ts';
import { S_IFMT } from '../../fs/mode.ts';
import { mountProc } from '../../fs/proc.ts';
import type { Process } from '../../fs/process.ts';
import { createRandom } from '../../fs/random.ts';
import type { Stat } from '../../fs/stat.ts';
import { mountSysfs } from '../../fs/sysfs.ts';
import { walk } from '../../fs/walk.ts';
import { inodeText } from '../../fs/wide-inode.ts';
import { mountAufs } from '../aufs/mount-aufs.ts';
import { mountOverlay } from '../mount-overlay.ts';
import { type Call, statelessCalls } from './cowsh-calls.ts';
import { kernelRdev, listed, text } from './cowsh-told.ts';
import type { Operation, Result, Script } from './script.ts';

/** A machine on which operations run one by one. */
export class CowshSide {
  readonly kernel: Kernel;
  readonly process: Process;
  /** Inode numbers are told by the order of their first appearance; not on ext4, which gives them out again. */
  readonly #numbered: boolean;
  readonly #users = new Map<string, Process>();
  readonly #slots = new Map<string | number, number>();
  readonly #inodes = new Map<number | string, number>();
  readonly #devices = new Map<number, number>();
  readonly #used = new Map<string, number[]>();
  readonly #births = new Map<bigint, number>();
  readonly #fsids = new Map<bigint, number>();

  constructor(backing: Script['backing']) {
    this.#numbered = backing === 'tmpfs';
    const filesystemTypes = { overlay: mountOverlay, aufs: mountAufs, proc: mountProc, sysfs: mountSysfs };
    this.kernel = bootKernel({
      clock: virtualClock(),
      random: createRandom(1),
      loader: () => undefined,
      filesystemTypes,
    });
    this.process = this.kernel.createInit(['init'], { uid: 0, gid: 0, groups: [] });
    this.process.onSignal('SIGPIPE', 'ignore');
    this.process.mkdir('/base');
    this.process.mkdir('/proc');
    this.process.mount({ source: 'proc', target: '/proc', type: 'proc' });
    this.process.mkdir('/sys');
    this.process.mount({ source: 'sysfs', target: '/sys', type: 'sysfs' });
    if (backing !== 'ext4') {
      this.process.mount({ source: 'tmpfs', target: '/base', type: 'tmpfs', options: 'mode=755' });
    }
    this.process.chdir('/base');
  }

  run(operation: Operation): Result {
    try {
      return this.#perform(this.process, operation) ?? null;
    } catch (error) {
      if (isFsError(error)) return { errno: error.code };
      throw error;
    }
  }

  /** Remembers the whole machine; the function that is given back returns to this moment. */
  snapshot(): () => void {
    const machine = this.kernel.snapshot();
    const own = [this.#slots, this.#inodes, this.#devices, this.#births, this.#fsids, this.#used] as Map<
      unknown,
      unknown
    >[];
    const kept = own.map((map) => [...map]);
    return () => {
      this.kernel.restore(machine);
      for (const [at, map] of own.entries()) {
        map.clear();
        for (const [key, value] of kept[at] ?? []) map.set(key, value);
      }
    };
  }

  #perform(process: Process, [name, ...args]: Operation): Result {
    const call = this.#calls[name];
    if (call === undefined) throw new Error(`no call ${name}`);
    return call(process, ...(args as never[]));
  }

  #as(uid: number, gid: number, groups: number[] = [], effective?: CapabilitySet): Process {
    const key = `${uid}:${gid}:${groups}:${effective}`;
    const known = this.#users.get(key);
    if (known !== undefined) return known;
    const user = this.kernel.createInit(['user'], { uid, gid, groups });
    if (effective !== undefined) user.cred = makeCred(user.cred, { ...user.cred, effective });
    user.chdir('/base');
    this.#users.set(key, user);
    return user;
  }

  #label(ino: number | string): number {
    if (!this.#numbered) return 0;
    const known = this.#inodes.get(ino) ?? this.#inodes.size + 1;
    this.#inodes.set(ino, known);
    return known;
  }

  #device(dev: number): number {
    const known = this.#devices.get(dev) ?? this.#devices.size + 1;
    this.#devices.set(dev, known);
    return known;
  }

  #fsid(id: bigint): number {
    const known = this.#fsids.get(id) ?? this.#fsids.size + 1;
    this.#fsids.set(id, known);
    return known;
  }

  #birth(at: bigint | undefined): number {
    if (at === undefined) return 0;
    const known = this.#births.get(at) ?? this.#births.size + 1;
    this.#births.set(at, known);
    return known;
  }

  #told(stat: Stat): Result {
    const directory = stat.kind === 'directory';
    const size = directory ? -1 : stat.size;
    const nlink = directory ? -1 : stat.nlink;
    const rdev = stat.kind === 'char' ? kernelRdev(stat.rdev) : 0;
    return [stat.kind, stat.mode & ~S_IFMT, stat.uid, stat.gid, size, nlink, rdev, this.#label(stat.ino)];
  }

  #fd(slot: string | number): number {
    return this.#slots.get(slot) ?? -1;
  }

  readonly #calls: Record<string, Call> = {
    ...statelessCalls,
    stat: (process, path: string) => this.#told(process.stat(path)),
    lstat: (process, path: string) => this.#told(process.lstat(path)),
    fsid: (process, path: string) => this.#fsid(process.statfs(path).fsid ?? BigInt(process.stat(path).dev)),
    born: (process, path: string) => this.#birth(process.lstat(path).btime),
    hlink: (process, slot: string, path: string) => {
      process.file(this.#fd(slot));
      process.link(`/proc/self/fd/${this.#fd(slot)}`, path, true);
    },
    happend: (process, slot: string, data: string) =>
      process.write(this.#fd(slot), Buffer.from(data)) as number,
    htruncate: (process, slot: string, size: number) => process.ftruncate(this.#fd(slot), size),
    hproc: (process, slot: string) => {
      const { mode, uid, gid } = process.lstat(`/proc/self/fd/${this.#fd(slot)}`);
      return [mode & ~S_IFMT, uid, gid];
    },
    hpath: (process, slot: string) =>
      process.readlink(`/proc/self/fd/${this.#fd(slot)}`).replace(process.getcwd(), ''),
    hold: (process, slot: string, path: string, flags: number, mode?: number) => {
      const fd = process.open(path, flags, mode);
      if (this.#slots.has(slot)) process.close(this.#fd(slot));
      this.#slots.set(slot, fd);
    },
    hread: (process, slot: string, offset: number, length: number) =>
      text(process.pread(this.#fd(slot), length, offset)),
    hwrite: (process, slot: string, offset: number, data: string) =>
      process.pwrite(this.#fd(slot), Buffer.from(data), offset),
    hstat: (process, slot: string) => this.#told(process.fstat(this.#fd(slot))),
    hchmod: (process, slot: string, mode: number) => process.fchmod(this.#fd(slot), mode),
    hreaddir: (process, slot: string) => listed(process.getdents(this.#fd(slot))),
    hclose: (process, slot: string) => {
      process.close(this.#fd(slot));
      this.#slots.delete(slot);
    },
    mount: (process, target: string, options: string) => {
      this.#devices.clear();
      process.mount({ source: 'overlay', target, type: 'overlay', options });
    },
    inode: (process, path: string) => {
      const { dev, ino, kind } = process.lstat(path);
      const device = dev === process.stat('m').dev ? 'own' : this.#device(dev);
      const number = BigInt(inodeText(ino));
      const high = Number(number >> 54n);
      return [device, high, kind === 'directory' && high === 0 ? 0 : this.#label(`${device} ${number}`)];
    },
    hget: (process, slot: string, length: number) => text(process.read(this.#fd(slot), length) as Uint8Array),
    hnoise: (process, slot: string, length: number) => [
      new Set(process.read(this.#fd(slot), length) as Uint8Array).size > 8,
      process.pread(this.#fd(slot), length, 7).length,
    ],
    hfind: (process, slot: string, offset: number, what: 'data' | 'hole') =>
      process.lseek(this.#fd(slot), offset, what),
    hseek: (process, slot: string, offset: number) => process.lseek(this.#fd(slot), offset, 'set'),
    flock: (process, slot: string, exclusive: number) => {
      process.flock(this.#fd(slot), exclusive === 1 ? 'exclusive' : 'shared', false);
    },
    grown: (process, path: string) => {
      const { blocks, bfree, files, ffree } = process.statfs(path);
      const first = this.#used.get(path) ?? [blocks - bfree, files - ffree];
      this.#used.set(path, first);
      return [blocks - bfree - (first[0] ?? 0), files - ffree - (first[1] ?? 0)];
    },
    entry: (process, path: string, name: string, ...args: (string | number)[]) => {
      const [only = '', ...others] = process
        .readdir(path)
        .flatMap((entry) => (entry.name.startsWith('#') ? [] : entry.name));
      if (only === '' || others.length > 0) return `${only === '' ? 0 : 1 + others.length} entries`;
      const filled = args.map((arg) => (typeof arg === 'string' ? arg.replaceAll('*', only) : arg));
      return this.#perform(process, [name, ...filled]) ?? null;
    },
    run: (process, path: string) => {
      this.kernel.createInit(['program']).text = walk(process, path);
    },
    asuser: (_process, uid: number, gid: number, ...operation: string[]) =>
      this.#perform(this.#as(uid, gid), operation as unknown as Operation),
    capable: (_process, uid: number, gid: number, held: CapabilitySet, ...operation: string[]) =>
      this.#perform(this.#as(uid, gid, [], held), operation as unknown as Operation),
    asgroups: (_process, uid: number, gid: number, groups: string, ...operation: string[]) =>
      this.#perform(this.#as(uid, gid, groups.split(',').map(Number)), operation as unknown as Operation),
  };
}

/** Runs a whole script on a new machine. */
export const runOnCowsh = (script: Script): Result[] => {
  const side = new CowshSide(script.backing);
  return script.operations.map((operation) => side.run(operation));
};
