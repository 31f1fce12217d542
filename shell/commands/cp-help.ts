// The help text of cp.

import { backupHelp } from './backup.ts';

export const cpHelp = `Usage: cp [OPTION]... [-T] SOURCE DEST
  or:  cp [OPTION]... SOURCE... DIRECTORY
  or:  cp [OPTION]... -t DIRECTORY SOURCE...
Copy SOURCE to DEST, or several SOURCEs into DIRECTORY.

  -a, --archive                the same as -dR --preserve=all
      --attributes-only        copy the attributes, not the data
${backupHelp}  -d                           the same as --no-dereference --preserve=links
  -f, --force                  where a destination cannot be opened, remove it
                                 and try again
  -i, --interactive            ask before overwriting (an earlier -n is off)
  -H                           follow symbolic links that are operands
  -l, --link                   make hard links, no copies
  -L, --dereference            follow all symbolic links in SOURCE
  -n, --no-clobber             overwrite nothing
  -P, --no-dereference         follow no symbolic links in SOURCE
  -p                           the same as --preserve=mode,ownership,timestamps
      --preserve[=ATTR_LIST]   keep these: mode, ownership, timestamps (the
                                 default), links, xattr, context, all
      --no-preserve=ATTR_LIST  do not keep these
      --parents                make the whole path of SOURCE below DIRECTORY
  -R, -r, --recursive          copy directories and all that is in them
      --reflink[=WHEN]         share blocks with the source: always, auto, never
      --remove-destination     remove each destination before opening it
      --sparse=WHEN            holes in the copy: auto, always, never
      --strip-trailing-slashes  take slashes from the ends of SOURCEs
  -s, --symbolic-link          make symbolic links, no copies
  -t, --target-directory=DIRECTORY  copy all SOURCEs into DIRECTORY
  -T, --no-target-directory    take DEST as a plain file
  -u, --update                 copy only where SOURCE is newer than the
                                 destination, or there is none
  -v, --verbose                say what is copied
  -x, --one-file-system        stay on the file system of SOURCE
      --help        display this help and exit
      --version     output version information and exit
`;
