// The help text of ls.

export const lsHelp = `Usage: ls [OPTION]... [FILE]...
List FILEs, or what is in them where they are directories (default: here).
Sorted by name unless one of -cftuvSUX or --sort is given.

  -a, --all                  names that begin with . too
  -A, --almost-all           the same without . and ..
      --author               with -l, the author of each file
  -b, --escape               C escapes for characters that do not print
      --block-size=SIZE      with -l and -s, sizes in units of SIZE
  -B, --ignore-backups       not names that end in ~
  -c                         the time of the last status change; sort by it
                               unless -l is given
  -C                         in columns
      --color[=WHEN]         in colour: always (default), auto, never
  -d, --directory            directories themselves, not what is in them
  -D, --dired                with -l, where the names stand, for Emacs
  -f                         in directory order, all names, no colour
  -F, --classify             one of */=>@| behind names
      --file-type            the same without *
      --format=WORD          across -x, commas -m, horizontal -x, long -l,
                               single-column -1, verbose -l, vertical -C
      --full-time            like -l --time-style=full-iso
  -g                         like -l without the owner
      --group-directories-first
                             directories before files
  -G, --no-group             with -l, no group names
  -h, --human-readable       with -l and -s, sizes like 1K 234M 2G
      --hyperlink[=WHEN]     names are links to the files
      --si                   the same in powers of 1000
  -H, --dereference-command-line
                             follow symbolic links that are operands
      --dereference-command-line-symlink-to-dir
                             follow those that point to directories
      --hide=PATTERN         not names that match, unless -a or -A is given
      --indicator-style=WORD  none (default), slash -p, file-type, classify -F
  -i, --inode                the inode number of each file
  -I, --ignore=PATTERN       not names that match
  -k, --kibibytes            blocks of 1024 bytes
  -l                         in the long layout
  -L, --dereference          what symbolic links point to, not the links
  -m                         in lines, with commas between
  -n, --numeric-uid-gid      like -l with numbers for owner and group
  -N, --literal              names as they are
  -o                         like -l without the group
  -p, --indicator-style=slash
                             a / behind directories
  -q, --hide-control-chars   ? for characters that do not print
      --show-control-chars   such characters as they are
  -Q, --quote-name           names in double quotes
      --quoting-style=WORD   literal, shell, shell-always, shell-escape,
                               shell-escape-always, c, escape
  -r, --reverse              in reverse order
  -R, --recursive            what is in the directories below as well
  -s, --size                 the size of each file in blocks
  -S                         largest first
      --sort=WORD            none -U, size -S, time -t, version -v,
                               extension -X, width
      --time=WORD            which time: atime (access, use), ctime (status)
      --time-style=STYLE     full-iso, long-iso, iso, locale or +FORMAT
  -t                         newest first
  -T, --tabsize=COLS         tab stops every COLS columns, not 8
  -u                         the time of the last access; sort by it unless -l
  -U                         in directory order
  -v                         by version numbers within names
  -w, --width=COLS           lines of COLS columns; 0 is no limit
  -x                         in rows
  -X                         by the endings of names
      --zero                 a NUL after each name
  -1                         one name a line
  -Z, --context              security contexts
      --help        display this help and exit
      --version     output version information and exit

Exit status: 0 all well, 1 something below could not be listed, 2 an operand
could not.
`;
