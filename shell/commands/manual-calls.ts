// Section 2 of the manual: what each call that changes files does, and what it does on an overlay.
// After the kernel's Documentation/filesystems/overlayfs.rst, in cowsh's own words.

import type { ManualPage } from './manual-page.ts';

/** Name → one line, prototype, what it does, what it does on an overlay, a command that makes it. */
const CALLS: Readonly<Record<string, readonly [string, string, string, string, string]>> = {
  open: [
    'open or create a file',
    'int open(const char *path, int flags, mode_t mode);',
    'Gives a descriptor for the file. O_RDONLY, O_WRONLY or O_RDWR say what it is for; O_CREAT makes a file that is not there, O_TRUNC empties it, O_APPEND writes at its end, O_EXCL refuses one that is there.',
    'Opening for reading opens the topmost file of that name, whichever layer it lies in. Opening a lower file for writing copies it up first, the whole of it, even when nothing is written afterwards; with O_TRUNC the data stays behind. A descriptor that was opened for reading before the copy-up goes on showing the lower file. A new file is made in the upper layer.',
    'echo one >>FILE',
  ],
  rename: [
    'change the name or place of a file',
    'int rename(const char *from, const char *to);',
    'Moves a name in one step; what had the new name is gone. Both must be on the same mount, else the error is EXDEV.',
    'A lower file is copied up first, then the upper one is renamed, and a whiteout stays at the old name. A directory that has a lower part answers EXDEV unless the mount has redirect_dir=on; mv then copies the tree and removes the old one. With redirect_dir=on the directory gets trusted.overlay.redirect, which tells where its lower part is.',
    'mv FROM TO',
  ],
  unlink: [
    'remove a name',
    'int unlink(const char *path);',
    'Removes the name; the file itself goes with its last name and its last open descriptor.',
    'An upper file is removed. Where a lower layer has the name too, a whiteout takes its place: a character device 0/0 in the upper layer. Nothing is freed in the lower layer.',
    'rm FILE',
  ],
  rmdir: [
    'remove an empty directory',
    'int rmdir(const char *path);',
    'Removes a directory with nothing in it; else the error is ENOTEMPTY.',
    'What counts is the merged view: whiteouts in the upper directory do not make it full, and they go with it. A whiteout hides a lower directory of that name.',
    'rmdir DIR',
  ],
  mkdir: [
    'make a directory',
    'int mkdir(const char *path, mode_t mode);',
    'Makes an empty directory, its mode less the umask.',
    'It is made in the upper layer, and its parents are copied up if they were lower only. Where a whiteout had the name, the new directory is opaque (trusted.overlay.opaque=y): what the lower one held stays hidden.',
    'mkdir DIR',
  ],
  link: [
    'give a file another name',
    'int link(const char *old, const char *new);',
    'Both names mean the same inode afterwards. Not for directories, not across mounts.',
    'A lower file is copied up first. Without index=on, names that shared a lower inode part when one of them is copied up.',
    'ln FILE NAME',
  ],
  symlink: [
    'make a symbolic link',
    'int symlink(const char *target, const char *path);',
    'Makes a file that holds a path. The target need not be there.',
    'It is made in the upper layer. A link that is followed goes through the merged view, never through one layer.',
    'ln -s TARGET NAME',
  ],
  mknod: [
    'make a device, a pipe or a file',
    'int mknod(const char *path, mode_t mode, dev_t dev);',
    'Makes a special file; devices are for root.',
    'A character device 0/0 in a layer is a whiteout. Through the mount itself it cannot be made: the error is EPERM.',
    'mknod NAME c 0 0',
  ],
  chmod: [
    'change the mode of a file',
    'int chmod(const char *path, mode_t mode);',
    'Sets the permission bits.',
    'A lower file is copied up first, with its data: one bit may cost gigabytes. With metacopy=on only the inode goes up, and trusted.overlay.metacopy says that the data is still below.',
    'chmod 600 FILE',
  ],
  chown: [
    'change the owner of a file',
    'int chown(const char *path, uid_t owner, gid_t group);',
    'Sets owner and group; -1 keeps one.',
    'As with chmod(2), a lower file is copied up first. A RUN chown -R in a Dockerfile stores every file a second time for that reason.',
    'chown 1000 FILE',
  ],
  truncate: [
    'set the length of a file',
    'int truncate(const char *path, off_t length);',
    'Cuts the file off, or makes it longer with a hole.',
    'A lower file is copied up first.',
    'truncate -s 10 FILE',
  ],
  utimensat: [
    'set the times of a file',
    'int utimensat(int dir, const char *path, const struct timespec times[2], int flags);',
    'Sets the time of last access and of last modification.',
    'A lower file is copied up first: touch alone does that.',
    'touch FILE',
  ],
  setxattr: [
    'set an extended attribute',
    'int setxattr(const char *path, const char *name, const void *value, size_t size, int flags);',
    'Stores a value with the file. Names begin with user., trusted. or security.; trusted. is for root.',
    'A lower file is copied up first. Names that begin with trusted.overlay. are the filesystem’s own: set in a layer they mean something, through the mount they are not to be seen.',
    'setfattr -n user.k -v v FILE',
  ],
  stat: [
    'tell about a file',
    'int stat(const char *path, struct stat *about);',
    'Tells type, mode, owner, size, times, inode and device. lstat does not follow a last symbolic link.',
    'Nothing is copied. Where all layers lie on one filesystem, the inode number of a file stays the same when it is copied up, since the upper file remembers its origin (trusted.overlay.origin).',
    'stat FILE',
  ],
  getdents64: [
    'list a directory',
    'ssize_t getdents64(int fd, void *entries, size_t size);',
    'Gives the names in a directory, some at a time; readdir(3) is made of it.',
    'A directory in several layers is merged: the names of the topmost layer first, then those below that nothing above hides. Whiteouts are not shown. An opaque directory ends the search.',
    'ls DIR',
  ],
  mount: [
    'attach a filesystem',
    'int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *options);',
    'Puts a filesystem on a directory of this mount namespace. What was in the directory is hidden until umount(2).',
    'The options lowerdir=A:B (A on top), upperdir= and workdir= name the layers; overlayfs(5) tells the others. Without an upperdir the mount is read-only. upperdir and workdir must lie on the same mount. Changing a layer while it is mounted is undefined.',
    'mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m',
  ],
  unmount: [
    'detach a filesystem',
    'int umount2(const char *target, int flags);',
    'Takes the topmost mount off a directory; EBUSY while something in it is open or someone’s working directory.',
    'The layers stay as they are: everything that was changed lies in upperdir, and a later mount of the same layers shows it again.',
    'umount DIR',
  ],
  chroot: [
    'change the root directory',
    'int chroot(const char *path);',
    'Paths that begin with / begin there from now on, for this process and its children.',
    'A container’s root is the merged directory of an overlay; docker exec begins there.',
    'chroot DIR COMMAND',
  ],
  unshare: [
    'part from what is shared',
    'int unshare(int flags);',
    'With CLONE_NEWNS the process gets its own copy of the mount table: mounts made afterwards are seen by it and its children alone.',
    'Every container has such a table; its overlay is the root in it.',
    'unshare -m',
  ],
};

const ALIASES: Readonly<Record<string, string>> = {
  creat: 'open',
  openat: 'open',
  renameat2: 'rename',
  fchmod: 'chmod',
  fchown: 'chown',
  lstat: 'stat',
  umount: 'unmount',
  umount2: 'unmount',
  getdents: 'getdents64',
};

export const callPages = (): ManualPage[] =>
  [...Object.keys(CALLS), ...Object.keys(ALIASES)].flatMap(callPage);

const callPage = (name: string): ManualPage[] => {
  const call = CALLS[ALIASES[name] ?? name];
  if (call === undefined) return [];
  const [about, synopsis, does, overlay, example] = call;
  return [
    {
      name,
      section: '2',
      about,
      synopsis,
      parts: {
        DESCRIPTION: does,
        'ON AN OVERLAY': overlay,
        'IN THE TRACE': `    strace ${example}\n\nshows the call and its result; the panes of cowsh show what it did to the layers.`,
        'SEE ALSO': 'overlayfs(5), strace(1), cowsh(7)',
      },
    },
  ];
};
