// setfacl: access control lists. There are none beyond the mode: the entries that are the mode can be set.

import { isFsError } from '../fs/errno.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  modify: { short: 'm', argument: 'required' },
  remove: { short: 'x', argument: 'required' },
  'remove-all': { short: 'b' },
  'remove-default': { short: 'k' },
  recursive: { short: 'R' },
  default: { short: 'd' },
  'no-mask': { short: 'n' },
} as const;

/** u::rwx, g::5, o:r--, user::…: what entry, for whom, which permissions. */
const ENTRY = /^(u|user|g|group|o|other|m|mask):([^:]*)(?::([rwxX-]{1,3}|[0-7]))?$/;

const SHIFTS: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 };

interface Base {
  readonly shift: number;
  readonly bits: number;
}

const USAGE = 'Usage: setfacl [-bkndRLP] { -m|-M|-x|-X ... } file ...';

export const setfacl: Command = {
  name: 'setfacl',
  usageStatus: 2,
  help: `${USAGE}
Set the access control lists of files. There are the entries of the owner, the group and
all others: the mode. Entries for further users and groups are not supported.

  -m, --modify=acl     set these entries: u::rwx,g::rx,o::-
  -x, --remove=acl     remove entries
  -b, --remove-all     remove all but the mode
  -k, --remove-default remove those that new files get
  -R, --recursive      accepted for directories without entries of their own
      --help           this help text
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, setfacl, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0 || parsed.list.length === 0) {
      await out.errorText(`${USAGE}\nTry \`setfacl --help' for more information.\n`);
      return 2;
    }
    const bases: Base[] = [];
    let further = parsed.has('remove');
    for (const { name, value = '' } of parsed.list.filter(
      ({ name: option }) => option === 'modify' || option === 'remove',
    )) {
      for (const text of value.split(',')) {
        const entry = entryOf(text);
        if (entry === undefined) {
          await out.warn(`Option -${name === 'modify' ? 'm' : 'x'}: Invalid argument near character 1`);
          return 2;
        }
        if (entry === 'further') further = true;
        else bases.push(entry);
      }
    }
    for (const path of parsed.operands) {
      try {
        const { mode } = process.stat(path);
        const wanted = bases.reduce(
          (now, { shift, bits }) => (now & ~(7 << shift)) | (bits << shift),
          mode & 0o7777,
        );
        if (further || parsed.has('default')) await out.warn(`${path}: Operation not supported`);
        else if (wanted !== (mode & 0o7777)) process.chmod(path, wanted);
      } catch (error) {
        if (!isFsError(error)) throw error;
        await out.complain(path, error);
      }
    }
    return out.end();
  },
};

const entryOf = (text: string): Base | 'further' | undefined => {
  const match = ENTRY.exec(text.replace(/^(o|other):([rwx-]+)$/, '$1::$2'));
  if (!match) return undefined;
  const [, kind = '', who = '', permissions] = match;
  const shift = SHIFTS[kind[0] ?? ''];
  if (who !== '' || shift === undefined) return 'further';
  if (permissions === undefined) return undefined;
  return { shift, bits: /^\d$/.test(permissions) ? Number(permissions) : bitsOf(permissions) };
};

const bitsOf = (letters: string): number =>
  [...letters].reduce((bits, letter) => bits | ({ r: 4, w: 2, x: 1 }[letter] ?? 0), 0);
