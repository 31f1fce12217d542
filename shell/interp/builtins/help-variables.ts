// What `help` tells about builtins that work with values: variables, parameters, options, text and tests.
import { LISTED, type Telling } from './help-telling.ts';

const DECLARING = `  -a  make each NAME an array with numbered elements
  -A  make each NAME an array with named elements
  -f  speak of functions, with their bodies
  -F  speak of functions, by name only
  -g  act on global variables from inside a function
  -i  reckon values as arithmetic when they are assigned
  -I  a local NAME takes over attributes and value from outside
  -l  turn values to lower case when they are assigned
  -n  make NAME another name of the variable that its value names
  -p  print attributes and value of each NAME
  -r  forbid changes
  -t  let functions inherit DEBUG and RETURN traps
  -u  turn values to upper case when they are assigned
  -x  hand NAME to programs in their environment

A + instead of - takes the attribute away. In a function NAME becomes
local to it, unless -g is given.`;

const TESTING = `Files:
  -e FILE, -f FILE, -d FILE  exists; is a regular file; is a directory
  -b -c -p -S -L -h  is a block or character device, a pipe, a socket, a
                     symbolic link (two ways to write it)
  -r -w -x -s  may be read, written, run; is not empty
  -u -g -k -O -G -N  is set-user-ID, set-group-ID, sticky; is yours, is your
                     group's; was changed after it was last read
  -t FD  the descriptor is a terminal
  F1 -nt F2, F1 -ot F2, F1 -ef F2  is newer; is older; is the same file

Strings:
  -z S, -n S  is empty; is not
  S1 = S2, S1 != S2, S1 < S2, S1 > S2  compare

Numbers:
  N1 -eq -ne -lt -le -gt -ge N2  compare

Others:
  -o OPTION  the shell's option is on
  -v NAME, -R NAME  the variable is set; is a reference
  ! E, E1 -a E2, E1 -o E2, ( E )  not, and, or, grouping`;

const MAPPING = `Lines go to the array, MAPFILE when none is named.

  -d delim  lines end at DELIM instead of at a newline
  -n count  take at most COUNT lines; 0 means all
  -O origin  begin at element ORIGIN and keep what the array holds
  -s count  leave out the first COUNT lines
  -t  cut the delimiter off
  -u fd  read from descriptor FD
  -C callback  run this each time QUANTUM lines were read
  -c quantum  how many lines that is`;

export const variablesHelp = {
  '[': [
    'Test an expression.',
    'The same as `test`, with a last argument `]`.',
    '0 when true, 1 when false, 2 when it is no expression.',
  ],
  alias: [
    'Set or show aliases.',
    `Each NAME=VALUE makes an alias, each NAME alone shows one; without any, all
are shown. A value that ends in a blank lets the next word be an alias too.

  -p  show all as commands that would make them`,
    'Zero, unless a NAME has no alias.',
  ],
  declare: ['Set values and attributes of variables.', DECLARING, LISTED],
  echo: [
    'Write arguments.',
    `Separated by spaces and ended by a newline.

  -n  no newline at the end
  -e  read escapes: \\a \\b \\c (end here) \\e \\f \\n \\r \\t \\v \\\\ \\0NNN \\xHH
      \\uHHHH \\UHHHHHHHH
  -E  read none: the default`,
    'Zero, unless writing fails.',
  ],
  enable: [
    'Switch builtins on and off.',
    `  -a  list all, and whether they are on
  -n  switch off; list those that are off
  -p  list them: what happens without NAMEs
  -s  only POSIX's special ones
  -f filename, -d  load from a file, and drop again`,
    LISTED,
  ],
  export: [
    'Hand variables to programs.',
    `  -f  speak of functions
  -n  do not hand it on any more
  -p  list what is handed on`,
    LISTED,
  ],
  getopts: [
    'Take options apart, one a call.',
    `OPTSTRING holds the letters, with a colon after each that takes an argument.
NAME gets the letter, OPTARG the argument, OPTIND the place of the next word.
A colon in front, or OPTERR=0, keeps it from complaining.`,
    'Zero, until there are no more options.',
  ],
  let: [
    'Reckon arithmetic expressions.',
    `In whole numbers of 64 bits. What binds tightest comes first:

  id++ id--  ++id --id  + - (signs)  ! ~  **
  * / %  + -  << >>  <= >= < >  == !=
  &  ^  |  &&  ||  expr ? expr : expr
  = *= /= %= += -= <<= >>= &= ^= |=  and the comma`,
    '1 when the last result is 0, otherwise 0.',
  ],
  local: [
    'Make variables local to a function.',
    'OPTION is any of those of `declare`.',
    'Zero, unless no function runs or a NAME is refused.',
  ],
  mapfile: ['Read lines into an array.', MAPPING, LISTED],
  printf: [
    'Write arguments in a format.',
    `The format is used again as long as ARGUMENTS are left. Besides those of
printf(3) there are:

  %b  with escapes, as echo -e reads them
  %q, %Q  quoted for the shell; %Q cuts to the precision first
  %(fmt)T  a time as of strftime(3); -1 is now, -2 the start of the shell

  -v var  into a variable instead of to the output`,
    LISTED,
  ],
  read: [
    'Read a line and split it into variables.',
    `At the characters of IFS; the last NAME gets the rest, REPLY the whole line
when there is no NAME.

  -a array  put the words into an array
  -d delim  read to DELIM instead of to a newline
  -e  read with the line editor
  -i text  what stands in the editor at first
  -n nchars  read at most so many characters
  -N nchars  read exactly so many, whatever they are
  -p prompt  print this first, at a terminal
  -r  take backslashes as they are
  -s  do not show what is typed
  -t timeout  give up after so many seconds
  -u fd  read from descriptor FD`,
    'Zero, unless the input ends, time runs out or a NAME is refused.',
  ],
  readarray: ['Read lines into an array.', MAPPING, LISTED],
  readonly: [
    'Forbid changes of variables.',
    `  -a, -A  of arrays with numbered, with named elements
  -f  of functions
  -p  list what may not be changed`,
    LISTED,
  ],
  set: [
    'Set options of the shell and positional parameters.',
    `  -a  hand all variables that are set to programs
  -b  tell at once when a job ends
  -e  end the shell when a command fails
  -f  no file names from patterns
  -h  remember where programs lie
  -k  take assignments anywhere in a command
  -m  job control
  -n  read, but run nothing
  -p  privileged: trust nothing that comes from the environment
  -t  end after one command
  -u  an unset variable is an error
  -v  print lines as they are read
  -x  print commands as they are run
  -B  expand braces
  -C  > does not overwrite files
  -E, -T  functions inherit ERR, DEBUG and RETURN traps
  -H  expand ! from the history
  -P  do not go through symbolic links
  -o option-name  by name; alone it lists them all

+ instead of - switches off. ARGs become the positional parameters; -- makes
sure of that.`,
    LISTED,
  ],
  shift: [
    'Drop positional parameters.',
    'The first N, 1 when left out.',
    'Zero, unless N is negative or larger than $#.',
  ],
  shopt: [
    'Set options of bash.',
    `  -o  speak of the options of \`set -o\`
  -p  list as commands
  -q  print nothing
  -s, -u  switch on, off`,
    'Zero, when all OPTNAMEs are on.',
  ],
  test: ['Test an expression.', TESTING, '0 when true, 1 when false, 2 when it is no expression.'],
  typeset: [
    'Set values and attributes of variables.',
    `The same as \`declare\`.

${DECLARING}`,
    LISTED,
  ],
  unalias: ['Drop aliases.', '  -a  all of them', 'Zero, unless a NAME has no alias.'],
  unset: [
    'Drop variables and functions.',
    `  -f  functions
  -v  variables
  -n  the reference itself, not what it stands for

Without an option a variable first, then a function.`,
    LISTED,
  ],
} satisfies Readonly<Record<string, Telling>>;
