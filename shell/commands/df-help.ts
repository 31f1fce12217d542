// The help text of df.

export const dfHelp = `Usage: df [OPTION]... [FILE]...
Show the space on the file systems that FILEs are on, or on all of them.

  -a, --all             file systems without space of their own too
  -B, --block-size=SIZE  count in units of SIZE
  -h, --human-readable  sizes like 1K 234M 2G
  -H, --si              the same in powers of 1000
  -i, --inodes          inodes, not space
  -k                    the same as --block-size=1K
  -l, --local           local file systems alone (all are)
      --no-sync         do not sync first (default)
      --output[=FIELDS]  columns: source, fstype, itotal, iused, iavail,
                          ipcent, size, used, avail, pcent, file, target
  -P, --portability     headings as POSIX has them
      --sync            sync first
      --total           a total at the end
  -t, --type=TYPE       file systems of this type alone
  -T, --print-type      a column with the type
  -x, --exclude-type=TYPE  not those of this type
  -v                    (does nothing)
      --help        display this help and exit
      --version     output version information and exit
`;
