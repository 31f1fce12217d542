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
} satisfies Record<string, () => Promise<Command>>;
