// setcap: gives capabilities to programs, which who runs them then has (libcap2-bin).

import { CAP_SETFCAP, contains, difference, NO_CAPABILITIES, union } from '../../fs/capability.ts';
import type { SettableSets } from '../../fs/credential-changes.ts';
import { capable } from '../../fs/credentials.ts';
import { CAPABILITY_ATTRIBUTE, fileCapabilities } from '../../fs/file-capabilities.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { errorText } from '../flavor.ts';
import { Output } from '../output.ts';
import { setsOfFile } from './getcap.ts';
import { readSets } from './set-text.ts';

const REMOVE = '-r';

export const setcap: Command = {
  name: 'setcap',
  help: `usage: setcap [-h] [-q] [-v] (-r|<caps>) <filename> [ ... (-r|<capsN>) <filenameN> ]

 Gives capabilities to regular files; a text like cap_net_raw=ep says which.
 -r  take them away
 -h  display this help
 -q  say less
 -v  say whether the file has them, and change nothing
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.slice(1);
    const flags: string[] = [];
    while (/^-[hqv]$/.test(words[0] ?? '')) flags.push(words.shift() as string);
    if (flags.includes('-h')) {
      out.text(setcap.help);
      return out.end();
    }
    if (words.length === 0 || words.length % 2 !== 0) return usage(out);
    if (!flags.includes('-v') && !capable(process.cred, CAP_SETFCAP) && !mayRaise(out)) {
      await out.errorText('unable to set CAP_SETFCAP effective capability: Operation not permitted\n');
      return 1;
    }
    for (let at = 0; at < words.length; at += 2) {
      const [text = '', path = ''] = words.slice(at, at + 2);
      const sets = text === REMOVE ? NONE : readSets(text);
      if (sets === undefined) {
        await out.errorText('fatal error: Invalid argument\n');
        return usage(out);
      }
      const status = flags.includes('-v')
        ? await verify(out, sets, path, flags.includes('-q'))
        : await give(out, text === REMOVE ? undefined : sets, path);
      if (status !== 0) return status;
    }
    return out.end();
  },
};

const NONE: SettableSets = {
  effective: NO_CAPABILITIES,
  permitted: NO_CAPABILITIES,
  inheritable: NO_CAPABILITIES,
};

const usage = async (out: Output): Promise<number> => {
  await out.errorText(setcap.help);
  return 1;
};

const mayRaise = ({ process: { cred } }: Output): boolean => contains(cred.permitted, CAP_SETFCAP);

/** The sets that differ are told by their letters. */
const verify = async (out: Output, wanted: SettableSets, path: string, quiet: boolean): Promise<number> => {
  const found = setsOfFile(out.process, path) ?? NONE;
  const letters = (['permitted', 'inheritable', 'effective'] as const)
    .filter((kind) => found[kind] !== wanted[kind])
    .map((kind) => kind[0]);
  if (!quiet) out.line(letters.length === 0 ? `${path}: OK` : `${path} differs in [${letters.join('')}]`);
  await out.flush();
  return letters.length === 0 ? 0 : 1;
};

const give = async (out: Output, sets: SettableSets | undefined, path: string): Promise<number> => {
  const { process } = out;
  const refuse = async (text: string): Promise<number> => {
    await out.errorText(`${text}\n`);
    return 1;
  };
  const stat = process.tryLstat(path);
  if (stat === undefined)
    return refuse(`Failed to set capabilities on file '${path}': No such file or directory`);
  const value = sets === undefined ? undefined : valueOf(sets);
  if (stat.kind !== 'file' || (sets !== undefined && value === undefined))
    return refuse(`Invalid file '${path}' for capability operation`);
  const { error } = attempt(() =>
    value === undefined
      ? process.removexattr(path, CAPABILITY_ATTRIBUTE)
      : process.setxattr(path, CAPABILITY_ATTRIBUTE, value),
  );
  if (error?.code === 'ENODATA') return refuse(`File '${path}' has no capablity to remove`);
  return error
    ? refuse(`Failed to set capabilities on file '${path}': ${errorText(process, error.code)}`)
    : 0;
};

/** A file's are all effective, or none (cap_set_file(3)); undefined for what it cannot say. */
const valueOf = ({ effective, permitted, inheritable }: SettableSets): Uint8Array | undefined =>
  effective !== 0 && difference(union(permitted, inheritable), effective) !== 0
    ? undefined
    : fileCapabilities({ permitted, inheritable, effective: effective !== 0 });
