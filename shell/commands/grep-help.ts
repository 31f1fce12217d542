// What grep --help prints.

export const grepHelp = `Usage: grep [OPTION]... PATTERNS [FILE]...
Print the lines of each FILE that match a pattern.

PATTERNS are one or more patterns, each on a line of its own.
Without a FILE standard input is read, or with -r the working directory.

Patterns:
  -E, --extended-regexp     extended regular expressions
  -F, --fixed-strings       plain strings
  -G, --basic-regexp        basic regular expressions (default)
  -e, --regexp=PATTERNS     use PATTERNS; may be given several times
  -f, --file=FILE           take patterns from FILE
  -i, --ignore-case         upper and lower case are the same
  -w, --word-regexp         only whole words match
  -x, --line-regexp         only whole lines match
  -P, --perl-regexp         Perl's regular expressions, as far as JavaScript has them
      --no-ignore-case      they are not (default)

Output:
  -m, --max-count=NUM       stop after NUM selected lines
  -b, --byte-offset         begin with the offset in the file
  -n, --line-number         begin with the line's number
  -H, --with-filename       begin with the file's name
  -h, --no-filename         never begin with it
      --label=LABEL         the name of standard input
  -o, --only-matching       show the matching part of a line, not the line
  -q, --quiet, --silent     print nothing
  -s, --no-messages         no messages about files that cannot be read
  -v, --invert-match        select the lines that do not match
  -a, --text                take every file for text
      --binary-files=TYPE   what a file that is no text is taken for:
                              binary, text or without-match
  -I                        the same as --binary-files=without-match
  -d, --directories=ACTION  what to do with directories: read, recurse or skip
  -D, --devices=ACTION      what to do with devices, fifos and sockets: read or skip
  -r, --recursive           search directories too
  -R, --dereference-recursive  the same, following symbolic links
      --include=GLOB        with -r, only files whose names match
      --exclude=GLOB        not those
      --exclude-from=FILE   not those that match a line of FILE
      --exclude-dir=GLOB    not these directories
  -L, --files-without-match  print the names of files without a selected line
  -l, --files-with-matches  print the names of files with one
  -c, --count               print how many lines are selected in each file
  -Z, --null                end names with a zero byte
  -T, --initial-tab         a tab before the line, so that its columns stay
  -z, --null-data           lines end with a zero byte

Context:
  -B, --before-context=NUM  print NUM lines before
  -A, --after-context=NUM   print NUM lines after
  -C, --context=NUM, -NUM   print NUM lines before and after
      --group-separator=SEP  print SEP between groups of lines, not --
      --no-group-separator  print nothing there
      --color[=WHEN]        mark what matched: always, never or auto
      --help        display this help and exit
  -V, --version     output version information and exit

The exit status is 0 when a line was selected, 1 when none was, 2 after an error.
`;
