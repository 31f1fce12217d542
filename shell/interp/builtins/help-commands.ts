// What `help` tells about builtins that run, find and steer commands and jobs.
import { LAST, LISTED, type Telling } from './help-telling.ts';

const COMPLETING = `  -a -b -c -d -e -f -g -j -k -s -u -v  offer aliases, builtins, commands,
      directories, exported variables, files, groups, jobs, keywords,
      services, users, variables
  -o option  how what is offered is treated: bashdefault, default, dirnames,
      filenames, noquote, nosort, nospace, plusdirs
  -A action  offer names of that kind
  -G globpat  offer the files that match
  -W wordlist  offer the words of the list
  -F function  ask a function, which fills COMPREPLY
  -C command  ask a command, by its output
  -X filterpat  leave out what matches
  -P prefix, -S suffix  put this before or after each`;

const SOURCING = `FILENAME is looked for along PATH and then here; it runs in this very shell.
ARGUMENTS are its positional parameters while it runs.`;

export const commandsHelp = {
  '.': ['Run the commands of a file in this shell.', SOURCING, LAST],
  ':': ['Do nothing.', 'Words after it are expanded, which is all that happens.', 'Always zero.'],
  bg: [
    'Let stopped jobs go on in the background.',
    'Without JOB_SPEC it is the current job.',
    'Zero, unless there is no such job or no job control.',
  ],
  bind: [
    'Bind keys of the line editor and set its variables.',
    `  -l  list the editor's functions
  -p, -P  list functions and their keys, to be read again or for people
  -s, -S  list keys that insert text, in the same two ways
  -v, -V  list variables, in the same two ways
  -X  list keys that run shell commands
  -m keymap  speak of this keymap
  -f filename  read bindings from a file
  -q name  say which keys call a function
  -u name  unbind all keys of a function
  -r keyseq  unbind a key
  -x keyseq:shell-command  run a command at that key`,
    'Zero, unless an option is unknown.',
  ],
  break: ['Leave loops.', 'Leaves the innermost N loops, 1 when left out.', 'Zero, unless N is less than 1.'],
  builtin: [
    'Run a builtin.',
    'Even where a function has its name.',
    'That of the builtin; 1 when there is none.',
  ],
  caller: [
    'Tell where the running function was called.',
    `Line and file; with EXPR line, function and file of that many calls further
out.`,
    'Zero, unless no function runs or EXPR is too large.',
  ],
  cd: [
    'Go to another directory.',
    `To DIR, HOME when left out, or the one before with \`-\`. A relative DIR is
looked for in the directories of CDPATH. With \`shopt -s cdable_vars\` DIR may
be the name of a variable.

  -L  follow \`..\` by name, without regard to symbolic links: the default
  -P  resolve symbolic links first
  -e  with -P, fail when the new directory's path is not to be had
  -@  show extended attributes as a directory, where a system does that`,
    'Zero, unless the directory could not be entered.',
  ],
  command: [
    'Run a command that is no function, or tell what it is.',
    `  -p  look for it along a PATH that is sure to hold the standard programs
  -v  tell what COMMAND is, in a word
  -V  tell it in a sentence`,
    'That of COMMAND, or whether it was found.',
  ],
  compgen: ['Print what could complete a word.', COMPLETING, 'Zero, unless nothing fits.'],
  complete: [
    'Set how words of commands are completed.',
    `${COMPLETING}
  -p  print what is set
  -r  take it away
  -D, -E, -I  set it for other commands, for an empty line, for first words`,
    LISTED,
  ],
  compopt: [
    'Change completion options.',
    `Of each NAME, or of the completion that is going on.

  -o option, +o option  switch it on, off
  -D, -E, -I  those for other commands, for an empty line, for first words`,
    LISTED,
  ],
  continue: [
    'Begin the next round of a loop.',
    'Of the N-th loop outwards, 1 when left out.',
    'Zero, unless N is less than 1.',
  ],
  dirs: [
    'Show the stack of directories.',
    `  -c  empty it
  -l  write the home directory out
  -p  one on a line
  -v  one on a line, numbered
  +N, -N  only the N-th from the left, from the right; the first is 0`,
    LISTED,
  ],
  disown: [
    'Forget jobs.',
    `  -a  all of them
  -h  keep the job, but send it no SIGHUP when the shell ends
  -r  only running ones`,
    LISTED,
  ],
  eval: [
    'Run arguments as a command line.',
    'They are joined by spaces first.',
    'That of the line; zero when it is empty.',
  ],
  exec: [
    'Become another program.',
    `Without COMMAND the redirections hold for this shell from now on.

  -a name  call the program by this name
  -c  give it no environment
  -l  put a dash before its name, as for a login shell`,
    'It comes back only when it failed.',
  ],
  exit: ['End the shell.', 'With status N, or that of the last command.'],
  false: ['Fail.', '', 'Always 1.'],
  fc: [
    'List, edit and repeat commands of the history.',
    `  -e ename  the editor; FCEDIT, EDITOR, then vi
  -l  list instead of edit
  -n  without numbers
  -r  the newest first
  -s  run it again, with PAT replaced by REP`,
    'That of the commands that were run.',
  ],
  fg: ['Bring a job to the front.', 'Without JOB_SPEC it is the current one.', 'That of the job.'],
  hash: [
    'Remember where programs lie.',
    `  -d  forget NAMEs
  -l  list as commands that would remember the same
  -p pathname  remember this for NAME
  -r  forget all
  -t  print where NAMEs lie`,
    LISTED,
  ],
  help: [
    'Tell about builtins.',
    `Those that match a PATTERN or begin with it; without any the list.

  -d  only the summary
  -m  laid out like a manual page
  -s  only the synopsis`,
    'Zero, unless nothing matches.',
  ],
  history: [
    'Show and change the history.',
    `With N its last N lines.

  -c  empty it
  -d offset, -d start-end  delete lines; negative ones count from the end
  -a  append this session's lines to the file
  -n  read those lines of the file that are new
  -r  read the file
  -w  write the file
  -p  expand ARGs and print them
  -s  add ARGs as one line`,
    LISTED,
  ],
  jobs: [
    'List jobs.',
    `  -l  with process ids
  -n  those whose state changed since it was told
  -p  process ids only
  -r, -s  running ones, stopped ones
  -x  run COMMAND, with jobs among its ARGS replaced by their process ids`,
    LISTED,
  ],
  kill: [
    'Send a signal.',
    `SIGTERM, when none is named.

  -s sigspec, -n signum  which, by name or number
  -l, -L  list their names, or turn numbers and names into each other`,
    'Zero, unless sending failed.',
  ],
  logout: ['End a login shell.', 'With status N.'],
  popd: [
    'Take a directory off the stack.',
    `And go to the one that is on top then.

  -n  stay here
  +N, -N  take the N-th from the left, from the right`,
    LISTED,
  ],
  pushd: [
    'Put a directory on the stack.',
    `And go there. Without arguments the two on top change places.

  -n  stay here
  +N, -N  turn the stack until the N-th from the left, from the right is on top`,
    LISTED,
  ],
  pwd: [
    'Print the working directory.',
    `  -L  as PWD has it: the default
  -P  without symbolic links`,
    LISTED,
  ],
  return: [
    'Leave a function or a sourced file.',
    'With status N, or that of the last command.',
    'N, or 2 where there is nothing to leave.',
  ],
  source: ['Run the commands of a file in this shell.', SOURCING, LAST],
  suspend: [
    'Stop the shell until it is told to go on.',
    '  -f  even a login shell',
    'Zero, unless there is no job control.',
  ],
  times: ['Tell the time used by the shell and its children.', '', 'Always zero.'],
  trap: [
    'Say what to do at a signal.',
    `ARG is run when the signal comes; \`-\` sets back what was, an empty one lets
the signal pass. EXIT is the end of the shell, DEBUG comes before each
command, RETURN after functions and sourced files, ERR when a command fails.

  -l  list the names of signals
  -p  list what is set, as commands`,
    LISTED,
  ],
  true: ['Succeed.', '', 'Always zero.'],
  type: [
    'Tell what a name means as a command.',
    `  -a  everything that it could mean
  -f  leave functions out
  -p  the file that would run, where it is a file
  -P  the file along PATH, even where it is something else first
  -t  a single word: alias, keyword, function, builtin or file`,
    'Zero, when all NAMEs are found.',
  ],
  ulimit: [
    'Show and set limits of processes.',
    `  -S, -H  the soft one, the hard one; otherwise both are set, the soft one shown
  -a  all of them
  -b socket buffers       -c core files         -d data segment
  -e nice priority        -f files written      -i pending signals
  -k kqueues              -l locked memory      -m resident memory
  -n open files           -p pipe size          -q message queues
  -r real-time priority   -s stack              -t processor time
  -u processes            -v virtual memory     -x file locks
  -P pseudoterminals      -R real-time run      -T threads

LIMIT is a number, soft, hard or unlimited.`,
    LISTED,
  ],
  umask: [
    'Show or set what new files do not permit.',
    `MODE is octal, or symbolic as for chmod.

  -p  as a command
  -S  in symbols`,
    'Zero, unless MODE is none.',
  ],
  wait: [
    'Wait for processes and jobs.',
    `For all of them, when no ID is given.

  -f  until it has ended, not only changed its state
  -n  for the next that ends
  -p var  put the id of the one that ended into VAR`,
    'That of the last ID.',
  ],
} satisfies Readonly<Record<string, Telling>>;
