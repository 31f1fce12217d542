// overlayfs(5) and cowsh(7): what there is to see here, and what to type to see it.
// After the kernel's Documentation/filesystems/overlayfs.rst, in cowsh's own words.

import type { ManualPage } from './manual-page.ts';

const overlayfs: ManualPage = {
  name: 'overlayfs',
  section: '5',
  about: 'a filesystem that shows several directories as one',
  synopsis: 'mount -t overlay overlay -o lowerdir=LOWER[:LOWER...][,upperdir=UPPER,workdir=WORK] MERGED',
  parts: {
    DESCRIPTION: `An overlay has one upper layer, which is written to, and lower layers, which are never changed. Layers are plain directories. The examples below are typed as root, in an empty directory, one after the other:

    mkdir -p low/d up work all; echo low >low/f; echo x >low/d/x
    mount -t overlay overlay -o lowerdir=low,upperdir=up,workdir=work all`,
    LOOKUP: `A name is looked for in the upper layer, then in each lower one from the left to the right. The first that has it decides, unless it is a directory.

    cat all/f; ls up`,
    MERGE: `A directory that several layers have is one directory with the names of all. Directories alone merge: a file hides whatever has its name below.

    echo y >all/d/y; ls low/d up/d all/d`,
    'COPY-UP': `The first change of a lower file copies it to the upper layer, whole, with owner, mode, times and attributes; the change is made there. Parents are copied before it. Reading copies nothing.

    echo more >>all/f; cat low/f; cat up/f`,
    WHITEOUT: `Removing what a lower layer has puts a whiteout into the upper one: a character device with the numbers 0/0, or an empty file with the attribute trusted.overlay.whiteout.

    rm all/f; ls -l up`,
    OPAQUE: `A directory made where a whiteout was carries trusted.overlay.opaque=y: nothing below it is merged.

    rm -r all/d; mkdir all/d; ls all/d; getfattr -d -m - up/d`,
    REDIRECT: `Renaming a directory that has a lower part answers EXDEV, and mv copies. With the option redirect_dir=on the upper directory gets trusted.overlay.redirect instead, which names its lower part.

    umount all; rm -r up work; mkdir up work
    mount -t overlay overlay -o redirect_dir=on,metacopy=on,index=on \\
      -o lowerdir=low,upperdir=up,workdir=work all
    mv all/d all/e; getfattr -d -m - up/e`,
    METACOPY: `With metacopy=on a change of mode, owner or times copies the inode alone; trusted.overlay.metacopy says that the data is below still. The data follows with the first opening for writing.

    chmod 600 all/f; getfattr -d -m - up/f`,
    INDEX: `With index=on the directory index below workdir remembers which lower inode was copied up, so that hard links of a lower file stay one file.

    ls work/index`,
    'SEE ALSO': 'open(2), rename(2), unlink(2), mount(2), getfattr(1), cowsh(7)',
  },
};

const cowsh: ManualPage = {
  name: 'cowsh',
  section: '7',
  about: 'a Linux host with Docker, to see copy-on-write in',
  synopsis: 'cowsh',
  parts: {
    DESCRIPTION:
      'Everything here is simulated: kernel, files, processes, Docker. Nothing leaves it and nothing is kept from you. Images and containers lie as plain directories below /var/lib/docker, and what is copied when can be looked at step by step.',
    'TO LOOK AT': `    docker run -d --name box ubuntu:20.04 tail -f /dev/null
    docker exec box sh -c 'echo hello >>/etc/issue'
    docker diff box            what the container changed
    docker inspect box         where its layers are (GraphDriver)
    strace mv A B              which calls a program makes
    mount -t overlay           which unions are mounted
    unshare -m                 a mount table of your own`,
    'THE MANUAL': `    man PROGRAM                every program, docker-run and its like too
    man 2 CALL                 what a system call does on an overlay
    man 5 overlayfs            lookup, copy-up, whiteout and the rest
    man -k WORD                pages about a word`,
    'SEE ALSO': 'help(1), man(1), docker(1), overlayfs(5)',
  },
};

export const topicPages: readonly ManualPage[] = [overlayfs, cowsh];
