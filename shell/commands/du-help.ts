// The help text of du.

export const duHelp = `Usage: du [OPTION]... [FILE]...
Add up the disk space that FILEs and directory trees use.

  -0, --null            a NUL after each line, no newline
  -a, --all             a line for each file, not for directories alone
      --apparent-size   sizes as ls has them, not the space on the disk
  -B, --block-size=SIZE  count in units of SIZE
  -b, --bytes           the same as --apparent-size --block-size=1
  -c, --total           a total at the end
  -D, --dereference-args  follow symbolic links that are operands
  -d, --max-depth=N     lines for N levels below the operands; 0 is -s
      --exclude=PATTERN  leave out what matches
      --files0-from=F   the names in F, each with a zero byte behind it
  -H                    the same as --dereference-args
  -h, --human-readable  sizes like 1K 234M 2G
      --inodes          count inodes, not space
  -k                    the same as --block-size=1K
  -L, --dereference     follow all symbolic links
  -l, --count-links     count a file again under each of its names
  -m                    the same as --block-size=1M
  -P, --no-dereference  follow no symbolic links (default)
  -S, --separate-dirs   directories without the directories below them
      --si              like -h in powers of 1000
  -s, --summarize       one line for each operand
  -t, --threshold=SIZE  leave out what is smaller than SIZE (negative: greater)
      --time[=WORD]     the time of the last change in each tree, or atime, ctime
      --time-style=STYLE  full-iso, long-iso, iso or +FORMAT
  -X, --exclude-from=FILE  leave out what matches a line of FILE
  -x, --one-file-system  stay on the file system of the operand
      --help        display this help and exit
      --version     output version information and exit
`;
