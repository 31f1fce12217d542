// proc(5): the part of /proc that tells the truth about this kernel. Each mount shows the pid namespace it was made in.

import type { MountInfo } from './calls/mounts.ts';
import { capabilityText } from './capability.ts';
import { type Cred, ROOT } from './credentials.ts';
import type { FilesystemType, Kernel } from './kernel.ts';
import { major, minor } from './mode.ts';
import { pathOf, type Spot } from './mount.ts';
import { escapedField } from './mount-options.ts';
import type { OpenFile } from './open-file.ts';
import { readable, writable } from './open-flags.ts';
import { namespaceLink, namespaceNames } from './proc-namespaces.ts';
import { processTables } from './proc-process-tables.ts';
import { underSys } from './proc-sys.ts';
import { tables } from './proc-tables.ts';
import type { PidNamespace, Process } from './process.ts';
import { commandName, descriptorText, parentOf, type View } from './process-facts.ts';
import { type VirtualFile, VirtualFilesystem } from './virtual-filesystem.ts';
import { walk } from './walk.ts';

const file = (text: () => string, mode?: number): VirtualFile =>
  mode === undefined ? { kind: 'file', text } : { kind: 'file', text, mode };
const link = (
  target: () => string,
  jump?: () => Spot | undefined,
  owner: { readonly uid?: number; readonly gid?: number; readonly mode?: number } = {},
  description?: () => OpenFile | undefined,
): VirtualFile => ({
  kind: 'symlink',
  target,
  ...owner,
  ...(jump && { jump }),
  ...(description && { description }),
});

export const mountProc: FilesystemType = ({ kernel, pids }) => {
  const fs = new VirtualFilesystem(
    'proc',
    kernel.nextDev(),
    () => kernel.clock.now(),
    (path) => lookup(kernel, pids, path),
  );
  return { fs, options: 'nosuid,nodev,noexec' };
};

type Top = (kernel: Kernel, pids: PidNamespace) => VirtualFile;

const top: Record<string, Top> = {
  self: (kernel, pids) => link(() => String(ownNumber(kernel, pids))),
  mounts: () => link(() => 'self/mounts'),
  filesystems: (kernel) => file(() => filesystemsText(kernel)),
  version: () =>
    file(() => 'Linux version 6.8.0-45-generic (buildd@lcy02) (x86_64-linux-gnu-gcc) #45-Ubuntu SMP\n'),
  uptime: (kernel) => file(() => uptimeText(kernel)),
  loadavg: (kernel, pids) => {
    const numbers = [...visible(kernel, pids).keys()];
    return file(() => `0.00 0.00 0.00 1/${kernel.processes.size} ${Math.max(...numbers)}\n`);
  },
  sys: (kernel) => underSys(kernel, '') ?? { kind: 'directory', names: () => [] },
  ...Object.fromEntries(
    Object.entries(tables).map(([name, text]): [string, Top] => [
      name,
      (kernel, pids) => file(() => text(kernel, view(kernel, pids))),
    ]),
  ),
  cpuinfo: () =>
    file(() => [0, 1].map((cpu) => `processor\t: ${cpu}\nmodel name\t: cowsh virtual CPU\n\n`).join('')),
};

const lookup = (kernel: Kernel, pids: PidNamespace, path: string): VirtualFile | undefined => {
  const [name = '', ...rest] = path.slice(1).split('/');
  if (name === '')
    return {
      kind: 'directory',
      names: () => [...visible(kernel, pids).keys()].map(String).concat(Object.keys(top)),
    };
  if (name === 'sys' && rest.length > 0) return underSys(kernel, rest.join('/'));
  if (!/^\d+$/.test(name))
    return rest.length === 0 && Object.hasOwn(top, name) ? top[name]?.(kernel, pids) : undefined;
  const process = visible(kernel, pids).get(Number(name));
  return process && ofProcess(process, Number(name), rest, view(kernel, pids));
};

/** The processes of a pid namespace by their numbers in it; the first namespace sees all, by their real numbers. */
const visible = (kernel: Kernel, pids: PidNamespace): Map<number, Process> => {
  const processes = [...kernel.processes.values()];
  const inContainer = processes.some((process) => process.pids === pids && process.container !== undefined);
  if (!inContainer) return new Map(processes.map((process) => [process.pid, process]));
  return new Map(
    processes
      .filter((process) => process.pids === pids && process.nspid > 0)
      .map((process) => [process.nspid, process]),
  );
};

/** A process's number in a pid namespace by its real one; 0 for one that is outside. */
const view = (kernel: Kernel, pids: PidNamespace): View => {
  const all = visible(kernel, pids);
  return (pid) => [...all].find(([, process]) => process.pid === pid)?.[0] ?? 0;
};

const ownNumber = (kernel: Kernel, pids: PidNamespace): number => {
  for (const [number, process] of visible(kernel, pids)) if (process === kernel.current) return number;
  return 1;
};

const ofProcess = (
  process: Process,
  number: number,
  rest: readonly string[],
  seen: View,
): VirtualFile | undefined => {
  const [name, fd] = rest;
  const { uid, gid } = process.cred;
  if (name === undefined) return { kind: 'directory', names: () => Object.keys(entries), uid, gid };
  if (name === 'ns' && rest.length === 2) {
    const link_ = namespaceLink(process, fd ?? '');
    return link_ === undefined ? undefined : link(() => link_);
  }
  if (name === 'fdinfo' && rest.length === 2) {
    const open = process.fds.get(Number(fd));
    return open && file(() => descriptorText(open, number));
  }
  if (name !== 'fd')
    return rest.length === 1 && Object.hasOwn(entries, name)
      ? entries[name]?.(process, number, seen)
      : undefined;
  if (fd === undefined)
    return { kind: 'directory', names: () => process.fds.keys().map(String), uid, gid, mode: 0o500 };
  const open = rest.length === 2 ? process.fds.get(Number(fd)) : undefined;
  return (
    open &&
    link(
      () => descriptorPath(process, open),
      () => open.spot ?? open.fifo,
      { uid, gid, mode: 0o100 | (readable(open.flags) ? 0o400 : 0) | (writable(open.flags) ? 0o200 : 0) },
      () => (open.spot === undefined && open.fifo === undefined ? open : undefined),
    )
  );
};

/** What a descriptor's link reads: the path of its file as it is now, or was last (d_path). */
export const descriptorPath = (process: Process, { path, spot }: OpenFile): string => {
  if (spot === undefined) return path;
  try {
    const now = pathOf(spot, process.root);
    // A file keeps the name it had first: of a hard link that may be gone, and the one it was opened by still there.
    return [now, path].find((name) => leadsTo(process, name, spot)) ?? `${now} (deleted)`;
  } catch {
    return `${path} (deleted)`;
  }
};

const leadsTo = (process: Process, path: string, { mount, node }: Spot): boolean => {
  if (!path.startsWith('/')) return false;
  try {
    const found = walk({ root: process.root, cwd: process.root, cred: ROOT }, path);
    return found.mount.fs === mount.fs && found.node === node;
  } catch {
    return false;
  }
};

const entries: Record<string, (process: Process, number: number, seen: View) => VirtualFile> = {
  ...Object.fromEntries(
    Object.entries(processTables).map(([name, text]) => [
      name,
      (process: Process, number: number, seen: View) => file(() => text(process, number, seen)),
    ]),
  ),
  cmdline: (process) => file(() => process.argv.map((word) => `${word}\0`).join('')),
  comm: (process) => file(() => `${commandName(process)}\n`),
  cwd: (process) =>
    link(
      () => pathOf(process.cwd, process.root),
      () => process.cwd,
    ),
  environ: (process) =>
    file(() => [...process.env].map(([key, value]) => `${key}=${value}\0`).join(''), 0o400),
  exe: (process) =>
    link(
      () => process.image?.path ?? '',
      () => process.text,
    ),
  fd: () => ({ kind: 'directory', names: () => [] }),
  fdinfo: (process) => ({ kind: 'directory', names: () => process.fds.keys().map(String) }),
  ns: () => ({ kind: 'directory', names: () => Object.keys(namespaceNames), mode: 0o511 }),
  mountinfo: (process) => file(() => process.mounts().map(mountInfoLine).join('')),
  mounts: (process) =>
    file(() =>
      process
        .mounts()
        .map(
          (line) =>
            `${escapedField(line.source)} ${escapedField(line.target)} ${line.type} ${line.options} 0 0\n`,
        )
        .join(''),
    ),
  root: (process) =>
    link(
      () => pathOf(process.root, process.root),
      () => process.root,
    ),
  status: (process, number, seen) => file(() => statusText(process, number, seen)),
};

const statusText = (process: Process, number: number, seen: View): string => {
  const { uid, gid, groups } = process.cred;
  const state = process.stopped
    ? 'T (stopped)'
    : process === process.kernel.current
      ? 'R (running)'
      : 'S (sleeping)';
  const lines: [string, string | number][] = [
    ['Name', commandName(process)],
    ['Umask', process.mask.toString(8).padStart(4, '0')],
    ['State', state],
    ['Tgid', number],
    ['Ngid', 0],
    ['Pid', number],
    ['PPid', seen(parentOf(process))],
    ['TracerPid', 0],
    ['Uid', `${uid}\t${uid}\t${uid}\t${uid}`],
    ['Gid', `${gid}\t${gid}\t${gid}\t${gid}`],
    ['Groups', groups.map((group) => `${group} `).join('') || ' '],
    ['NStgid', process.container === undefined ? number : `${process.pid}\t${process.nspid}`],
    ['NSpid', process.container === undefined ? number : `${process.pid}\t${process.nspid}`],
    ['Threads', 1],
    ...capabilityLines(process.cred),
  ];
  return lines.map(([key, value]) => `${key}:\t${value}\n`).join('');
};

const capabilityLines = (cred: Cred): [string, string][] => [
  ['CapInh', capabilityText(cred.inheritable)],
  ['CapPrm', capabilityText(cred.permitted)],
  ['CapEff', capabilityText(cred.effective)],
  ['CapBnd', capabilityText(cred.bounding)],
  ['CapAmb', capabilityText(cred.ambient)],
];

const mountInfoLine = (mount: MountInfo): string => {
  const { id, parent, dev, type, own, filesystem, propagation } = mount;
  const [root, target, source] = [mount.root, mount.target, mount.source].map(escapedField);
  const fields = [id, parent, `${major(dev)}:${minor(dev)}`, root, target, own, ...propagation, '-', type];
  return `${fields.join(' ')} ${source} ${filesystem}\n`;
};

const diskless = new Set([
  'tmpfs',
  'proc',
  'sysfs',
  'overlay',
  'devtmpfs',
  'devpts',
  'mqueue',
  'cgroup2',
  'zfs',
  'aufs',
]);

const filesystemsText = (kernel: Kernel): string =>
  Object.keys(kernel.filesystemTypes)
    .map((type) => `${diskless.has(type) ? 'nodev' : ''}\t${type}\n`)
    .join('');

const uptimeText = (kernel: Kernel): string => {
  const seconds = Number((kernel.clock.now() - kernel.bootedAt) / 10_000_000n) / 100;
  return `${seconds.toFixed(2)} ${(seconds * 2).toFixed(2)}\n`;
};
