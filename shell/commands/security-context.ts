// chcon and runcon: security contexts, which only a kernel with SELinux has.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { SECURITY_LABEL, securityContext } from './security-label.ts';
import { toBytes } from './text.ts';
import { missingOperand, usageError } from './usage-error.ts';

const PARTS = ['user', 'role', 'type', 'range'] as const;

/** A context `user:role:type:range` with some of its parts replaced. */
const changed = (
  context: string,
  parsed: { value(name: (typeof PARTS)[number]): string | undefined },
): string => {
  const [user, role, type, ...range] = context.split(':');
  const old = { user, role, type, range: range.length > 0 ? range.join(':') : undefined };
  return PARTS.map((part) => parsed.value(part) ?? old[part])
    .filter((part) => part !== undefined)
    .join(':');
};

export const chcon: Command = {
  name: 'chcon',
  help: `Usage: chcon [OPTION]... CONTEXT FILE...
  or:  chcon [OPTION]... [-u USER] [-r ROLE] [-l RANGE] [-t TYPE] FILE...
  or:  chcon [OPTION]... --reference=RFILE FILE...
Change the SELinux context of each FILE. This kernel has no SELinux.

      --dereference      what symbolic links name (default)
  -h, --no-dereference   symbolic links themselves
  -u, --user=USER        the user in the context
  -r, --role=ROLE        the role in the context
  -t, --type=TYPE        the type in the context
  -l, --range=RANGE      the range in the context
      --reference=RFILE  the context of RFILE
  -R, --recursive        directories and all that is in them
  -v, --verbose          say what is done
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, chcon, argv, {
      dereference: {},
      'no-dereference': { short: 'h' },
      user: { short: 'u', argument: 'required' },
      role: { short: 'r', argument: 'required' },
      type: { short: 't', argument: 'required' },
      range: { short: 'l', argument: 'required' },
      reference: { argument: 'required' },
      recursive: { short: 'R' },
      H: {},
      L: {},
      P: {},
      'preserve-root': {},
      'no-preserve-root': {},
      verbose: { short: 'v' },
    });
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    const reference = parsed.value('reference');
    const partly = PARTS.some((name) => parsed.has(name));
    const first = partly || reference !== undefined ? 0 : 1;
    if (operands.length <= first) return missingOperand(out, chcon, operands);
    const wanted = reference === undefined ? operands[0] : securityContext(process, reference, true);
    if (wanted === undefined) {
      await out.warn(
        `failed to get security context of ${quoteAlways(process, reference ?? '')}: No data available`,
      );
      return 1;
    }
    for (const name of operands.slice(first)) {
      const quoted = quoteAlways(process, name);
      const own = securityContext(process, name, true);
      const missing = attempt(() => process.stat(name)).error;
      if (missing) await out.complain(`cannot access ${quoted}`, missing);
      else if (partly && own === undefined)
        await out.warn(`can't apply partial context to unlabeled file ${quoted}`);
      else if (partly && (own ?? '').split(':').length < 3)
        await out.warn(
          `failed to create security context: ${quoteLocale(process, own ?? '')}: Invalid argument`,
        );
      else {
        const context = partly ? changed(own ?? '', parsed) : wanted;
        if (parsed.has('verbose')) out.line(`changing security context of ${quoted}`);
        const { error } = attempt(() =>
          process.setxattr(name, SECURITY_LABEL, toBytes(`${context}\0`), {
            follow: !parsed.has('no-dereference'),
          }),
        );
        if (error)
          await out.complain(
            `failed to change context of ${quoted} to ${quoteLocale(process, context)}`,
            error,
          );
      }
    }
    return out.end();
  },
};

export const runcon: Command = {
  name: 'runcon',
  help: `Usage: runcon CONTEXT COMMAND [ARG]...
  or:  runcon [-c] [-u USER] [-r ROLE] [-t TYPE] [-l RANGE] COMMAND [ARG]...
Run COMMAND in an SELinux context. This kernel has no SELinux.

  -c, --compute      compute the context that the command would get
  -t, --type=TYPE    the type in the context
  -u, --user=USER    the user in the context
  -r, --role=ROLE    the role in the context
  -l, --range=RANGE  the range in the context
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    out.failureStatus = 1;
    const table = {
      compute: { short: 'c' },
      type: { short: 't', argument: 'required' },
      user: { short: 'u', argument: 'required' },
      role: { short: 'r', argument: 'required' },
      range: { short: 'l', argument: 'required' },
    } as const;
    const parsed = await parseOptions(out, runcon, argv, table, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const partly = parsed.list.length > 0;
    if (parsed.operands.length === 0) {
      await out.warn('failed to get current context: Invalid argument');
      return 1;
    }
    if (parsed.operands.length < (partly ? 1 : 2)) return usageError(out, runcon, 'no command specified');
    await out.warn('runcon may be used only on a SELinux kernel');
    return 1;
  },
};
