// The help text of sudo.

export const sudoHelp = `Usage: sudo [OPTION]... [VAR=VALUE]... [COMMAND [ARG]...]
  or:  sudo -l | -v | -k | -K
Run COMMAND as another user: root, unless -u names one. Nobody is asked for a
password here.

  -b, --background         do not wait for COMMAND
  -D, --chdir=DIR          change to DIR first
  -E, --preserve-env       keep the environment; --preserve-env=LIST keeps LIST
  -g, --group=GROUP        with this group
  -H, --set-home           HOME is the other user's (as always here)
  -i, --login              run the user's login shell, with COMMAND if given
  -K, -k                   forget passwords: there are none
  -l, --list               what may be run
  -n, --non-interactive    never ask
  -P, --preserve-groups    keep the groups
  -S, --stdin              a password would be read from standard input
  -s, --shell              run a shell, with COMMAND if given
  -u, --user=USER          as USER, a name or #UID
  -v, --validate           (does nothing)
      --help        display this help and exit
      --version     output version information and exit
`;
