// What applets say where GNU's tools say something else, and musl's texts where they are not glibc's. Measured with busybox
// 1.35; what stands first in a list wins.

import type { Errno } from '../../fs/errno.ts';

type Rewording = readonly [gnu: RegExp, busybox: string];

const NO_ACCESS: Rewording = [/^cannot access '(.*)': /, '$1: '];
const CANNOT_READ: Rewording = [/^cannot open '(.*)' for reading: /, "can't open '$1': "];
const NUMBER: Rewording = [/^invalid number[^:]*: '(.*)'$/i, "invalid number '$1'"];
const CHECKSUM: readonly Rewording[] = [[/^(.*): (No such file.*)$/, "can't open '$1': $2"]];

/** What GNU says after the program's name → what the applet says. `$1` is mostly the file's name. */
export const rewordings: Readonly<Record<string, readonly Rewording[]>> = {
  base64: [[/^(.*): (No such file.*)$/, '$1: $2']],
  chroot: [
    [/^cannot change root directory to '/, "can't change root directory to '"],
    [/^failed to run command '(.*)': /, "can't execute '$1': "],
  ],
  cat: [
    [/^(.*): Is a directory$/, 'read error: Is a directory'],
    [/^([^:]*): ([A-Z].*)$/, "can't open '$1': $2"],
  ],
  chmod: [
    NO_ACCESS,
    [/^invalid mode: /, 'invalid mode '],
    [/^changing permissions of '(.*)': /, '$1: '],
    [/^cannot operate on dangling symlink '(.*)'$/, '$1: No such file or directory'],
    [/^mode of '(.*)' changed from \S+ \(\S+\) to /, "mode of '$1' changed to "],
    [/^mode of '(.*)' retained as /, "mode of '$1' retained as "],
  ],
  chgrp: [NO_ACCESS, [/^invalid group: '(.*)'$/, 'unknown group $1'], [/^changing \w+ of '(.*)': /, '$1: ']],
  chown: [
    NO_ACCESS,
    [/^invalid user: '(.*)'$/, 'unknown user $1'],
    [/^invalid group: '.*:(.*)'$/, 'unknown group $1'],
    [/^changing \w+ of '(.*)': /, '$1: '],
  ],
  cksum: CHECKSUM,
  cmp: [[/^EOF on (\S+) .*$/, 'EOF on $1']],
  cp: [
    [/^-r not specified; /, ''],
    [/^cannot stat '(.*\/)': Not a directory$/, "can't stat '$1': Path has non-directory component"],
    [/^cannot stat '/, "can't stat '"],
    [/^cannot create (?:regular file|directory) '/, "can't create '"],
    [/^cannot open '(.*)' for reading: /, "can't open '$1': "],
    [/^cannot copy a directory, '.*', into itself, '(.*)'$/, "recursion detected, omitting directory '$1'"],
  ],
  cut: [
    [
      /^you must specify a list of bytes, characters, or fields$/,
      'expected a list of bytes, characters, or fields',
    ],
  ],
  date: [[/^(.*): (No such file.*)$/, "can't stat '$1': $2"]],
  dd: [
    [/^failed to open '/, "can't open '"],
    NUMBER,
    [/^invalid conversion: '(.*)'$/, "invalid argument '$1' to 'conv'"],
    [/^invalid input flag: '(.*)'$/, "invalid argument '$1' to 'iflag'"],
    [/^invalid output flag: '(.*)'$/, "invalid argument '$1' to 'oflag'"],
    [/^invalid status level: '(.*)'$/, "invalid argument '$1' to 'status'"],
    [/^.*: cannot skip to specified offset$/, ''],
  ],
  df: [[/^(.*): No such file or directory$/, "$1: can't find mount point"]],
  diff: [[/^(.*): No such file or directory$/, "can't stat '$1': No such file or directory"]],
  dmesg: [[/^read kernel buffer failed: /, 'klogctl: ']],
  du: [NO_ACCESS],
  env: [[/^'(.*)': /, "can't execute '$1': "]],
  expr: [
    [/^syntax error.*$/, 'syntax error'],
    [/^non-integer argument$/, 'non-numeric argument'],
  ],
  find: [
    [/^'(.*)': (No such file or directory|Permission denied)$/, '$1: $2'],
    [/^unknown predicate `(.*)'$/, 'unrecognized: $1'],
    [/^missing argument to `(.*)'$/, '$1 requires an argument'],
    [/^Unknown argument to -type: (.*)$/, "invalid argument '$1' to '-type'"],
    [/^invalid argument `(.*)' to `-\w+'$/, "invalid number '$1'"],
    [/^'(.*)' is not the name of a known user$/, 'unknown user $1'],
    [/^'(.*)' is not the name of an existing group$/, 'unknown group $1'],
    [/^expected an expression .*$/, "unpaired '('"],
  ],
  gunzip: [[/^(.*): unknown suffix -- ignored$/, '$1: unknown suffix - ignored']],
  head: [
    [/^cannot open '(.*)' for reading: /, '$1: '],
    [/^error reading '(.*)': Is a directory$/, '$1: Input/output error'],
    NUMBER,
  ],
  id: [[/^'(.*)': no such user$/, 'unknown user $1']],
  groups: [[/^'(.*)': no such user$/, 'unknown user $1']],
  install: [
    [/^cannot stat '/, "can't stat '"],
    [/^cannot create regular file '/, "can't create '"],
  ],
  ln: [
    [/^failed to create (?:symbolic|hard) link '(?:\.\/)?(.*?)'(?: => '.*')?: /, '$1: '],
    [/^failed to access '(.*)': /, '$1: '],
    [/^(.*): hard link not allowed for directory$/, '$1: Operation not permitted'],
  ],
  link: [[/^cannot create (?:hard )?link '(.*)' to '(.*)': /, "can't create hardlink '$1' to '$2': "]],
  ls: [NO_ACCESS, [/^cannot open directory '(.*)': /, "can't open '$1': "]],
  md5sum: CHECKSUM,
  hostname: [[/^you must be root to change the host name$/, 'sethostname: Operation not permitted']],
  hexdump: [[/^all input file arguments failed$/, '']],
  mkdir: [
    [/^cannot create directory '/, "can't create directory '"],
    [/^created directory '(.*)'$/, "created directory: '$1'"],
  ],
  mkfifo: [[/^cannot create fifo '(.*)': /, '$1: ']],
  mktemp: [
    [/^failed to create .* via template '.*': /, '(null): '],
    [/^too few X's in template .*$/, '(null): Invalid argument'],
  ],
  mv: [
    [/^cannot stat '/, "can't rename '"],
    [/^cannot move '(.*?)' to a subdirectory of itself.*$/, "can't rename '$1': Invalid argument"],
    [/^cannot move '(.*?)' to '.*?': /, "can't rename '$1': "],
  ],
  nl: [[/^(.*): (No such file.*)$/, '$1: $2']],
  realpath: [],
  rev: [[/^cannot open (.*): /, '$1: ']],
  rm: [
    [/^refusing to remove '\.' or '\.\.' .*$/, "can't remove '.' or '..'"],
    [/^cannot remove '(?:.*\/)?\.\.?': Is a directory$/, "can't remove '.' or '..'"],
    [/^cannot remove '(.*)': Is a directory$/, "'$1' is a directory"],
    [/^cannot remove '(.*)': Not a directory$/, "can't stat '$1': Not a directory"],
    [/^cannot remove '/, "can't remove '"],
    [/^remove (?:[a-z -]+ )?'(.*)'\? $/, "remove '$1'? "],
    [/^descend into .*directory '(.*)'\? $/, "descend into directory '$1'? "],
  ],
  rmdir: [[/^failed to remove (?:directory )?'/, "'"]],
  sed: [
    [/^can't read (.*): /, '$1: '],
    [/^.*unterminated `[sy]' command$/, "unmatched '/'"],
    [/^.*unknown command: `(.*)'$/, 'unsupported command $1'],
    [/^.*unmatched `\{'$/, 'unterminated {'],
    [/^.*can't find label for jump to `(.*)'$/, "can't find label for jump to '$1'"],
  ],
  sha1sum: CHECKSUM,
  sha256sum: CHECKSUM,
  sha512sum: CHECKSUM,
  sleep: [[/^invalid time interval '(.*)'$/, "invalid number '$1'"]],
  sort: [[/^cannot read: /, '']],
  stat: [
    [/^cannot statx? '/, "can't stat '"],
    [/^cannot read file system information for '/, "can't read file system information for '"],
  ],
  sync: [[/^error opening '/, "can't open '"]],
  su: [
    [/^user (\S+) does not exist.*$/, 'unknown user $1'],
    [/^cannot set groups: /, "can't set groups: "],
    [/^cannot set group id: /, 'setgid: '],
    [/^cannot set user id: /, 'setuid: '],
  ],
  strings: [[/^'(.*)': No such file$/, '$1: No such file or directory']],
  tac: [[/^failed to open '(.*)' for reading: /, '$1: ']],
  tail: [CANNOT_READ, [/^error reading '.*': /, 'read error: ']],
  tar: [
    [/^(.*): Cannot open: No such file or directory$/, "can't open '$1': No such file or directory"],
    [/^(.*): Cannot stat: /, '$1: '],
    [/^(.*): Not found in archive$/, '$1: not found in archive'],
    [/^Error is not recoverable: exiting now$/, ''],
    [/^Exiting with failure status due to previous errors$/, 'error exit delayed from previous errors'],
  ],
  timeout: [
    [/^invalid time interval '(.*)'$/, "invalid number '$1'"],
    [/^failed to run command '(.*)': /, "can't execute '$1': "],
    [/^'(.*)': invalid signal$/, "invalid signal '$1'"],
  ],
  touch: [
    [/^(?:cannot touch|setting times of) '(.*)': /, '$1: '],
    [/^invalid date format '(.*)'$/, "invalid date '$1'"],
    [/^failed to get attributes of '/, "can't stat '"],
  ],
  truncate: [[/^cannot open '(.*)' for writing: /, '$1: open: '], NUMBER],
  umount: [
    [/^(.*): no mount point specified\.$/, "can't unmount $1: No such file or directory"],
    [/^(.*): not mounted\.$/, "can't unmount $1: Invalid argument"],
    [/^(.*): target is busy\.$/, "can't unmount $1: Device or resource busy"],
    [/^(.*): must be superuser to unmount\.$/, "can't unmount $1: Operation not permitted"],
  ],
  uniq: [[/^(.*): (No such file.*)$/, "can't open '$1': $2"]],
  unlink: [[/^cannot unlink '/, "can't remove file '"]],
  zcat: [[/^(.*)\.gz: (No such file.*)$/, '$1: $2']],
};

/** The error texts of musl that are others than glibc's. */
export const muslErrors: Partial<Record<Errno, string>> = {
  EBUSY: 'Resource busy',
  EXDEV: 'Cross-device link',
  ELOOP: 'Symbolic link loop',
  ENAMETOOLONG: 'Filename too long',
  EMFILE: 'No file descriptors available',
  ENOTTY: 'Not a tty',
  EINVAL: 'Invalid argument',
  EIO: 'I/O error',
  ESPIPE: 'Invalid seek',
  ERANGE: 'Result not representable',
  EOPNOTSUPP: 'Not supported',
  ENOMEM: 'Out of memory',
  ECHILD: 'No child process',
  ECONNREFUSED: 'Connection refused',
};

/** musl's getopt says it shorter. */
export const muslOptions: readonly Rewording[] = [
  [/^invalid option -- '(.)'$/, 'unrecognized option: $1'],
  [/^unrecognized option '--?(.*)'$/, 'unrecognized option: $1'],
  [/^option requires an argument -- '(.)'$/, 'option requires an argument: $1'],
  [/^option '--(.*)' requires an argument$/, 'option requires an argument: $1'],
  [/^option '--(.*)' doesn't allow an argument$/, 'option does not take an argument: $1'],
  [/^option '--(.*)' is ambiguous.*$/, 'option is ambiguous: $1'],
];
