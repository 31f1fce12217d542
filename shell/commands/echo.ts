// echo: print the arguments.

import type { Command } from './command.ts';
import { unescapeEcho } from './echo-escapes.ts';
import { helpAlone } from './help-alone.ts';
import { Output } from './output.ts';

export const echo: Command = {
  name: 'echo',
  help: `Usage: echo [SHORT-OPTION]... [STRING]...
  or:  echo LONG-OPTION
Print the STRINGs, with a space between them and a newline after.

  -n             leave the final newline away
  -e             read backslash escapes
  -E             take backslashes as they are (default)
      --help        display this help and exit
      --version     output version information and exit

With -e these mean something:

  \\\\      backslash
  \\a      alert (BEL)
  \\b      backspace
  \\c      print nothing more
  \\e      escape
  \\f      form feed
  \\n      new line
  \\r      carriage return
  \\t      horizontal tab
  \\v      vertical tab
  \\0NNN   the byte with octal value NNN (1 to 3 digits)
  \\xHH    the byte with hexadecimal value HH (1 to 2 digits)
`,
  run: async (process, argv) => {
    const helped = await helpAlone(process, echo, argv);
    if (helped !== undefined) return helped;
    const out = new Output(process);
    const { text, newline } = echoText(argv.slice(1));
    out.text(newline ? `${text}\n` : text);
    return out.end();
  },
};

/** What echo prints for its arguments: shared with the shell's builtin, which knows `\\u` too. */
export const echoText = (words: readonly string[], unicode = false): { text: string; newline: boolean } => {
  let newline = true;
  let escapes = false;
  let first = 0;
  for (; /^-[neE]+$/.test(words[first] ?? ''); first++) {
    for (const letter of (words[first] as string).slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = words.slice(first).join(' ');
  if (!escapes) return { text, newline };
  const read = unescapeEcho(text, unicode);
  return { text: read.text, newline: newline && !read.stopped };
};
