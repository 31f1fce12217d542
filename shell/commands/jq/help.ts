// What jq says about itself.

export const USE_HELP = `Use jq --help for help with command-line options,
or see the jq manpage, or online docs  at https://stedolan.github.io/jq
`;

export const help = `jq - commandline JSON processor [version 1.6]

Usage:	jq [options] <jq filter> [file...]
	jq [options] --args <jq filter> [strings...]
	jq [options] --jsonargs <jq filter> [JSON_TEXTS...]

Run a filter over JSON texts and print what comes of each of them. The filter
. leaves them as they are, and so only puts them into good order.

Options:
  -c               a line for each result, without blanks;
  -n               do not read: the input is \`null\`;
  -e               the exit status tells about the last result;
  -s               one array of all inputs is the input;
  -r               strings as they are, without quotes;
  -j               the same, and no newlines between results;
  -a               characters beyond ASCII as escapes;
  -R               the input is lines of text, not JSON;
  -C               with colors, even into a pipe;
  -M               without colors;
  -S               the keys of objects in order;
  --tab            a tab for each level;
  --indent n       n blanks for each level;
  --stream         inputs in pieces, paths with values;
  --seq            a record separator before every result;
  -f, --from-file  the filter is in a file;
  --arg a v        variable $a is the string v;
  --argjson a v    variable $a is the JSON text v;
  --slurpfile a f  variable $a is an array of the texts in the file f;
  --rawfile a f    variable $a is what the file f holds;
  --args           the words that follow are strings for $ARGS.positional;
  --jsonargs       the words that follow are JSON texts for it;
  --               the options end here.
`;
