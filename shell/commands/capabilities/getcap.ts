// getcap: the capabilities of files (libcap2-bin).

import { NO_CAPABILITIES, union } from '../../fs/capability.ts';
import type { SettableSets } from '../../fs/credential-changes.ts';
import { CAPABILITY_ATTRIBUTE, readFileCapabilities } from '../../fs/file-capabilities.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { parseOptions, printHelp } from '../options.ts';
import { Output } from '../output.ts';
import { joinPath } from '../path-name.ts';
import { setsText } from './set-text.ts';

const options = { help: { short: 'h' }, recursive: { short: 'r' }, verbose: { short: 'v' } } as const;

export const getcap: Command = {
  name: 'getcap',
  usageHint: '',
  usageLine: 'usage: getcap [-h] [-r] [-v] <filename> [<filename> ...]',
  help: `usage: getcap [-h] [-r] [-v] <filename> [<filename> ...]

Tells which capabilities the files give to who runs them.

  -h  display this help
  -r  everything below directories too
  -v  files without any too
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, getcap, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('help')) return printHelp(out, getcap);
    if (parsed.operands.length === 0) {
      await out.errorText(getcap.help);
      return 1;
    }
    const rules = { recursive: parsed.has('recursive'), verbose: parsed.has('verbose') };
    for (const path of parsed.operands) await tell(out, path, rules);
    return out.end();
  },
};

interface Rules {
  readonly recursive: boolean;
  readonly verbose: boolean;
}

/** The sets of a file; undefined where it has none. */
export const setsOfFile = (process: Process, path: string): SettableSets | undefined => {
  const { value } = attempt(() => process.getxattr(path, CAPABILITY_ATTRIBUTE, { follow: false }));
  const found = value && readFileCapabilities(value);
  if (found === undefined) return undefined;
  const { permitted, inheritable, effective } = found;
  return { permitted, inheritable, effective: effective ? union(permitted, inheritable) : NO_CAPABILITIES };
};

const tell = async (out: Output, path: string, rules: Rules): Promise<void> => {
  const { process } = out;
  const stat = process.tryLstat(path);
  if (stat === undefined) {
    await out.errorText(`${path} (No such file or directory)\n`);
    return;
  }
  if (stat.kind !== 'file') {
    if (rules.verbose) out.line(`${path} (Not a regular file)`);
  } else {
    const sets = setsOfFile(process, path);
    if (sets !== undefined) out.line(`${path} ${setsText(sets)}`);
    else if (rules.verbose) out.line(path);
  }
  if (stat.kind !== 'directory' || !rules.recursive) return;
  for (const { name } of attempt(() => process.readdir(path)).value ?? [])
    await tell(out, joinPath(path, name), rules);
};
