// Shared subtrees (mount_namespaces(7)): what is mounted on a mount of a peer group is mounted on its peers too, and on
// the slaves that get from the group and give nothing back.

import { fail } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { copyOf, enterMounts, type Mount, type Namespace, type Spot } from './mount.ts';
import type { NodeId } from './stat.ts';

export type Propagation = 'shared' | 'slave' | 'private' | 'unbindable';

interface Member {
  readonly namespace: Namespace;
  readonly mount: Mount;
}

const everywhere = (kernel: Kernel): Member[] =>
  kernel.namespaces().flatMap((namespace) => namespace.mounts.map((mount) => ({ namespace, mount })));

/** The lowest number that no group has (ida_alloc). */
const newGroup = (kernel: Kernel, ...made: readonly Mount[]): number => {
  const taken = new Set(
    [...everywhere(kernel).map(({ mount }) => mount), ...made].flatMap(({ group, master }) => [
      group,
      master,
    ]),
  );
  let group = 1;
  while (taken.has(group)) group++;
  return group;
};

/** Puts a tree of mounts, its top first, onto a directory, and copies of it wherever that directory is shared to. */
export const attachTree = (
  kernel: Kernel,
  namespace: Namespace,
  tree: readonly Mount[],
  target: Spot,
): void => {
  const [top] = tree;
  if (top === undefined) return;
  top.parent = target.mount;
  top.at = target.node;
  for (const mount of tree) namespace.add(mount);
  spreadTree(kernel, tree, target);
};

/** What attaching a tree means for the others; it stands at its place already. */
const spreadTree = (kernel: Kernel, tree: readonly Mount[], { mount, node }: Spot): void => {
  if (mount.group !== undefined) {
    for (const member of tree) member.group ??= newGroup(kernel, ...tree);
    spread(kernel, mount, node, tree, new Set([mount]));
  }
};

const spread = (kernel: Kernel, from: Mount, at: NodeId, tree: readonly Mount[], done: Set<Mount>): void => {
  const members = everywhere(kernel).filter(({ mount }) => !done.has(mount));
  for (const peer of members.filter(({ mount }) => mount.group === from.group)) {
    done.add(peer.mount);
    place(kernel, peer, at, tree, ({ group, master }) => ({ group, master }));
  }
  for (const slave of members.filter(({ mount }) => mount.master === from.group)) {
    if (done.has(slave.mount)) continue;
    done.add(slave.mount);
    const shares = slave.mount.group !== undefined;
    const copies = place(kernel, slave, at, tree, ({ group }) => ({
      group: shares ? newGroup(kernel, ...tree) : undefined,
      master: group,
    }));
    if (shares && copies.length > 0) spread(kernel, slave.mount, at, copies, done);
  }
};

type Membership = Pick<Mount, 'group' | 'master'>;

/** Copies of a tree on the same directory of another mount, where that mount shows it. */
const place = (
  kernel: Kernel,
  { namespace, mount }: Member,
  at: NodeId,
  tree: readonly Mount[],
  membership: (original: Mount) => Membership,
): Mount[] => {
  if (!shows(mount, at)) return [];
  const stands = enterMounts({ mount, node: at });
  const copies = copyTree(tree, () => kernel.nextMountId());
  const [top] = copies;
  if (top === undefined) return [];
  top.parent = stands.mount;
  top.at = stands.node;
  copies.forEach((copy, index) => {
    Object.assign(copy, membership(tree[index] as Mount));
    namespace.add(copy);
  });
  return copies;
};

/** Copies of mounts that stand on each other, the first of them on nothing yet. */
export const copyTree = (tree: readonly Mount[], nextId: () => number): Mount[] => {
  const copies = new Map<Mount, Mount>();
  for (const mount of tree) {
    const copy = copyOf(mount, nextId());
    copy.parent = mount.parent && (copies.get(mount.parent) ?? mount.parent);
    copies.set(mount, copy);
  }
  return [...copies.values()];
};

/** Whether a file can be reached through a mount, which may show a part of the filesystem only. */
const shows = ({ fs, root }: Mount, node: NodeId): boolean => {
  if (root === fs.root || root === node) return true;
  const [top, path] = [fs.path(root), fs.path(node)];
  return path === top || path.startsWith(`${top}/`);
};

/** Takes a mount away, with what stands on it, here and where it was shared to. */
export const detachTree = (kernel: Kernel, namespace: Namespace, mount: Mount): void => {
  const copies = copiesOf(kernel, mount);
  for (const gone of namespace.tree(mount)) leaveGroup(kernel, gone);
  namespace.remove(mount);
  for (const copy of copies) {
    leaveGroup(kernel, copy.mount);
    copy.namespace.remove(copy.mount);
  }
};

/** What the mount's place has got from it by propagation: on peers and slaves, with nothing on top. */
const copiesOf = (kernel: Kernel, mount: Mount): Member[] => {
  const { parent } = mount;
  if (parent?.group === undefined) return [];
  const members = everywhere(kernel);
  const hearing = new Set<Mount>([parent]);
  for (let size = 0; size < hearing.size; ) {
    size = hearing.size;
    for (const { mount: other } of members) {
      const hears = [...hearing].some(
        ({ group }) => group !== undefined && (other.group === group || other.master === group),
      );
      if (hears) hearing.add(other);
    }
  }
  return members.filter(
    ({ mount: other }) =>
      other !== mount &&
      other.parent !== undefined &&
      hearing.has(other.parent) &&
      other.at === mount.at &&
      other.fs === mount.fs &&
      other.covers.size === 0,
  );
};

/** Leaves the peer group; when nobody is left in it, its slaves get from whom it got (do_make_slave). */
const leaveGroup = (kernel: Kernel, mount: Mount): void => {
  const { group, master } = mount;
  mount.group = undefined;
  if (group === undefined) return;
  const members = everywhere(kernel);
  if (members.some(({ mount: other }) => other.group === group)) return;
  for (const { mount: other } of members) if (other.master === group) other.master = master;
};

/** Changes the type of a mount's propagation, or of all in its tree. */
export const changePropagation = (kernel: Kernel, mounts: readonly Mount[], type: Propagation): void => {
  for (const mount of mounts) {
    mount.unbindable = type === 'unbindable';
    if (type === 'shared') {
      mount.group ??= newGroup(kernel);
      continue;
    }
    const { group } = mount;
    leaveGroup(kernel, mount);
    if (type !== 'slave') mount.master = undefined;
    else if (group !== undefined && everywhere(kernel).some(({ mount: other }) => other.group === group))
      mount.master = group;
  }
};

/** mount --move: EINVAL out of a shared mount, ELOOP into itself (do_move_mount). */
export const moveTree = (kernel: Kernel, namespace: Namespace, mount: Mount, target: Spot): void => {
  if (mount.parent === undefined || mount.parent.group !== undefined) fail('EINVAL');
  const tree = namespace.tree(mount);
  if (tree.includes(target.mount)) fail('ELOOP');
  if (target.mount.group !== undefined && tree.some(({ unbindable }) => unbindable)) fail('EINVAL');
  namespace.move(mount, target);
  spreadTree(kernel, tree, target);
};

/** The optional fields of /proc/PID/mountinfo. */
export const propagationFields = ({ group, master, unbindable }: Mount): string[] => [
  ...(group === undefined ? [] : [`shared:${group}`]),
  ...(master === undefined ? [] : [`master:${master}`]),
  ...(unbindable ? ['unbindable'] : []),
];
