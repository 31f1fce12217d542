// The program table: the name in a program file's header → the command that runs. Loaded on first use.

import { loading } from '../fs/loading.ts';
import type { Program } from '../fs/process.ts';
import type { Command } from './command.ts';
import { programOf } from './program.ts';
import { systemCommands } from './system-commands.ts';
import { textCommands } from './text-commands.ts';
import { toolCommands } from './tool-commands.ts';

export type { Command } from './command.ts';

type Load = () => Promise<Command>;

const commands = {
  ...systemCommands,
  ...textCommands,
  ...toolCommands,
  '[': async () => (await import('./test.ts')).test,
  arch: async () => (await import('./arch.ts')).arch,
  cat: async () => (await import('./cat.ts')).cat,
  chgrp: async () => (await import('./chgrp.ts')).chgrp,
  chmod: async () => (await import('./chmod.ts')).chmod,
  chown: async () => (await import('./chown.ts')).chown,
  chroot: async () => (await import('./chroot.ts')).chroot,
  clear: async () => (await import('./clear.ts')).clear,
  'command-not-found': async () => (await import('./command-not-found.ts')).commandNotFound,
  cp: async () => (await import('./cp.ts')).cp,
  dd: async () => (await import('./dd.ts')).dd,
  df: async () => (await import('./df.ts')).df,
  dir: async () => (await import('./dir.ts')).dir,
  dmesg: async () => (await import('./dmesg.ts')).dmesg,
  docker: async () => (await import('./docker/docker.ts')).docker,
  'docker-init': async () => (await import('./docker-init.ts')).dockerInit,
  dockerd: async () => (await import('./dockerd.ts')).dockerd,
  du: async () => (await import('./du.ts')).du,
  echo: async () => (await import('./echo.ts')).echo,
  env: async () => (await import('./env.ts')).env,
  false: async () => (await import('./false.ts')).falseCommand,
  file: async () => (await import('./file.ts')).file,
  findmnt: async () => (await import('./mount/findmnt.ts')).findmnt,
  free: async () => (await import('./free.ts')).free,
  getfattr: async () => (await import('./getfattr.ts')).getfattr,
  groups: async () => (await import('./groups.ts')).groups,
  help: async () => (await import('./help.ts')).help,
  hostname: async () => (await import('./hostname.ts')).hostname,
  id: async () => (await import('./id.ts')).id,
  install: async () => (await import('./install.ts')).install,
  kill: async () => (await import('./kill.ts')).kill,
  less: async () => (await import('./less/less.ts')).less,
  link: async () => (await import('./link.ts')).link,
  ln: async () => (await import('./ln.ts')).ln,
  logname: async () => (await import('./logname.ts')).logname,
  ls: async () => (await import('./ls.ts')).ls,
  lsblk: async () => (await import('./mount/lsblk.ts')).lsblk,
  mkdir: async () => (await import('./mkdir.ts')).mkdir,
  mkfifo: async () => (await import('./mkfifo.ts')).mkfifo,
  mknod: async () => (await import('./mknod.ts')).mknod,
  more: async () => (await import('./more.ts')).more,
  mount: async () => (await import('./mount/mount.ts')).mount,
  mountpoint: async () => (await import('./mount/mountpoint.ts')).mountpoint,
  mv: async () => (await import('./mv.ts')).mv,
  nano: async () => (await import('./nano/nano.ts')).nano,
  nginx: async () => (await import('./nginx.ts')).nginx,
  nice: async () => (await import('./nice.ts')).nice,
  nohup: async () => (await import('./nohup.ts')).nohup,
  nologin: async () => (await import('./nologin.ts')).nologin,
  nproc: async () => (await import('./nproc.ts')).nproc,
  printenv: async () => (await import('./printenv.ts')).printenv,
  ps: async () => (await import('./ps.ts')).ps,
  pwd: async () => (await import('./pwd.ts')).pwd,
  readlink: async () => (await import('./readlink.ts')).readlink,
  realpath: async () => (await import('./realpath.ts')).realpath,
  rm: async () => (await import('./rm.ts')).rm,
  rmdir: async () => (await import('./rmdir.ts')).rmdir,
  setfattr: async () => (await import('./setfattr.ts')).setfattr,
  stat: async () => (await import('./stat.ts')).stat,
  strace: async () => (await import('./strace/strace.ts')).strace,
  su: async () => (await import('./su.ts')).su,
  sudo: async () => (await import('./sudo.ts')).sudo,
  sync: async () => (await import('./sync.ts')).sync,
  test: async () => (await import('./test.ts')).test,
  timeout: async () => (await import('./timeout.ts')).timeout,
  top: async () => (await import('./top.ts')).top,
  touch: async () => (await import('./touch.ts')).touch,
  tree: async () => (await import('./tree.ts')).tree,
  true: async () => (await import('./true.ts')).trueCommand,
  truncate: async () => (await import('./truncate.ts')).truncate,
  tty: async () => (await import('./tty.ts')).tty,
  umount: async () => (await import('./mount/umount.ts')).umount,
  uname: async () => (await import('./uname.ts')).uname,
  unlink: async () => (await import('./unlink.ts')).unlink,
  uptime: async () => (await import('./uptime.ts')).uptime,
  vdir: async () => (await import('./dir.ts')).vdir,
  vi: async () => (await import('./vi/vi.ts')).vi,
  view: async () => (await import('./vi/vi.ts')).vi,
  vim: async () => (await import('./vi/vi.ts')).vi,
  watch: async () => (await import('./watch.ts')).watch,
  which: async () => (await import('./which.ts')).which,
  whoami: async () => (await import('./whoami.ts')).whoami,
} satisfies Record<string, Load>;

const table: ReadonlyMap<string, Load> = new Map(Object.entries(commands));

/** The command of that name; undefined when cowsh has none. */
export const loadCommand = (name: string): Promise<Command> | undefined => {
  const load = table.get(name);
  return load === undefined ? undefined : loading(load());
};

/** The program of that name, ready for the kernel's loader; undefined when cowsh has none. */
export const loadProgram = (name: string): Promise<Program> | undefined => loadCommand(name)?.then(programOf);

export const commandNames = (): string[] => [...table.keys()];
