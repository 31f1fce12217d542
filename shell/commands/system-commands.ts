// The part of the program table that asks or changes the system: accounts, processes, terminals, namespaces.

import type { Command } from './command.ts';

export const systemCommands = {
  addgroup: async () => (await import('./accounts/adduser.ts')).addgroup,
  adduser: async () => (await import('./accounts/adduser.ts')).adduser,
  chpasswd: async () => (await import('./accounts/passwd.ts')).chpasswd,
  delgroup: async () => (await import('./accounts/adduser.ts')).delgroup,
  deluser: async () => (await import('./accounts/adduser.ts')).deluser,
  gpasswd: async () => (await import('./accounts/groups.ts')).gpasswd,
  groupadd: async () => (await import('./accounts/groups.ts')).groupadd,
  groupdel: async () => (await import('./accounts/groups.ts')).groupdel,
  passwd: async () => (await import('./accounts/passwd.ts')).passwd,
  useradd: async () => (await import('./accounts/useradd.ts')).useradd,
  userdel: async () => (await import('./accounts/usermod.ts')).userdel,
  usermod: async () => (await import('./accounts/usermod.ts')).usermod,
  unshare: async () => (await import('./unshare.ts')).unshare,
  nsenter: async () => (await import('./nsenter.ts')).nsenter,
  flock: async () => (await import('./flock.ts')).flock,
  setsid: async () => (await import('./setsid.ts')).setsid,
  killall: async () => (await import('./killall.ts')).killall,
  killall5: async () => (await import('./killall.ts')).pidof,
  pidof: async () => (await import('./killall.ts')).pidof,
  lsof: async () => (await import('./lsof.ts')).lsof,
  fuser: async () => (await import('./fuser.ts')).fuser,
  lsattr: async () => (await import('./lsattr.ts')).lsattr,
  chattr: async () => (await import('./lsattr.ts')).chattr,
  tput: async () => (await import('./tput.ts')).tput,
  reset: async () => (await import('./tput.ts')).reset,
  tset: async () => (await import('./tput.ts')).reset,
  stty: async () => (await import('./stty.ts')).stty,
  script: async () => (await import('./script.ts')).script,
} satisfies Record<string, () => Promise<Command>>;
