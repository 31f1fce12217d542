// Random scripts: layers, a mount, and calls on few names, so that they meet. Mostly on paths that exist, as cowsh
// sees them while the script grows; the rest is wild and asks for errors. The same seed makes the same script.

import { FLAG } from '../../fs/inode-flags.ts';
import { S_IFCHR, S_IFIFO, S_IFREG } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import { createRandom, type Random } from '../../fs/random.ts';
import { CowshSide } from './cowsh-side.ts';
import type { Operation, Script } from './script.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly operations: number;
  /** Mount options after the directories: 'redirect_dir=on'. */
  readonly options?: string;
  /** Lower layers to begin with. */
  readonly lowers?: number;
  /** Upper and merged trees are compared after so many calls. */
  readonly dumpEvery?: number;
  /** The upper layer becomes a lower one, and a new one is mounted, after so many calls. */
  readonly commitEvery?: number;
  readonly backing?: Script['backing'];
  /** False for a mount without an upper layer. */
  readonly upper?: boolean;
  /** The lower layers have the overlay's marks where they may and may not be: "bad state on disk". */
  readonly odd?: boolean;
  /** The lower layers have many hard links. */
  readonly links?: boolean;
  /** Every lower layer is a filesystem of its own. */
  readonly spread?: boolean;
  /** Half of the calls are made by a user without rights. */
  readonly users?: boolean;
}

/** Makes a script, by running it on cowsh. */
export const fuzz = (options: FuzzOptions): Script => new Fuzzer(options).run();

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const XATTRS = [
  'user.one',
  'user.two',
  'trusted.three',
  'trusted.overlay.opaque',
  'trusted.overlay.redirect',
];
const MARKS = [
  ['opaque', 'y', 'y', 'x', 'z'],
  ['redirect', 'a', 'b', '/a', '/b/c', '/c/d', '', '/', 'a/b', '..', '/a/', '//a', 'x'],
  ['whiteout', ''],
  ['metacopy', ''],
  ['impure', 'y'],
  ['origin', 'junk'],
];
const MODES = [0o600, 0o644, 0o755, 0o700, 0o4755, 0o2775, 0o1777, 0o000];
const SLOTS = ['s1', 's2', 's3'];
const DEEPEST = 4;

type Make = (fuzzer: Fuzzer) => Operation;

class Fuzzer {
  readonly #options: FuzzOptions;
  readonly #random: Random;
  readonly #side: CowshSide;
  readonly #backing: Script['backing'];
  readonly #operations: Operation[] = [];
  readonly #held = new Set<string>();
  #lowers: string[] = [];
  #generation = 0;
  #paths: string[] = [];
  top = 'm';

  constructor(options: FuzzOptions) {
    this.#options = options;
    this.#random = createRandom(options.seed);
    this.#backing = options.backing ?? (options.spread === true ? 'several' : 'tmpfs');
    this.#side = new CowshSide(this.#backing);
  }

  run(): Script {
    this.#makeLowers();
    this.#do(['mkdir', 'm', 0o755]);
    this.#mount();
    const { operations, dumpEvery = 100, commitEvery = Number.POSITIVE_INFINITY } = this.#options;
    for (let count = 1; count <= operations; count++) {
      if (count % 8 === 1) this.#look();
      this.#do(this.#next());
      if (count % dumpEvery === 0) this.#dump();
      if (count % commitEvery === 0) this.#commit();
    }
    this.#dump();
    return { operations: this.#operations, backing: this.#backing };
  }

  int(below: number): number {
    return this.#random.next() % below;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.int(choices.length)] as T;
  }

  /** A path that most likely exists. */
  path(): string {
    if (this.#paths.length > 0 && this.int(10) < 7) return this.pick(this.#paths);
    return this.wild();
  }

  /** A path that may or may not exist, in a directory that often does. */
  wild(): string {
    const base = this.int(2) === 0 && this.#paths.length > 0 ? this.pick(this.#paths) : this.top;
    const depth = base.split('/').length - 1;
    return depth >= DEEPEST ? base : `${base}/${this.pick(NAMES)}`;
  }

  slot(): string {
    return this.pick(SLOTS);
  }

  hold(slot: string): void {
    this.#held.add(slot);
  }

  text(): string {
    return this.pick(['x', 'hello\n', 'abc'.repeat(20), '']);
  }

  #next(): Operation {
    const operation = this.#call();
    if (this.#options.users !== true || operation[0].startsWith('h') || this.int(2) === 0) return operation;
    return ['asuser', 1000, 1000, ...operation];
  }

  #call(): Operation {
    let at = this.int(TOTAL);
    for (const [weight, make] of CALLS) {
      at -= weight;
      if (at < 0) return make(this);
    }
    return ['readdir', this.top];
  }

  #do(operation: Operation): void {
    this.#operations.push(operation);
    this.#side.run(operation);
  }

  /** What paths there are now. */
  #look(): void {
    this.#paths = [];
    const visit = (directory: string): void => {
      const entries = this.#side.run(['readdir', directory]);
      if (!Array.isArray(entries)) return;
      for (const [name, kind] of entries as [string, string][]) {
        this.#paths.push(`${directory}/${name}`);
        if (kind === 'directory') visit(`${directory}/${name}`);
      }
    };
    visit(this.top);
  }

  #makeLowers(): void {
    for (let at = 0; at < (this.#options.lowers ?? 3); at++) {
      this.top = `l${at}`;
      this.#lowers.push(this.top);
      this.#do(['mkdir', this.top, 0o755]);
      if (this.#options.spread === true) this.#do(['mountfs', this.top, 'tmpfs', 'mode=755']);
      if (this.#options.links === true) this.#makeLinks();
      for (let count = 0; count < 25; count++) {
        if (count % 5 === 0) this.#look();
        this.#do(this.int(12) === 0 ? ['mknod', this.wild(), S_IFCHR, 0, 0] : this.pick(BUILDERS)(this));
      }
      this.#look();
      if (this.#options.odd === true) this.#makeOdd();
      for (const path of this.#paths)
        this.#do(['utimens', path, 1 + this.int(10 ** 6), 1 + this.int(10 ** 6)]);
    }
    this.top = 'm';
  }

  #makeLinks(): void {
    for (const kind of [S_IFREG, S_IFREG, S_IFIFO]) {
      const file = this.wild();
      this.#do(['mknod', file, kind | 0o644, 0, 0]);
      for (let count = 0; count < 3; count++) {
        this.#look();
        this.#do(['link', file, this.wild()]);
      }
    }
  }

  #makeOdd(): void {
    for (const path of this.#paths) {
      const mark = this.int(10) < 4 ? this.pick(MARKS) : undefined;
      if (mark === undefined || this.#meetsAnother(path, mark[0])) continue;
      this.#do(['setxattr', path, `trusted.overlay.${mark[0]}`, this.pick(mark.slice(1))]);
    }
  }

  /** With index=on, two directories that redirect to one are one in the kernel's memory: DEVIATIONS.md. */
  #meetsAnother(path: string, mark: string | undefined): boolean {
    if (mark !== 'redirect' || this.#options.options?.includes('index=on') !== true) return false;
    return Array.isArray(this.#side.run(['readdir', path]));
  }

  #mount(): void {
    const upper = `u${this.#generation}`;
    const work = `w${this.#generation}`;
    let directories = `lowerdir=${this.#lowers.join(':')}`;
    if (this.#options.upper !== false) {
      this.#do(['mkdir', upper, 0o755]);
      this.#do(['mkdir', work, 0o755]);
      directories += `,upperdir=${upper},workdir=${work}`;
    }
    this.#do(['mount', 'm', this.#options.options ? `${directories},${this.#options.options}` : directories]);
  }

  #dump(): void {
    this.#do(['dump', 'm']);
    if (this.#options.upper !== false) this.#do(['dump', `u${this.#generation}`]);
  }

  #commit(): void {
    for (const slot of this.#held) this.#do(['hclose', slot]);
    this.#held.clear();
    this.#do(['umount', 'm']);
    this.#lowers.unshift(`u${this.#generation++}`);
    this.#mount();
    this.#dump();
  }
}

const CREATE = O.WRONLY | O.CREAT | O.NONBLOCK;

/** Calls that put something there. */
const BUILDERS: readonly Make[] = [
  (fuzzer) => ['mkdir', fuzzer.wild(), 0o755],
  (fuzzer) => ['mkdir', fuzzer.wild(), 0o750],
  (fuzzer) => ['write', fuzzer.wild(), CREATE, fuzzer.pick(MODES), -1, fuzzer.text()],
  (fuzzer) => ['write', fuzzer.wild(), CREATE, 0o644, -1, fuzzer.text()],
  (fuzzer) => ['symlink', fuzzer.pick(['a', '../b', 'c/d', 'nowhere']), fuzzer.wild()],
  (fuzzer) => ['mknod', fuzzer.wild(), S_IFIFO | 0o644, 0, 0],
  (fuzzer) => ['link', fuzzer.path(), fuzzer.wild()],
  (fuzzer) => ['setxattr', fuzzer.path(), fuzzer.pick(['user.one', 'user.two']), fuzzer.text()],
];

const CALLS: readonly (readonly [weight: number, make: Make])[] = [
  [8, (fuzzer) => ['stat', fuzzer.path()]],
  [8, (fuzzer) => ['lstat', fuzzer.path()]],
  [6, (fuzzer) => ['readdir', fuzzer.path()]],
  [6, (fuzzer) => ['read', fuzzer.path(), fuzzer.int(4), 100]],
  [2, (fuzzer) => ['access', fuzzer.path(), fuzzer.int(8)]],
  [
    12,
    (fuzzer) => ['write', fuzzer.wild(), CREATE | O.EXCL | O.NONBLOCK, fuzzer.pick(MODES), -1, fuzzer.text()],
  ],
  [6, (fuzzer) => ['write', fuzzer.path(), CREATE | O.NONBLOCK, 0o644, -1, fuzzer.text()]],
  [6, (fuzzer) => ['write', fuzzer.path(), O.WRONLY | O.NONBLOCK, 0, fuzzer.int(30), fuzzer.text()]],
  [4, (fuzzer) => ['write', fuzzer.path(), O.WRONLY | O.APPEND | O.NONBLOCK, 0, -1, fuzzer.text()]],
  [3, (fuzzer) => ['write', fuzzer.path(), O.WRONLY | O.TRUNC | O.NONBLOCK, 0, -1, fuzzer.text()]],
  [
    3,
    (fuzzer) => [
      'open',
      fuzzer.path(),
      fuzzer.pick([O.RDONLY, O.RDWR, O.WRONLY, O.TRUNC, O.DIRECTORY]) | O.NONBLOCK,
      0,
    ],
  ],
  [2, (fuzzer) => ['open', fuzzer.path(), CREATE | O.EXCL | O.NOFOLLOW | O.NONBLOCK, 0o644]],
  [3, (fuzzer) => ['truncate', fuzzer.path(), fuzzer.pick([0, 1, 7, 5000])]],
  [14, (fuzzer) => ['mkdir', fuzzer.wild(), fuzzer.pick([0o755, 0o700, 0o2775, 0o1777])]],
  [6, (fuzzer) => ['rmdir', fuzzer.path()]],
  [8, (fuzzer) => ['unlink', fuzzer.path()]],
  [10, (fuzzer) => ['rename', fuzzer.path(), fuzzer.wild(), 0]],
  [4, (fuzzer) => ['rename', fuzzer.path(), fuzzer.path(), 0]],
  [2, (fuzzer) => ['rename', fuzzer.path(), fuzzer.path(), fuzzer.pick([1, 2, 2, 4, 3])]],
  [6, (fuzzer) => ['link', fuzzer.path(), fuzzer.wild()]],
  [4, (fuzzer) => ['symlink', fuzzer.pick(['a', '../b', 'c/d', 'nowhere', '.']), fuzzer.wild()]],
  [2, (fuzzer) => ['readlink', fuzzer.path()]],
  [5, (fuzzer) => ['chmod', fuzzer.path(), fuzzer.pick(MODES)]],
  [4, (fuzzer) => ['chown', fuzzer.path(), fuzzer.pick([-1, 0, 1000]), fuzzer.pick([-1, 0, 1000])]],
  [4, (fuzzer) => ['utimens', fuzzer.path(), fuzzer.int(10 ** 6), fuzzer.int(10 ** 6)]],
  [3, (fuzzer) => ['setxattr', fuzzer.path(), fuzzer.pick(XATTRS), fuzzer.text()]],
  [2, (fuzzer) => ['getxattr', fuzzer.path(), fuzzer.pick(XATTRS)]],
  [2, (fuzzer) => ['listxattr', fuzzer.path()]],
  [2, (fuzzer) => ['removexattr', fuzzer.path(), fuzzer.pick(XATTRS)]],
  [2, (fuzzer) => ['mknod', fuzzer.wild(), S_IFIFO | 0o644, 0, 0]],
  [1, (fuzzer) => ['mknod', fuzzer.wild(), S_IFCHR | 0o600, 0, fuzzer.int(2)]],
  [
    3,
    (fuzzer) =>
      held(fuzzer, [
        'hold',
        fuzzer.slot(),
        fuzzer.path(),
        fuzzer.pick([O.RDONLY, O.RDWR]) | O.NOFOLLOW | O.NONBLOCK,
      ]),
  ],
  [2, (fuzzer) => ['hread', fuzzer.slot(), fuzzer.int(4), 100]],
  [2, (fuzzer) => ['hwrite', fuzzer.slot(), fuzzer.int(9), fuzzer.text()]],
  [2, (fuzzer) => ['hstat', fuzzer.slot()]],
  [2, (fuzzer) => ['hclose', fuzzer.slot()]],
  [2, (fuzzer) => ['getflags', fuzzer.path()]],
  [2, (fuzzer) => ['setflags', fuzzer.path(), fuzzer.pick(CLEARED), fuzzer.pick(SET)]],
  [1, (fuzzer) => ['setflags', fuzzer.path(), FLAG.i | FLAG.a, 0]],
  [2, (fuzzer) => held(fuzzer, ['hold', fuzzer.slot(), fuzzer.path(), O.TMPFILE | O.RDWR, 0o644])],
  [2, (fuzzer) => ['hlink', fuzzer.slot(), fuzzer.wild()]],
];

const CLEARED = [FLAG.i | FLAG.a, FLAG.d | FLAG.A, 0];
const SET = [FLAG.d, FLAG.A, FLAG.d | FLAG.A, FLAG.S, 0, 0, 0, FLAG.a, FLAG.i];

const TOTAL = CALLS.reduce((sum, [weight]) => sum + weight, 0);

const held = (fuzzer: Fuzzer, operation: Operation): Operation => {
  fuzzer.hold(operation[1] as string);
  return operation;
};
