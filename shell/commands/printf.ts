// printf: print arguments by a format.

import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { helpAlone } from './help-alone.ts';
import { Output } from './output.ts';
import { formatPrintf } from './printf-format.ts';
import { quoteIfNeeded, quoteLocale } from './quoting.ts';
import { missingOperand } from './usage-error.ts';

export const printf: Command = {
  name: 'printf',
  help: `Usage: printf FORMAT [ARGUMENT]...
  or:  printf OPTION
Print the ARGUMENTs by FORMAT.

      --help        display this help and exit
      --version     output version information and exit

FORMAT is printed as it is, but for escapes (\\n \\t \\\\ \\NNN \\xHH \\c and so on) and
conversions: %d %i %o %u %x %X %e %f %g %c %s as in C, %b for a string with
escapes, %q for a string that a shell reads back, %% for a percent sign.
FORMAT is used again as long as ARGUMENTs remain.
`,
  run: async (process, argv) => {
    const helped = await helpAlone(process, printf, argv);
    if (helped !== undefined) return helped;
    const out = new Output(process);
    const [format, ...values] = argv.slice(argv[1] === '--' ? 2 : 1);
    if (format === undefined) return missingOperand(out, printf, []);
    const { text, errors } = formatPrintf(format, values, {
      bash: false,
      double: flavorOf(process) === 'busybox',
      quote: (value) => quoteIfNeeded(process, value),
      now: () => process.kernel.clock.now(),
    });
    out.text(text);
    for (const error of errors) await out.warn(quotedError(error, (value) => quoteLocale(process, value)));
    // A format without a conversion has no use for arguments.
    if (values.length > 0 && !/%[^%]/.test(format.replaceAll('%%', ''))) {
      await out.errorText(
        `${out.name}: warning: ignoring excess arguments, starting with ${quoteLocale(process, values[0] ?? '')}\n`,
      );
    }
    return out.end();
  },
};

/** GNU puts the word that a complaint is about in quotes. */
const quotedError = (error: string, quote: (value: string) => string): string => {
  const match =
    /^(.*): (expected a numeric value|value not completely converted|not completely converted|Numerical result out of range)$/s.exec(
      error,
    );
  if (!match) return error;
  const what = match[2] === 'not completely converted' ? 'value not completely converted' : match[2];
  return `${quote(match[1] ?? '')}: ${what}`;
};
