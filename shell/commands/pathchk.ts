// pathchk: whether a file of that name could be here, or on any POSIX system. The first fault of a name is told.

import { isFsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { errorText } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded, quoteLocale } from './quoting.ts';
import { toBytes } from './text.ts';
import { missingOperand } from './usage-error.ts';

// limits.h: what this kernel allows, and what POSIX promises everywhere.
const HERE = { path: 4095, component: 255 };
const EVERYWHERE = { path: 255, component: 14 };

export const pathchk: Command = {
  name: 'pathchk',
  help: `Usage: pathchk [OPTION]... NAME...
Tell which file names are invalid or would not do on other systems.

  -p                check by what every POSIX system allows
  -P                refuse empty names and a leading '-'
      --portability  -p and -P together
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const table = { p: {}, P: {}, portability: {} } as const;
    const parsed = await parseOptions(out, pathchk, argv, table, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, pathchk, []);
    const both = parsed.has('portability');
    const checks = { everywhere: both || parsed.has('p'), hyphens: both || parsed.has('P') };
    for (const name of parsed.operands) {
      const fault = faultOf(process, name, checks);
      if (fault !== undefined) await out.warn(fault);
    }
    return out.end();
  },
};

interface Checks {
  readonly everywhere: boolean;
  readonly hyphens: boolean;
}

const faultOf = (process: Process, name: string, { everywhere, hyphens }: Checks): string | undefined => {
  const shown = quoteAlways(process, name);
  if (hyphens && /(^|\/)-/.test(name)) return `leading '-' in a component of file name ${shown}`;
  if (name === '' && (everywhere || hyphens)) return 'empty file name';
  if (!everywhere) {
    const found = lookUp(process, name);
    return found === 'absent' ? tooLong(process, name, HERE) : found;
  }
  const odd = /[^\w./-]/u.exec(name)?.[0];
  if (odd !== undefined) return `nonportable character ${quoteLocale(process, odd)} in file name ${shown}`;
  return tooLong(process, name, EVERYWHERE);
};

/** A name that is there is valid; one that is not may be; undefined for the former, else the error of the call. */
const lookUp = (process: Process, name: string): string | undefined => {
  try {
    process.lstat(name);
    return undefined;
  } catch (error) {
    if (!isFsError(error)) throw error;
    if (error.code === 'ENOENT' && name !== '') return 'absent';
    return `${quoteIfNeeded(process, name)}: ${errorText(process, error.code)}`;
  }
};

const tooLong = (process: Process, name: string, limits: typeof HERE): string | undefined => {
  const exceeded = (limit: number, length: number): string =>
    `limit ${limit} exceeded by length ${length} of`;
  const length = toBytes(name).length;
  if (length > limits.path) {
    return `${exceeded(limits.path, length)} file name ${quoteAlways(process, name)}`;
  }
  for (const component of name.split('/')) {
    const size = toBytes(component).length;
    if (size <= limits.component) continue;
    return `${exceeded(limits.component, size)} file name component ${quoteLocale(process, component)}`;
  }
  return undefined;
};
