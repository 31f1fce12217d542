// What --help prints.

import { ownScenarios } from '../scenarios/catalogue.ts';

export const usage =
  (): string => `Usage: cowsh [--trace FILE]                    open the sandbox, full screen
       cowsh play [--auto] FILE.md             walk through a document, command by command
       cowsh test FILE.md...                   run documents, compare with the output they promise
       cowsh record FILE.md -o OUT.cast        write a document being played as an asciicast
       cowsh -c 'SCRIPT' [NAME [ARG...]]       run a script without a screen
       cowsh FILE.sh [ARG...]
       cowsh < SCRIPT

A simulated Linux host with Docker on OverlayFS, in which every layer can be watched while commands change it.
Nothing reaches the real machine: each run starts from the same fresh host, as root when there is no screen.

  -c 'SCRIPT'          like sh -c: NAME is $0, the ARGs are $1, $2, ...; streams and exit status pass through
      --auto           play without waiting for keys
  -o, --output FILE    where record writes
      --size CxR       the size of the recorded screen, 120x34 unless told
      --storage-driver NAME
                       how Docker keeps layers: overlay2 unless told, or
                       overlayfs, aufs, btrfs, vfs, zfs
      --load FILE.tar  put the images of an archive into the machine, as docker load does; may be given again
      --save IMAGE=FILE.tar
                       write an image out when all is done, as docker save does; may be given again
      --trace FILE     write every system call and every step of the union below it, as lines of JSON
  -h, --help           this text
  -V, --version        the version

FILE.md may also be the name of a scenario of cowsh's own:
${ownScenarios.map(({ name }) => `  ${name}`).join('\n')}

Exit status: that of the script; otherwise 0, 1 (a document did not do what it promises), 2 (wrong use),
130 (interrupted).
`;
