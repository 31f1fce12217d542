// The walk from a path to a file (path_resolution(7)): symbolic links, '..', mounts, search permission.

import { type Cred, mayAccess, X_OK } from './credentials.ts';
import { type FsError, fail, isFsError } from './errno.ts';
import { hasMagicLinks } from './magic-link.ts';
import { isDirectory, isSymlink } from './mode.ts';
import { enterMounts, type KnownWay, type Mount, type Spot } from './mount.ts';
import { nameLength } from './name.ts';
import { PlacelessFile } from './placeless-file.ts';
import type { NodeId } from './stat.ts';
import { ways } from './ways.ts';

const PATH_MAX = 4096;
const NAME_MAX = 255;
/** Linux: include/linux/namei.h, MAXSYMLINKS. */
const MAX_LINKS = 40;
const SLASH = 47;

/** From where and as whom a walk goes. */
export interface Walker {
  readonly root: Spot;
  readonly cwd: Spot;
  readonly cred: Cred;
}

/** A name in a directory: where a call creates, removes or renames. */
export interface Place {
  readonly mount: Mount;
  readonly dir: NodeId;
  readonly name: string;
  /** What bears the name now, not entered and not followed; 0 when nothing does. */
  readonly node: NodeId;
  /** The path ended in a slash: it must be a directory. */
  readonly slash: boolean;
  /** How the path's last part read when it is no name: '.', '..' or '/'. */
  readonly special?: '.' | '..' | '/';
  /** Looking the name up has failed; told only to who asked for it to be put off. */
  readonly failed?: FsError;
}

/** The file that `path` names. Throws ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG. */
export const walk = (walker: Walker, path: string, follow = true): Spot => {
  const short = shortWay(walker, path, false);
  if (short !== undefined && isEnd(short, follow)) {
    if (short.node === 0) fail('ENOENT');
    const { mount, node } = short;
    return mount.covers.size > 0 ? enterMounts({ mount, node }) : { mount, node };
  }
  const way = new Way(walker, path);
  for (;;) {
    const name = way.next();
    if (name === '') return { mount: way.mount, node: way.node };
    const node = way.look(name);
    if (node === MOVED) continue;
    if (node === 0) fail('ENOENT');
    way.enter(node, follow || way.slash || !way.atEnd);
  }
};

/**
 * The directory and last name of `path`, for calls that make or remove names; the last link is not followed. `later`
 * puts an error of looking the name up into the place: some calls have others to tell first.
 */
export const walkToPlace = (walker: Walker, path: string, follow = false, later = false): Place => {
  const short = shortWay(walker, path, later);
  if (short !== undefined && isEnd(short, follow)) return short;
  const way = new Way(walker, path);
  way.putsOff = later;
  let special: '.' | '..' | '/' = '/';
  for (;;) {
    const name = way.next();
    if (name === '') break;
    const { mount, node: dir } = way;
    const node = way.look(name);
    if (node === MOVED) {
      special = name as '.' | '..';
      continue;
    }
    if (way.atEnd && !(follow && node !== 0 && isSymlink(mount.fs.inode(node).mode))) {
      const place = { mount, dir, name, node, slash: way.slash };
      return way.failed === undefined ? place : { ...place, failed: way.failed };
    }
    if (node === 0) fail('ENOENT');
    way.enter(node, true);
    // What a magic link at the end leads to is there, whether or not it has a name.
    if (way.jumped && way.atEnd)
      return { mount: way.mount, dir: way.mount.root, name: '', node: way.node, slash: way.slash };
  }
  const { mount, node } = way;
  return { mount, dir: mount.fs.parent(node), name: special, node, slash: true, special };
};

/** A name in the directory that an earlier walk went to: only it has to be looked up. */
const shortWay = (walker: Walker, path: string, later: boolean): Place | undefined => {
  const known = path.charCodeAt(0) === SLASH ? knownWay(walker, path) : undefined;
  if (known === undefined || path.length >= PATH_MAX) return undefined;
  const { mount, node: dir, prefix } = known;
  if (path.indexOf('/', prefix.length) >= 0) return undefined;
  const name = path.slice(prefix.length);
  if (name === '.' || name === '..') return undefined;
  return later ? tryFind(mount, dir, name) : { mount, dir, name, node: find(mount, dir, name), slash: false };
};

/** Whether a walk ends at what bears the name: it is no symbolic link that has to be followed. */
const isEnd = ({ mount, node }: Place, follow: boolean): boolean =>
  !follow || node === 0 || !isSymlink(mount.fs.inode(node).mode);

const find = (mount: Mount, dir: NodeId, name: string): NodeId => {
  if (name.length * 3 > NAME_MAX && nameLength(name) > NAME_MAX) fail('ENAMETOOLONG');
  return mount.fs.lookup(dir, name);
};

/** The same with the error of looking the name up put off. */
const tryFind = (mount: Mount, dir: NodeId, name: string): Place => {
  try {
    return { mount, dir, name, node: find(mount, dir, name), slash: false };
  } catch (error) {
    if (!isFsError(error)) throw error;
    return { mount, dir, name, node: 0, slash: false, failed: error };
  }
};

/** What `look` gives for '.' and '..': the way has moved by itself. */
const MOVED = -1;

/** A walk under way: where it stands and what is left of the path. */
class Way {
  mount: Mount;
  node: NodeId;
  /** The path ends in a slash: what it names must be a directory. */
  slash: boolean;
  /** An error of looking up the last name goes to `failed`. */
  putsOff = false;
  failed: FsError | undefined;
  /** The last step was a magic link. */
  jumped = false;
  readonly #walker: Walker;
  #path: string;
  /** Where the next component begins. */
  #at = 0;
  /** Where the one that was taken last begins. */
  #taken = 0;
  /** Nothing but steady directories so far, from the root on. */
  #steady: boolean;
  #links = 0;

  constructor(walker: Walker, path: string) {
    if (path === '') fail('ENOENT');
    if (path.length >= PATH_MAX) fail('ENAMETOOLONG');
    const absolute = path.charCodeAt(0) === SLASH;
    const start = absolute ? walker.root : walker.cwd;
    const known = absolute ? knownWay(walker, path) : undefined;
    this.mount = known?.mount ?? start.mount;
    this.node = known?.node ?? start.node;
    this.#steady = absolute;
    this.slash = path.charCodeAt(path.length - 1) === SLASH;
    this.#walker = walker;
    this.#path = path;
    this.#at = known?.prefix.length ?? 0;
    this.#skipSlashes();
  }

  /** Whether the last component has been taken. */
  get atEnd(): boolean {
    return this.#at >= this.#path.length;
  }

  /** Takes the next component; '' at the end. */
  next(): string {
    const path = this.#path;
    const start = this.#at;
    this.jumped = false;
    this.#taken = start;
    const end = path.indexOf('/', start);
    if (end < 0) {
      this.#at = path.length;
      return path.slice(start);
    }
    this.#at = end;
    this.#skipSlashes();
    return path.slice(start, end);
  }

  /** Looks one component up in the directory: a node, 0, or MOVED for '.' and '..'. */
  look(name: string): NodeId {
    const { fs } = this.mount;
    const inode = fs.inode(this.node);
    if (!isDirectory(inode.mode)) fail('ENOTDIR');
    if (!mayAccess(inode, this.#walker.cred, X_OK)) fail('EACCES');
    if (this.#steady) {
      this.#steady = fs.steady === true;
      if (this.#steady && this.atEnd && this.#taken > 1) this.#remember();
    }
    if (name === '.') return MOVED;
    if (name === '..') {
      this.#goUp();
      return MOVED;
    }
    if (!this.putsOff || !this.atEnd) return find(this.mount, this.node, name);
    const { node, failed } = tryFind(this.mount, this.node, name);
    this.failed = failed;
    return node;
  }

  /** Moves onto a child: over mounts, through a symbolic link if it is to be followed. */
  enter(node: NodeId, follow: boolean): void {
    const { fs } = this.mount;
    if (follow && isSymlink(fs.inode(node).mode)) {
      const links = hasMagicLinks(fs) ? fs : undefined;
      const magic = links?.jump(node);
      if (magic === undefined) {
        const file = links?.description(node);
        if (file !== undefined) throw new PlacelessFile(file);
        this.#follow(fs.readlink(node));
        return;
      }
      if (++this.#links > MAX_LINKS) fail('ELOOP');
      this.#steady = false;
      this.jumped = true;
      this.#stand(magic);
    } else {
      this.node = node;
      if (this.mount.covers.size > 0) this.#stand(enterMounts(this));
    }
    if (this.slash && this.atEnd && !isDirectory(this.mount.fs.inode(this.node).mode)) fail('ENOTDIR');
  }

  #follow(target: string): void {
    if (++this.#links > MAX_LINKS) fail('ELOOP');
    this.#steady = false;
    if (target === '') fail('ENOENT');
    if (target.charCodeAt(0) === SLASH) this.#stand(this.#walker.root);
    if (this.atEnd) {
      this.slash ||= target.charCodeAt(target.length - 1) === SLASH;
      this.#path = target;
    } else {
      this.#path = `${target}/${this.#path.slice(this.#at)}`;
    }
    this.#at = 0;
    this.#skipSlashes();
  }

  #remember(): void {
    const { root, cred } = this.#walker;
    root.mount.known = {
      changes: ways.changes,
      root: root.node,
      cred,
      prefix: this.#path.slice(0, this.#taken),
      mount: this.mount,
      node: this.node,
    };
  }

  #goUp(): void {
    const { root } = this.#walker;
    let { mount, node } = this;
    if (mount === root.mount && node === root.node) return;
    while (node === mount.root && mount.parent !== undefined) {
      node = mount.at;
      mount = mount.parent;
    }
    if (node === mount.root) this.#stand({ mount, node });
    else this.#stand(enterMounts({ mount, node: mount.fs.parent(node) }));
  }

  #stand(spot: Spot): void {
    this.mount = spot.mount;
    this.node = spot.node;
  }

  #skipSlashes(): void {
    while (this.#path.charCodeAt(this.#at) === SLASH) this.#at++;
  }
}

/** The way to a directory that an earlier walk went, when `path` begins with it and names something behind it. */
const knownWay = ({ root, cred }: Walker, path: string): KnownWay | undefined => {
  const { known } = root.mount;
  if (known === undefined || known.changes !== ways.changes) return undefined;
  if (known.root !== root.node || known.cred !== cred || !path.startsWith(known.prefix)) return undefined;
  const next = path.charCodeAt(known.prefix.length);
  return next === SLASH || Number.isNaN(next) ? undefined : known;
};
