// The program table: the name in a program file's header → the command that runs. Loaded on first use.

import type { Program } from '../fs/process.ts';
import type { Command } from './command.ts';
import { programOf } from './program.ts';
import { textCommands } from './text-commands.ts';

export type { Command } from './command.ts';

type Load = () => Promise<Command>;

export const commands = {
  ...textCommands,
  cat: async () => (await import('./cat.ts')).cat,
  chgrp: async () => (await import('./chgrp.ts')).chgrp,
  chmod: async () => (await import('./chmod.ts')).chmod,
  chown: async () => (await import('./chown.ts')).chown,
  cp: async () => (await import('./cp.ts')).cp,
  docker: async () => (await import('./docker/docker.ts')).docker,
  echo: async () => (await import('./echo.ts')).echo,
  false: async () => (await import('./false.ts')).falseCommand,
  install: async () => (await import('./install.ts')).install,
  link: async () => (await import('./link.ts')).link,
  ln: async () => (await import('./ln.ts')).ln,
  ls: async () => (await import('./ls.ts')).ls,
  mkdir: async () => (await import('./mkdir.ts')).mkdir,
  mkfifo: async () => (await import('./mkfifo.ts')).mkfifo,
  mknod: async () => (await import('./mknod.ts')).mknod,
  mv: async () => (await import('./mv.ts')).mv,
  readlink: async () => (await import('./readlink.ts')).readlink,
  realpath: async () => (await import('./realpath.ts')).realpath,
  rm: async () => (await import('./rm.ts')).rm,
  rmdir: async () => (await import('./rmdir.ts')).rmdir,
  stat: async () => (await import('./stat.ts')).stat,
  sync: async () => (await import('./sync.ts')).sync,
  touch: async () => (await import('./touch.ts')).touch,
  true: async () => (await import('./true.ts')).trueCommand,
  truncate: async () => (await import('./truncate.ts')).truncate,
  unlink: async () => (await import('./unlink.ts')).unlink,
} satisfies Record<string, Load>;

export type CommandName = keyof typeof commands;

const table: ReadonlyMap<string, Load> = new Map(Object.entries(commands));

/** The command of that name; undefined when cowsh has none. */
export const loadCommand = (name: string): Promise<Command> | undefined => table.get(name)?.();

/** The program of that name, ready for the kernel's loader; undefined when cowsh has none. */
export const loadProgram = (name: string): Promise<Program> | undefined => loadCommand(name)?.then(programOf);

export const commandNames = (): string[] => [...table.keys()];
