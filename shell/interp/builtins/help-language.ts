// What `help` tells about keywords, grouping and the variables that the shell knows.
import { LAST, type Telling } from './help-telling.ts';

export const languageHelp = {
  '%': [
    'Bring a job to the front.',
    'The same as `fg JOB_SPEC`; with & as `bg JOB_SPEC`.',
    'That of the job.',
  ],
  '(( ... ))': [
    'Reckon an arithmetic expression.',
    'The same as `let "EXPRESSION"`.',
    '1 when the result is 0, otherwise 0.',
  ],
  '[[ ... ]]': [
    'Test an expression, as a part of the language.',
    `The tests are those of \`test\`, but words are neither split nor expanded to
files, and these are added:
  S == PATTERN, S != PATTERN  the string matches the pattern, or does not
  S =~ REGEX  it matches the regular expression; BASH_REMATCH gets the parts
  E1 && E2, E1 || E2  and, or; the second is reckoned only where needed`,
    '0 when true, 1 when false, 2 when it is no expression.',
  ],
  case: [
    'Run the commands of the first pattern that matches.',
    `\`;;\` ends the list, \`;&\` goes on with the next list, \`;;&\` with the next
pattern that matches.`,
    LAST,
  ],
  coproc: [
    'Start a command with pipes to and from it.',
    'The array NAME, COPROC when left out, gets the two descriptors: 0 reads, 1 writes.',
    'Zero.',
  ],
  for: ['Run commands for each word.', 'Without `in WORDS` for each positional parameter.', LAST],
  'for ((': [
    'Run commands while a reckoned condition holds.',
    'EXP1 is reckoned first, EXP2 before each round, EXP3 after each.',
    LAST,
  ],
  function: [
    'Define a function.',
    'Its arguments are the positional parameters while it runs, FUNCNAME its name.',
    'Zero, unless NAME may not be changed.',
  ],
  if: [
    'Run commands on a condition.',
    'A condition holds when its last command gives zero.',
    `${LAST} Zero when no condition held.`,
  ],
  select: [
    'Let somebody choose from a menu.',
    `WORDS are numbered and shown; NAME gets the one chosen, REPLY what was typed.
The loop goes on until the input ends or \`break\`.`,
    LAST,
  ],
  time: [
    'Tell how long a pipeline took.',
    `In all, in programs and in the kernel; TIMEFORMAT says how it is written.

  -p  as POSIX writes it`,
    'That of the pipeline.',
  ],
  until: ['Run commands until others succeed.', '', LAST],
  variables: [
    'Variables that mean something to the shell.',
    `  BASH_VERSION  the version of this shell
  CDPATH  where \`cd\` looks for directories
  COLUMNS, LINES  the size of the screen
  HISTFILE, HISTSIZE, HISTFILESIZE, HISTCONTROL, HISTIGNORE, HISTTIMEFORMAT
      where the history is kept, how much of it, what is left out, how times
      are shown
  HOME  where \`cd\` goes
  IFS  what splits words
  MAILCHECK, MAILPATH  where to look for mail, and how often
  OPTARG, OPTIND, OPTERR  what \`getopts\` leaves and reads
  PATH  where programs are looked for
  PROMPT_COMMAND  what is run before each prompt
  PS0, PS1, PS2, PS3, PS4  prompts: before a command runs, first, for more
      lines, of \`select\`, of \`set -x\`
  PWD, OLDPWD  this directory and the one before
  RANDOM, SRANDOM, SECONDS, EPOCHSECONDS  numbers by chance and by the clock
  SHELLOPTS, BASHOPTS  options that are on
  TIMEFORMAT  what \`time\` prints
  TMOUT  seconds until \`read\` or a prompt gives up`,
  ],
  while: ['Run commands as long as others succeed.', '', LAST],
  '{ ... }': ['Make one command of several.', 'Redirections then hold for all of them.', LAST],
} satisfies Readonly<Record<string, Telling>>;
