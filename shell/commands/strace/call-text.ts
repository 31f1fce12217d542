// Calls in strace's format. The trace keeps how many bytes went, not which: data is shown as with `-s 0`.

import { type CapabilitySet, namesOf } from '../../fs/capability.ts';
import type { SettableSets } from '../../fs/credential-changes.ts';
import { strerror } from '../../fs/errno.ts';
import type { CallStep } from '../../fs/trace.ts';

type Value = string | number | undefined;

/** What a call shows of its arguments. `fd`: the number of the descriptor that the first one names. */
interface Shown {
  /** The system call's name. */
  readonly name: string;
  readonly kind: 'file' | 'desc' | 'process';
  readonly args: (args: readonly Value[], fd: string, result: Value) => string;
}

const quote = (value: Value): string =>
  `"${String(value ?? '')
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')}"`;

const octal = (value: Value): string => `0${Number(value ?? 0).toString(8)}`;

const ACCESS = ['R_OK', 'W_OK', 'X_OK'];
const accessText = (value: Value): string => {
  const mode = Number(value ?? 0);
  return mode === 0 ? 'F_OK' : ACCESS.filter((_, at) => mode & (4 >> at)).join('|');
};

const AT = 'AT_FDCWD, ';

const path =
  (rest: (args: readonly Value[]) => string = () => '', before = ''): Shown['args'] =>
  (args) =>
    before + quote(args[0]) + rest(args);

const descriptor =
  (rest: (args: readonly Value[]) => string = () => ''): Shown['args'] =>
  (args, fd) =>
    fd + rest(args);

const two: Shown['args'] = (args) => `${quote(args[0])}, ${quote(args[1])}`;
const file = (name: string, args: Shown['args']): Shown => ({ name, kind: 'file', args });
const desc = (name: string, args: Shown['args']): Shown => ({ name, kind: 'desc', args });

const ofProcess = (name: string, args: Shown['args']): Shown => ({ name, kind: 'process', args });

const bits = (set: CapabilitySet, shift = '1<<'): string =>
  namesOf(set)
    .map((one) => `${shift}CAP_${one.toUpperCase()}`)
    .join('|') || '0';

export const CALLS: Readonly<Record<string, Shown>> = {
  open: file('openat', (args) => {
    const creates = String(args[1]).includes('O_CREAT');
    return `${AT}${quote(args[0])}, ${args[1]}${creates ? `, ${octal(args[2] ?? 0o666)}` : ''}`;
  }),
  close: desc('close', descriptor()),
  dup: desc('dup', descriptor()),
  dup2: desc(
    'dup2',
    descriptor((args) => `, ${args[1]}`),
  ),
  read: desc('read', (args, fd, result) => `${fd}, ""${result ? '...' : ''}, ${args[1]}`),
  write: desc('write', (args, fd) => `${fd}, ""..., ${args[1]}`),
  pread: desc('pread64', (args, fd) => `${fd}, ""..., ${args[1]}, ${args[2]}`),
  pwrite: desc('pwrite64', (args, fd) => `${fd}, ""..., ${args[1]}, ${args[2]}`),
  lseek: desc(
    'lseek',
    descriptor((args) => `, ${args[1]}, SEEK_${String(args[2]).toUpperCase()}`),
  ),
  ftruncate: desc(
    'ftruncate',
    descriptor((args) => `, ${args[1]}`),
  ),
  truncate: file(
    'truncate',
    path((args) => `, ${args[1]}`),
  ),
  fsync: desc('fsync', descriptor()),
  fallocate: desc(
    'fallocate',
    descriptor((args) => `, ${args[1]}, ${args[2]}, ${args[3]}`),
  ),
  copyFileRange: desc(
    'copy_file_range',
    descriptor((args) => `, NULL, ${args[1]}, NULL, ${args[2]}, 0`),
  ),
  mkdir: file(
    'mkdir',
    path((args) => `, ${octal(args[1] ?? 0o777)}`),
  ),
  mknod: file(
    'mknod',
    path((args) => `, ${octal(args[1])}`),
  ),
  symlink: file('symlink', two),
  link: file('link', two),
  unlink: file('unlink', path()),
  rmdir: file('rmdir', path()),
  rename: file('rename', two),
  stat: file(
    'newfstatat',
    path(() => ', {...}, 0', AT),
  ),
  lstat: file(
    'newfstatat',
    path(() => ', {...}, AT_SYMLINK_NOFOLLOW', AT),
  ),
  fstat: desc(
    'fstat',
    descriptor(() => ', {...}'),
  ),
  access: file(
    'access',
    path((args) => `, ${accessText(args[1])}`),
  ),
  statfs: file(
    'statfs',
    path(() => ', {...}'),
  ),
  readlink: file(
    'readlink',
    (args, _fd, result) => `${quote(args[0])}, ${result === undefined ? '""' : quote(result)}, 4096`,
  ),
  readdir: file(
    'openat',
    path(() => ', O_RDONLY|O_NONBLOCK|O_CLOEXEC|O_DIRECTORY', AT),
  ),
  getdents: desc(
    'getdents64',
    descriptor(() => ', ...'),
  ),
  chmod: file(
    'chmod',
    path((args) => `, ${octal(args[1])}`),
  ),
  fchmod: desc(
    'fchmod',
    descriptor((args) => `, ${octal(args[1])}`),
  ),
  chown: file(
    'chown',
    path((args) => `, ${args[1]}, ${args[2]}`),
  ),
  lchown: file(
    'lchown',
    path((args) => `, ${args[1]}, ${args[2]}`),
  ),
  fchown: desc(
    'fchown',
    descriptor((args) => `, ${args[1]}, ${args[2]}`),
  ),
  utimens: file(
    'utimensat',
    path(() => ', [...], 0', AT),
  ),
  futimens: desc(
    'utimensat',
    descriptor(() => ', NULL, [...], 0'),
  ),
  getFlags: desc(
    'ioctl',
    descriptor(() => ', FS_IOC_GETFLAGS, [...]'),
  ),
  setFlags: desc(
    'ioctl',
    descriptor((args) => `, FS_IOC_SETFLAGS, [0x${Number(args[1]).toString(16)}]`),
  ),
  umask: { name: 'umask', kind: 'process', args: (args) => octal(args[0]) },
  getxattr: file(
    'getxattr',
    path((args) => `, ${quote(args[1])}, ...`),
  ),
  setxattr: file(
    'setxattr',
    path((args) => `, ${quote(args[1])}, ""..., ${args[2]}, 0`),
  ),
  listxattr: file(
    'listxattr',
    path(() => ', ...'),
  ),
  removexattr: file(
    'removexattr',
    path((args) => `, ${quote(args[1])}`),
  ),
  chdir: file('chdir', path()),
  fchdir: desc('fchdir', descriptor()),
  getcwd: file('getcwd', (_args, _fd, result) => `${quote(result)}, 4096`),
  chroot: file('chroot', path()),
  mount: file('mount', (args) => String(args[0])),
  umount: file(
    'umount2',
    path(() => ', 0'),
  ),
  pipe: desc('pipe2', () => '[...], 0'),
  kill: { name: 'kill', kind: 'process', args: (args) => `${args[0]}, ${args[1]}` },
  setuid: ofProcess('setuid', (args) => String(args[0])),
  setgid: ofProcess('setgid', (args) => String(args[0])),
  setgroups: ofProcess('setgroups', ([groups]) => {
    const list = JSON.parse(String(groups)) as number[];
    return `${list.length}, [${list.join(', ')}]`;
  }),
  capset: ofProcess('capset', ([sets]) => {
    const { effective, permitted, inheritable } = JSON.parse(String(sets)) as SettableSets;
    const shown = [
      `effective=${bits(effective)}`,
      `permitted=${bits(permitted)}`,
      `inheritable=${bits(inheritable)}`,
    ];
    return `{version=_LINUX_CAPABILITY_VERSION_3, pid=0}, {${shown.join(', ')}}`;
  }),
  dropBounding: ofProcess('prctl', ([set]) => `PR_CAPBSET_DROP, ${bits(Number(set), '')}`),
  raiseAmbient: ofProcess(
    'prctl',
    ([set]) => `PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, ${bits(Number(set), '')}, 0, 0`,
  ),
  clearAmbient: ofProcess('prctl', () => 'PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0'),
  sethostname: ofProcess('sethostname', (args) => `${quote(args[0])}, ${String(args[0]).length}`),
};

/** Calls whose answer is no number of the real call's. */
const ZERO = new Set(['getcwd', 'readlink']);

const resultText = (step: CallStep): string => {
  if (step.errno !== undefined) return `-1 ${step.errno} (${strerror(step.errno)})`;
  if (ZERO.has(step.call)) return String(String(step.result ?? '').length + (step.call === 'getcwd' ? 1 : 0));
  if (step.call === 'umask') return octal(step.result);
  return step.call === 'readdir' ? '3' : String(step.result ?? 0);
};

const COLUMN = 39;

/** `openat(AT_FDCWD, "f", O_RDONLY)         = 3`; undefined for what is no system call. */
export const callText = (step: CallStep, fd: string): string | undefined => {
  const shown = CALLS[step.call];
  if (shown === undefined) return undefined;
  const call = `${shown.name}(${shown.args(step.args, fd, step.result)})`;
  return `${call.padEnd(COLUMN)} = ${resultText(step)}`;
};
