// What the awks say about themselves.

import type { DialectName } from './dialect.ts';

export const mawkHelp = `Usage: mawk [Options] [Program] [file ...]
Run a program in the AWK language over the records of the files.

Program:
    Text between quotes, or with -f in a file. Without -f a "--" ends the
    options, and the word after them is the program.

Options:
    -f program-file  read the program from program-file
    -F value         the field separator, FS
    -v var=value     set a variable before the program starts
    -W version       show version information and exit
    -W help          show this message and exit
    --               end of the options
`;

export const gawkHelp = `Usage: gawk [POSIX or GNU style options] -f progfile [--] file ...
Usage: gawk [POSIX or GNU style options] [--] 'program' file ...
Run a program in the AWK language, with GNU's additions, over the records of the files.

POSIX options:		GNU long options: (standard)
	-f progfile		--file=progfile
	-F fs			--field-separator=fs
	-v var=val		--assign=var=val
Short options:		GNU long options: (extensions)
	-h			--help
	-V			--version
`;

export const VERSIONS: Readonly<Record<DialectName, string>> = {
  mawk: 'mawk 1.3.4 (cowsh, in its manner)\n',
  gawk: 'GNU Awk 5.2.1 (cowsh, in its manner)\n',
  busybox: '',
};
