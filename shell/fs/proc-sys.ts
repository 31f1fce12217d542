// /proc/sys: the variables of the kernel that can be read (proc_sys(5)).

import type { Kernel } from './kernel.ts';
import type { VirtualFile } from './virtual-filesystem.ts';

const variables: Readonly<Record<string, (kernel: Kernel) => string | number>> = {
  'fs/file-max': () => 9_223_372_036_854_775_807n.toString(),
  'fs/inotify/max_user_watches': () => 29_640,
  'fs/overflowgid': () => 65_534,
  'fs/overflowuid': () => 65_534,
  'kernel/hostname': (kernel) => (kernel.current ?? kernel).uts.hostname,
  'kernel/osrelease': () => '6.8.0-45-generic',
  'kernel/ostype': () => 'Linux',
  'kernel/pid_max': () => 4_194_304,
  'kernel/version': () => '#45-Ubuntu SMP PREEMPT_DYNAMIC Fri Aug 30 12:02:04 UTC 2024',
  'net/bridge/bridge-nf-call-iptables': () => 1,
  'net/ipv4/ip_forward': () => 1,
  'vm/overcommit_memory': () => 0,
  'vm/swappiness': () => 60,
};

/** The file or directory at a path below /proc/sys. */
export const underSys = (kernel: Kernel, path: string): VirtualFile | undefined => {
  const value = Object.hasOwn(variables, path) ? variables[path] : undefined;
  if (value !== undefined) return { kind: 'file', text: () => `${value(kernel)}\n` };
  const start = path === '' ? '' : `${path}/`;
  const below = Object.keys(variables).filter((name) => name.startsWith(start));
  const names = [...new Set(below.map((name) => name.slice(start.length).split('/')[0] ?? ''))];
  return names.length === 0 ? undefined : { kind: 'directory', names: () => names };
};
