// The walk from a path to a file (path_resolution(7)): symbolic links, '..', mounts, search permission.

import { type Cred, mayAccess, X_OK } from './credentials.ts';
import { fail } from './errno.ts';
import { isDirectory, isSymlink } from './mode.ts';
import { enterMounts, type Mount, type Spot } from './mount.ts';
import { nameLength } from './name.ts';
import type { NodeId } from './stat.ts';

const PATH_MAX = 4096;
const NAME_MAX = 255;
/** Linux: include/linux/namei.h, MAXSYMLINKS. */
const MAX_LINKS = 40;

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
}

/** The file that `path` names. Throws ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG. */
export const walk = (walker: Walker, path: string, follow = true): Spot => {
  const state = start(walker, path);
  for (;;) {
    const name = nextName(state);
    if (name === '') return state.spot;
    const next = step(walker, state, name);
    if (next === undefined) continue;
    if (next.node === 0) fail('ENOENT');
    enter(walker, state, next, follow || state.slash || state.rest !== '');
  }
};

/** The directory and last name of `path`, for calls that make or remove names; the last link is not followed. */
export const walkToPlace = (walker: Walker, path: string, follow = false): Place => {
  const state = start(walker, path);
  let special: '.' | '..' | '/' = '/';
  for (;;) {
    const name = nextName(state);
    if (name === '') break;
    const last = state.rest === '';
    const dir = state.spot;
    const next = step(walker, state, name);
    if (next === undefined) {
      special = name as '.' | '..';
      continue;
    }
    if (last && !(follow && next.node !== 0 && isSymlink(dir.mount.fs.inode(next.node).mode))) {
      return { mount: dir.mount, dir: dir.node, name, node: next.node, slash: state.slash };
    }
    if (next.node === 0) fail('ENOENT');
    enter(walker, state, next, true);
  }
  const { mount, node } = state.spot;
  return { mount, dir: mount.fs.parent(node), name: special, node, slash: true, special };
};

interface State {
  spot: Spot;
  rest: string;
  /** The path ends in a slash (or in '/.'): what it names must be a directory. */
  slash: boolean;
  links: number;
}

const start = (walker: Walker, path: string): State => {
  if (path === '') fail('ENOENT');
  if (path.length >= PATH_MAX) fail('ENAMETOOLONG');
  return {
    spot: path.charCodeAt(0) === 47 ? walker.root : walker.cwd,
    rest: skipSlashes(path),
    slash: path.charCodeAt(path.length - 1) === 47,
    links: 0,
  };
};

/** Takes the next component off the rest; '' at the end. */
const nextName = (state: State): string => {
  const { rest } = state;
  const slash = rest.indexOf('/');
  if (slash < 0) {
    state.rest = '';
    return rest;
  }
  state.rest = skipSlashes(rest.slice(slash));
  return rest.slice(0, slash);
};

const skipSlashes = (path: string): string => {
  let at = 0;
  while (path.charCodeAt(at) === 47) at++;
  return at === 0 ? path : path.slice(at);
};

/** Looks one component up; undefined when it was '.' or '..', which have moved the state already. */
const step = (walker: Walker, state: State, name: string): Spot | undefined => {
  const { mount, node } = state.spot;
  const inode = mount.fs.inode(node);
  if (!isDirectory(inode.mode)) fail('ENOTDIR');
  if (!mayAccess(inode, walker.cred, X_OK)) fail('EACCES');
  if (name === '.') return undefined;
  if (name === '..') {
    state.spot = above(walker, state.spot);
    return undefined;
  }
  if (name.length * 3 > NAME_MAX && nameLength(name) > NAME_MAX) fail('ENAMETOOLONG');
  return { mount, node: mount.fs.lookup(node, name) };
};

/** Moves onto a child: over mounts, through a symbolic link if it is to be followed. */
const enter = (walker: Walker, state: State, child: Spot, follow: boolean): void => {
  const { fs } = child.mount;
  if (!follow || !isSymlink(fs.inode(child.node).mode)) {
    state.spot = enterMounts(child);
    if (state.rest === '' && state.slash && !isDirectory(state.spot.mount.fs.inode(state.spot.node).mode))
      fail('ENOTDIR');
    return;
  }
  if (++state.links > MAX_LINKS) fail('ELOOP');
  const target = fs.readlink(child.node);
  if (target === '') fail('ENOENT');
  if (target.charCodeAt(0) === 47) state.spot = walker.root;
  if (state.rest === '') {
    state.slash ||= target.charCodeAt(target.length - 1) === 47;
    state.rest = skipSlashes(target);
  } else {
    state.rest = skipSlashes(`${target}/${state.rest}`);
  }
};

const above = (walker: Walker, spot: Spot): Spot => {
  let { mount, node } = spot;
  if (mount === walker.root.mount && node === walker.root.node) return spot;
  while (node === mount.root && mount.parent !== undefined) {
    node = mount.at;
    mount = mount.parent;
  }
  if (node === mount.root) return { mount, node };
  return enterMounts({ mount, node: mount.fs.parent(node) });
};
