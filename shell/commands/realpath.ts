// realpath: canonical absolute paths.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { realPath, relativePath } from './real-path.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  'canonicalize-existing': { short: 'e' },
  'canonicalize-missing': { short: 'm' },
  quiet: { short: 'q' },
  'relative-base': { argument: 'required' },
  'relative-to': { argument: 'required' },
  strip: { short: 's', alias: ['no-symlinks'] },
  zero: { short: 'z' },
} as const;

export const realpath: Command = {
  name: 'realpath',
  help: `Usage: realpath [OPTION]... FILE...
Print each FILE's absolute path with no symbolic link, '.' or '..' in it.
All parts but the last must exist.

  -e, --canonicalize-existing  all parts must exist
  -m, --canonicalize-missing   no part need exist
  -q, --quiet                  leave most error messages out
      --relative-base=DIR      print absolute paths, but for those below DIR
      --relative-to=DIR        print paths relative to DIR
  -s, --strip, --no-symlinks   leave symbolic links as they are
  -z, --zero                   a NUL after each path, no newline
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, realpath, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, realpath, []);
    const how = parsed.last('canonicalize-existing', 'canonicalize-missing');
    const lenient = flavorOf(process) === 'gnu' ? 'last' : 'none';
    const missing = how === undefined ? lenient : how === 'canonicalize-existing' ? 'none' : 'any';
    const canonical = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : realPath(process, name);
    const within = canonical(parsed.value('relative-base'));
    const from = canonical(parsed.value('relative-to')) ?? within;
    for (const name of parsed.operands) {
      const found = attempt(() => {
        const path = parsed.has('strip')
          ? absolute(process.getcwd(), name)
          : realPath(process, name, missing);
        if (path === undefined) process.stat(name);
        return path;
      });
      if (found.value !== undefined) {
        const below = within === undefined || (isBelow(found.value, within) && isBelow(from ?? '/', within));
        const path = from === undefined || !below ? found.value : relativePath(from, found.value);
        out.text(path + (parsed.has('zero') ? '\0' : '\n'));
      } else {
        out.status = 1;
        if (!parsed.has('quiet') && found.error)
          await out.complain(quoteIfNeeded(process, name), found.error);
      }
    }
    return out.end();
  },
};

const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);

/** The path as text: '.' and '..' taken away, links untouched. */
const absolute = (cwd: string, name: string): string => {
  const parts: string[] = [];
  for (const part of `${name.startsWith('/') ? '' : cwd}/${name}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};
