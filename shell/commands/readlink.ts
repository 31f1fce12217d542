// readlink: where a symbolic link points, or the canonical path.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { type Missing, realPath } from './real-path.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  canonicalize: { short: 'f' },
  'canonicalize-existing': { short: 'e' },
  'canonicalize-missing': { short: 'm' },
  'no-newline': { short: 'n' },
  quiet: { short: 'q' },
  silent: { short: 's' },
  verbose: { short: 'v' },
  zero: { short: 'z' },
} as const;

const MISSING: Readonly<Record<string, Missing>> = {
  canonicalize: 'last',
  'canonicalize-existing': 'none',
  'canonicalize-missing': 'any',
};

export const readlink: Command = {
  name: 'readlink',
  help: `Usage: readlink [OPTION]... FILE...
Print where symbolic links point, or canonical file names.

  -f, --canonicalize            follow every symbolic link in every part of the
                                  name; all parts but the last must exist
  -e, --canonicalize-existing   the same, and all parts must exist
  -m, --canonicalize-missing    the same, and any part may be missing
  -n, --no-newline              no newline after the last name
  -q, --quiet
  -s, --silent                  no error messages (default)
  -v, --verbose                 error messages
  -z, --zero                    a NUL after each name, no newline
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, readlink, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    if (operands.length === 0) return missingOperand(out, readlink, []);
    const how = parsed.last('canonicalize', 'canonicalize-existing', 'canonicalize-missing');
    const end = parsed.has('zero') ? '\0' : '\n';
    const bare = parsed.has('no-newline') && operands.length === 1;
    for (const name of operands) {
      const found = attempt(() => {
        if (how === undefined) return process.readlink(name);
        const path = realPath(process, name, MISSING[how]);
        // The missing part is what a plain look at the name complains about.
        if (path === undefined) process.stat(name);
        return path;
      });
      if (found.value !== undefined) out.text(bare ? found.value : found.value + end);
      else {
        out.status = 1;
        if (parsed.has('verbose') && found.error)
          await out.complain(quoteIfNeeded(process, name), found.error);
      }
    }
    return out.end();
  },
};
